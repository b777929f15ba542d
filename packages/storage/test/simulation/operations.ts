import { ErrorCode } from '@millrace/protocol';
import type { AppendResult, LogConfig, PartitionLog } from '../../src/log-store.ts';
import type { Life, World } from './life.ts';
import { type ModelBatch, nextOffsetOf, timestampOf } from './model-batch.ts';
import type { ModelLog } from './model-log.ts';
import { expect, SimulationFailure } from './simulation-failure.ts';
import { bytesOf, checkFetched } from './slice-check.ts';

/** An open log, its model, and the process that has it open. */
export interface Target {
  readonly world: World;
  readonly life: Life;
  readonly log: ModelLog;
  readonly handle: PartitionLog;
}

/** Events that a fault may be back which an operation still feels: the log may be busy with the failure of another. */
const AFTERMATH_EVENTS = 200;

/** Gives a way to tell whether the disk may make an operation fail that begins now. */
export function diskExcuses({ world, life }: Pick<Target, 'world' | 'life'>): () => boolean {
  const earliest = world.trace.count - AFTERMATH_EVENTS;
  return () => life.mayHaveFailed || world.disk.lastPassingFault >= earliest;
}

/** The same for an operation on a log, which a stop may refuse as well. */
export function excuses(target: Pick<Target, 'world' | 'life'>): () => boolean {
  const isDiskToBlame = diskExcuses(target);
  return () => target.life.isClosing || isDiskToBlame();
}

function checkError(target: Target, what: string, error: number, isExcused: boolean): void {
  const isDeleted = target.log.isDeleted && error === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const isFailure = isExcused && error === ErrorCode.KAFKA_STORAGE_ERROR;
  expect(isDeleted || isFailure, () => `${target.log.name}: ${what} was answered ${error}`);
}

/** Appends batches, of which the log must take all, or none when there is an excuse. */
export async function append(target: Target, batches: readonly ModelBatch[]): Promise<void> {
  const { log, handle, life } = target;
  const isExcused = excuses(target);
  const { config } = log;
  const nowMs = life.clock.nowMs();
  const before = handle.logEndOffset;
  expect(before === log.endOffset, () => `${log.name}: ends at ${before}, not ${log.endOffset}`);
  const bytes = Buffer.concat(batches.map((batch) => batch.bytes));
  const refusal = expectedRefusal(config, batches);
  const answer = handle.append(bytes);
  const count = batches.reduce((sum, batch) => sum + batch.records.length, 0);
  const isTaken = handle.logEndOffset !== before;
  const isStamped = config.messageTimestampType === 'LogAppendTime';
  if (isTaken) log.appended(batches, nowMs);
  expect(
    handle.logEndOffset === log.endOffset,
    () => `${log.name}: ${count} records took ${handle.logEndOffset - before} offsets`,
  );
  const result = await answer;
  expect(refusal === null || !isTaken, () => `${log.name}: took what it must refuse`);
  if (!isTaken || result.error !== ErrorCode.NONE) {
    if (isTaken) log.refused(batches);
    if (refusal !== null && result.error === refusal) return;
    checkRefusal(target, result, isExcused());
    return;
  }
  const { baseOffset } = batches[0]!;
  target.world.trace.note(() => `${log.name}: acknowledged ${baseOffset} + ${count}`);
  log.acknowledged(batches);
  checkAnswer(target, result, baseOffset, isStamped ? nowMs : -1);
  expect(
    handle.highWatermark >= baseOffset + count || log.isDeleted,
    () => `${log.name}: ${baseOffset} was acknowledged before it can be read`,
  );
  if (log.config === config) log.flushMessages = config.flushMessages;
}

/** The error that batches get for what they are, or null. */
function expectedRefusal(config: LogConfig, batches: readonly ModelBatch[]): number | null {
  const sizeBytes = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
  if (sizeBytes > config.segmentBytes) return ErrorCode.RECORD_LIST_TOO_LARGE;
  const hasNoKey = batches.some((batch) => batch.records.some((record) => record.key === null));
  return config.cleanupPolicy.compact && hasNoKey ? ErrorCode.INVALID_RECORD : null;
}

function checkRefusal(target: Target, result: AppendResult, isExcused: boolean): void {
  checkError(target, 'an append', result.error, isExcused);
  expect(result.baseOffset === -1, () => `an error came with the offset ${result.baseOffset}`);
}

function checkAnswer(target: Target, result: AppendResult, offset: number, timeMs: number): void {
  const { log } = target;
  expect(
    result.baseOffset === offset,
    () => `${log.name}: the batch at ${offset} was acknowledged at ${result.baseOffset}`,
  );
  expect(
    result.logAppendTimeMs === timeMs,
    () => `${log.name}: ${offset} has the time ${timeMs}, the answer ${result.logAppendTimeMs}`,
  );
}

/** Appends the batch of an idempotent producer: new, again, or out of order, as the log must tell. */
export async function appendIdempotent(target: Target, batch: ModelBatch): Promise<void> {
  const { log, handle } = target;
  const expected = log.expected(batch);
  const isRefused = expectedRefusal(log.config, [batch]) !== null;
  if (expected === null && !isRefused) return appendUnsure(target, batch);
  if (expected === null || expected.outcome === 'appended' || isRefused)
    return append(target, [batch]);
  const isExcused = excuses(target);
  const result = await handle.append(Buffer.from(batch.bytes));
  if (expected.outcome === 'refused') {
    expect(result.error !== 0, () => `${log.name}: a batch out of order was accepted`);
    if (result.error !== expected.error) checkRefusal(target, result, isExcused());
    return;
  }
  if (result.error !== ErrorCode.NONE) return checkRefusal(target, result, isExcused());
  const { original } = expected;
  checkAnswer(target, result, original.baseOffset, original.logAppendTimeMs);
  expect(
    original.isAcknowledged || handle.highWatermark >= nextOffsetOf(original),
    () => `${log.name}: a duplicate of ${original.baseOffset} was answered before that is durable`,
  );
}

/** Whether the log knows this producer cannot be said, but it must be sure itself. */
async function appendUnsure(target: Target, batch: ModelBatch): Promise<void> {
  const { log, handle, life } = target;
  const before = handle.logEndOffset;
  const nowMs = life.clock.nowMs();
  const { config } = log;
  const answer = handle.append(Buffer.from(batch.bytes));
  const isTaken = handle.logEndOffset !== before;
  if (isTaken) log.appended([batch], nowMs);
  const result = await answer;
  if (!isTaken) return;
  if (result.error !== ErrorCode.NONE) return log.refused([batch]);
  log.acknowledged([batch]);
  if (log.config === config) log.flushMessages = config.flushMessages;
}

/** Bytes that no log may take. */
export async function appendCorrupt(target: Target, batch: ModelBatch): Promise<void> {
  const { log, handle } = target;
  const isExcused = excuses(target);
  const bytes = Buffer.from(batch.bytes);
  bytes[bytes.length - 1]! ^= 1;
  const result = await handle.append(bytes);
  expect(result.error !== ErrorCode.NONE, () => `${log.name}: a corrupt batch was accepted`);
  if (result.error === ErrorCode.CORRUPT_MESSAGE) return;
  if (result.error === expectedRefusal(log.config, [batch])) return;
  checkRefusal(target, result, isExcused());
}

export async function read(
  target: Target,
  offset: number,
  maxBytes: number,
  options: { readonly minOneBatch: boolean; readonly preferFile: boolean },
): Promise<void> {
  const { log, handle, world } = target;
  const isExcused = excuses(target);
  const { logStartOffset: startOffset, logEndOffset, highWatermark } = handle;
  const result = await handle.read(offset, maxBytes, { ...options, isolation: 'read_uncommitted' });
  try {
    const what = `a read at ${offset}`;
    if (result.error === ErrorCode.OFFSET_OUT_OF_RANGE) {
      expect(
        offset < handle.logStartOffset || offset > logEndOffset || log.isDeleted,
        () => `${log.name}: ${what} is out of range`,
      );
      return;
    }
    if (result.error === ErrorCode.CORRUPT_MESSAGE) {
      expect(
        log.mayMeetDamage(offset),
        () => `${log.name}: ${what} found damage where there is none`,
      );
      return;
    }
    if (result.error !== 0) return checkError(target, what, result.error, isExcused());
    expect(offset >= startOffset, () => `${log.name}: ${what} is below the start`);
    expect(result.highWatermark >= highWatermark, () => `${what} saw an older high watermark`);
    const isEmpty = result.records.sizeBytes === 0;
    if (offset < highWatermark && options.minOneBatch) {
      expect(
        !isEmpty,
        () => `${log.name}: ${what} gave nothing, the watermark is ${highWatermark}`,
      );
    }
    if (isEmpty) return;
    const bytes = await bytesOf(result.records, world.random);
    checkFetched(log, bytes, offset, result.highWatermark, target.life.clock.nowMs());
  } catch (error) {
    // A disk that fails may do so while a slice is read.
    if (error instanceof SimulationFailure || !isExcused()) throw error;
  } finally {
    result.records.release();
  }
}

export async function deleteRecords(target: Target, offset: number): Promise<void> {
  const { log, handle } = target;
  const isExcused = excuses(target);
  const { highWatermark, logStartOffset, logEndOffset: endOffset } = handle;
  const wanted = offset === -1 ? highWatermark : offset;
  if (wanted <= highWatermark) log.requestedStart = Math.max(log.requestedStart, wanted);
  const result = await handle.deleteRecordsBefore(offset);
  if (result.error === ErrorCode.NONE) {
    expect(
      result.logStartOffset >= wanted && handle.logStartOffset >= wanted,
      () => `${log.name}: records before ${wanted} were deleted, but it starts before`,
    );
    if (wanted > logStartOffset) log.durableEnd = Math.max(log.durableEnd, endOffset);
    return;
  }
  expect(result.logStartOffset === -1, () => `${log.name}: an error came with a log start`);
  if (result.error === ErrorCode.OFFSET_OUT_OF_RANGE) {
    expect(wanted > highWatermark || wanted < 0, () => `${log.name}: ${wanted} cannot be deleted`);
    return;
  }
  checkError(target, `the deletion before ${wanted}`, result.error, isExcused());
}

export async function flush(target: Target): Promise<void> {
  const { log, handle } = target;
  const isExcused = excuses(target);
  const endOffset = handle.logEndOffset;
  try {
    await handle.flush();
  } catch (error) {
    if (isExcused() || log.isDeleted) return;
    throw error;
  }
  expect(
    handle.highWatermark >= endOffset || log.isDeleted,
    () => `${log.name}: a flush did not reach ${endOffset}`,
  );
  log.durableEnd = Math.max(log.durableEnd, endOffset);
}

/** ListOffsets by time. */
export async function lookUpTime(target: Target, timestampMs: number): Promise<void> {
  const { log, handle } = target;
  const isExcused = excuses(target);
  const { highWatermark } = handle;
  let found: Awaited<ReturnType<PartitionLog['offsetForTimestamp']>>;
  try {
    found = await handle.offsetForTimestamp(timestampMs);
  } catch (error) {
    if (isExcused() || log.isDeleted || log.hasDamage || log.hasDamagedIndex) return;
    throw error;
  }
  if (log.isDeleted || log.hasDamage || log.hasDamagedIndex) return;
  const first = log.firstAtTime(
    timestampMs,
    handle.logStartOffset,
    highWatermark,
    target.life.clock.nowMs(),
  );
  const what = () => `${log.name}: the first record from time ${timestampMs} on`;
  if (found === null) {
    expect(first === -1, () => `${what()} was not found at ${first}`);
    return;
  }
  expect(first === -1 || found.offset <= first, () => `${what()} is ${first}, not ${found.offset}`);
  checkTime(log, found.offset, found.timestampMs);
  expect(found.timestampMs >= timestampMs, () => `${what()} has time ${found.timestampMs}`);
}

/** ListOffsets −3. */
export async function lookUpLargestTime(target: Target): Promise<void> {
  const { log, handle } = target;
  const isExcused = excuses(target);
  const { highWatermark } = handle;
  let found: Awaited<ReturnType<PartitionLog['offsetForMaxTimestamp']>>;
  try {
    found = await handle.offsetForMaxTimestamp();
  } catch (error) {
    if (isExcused() || log.isDeleted || log.hasDamage || log.hasDamagedIndex) return;
    throw error;
  }
  if (log.isDeleted || log.hasDamage || log.hasDamagedIndex) return;
  const largest = log.largestTime(handle.logStartOffset, highWatermark, target.life.clock.nowMs());
  if (found === null) {
    expect(largest === -1, () => `${log.name}: the largest time ${largest} was not found`);
    return;
  }
  checkTime(log, found.offset, found.timestampMs);
  expect(
    found.timestampMs >= largest,
    () => `${log.name}: ${found.timestampMs} was found as the largest time, not ${largest}`,
  );
}

function checkTime(log: ModelLog, offset: number, timestampMs: number): void {
  const batch = log.batchAt(offset);
  const stored = batch === undefined ? null : timestampOf(batch, offset - batch.baseOffset);
  expect(
    stored === timestampMs,
    () => `${log.name}: the record ${offset} has time ${stored}, not ${timestampMs}`,
  );
}
