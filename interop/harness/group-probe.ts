import { frame, int32, int64, RawConnection, requestHeader, string } from './wire.ts';

const LIST_OFFSETS = 2;
const OFFSET_FETCH = 9;
const DESCRIBE_GROUPS = 15;

export interface DescribedMember {
  readonly clientId: string;
  readonly partitions: readonly number[];
}

export interface DescribedGroup {
  readonly error: number;
  readonly state: string;
  readonly members: readonly DescribedMember[];
}

/** Reads the primitives that the answers below are made of. */
class Cursor {
  readonly #bytes: Buffer;
  #at: number;

  /** Past the correlation id. */
  constructor(answer: Buffer, at = 4) {
    this.#bytes = answer;
    this.#at = at;
  }

  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  int64(): number {
    this.#at += 8;
    return Number(this.#bytes.readBigInt64BE(this.#at - 8));
  }

  string(): string {
    return this.#take(this.int16()).toString();
  }

  bytes(): Buffer {
    return this.#take(this.int32());
  }

  array<T>(element: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, element);
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + Math.max(0, length));
    this.#at += taken.length;
    return taken;
  }
}

/** Asks about one group and one topic from outside, over a connection that is made anew when it broke. */
export class GroupProbe {
  readonly #port: number;
  readonly #group: string;
  readonly #topic: string;
  #connection: RawConnection | null = null;

  constructor(port: number, group: string, topic: string) {
    this.#port = port;
    this.#group = group;
    this.#topic = topic;
  }

  /** Null while the broker does not answer. */
  async describe(): Promise<DescribedGroup | null> {
    const cursor = await this.#ask(DESCRIBE_GROUPS, 0, [int32(1), string(this.#group)]);
    if (cursor === null) return null;
    const [group] = cursor.array(() => {
      const error = cursor.int16();
      cursor.string(); // the group
      const state = cursor.string();
      cursor.string(); // protocol type
      cursor.string(); // protocol
      const members = cursor.array(() => {
        cursor.string(); // member id
        const clientId = cursor.string();
        cursor.string(); // host
        cursor.bytes(); // metadata
        return { clientId, partitions: assigned(cursor.bytes()) };
      });
      return { error, state, members };
    });
    return group!;
  }

  /** Committed offsets by partition; null while the broker does not answer. */
  async committed(): Promise<Map<number, number> | null> {
    const cursor = await this.#ask(OFFSET_FETCH, 2, [string(this.#group), int32(-1)]);
    if (cursor === null) return null;
    const committed = new Map<number, number>();
    cursor.array(() => {
      cursor.string(); // the topic
      cursor.array(() => {
        const partition = cursor.int32();
        committed.set(partition, cursor.int64());
        cursor.string(); // metadata
        cursor.int16(); // error
      });
    });
    return cursor.int16() === 0 ? committed : null;
  }

  /** High watermarks by partition; null while the broker does not answer. */
  async ends(partitions: number): Promise<number[] | null> {
    const wanted = Array.from({ length: partitions }, (_, partition) =>
      Buffer.concat([int32(partition), int64(-1)]),
    );
    const cursor = await this.#ask(LIST_OFFSETS, 1, [
      ...[int32(-1), int32(1), string(this.#topic), int32(partitions)],
      ...wanted,
    ]);
    const ends: number[] = [];
    cursor?.array(() => {
      cursor.string(); // the topic
      cursor.array(() => {
        const partition = cursor.int32();
        cursor.int16(); // error
        cursor.int64(); // timestamp
        ends[partition] = cursor.int64();
      });
    });
    return cursor === null ? null : ends;
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  async #ask(apiKey: number, version: number, body: readonly Buffer[]): Promise<Cursor | null> {
    try {
      this.#connection ??= await RawConnection.open(this.#port, 1000);
      this.#connection.send(frame(Buffer.concat([requestHeader(apiKey, version, 1), ...body])));
      const answer = await this.#connection.answer(10_000);
      if (answer !== null) return new Cursor(answer);
    } catch {
      // The broker is away for a moment, as the test wants it.
    }
    this.close();
    return null;
  }
}

/** The partitions of a consumer's assignment of one topic. */
function assigned(assignment: Buffer): number[] {
  if (assignment.length === 0) return [];
  const cursor = new Cursor(assignment, 2); // past the version
  return cursor
    .array(() => {
      cursor.string(); // the topic
      return cursor.array(() => cursor.int32());
    })
    .flat();
}
