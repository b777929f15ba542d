import type { DriverEvent } from './driver.ts';
import { until } from './until.ts';

interface Read {
  readonly member: string;
  readonly partition: number;
  readonly offset: number;
  readonly number: number;
}

/** Follows group members by their drivers' events: who owns what, who has read what. */
export class GroupWatch {
  readonly #owned = new Map<string, readonly number[]>();
  readonly #failures = new Map<string, number[]>();
  readonly #changes = new Map<string, number>();
  /** Every record any member was given, in order of arrival; bounded by what a suite produces. */
  readonly #reads: Read[] = [];

  take(event: DriverEvent): void {
    if (event.event === 'assignment') {
      this.#owned.set(event.member, event.partitions);
      this.#changes.set(event.member, this.changesOf(event.member) + 1);
    }
    if (event.event === 'failure') {
      this.#failures.set(event.member, [...this.failuresOf(event.member), event.code]);
    }
    if (event.event === 'record') {
      const { member, partition, offset } = event;
      const number = Number(Buffer.from(event.value, 'base64').toString());
      this.#reads.push({ member, partition, offset, number });
    }
  }

  /** Waits until the members own every partition, each exactly one member, and no member is idle. */
  untilShared(members: readonly string[], partitions: number): Promise<void> {
    return until(
      () => `${members} share ${partitions} partitions; ${this.#describe(members)}`,
      () => {
        const owned = members.map((member) => this.#owned.get(member) ?? []);
        const all = owned.flat();
        return (
          all.length === partitions &&
          new Set(all).size === partitions &&
          owned.every((part) => part.length > 0)
        );
      },
    );
  }

  ownedBy(member: string): readonly number[] {
    return (this.#owned.get(member) ?? []).toSorted((a, b) => a - b);
  }

  /** How often the member was told what it owns. */
  changesOf(member: string): number {
    return this.#changes.get(member) ?? 0;
  }

  /** Kafka's codes of the errors that the member was told of; a suite's members have a handful. */
  failuresOf(member: string): readonly number[] {
    return this.#failures.get(member) ?? [];
  }

  untilRead(member: string, count: number): Promise<void> {
    const read = () => this.#reads.filter((record) => record.member === member).length;
    return until(
      () => `${member} reads ${count} records; it has ${read()}; ${this.#describe([member])}`,
      () => read() >= count,
    );
  }

  /** Waits until the members together have read every number below `count`. */
  untilNumbersRead(members: readonly string[], count: number): Promise<void> {
    const seen = () => new Set(this.#of(members).map((record) => record.number));
    return until(
      () => {
        const read = seen();
        const missing = Array.from({ length: count }, (_, n) => n).filter((n) => !read.has(n));
        return `all ${count} are read; missing ${missing.slice(0, 20)}; ${this.#describe(members)}`;
      },
      () => seen().size >= count,
    );
  }

  timesRead(members: readonly string[]): number {
    return this.#of(members).length;
  }

  offsetsOf(member: string, partition: number): number[] {
    return this.#of([member])
      .filter((record) => record.partition === partition)
      .map((record) => record.offset);
  }

  #of(members: readonly string[]): Read[] {
    return this.#reads.filter((record) => members.includes(record.member));
  }

  #describe(members: readonly string[]): string {
    return members.map((member) => `${member} owns [${this.#owned.get(member) ?? ''}]`).join(', ');
  }
}
