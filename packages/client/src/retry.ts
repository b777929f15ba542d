/** How long to go on trying, and how long to wait in between. */
export interface RetryPolicy {
  /** No try begins later than this after the first one. */
  readonly timeoutMs: number;
  /** Before the second try; doubled for every further one. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
}

const JITTER = 0.2;
/** 2^16 times any back-off is past every maximum. */
const MAX_DOUBLINGS = 16;

/**
 * Wait before the next try, after `failures` (1 or more). It is spread by a fifth to both sides, as Kafka's own
 * clients do, so that many clients do not come back at once. `random` gives 0 to 1.
 */
export function backoffMs(
  policy: Omit<RetryPolicy, 'timeoutMs'>,
  failures: number,
  random: () => number,
): number {
  const doubled = policy.backoffMs * 2 ** Math.min(failures - 1, MAX_DOUBLINGS);
  const spread = 1 + JITTER * (2 * random() - 1);
  return Math.round(Math.min(doubled, policy.maxBackoffMs) * spread);
}
