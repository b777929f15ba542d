/**
 * What the members of one group may hold in all: their protocols' metadata and their assignments, ids included. A
 * group is stored as a whole with every generation. Kafka keeps one in a record of 1 MiB, of the chosen protocol only.
 */
const MAX_GROUP_BYTES = 4 * 1024 * 1024;
/** What the members of all groups of this broker may hold. */
const MAX_BYTES = 64 * 1024 * 1024;
/** What a member costs beside its bytes: its objects and its timer. */
export const MEMBER_OVERHEAD_BYTES = 512;

/** The memory of all groups of one coordinator. Clients name groups and members as they like, so it needs a bound. */
export class GroupMemory {
  readonly maxGroupBytes: number;
  readonly #maxBytes: number;
  #usedBytes = 0;

  constructor(maxBytes = MAX_BYTES, maxGroupBytes = MAX_GROUP_BYTES) {
    this.#maxBytes = maxBytes;
    this.maxGroupBytes = maxGroupBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#usedBytes + bytes <= this.#maxBytes;
  }

  /** Adds what a group holds (negative: gives back). */
  add(bytes: number): void {
    this.#usedBytes += bytes;
  }
}
