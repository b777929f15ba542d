/**
 * Counts the bytes of answers that are in memory and not taken by their clients yet, over all connections. Fetched
 * batches from the tail cache stay in memory as long as a slow reader's answer holds them, however long the
 * cache has forgotten them; past the bound, fetches read from files, which cost a slow reader no memory.
 */
export class AnswerMemory {
  readonly limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  get isScarce(): boolean {
    return this.#heldBytes >= this.limitBytes;
  }

  /** Adds what an answer holds (negative: gives back). */
  add(bytes: number): void {
    this.#heldBytes += bytes;
  }
}
