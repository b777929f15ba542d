/** Logs opened, closed or checkpointed at the same time: enough to keep a disk busy, few enough for memory. */
const PARALLEL_LOGS = 8;

/** Does the work for all items, `PARALLEL_LOGS` at a time. Rejects with the first failure; the rest goes on. */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL_LOGS }, worker));
}
