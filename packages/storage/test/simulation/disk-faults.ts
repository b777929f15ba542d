import type { SeededRandom } from './seeded-random.ts';

/** How likely it is that something goes wrong, for each operation of its kind. */
export interface FaultRates {
  /** A sync of a file or directory fails. */
  readonly sync: number;
  /** Any other operation fails with EIO. */
  readonly io: number;
  /** An `open` finds no descriptor left (EMFILE). */
  readonly descriptors: number;
  /** A read or write does less than it was asked for. No fault at all, but few programs expect it. */
  readonly short: number;
  /** A write at once takes so long that the next ones had better wait on a thread. */
  readonly slow: number;
}

export const NO_FAULTS: FaultRates = { sync: 0, io: 0, descriptors: 0, short: 0, slow: 0.02 };

/** Rates for one stretch of a run. Most have no faults, so that much is done before one comes. */
export function pickFaultRates(random: SeededRandom): FaultRates {
  const short = random.chance(0.5) ? 0.2 : 0;
  switch (random.below(8)) {
    case 0:
      return { ...NO_FAULTS, short, sync: 0.1 };
    case 1:
      return { ...NO_FAULTS, short, io: 0.02 };
    case 2:
      return { ...NO_FAULTS, short, descriptors: 0.3 };
    case 3:
      return { ...NO_FAULTS, short, sync: 0.03, io: 0.01, descriptors: 0.05 };
    default:
      return { ...NO_FAULTS, short };
  }
}
