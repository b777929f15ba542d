import type { EpochStart } from './checkpoint-files.ts';

/**
 * Which leader epoch began at which offset. One machine leads all its partitions, so an epoch ends only where an
 * unclean stop may have cut the log: a client that read past the cut learns of it from here (KIP-320).
 * Bounded by the number of unclean stops between which something was written.
 */
export class LeaderEpochs {
  #starts: EpochStart[];

  constructor(starts: readonly EpochStart[]) {
    this.#starts = [...starts];
  }

  /** The current epoch. */
  get latest(): number {
    return this.#starts.at(-1)?.epoch ?? 0;
  }

  get starts(): readonly EpochStart[] {
    return this.#starts;
  }

  /** Begins the next epoch at `startOffset`, the end of the log. Epochs in which nothing is left are dropped. */
  advance(startOffset: number): void {
    const epoch = this.latest + 1;
    this.#starts = this.#starts.filter((start) => start.startOffset < startOffset);
    this.#starts.push({ epoch, startOffset });
  }

  /** Nothing before `offset` is left: the epoch that it lies in begins there, and those before it are forgotten. */
  dropBefore(offset: number): void {
    const later = this.#starts.findIndex((start) => start.startOffset > offset);
    const current = (later === -1 ? this.#starts.length : later) - 1;
    if (current < 0) return;
    const { epoch } = this.#starts[current]!;
    this.#starts = [{ epoch, startOffset: offset }, ...this.#starts.slice(current + 1)];
  }

  /** The answer of OffsetForLeaderEpoch; `endOffset` is where the log ends for consumers. */
  endOffsetFor(
    leaderEpoch: number,
    endOffset: number,
  ): { readonly leaderEpoch: number; readonly endOffset: number } {
    if (leaderEpoch === this.latest) return { leaderEpoch, endOffset };
    const next = this.#starts.findIndex((start) => start.epoch > leaderEpoch);
    if (leaderEpoch === -1 || next === -1) return { leaderEpoch: -1, endOffset: -1 };
    // Before the first epoch that is known there is nothing: as in Kafka, the epoch asked for ends where that begins.
    const epoch = next === 0 ? leaderEpoch : this.#starts[next - 1]!.epoch;
    return { leaderEpoch: epoch, endOffset: this.#starts[next]!.startOffset };
  }
}
