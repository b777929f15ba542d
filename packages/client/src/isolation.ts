/** Kafka's `isolation.level`: whether records of transactions are read before those are committed. */
export type Isolation = 'read_uncommitted' | 'read_committed';

/** As it stands in requests. */
export function isolationLevel(isolation: Isolation): number {
  return isolation === 'read_committed' ? 1 : 0;
}
