import { Driver, type DriverEvent, type MemberOptions } from './driver.ts';

export interface StormLibrary {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Processes, and members of each at most. */
  readonly processes: number;
  readonly membersEach: number;
}

/** One process of a client library with members of the group in it. */
export class StormProcess {
  readonly library: StormLibrary;
  readonly #group: string;
  readonly #topic: string;
  readonly #options: MemberOptions;
  readonly #onEvent: (event: DriverEvent) => void;
  #driver: Driver;
  #starts = 0;
  #joined = 0;
  #isStalled = false;
  readonly #members = new Set<string>();
  readonly #name: string;

  constructor(
    library: StormLibrary,
    name: string,
    member: { readonly group: string; readonly topic: string; readonly options: MemberOptions },
    onEvent: (event: DriverEvent) => void,
  ) {
    this.library = library;
    this.#name = name;
    this.#group = member.group;
    this.#topic = member.topic;
    this.#options = member.options;
    this.#onEvent = onEvent;
    this.#driver = this.#start();
  }

  /** Members that have joined and neither left nor died. */
  get members(): readonly string[] {
    return [...this.#members];
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  async join(): Promise<void> {
    const member = `${this.#name}.${this.#starts}-${++this.#joined}`;
    this.#members.add(member);
    await this.#driver.join(member, this.#group, this.#topic, this.#options);
  }

  async leave(): Promise<void> {
    const [member] = this.#members;
    if (member === undefined) return;
    this.#members.delete(member);
    await this.#driver.leave(member);
  }

  /** Commits what each member was given; one that has lost its place cannot, which is as it should be. */
  async commit(): Promise<void> {
    for (const member of this.members) {
      if (this.#isStalled) return;
      if (this.#members.has(member)) await this.#driver.commit(member).catch(() => {});
    }
  }

  /** Nothing in the process runs until `goOn`; it does not know that time passes. */
  stall(): void {
    this.#isStalled = true;
    this.#driver.signal('SIGSTOP');
  }

  goOn(): void {
    this.#driver.signal('SIGCONT');
    this.#isStalled = false;
  }

  /** kill -9, and a new process in its place, without members yet. */
  async die(): Promise<void> {
    this.#members.clear();
    this.#driver.signal('SIGKILL');
    await this.#driver.exited;
    this.#driver = this.#start();
  }

  async close(): Promise<void> {
    this.goOn();
    await this.#driver.close();
  }

  #start(): Driver {
    this.#starts += 1;
    return new Driver(this.library.command, this.library.args, this.#onEvent);
  }
}
