// A foreign client library, driven from here: its little program reads one JSON request a line on standard input and
// answers one JSON object a line on standard output. The README of this folder's parent lists the requests.

import { Program } from './program.ts';
import type { Tool } from './tools.ts';

/** A client library, and the program that drives it. */
export interface LibraryUnderTest {
  readonly name: string;
  readonly needs: readonly Tool[];
  command(bootstrap: string): { readonly command: string; readonly args: readonly string[] };
}

export type Codec = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** A record as a driver takes it; bytes are base64, null is Kafka's null. */
export interface DrivenRecord {
  readonly partition: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

export interface ReadRecord extends DrivenRecord {
  readonly offset: number;
}

export interface ProduceRequest {
  readonly topic: string;
  readonly codec: Codec;
  readonly idempotent: boolean;
  readonly records: readonly DrivenRecord[];
}

export interface ReadRequest {
  readonly topic: string;
  readonly partition: number;
  /** Where to begin: an offset, or the first record at or after a time (ms). */
  readonly from: { readonly offset: number } | { readonly timestamp: number };
  readonly count: number;
  /** What to do where there is no such offset. */
  readonly reset?: 'earliest' | 'latest' | 'none';
}

/** What a joining member asks for. Not every library has all of them; what is left out is the driver's own. */
export interface MemberOptions {
  readonly assignor?: Assignor;
  /** Makes it a static member (KIP-345). */
  readonly instanceId?: string;
  readonly sessionTimeoutMs?: number;
  /** Also how long it may go without polling (`max.poll.interval.ms`). */
  readonly rebalanceTimeoutMs?: number;
  readonly metadataMaxAgeMs?: number;
}

export type Assignor = 'range' | 'roundrobin' | 'cooperative-sticky';

/** What happened to a group member that a driver runs. */
export type DriverEvent =
  | {
      readonly event: 'assignment';
      readonly member: string;
      readonly partitions: number[];
      /** Of the group, where the library tells it. */
      readonly generation?: number;
    }
  | {
      readonly event: 'record';
      readonly member: string;
      readonly partition: number;
      readonly offset: number;
      readonly value: string;
    }
  /** The library told the member of an error, by Kafka's code. */
  | { readonly event: 'failure'; readonly member: string; readonly code: number }
  /** From the steady producer of kill-nine.test.ts: one record was acknowledged. */
  | {
      readonly event: 'ack';
      readonly partition: number;
      readonly offset: number;
      readonly id: number;
    }
  /** From the steady consumer: what one poll gave. */
  | {
      readonly event: 'read';
      readonly rows: readonly (readonly [
        partition: number,
        offset: number,
        number: number,
        sizeBytes: number,
      ])[];
    };

interface Waiting {
  readonly operation: string;
  resolve(result: never): void;
  reject(error: Error): void;
}

/** What a library said when it refused or failed; `code` is Kafka's, null where it told none. */
export class DriverError extends Error {
  readonly code: number | null;

  constructor(operation: string, message: string, code: number | null = null) {
    super(`${operation}: ${message} (code ${code})`);
    this.name = 'DriverError';
    this.code = code;
  }
}

const REQUEST_TIMEOUT_MS = 60_000;

export class Driver {
  readonly #program: Program;
  /** Requests without an answer; a suite has a handful at a time. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEvent: (event: DriverEvent) => void;
  #requests = 0;

  constructor(
    command: string,
    args: readonly string[],
    onEvent: (event: DriverEvent) => void = () => {},
  ) {
    this.#onEvent = onEvent;
    this.#program = new Program(command, args, (line) => this.#takeLine(line));
    this.#program.exited.then(
      () => this.#abandon('the driver ended'),
      (error) => this.#abandon(String(error)),
    );
  }

  createTopic(
    topic: string,
    partitions: number,
    configs: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.request('createTopic', { topic, partitions, configs });
  }

  deleteTopic(topic: string): Promise<void> {
    return this.request('deleteTopic', { topic });
  }

  listTopics(): Promise<{ topics: string[] }> {
    return this.request('listTopics', {});
  }

  /** Offsets come in the order of the records given. */
  produce(request: ProduceRequest): Promise<{ offsets: number[] }> {
    return this.request('produce', request);
  }

  read(request: ReadRequest): Promise<{ records: ReadRecord[] }> {
    return this.request('read', { reset: 'latest', ...request });
  }

  /** Starts a group member; its assignments and records arrive as events. */
  join(member: string, group: string, topic: string, options: MemberOptions = {}): Promise<void> {
    return this.request('join', { member, group, topic, ...options });
  }

  /** Commits what the member has been given so far. */
  commit(member: string): Promise<void> {
    return this.request('commit', { member });
  }

  /** The member stops polling for that long, as one whose work takes its time. The answer comes at once. */
  stall(member: string, ms: number): Promise<void> {
    return this.request('stall', { member, ms });
  }

  leave(member: string): Promise<void> {
    return this.request('leave', { member });
  }

  request<Result>(operation: string, parameters: object): Promise<Result> {
    const answer = this.#expect<Result>(operation, REQUEST_TIMEOUT_MS);
    const line = JSON.stringify({ id: this.#requests, op: operation, ...parameters });
    this.#program.write(`${line}\n`);
    return answer;
  }

  /** Ends the input of a program that works until then, and takes the one answer it closes with. */
  finish<Result>(timeoutMs: number): Promise<Result> {
    const answer = this.#expect<Result>('finish', timeoutMs);
    this.#program.endInput();
    return answer;
  }

  #expect<Result>(operation: string, timeoutMs: number): Promise<Result> {
    this.#requests += 1;
    const id = this.#requests;
    return new Promise<Result>((resolve, reject) => {
      if (!this.#program.running) {
        reject(new Error(`${operation}: the driver ended: ${this.#program.describe()}`));
        return;
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(
          new Error(`no answer to ${operation} in ${timeoutMs} ms: ${this.#program.describe()}`),
        );
      }, timeoutMs);
      this.#waiting.set(id, {
        operation,
        resolve: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#program.signal(signal);
  }

  /** Resolves when the process has ended, however it did. */
  get exited(): Promise<unknown> {
    return this.#program.exited.catch(() => {});
  }

  /** Ends its input, on which a driver closes its clients and ends. */
  async close(): Promise<void> {
    this.#program.endInput();
    const timer = setTimeout(() => this.#program.signal('SIGKILL'), 15_000);
    await this.#program.exited;
    clearTimeout(timer);
  }

  #takeLine(line: string): void {
    if (!line.startsWith('{')) return; // A library that logs to standard output.
    const message = JSON.parse(line);
    if (message.event !== undefined) {
      this.#onEvent(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting.resolve(message.result as never);
    else waiting.reject(new DriverError(waiting.operation, message.error, message.code));
  }

  #abandon(reason: string): void {
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new Error(`${waiting.operation}: ${reason}: ${this.#program.describe()}`));
    }
    this.#waiting.clear();
  }
}
