import { batchHeader, checkBatch, ErrorCode } from '@millrace/protocol';
import type { PartitionLog } from '../../src/log-store.ts';
import type { Life, World } from './life.ts';
import { type ModelBatch, makeHole, nextOffsetOf } from './model-batch.ts';
import type { ModelLog } from './model-log.ts';
import { expect } from './simulation-failure.ts';
import { bytesOf, wholeBatchBytes } from './slice-check.ts';

/** Reads a log that was just opened from its start to its end, and compares it with what was promised. */
export async function auditLog(world: World, life: Life, log: ModelLog): Promise<void> {
  const handle = life.handleOf(log);
  expect(handle !== undefined, () => `${log.name} was not opened`);
  const { logStartOffset, logEndOffset, highWatermark } = handle;
  expect(logEndOffset === highWatermark, () => `${log.name} was opened with an unreadable end`);
  log.started(logStartOffset, life.clock.nowMs());
  const nowMs = life.clock.nowMs();
  const found: ModelBatch[] = [];
  const epochs: number[] = [];
  for (let offset = logStartOffset; offset < logEndOffset; ) {
    const before = offset;
    const bytes = await fetch(world, handle, offset);
    for (let at = 0; bytes !== null && at < bytes.length; ) {
      const sizeBytes = wholeBatchBytes(bytes, at);
      if (sizeBytes === null && at > 0) break;
      if (checkBatch(bytes, at, bytes.length) !== null) break;
      const base = batchHeader.baseOffset(bytes, at);
      // Torn from its base offset, which no CRC covers: a client passes over what lies behind it.
      if (base < offset && found.length > 0 && log.isBehindDamage(offset)) break;
      if (base > offset && log.wasCompacted) {
        found.push(...log.passOver(offset, base, nowMs));
        offset = base;
      }
      const candidates = found.length === 0 ? log.holding(offset) : log.candidates(offset);
      const batch = log.identify(bytes, at, candidates, nowMs);
      found.push(batch);
      offset = nextOffsetOf(batch);
      epochs.push(batchHeader.partitionLeaderEpoch(bytes, at));
      at += sizeBytes!;
    }
    if (offset > before) continue;
    found.push(...(await findHidden(world, log, handle, offset, nowMs)));
    offset = nextOffsetOf(found.at(-1)!);
  }
  checkEpochs(log, epochs, handle.leaderEpoch);
  log.recovered(found, logEndOffset, handle.leaderEpoch);
}

/** What is in the log from `offset` on; null when the log says that it cannot be read. */
async function fetch(world: World, handle: PartitionLog, offset: number): Promise<Buffer | null> {
  const result = await handle.read(offset, world.random.pick([1, 300, 100_000]), {
    minOneBatch: true,
    isolation: 'read_uncommitted',
    preferFile: world.random.chance(0.5),
  });
  if (result.error === ErrorCode.CORRUPT_MESSAGE) return null;
  expect(result.error === 0, () => `${offset} cannot be read: error ${result.error}`);
  const bytes = await bytesOf(result.records, world.random);
  result.records.release();
  expect(bytes.length > 0, () => `nothing is at ${offset}`);
  return bytes;
}

/**
 * What the log cannot give, and says so: a batch that is damaged, or, behind one, whatever cannot be found any more; or
 * what a crash has torn up of a write that was not durable yet, when some of the same write is whole. Where the log was
 * compacted, what stood before a damaged batch may be gone, and its offsets lead to that batch.
 */
async function findHidden(
  world: World,
  log: ModelLog,
  handle: PartitionLog,
  offset: number,
  nowMs: number,
): Promise<ModelBatch[]> {
  const batch = log.batchAt(offset);
  if (batch !== undefined && log.isBehindDamage(offset)) return [batch];
  const damaged = log.batches.find((other) => other.isDamaged && other.baseOffset > offset);
  if (log.wasCompacted && damaged !== undefined) {
    return [...log.passOver(offset, damaged.baseOffset, nowMs), damaged];
  }
  let endOffset = offset + 1;
  for (; endOffset < handle.logEndOffset; endOffset++) {
    const bytes = await fetch(world, handle, endOffset);
    if (bytes === null) continue;
    if (batchHeader.baseOffset(bytes, 0) === endOffset) break;
  }
  expect(
    offset >= log.durableEnd,
    () => `${log.name}: ${offset} to ${endOffset - 1} were durable and cannot be read`,
  );
  log.hasUnsureProducers = true;
  return [makeHole(offset, endOffset)];
}

function checkEpochs(log: ModelLog, epochs: readonly number[], current: number): void {
  epochs.forEach((epoch, index) => {
    expect(
      epoch <= current && epoch >= (epochs[index - 1] ?? 0),
      () => `${log.name}: leader epochs ${epochs}, and now ${current}`,
    );
  });
}
