/** Operations under way, by what they are for, so that somebody can wait for their end. Bounded by their callers. */
export class InFlight<Owner> {
  readonly #operations = new Map<Owner, Set<Promise<unknown>>>();

  /** Gives `operation` back. */
  track<T>(owner: Owner, operation: Promise<T>): Promise<T> {
    const own = this.#operations.get(owner) ?? new Set();
    this.#operations.set(owner, own);
    own.add(operation);
    const end = () => {
      own.delete(operation);
      if (own.size === 0) this.#operations.delete(owner);
    };
    operation.then(end, end);
    return operation;
  }

  /** Resolves when none of those that have begun for `owner` is under way any more. */
  async settled(owner: Owner): Promise<void> {
    await Promise.allSettled(this.#operations.get(owner) ?? []);
  }
}
