import assert from 'node:assert/strict';
import { ErrorCode } from '@millrace/protocol';
import type { Case } from './log-store.conformance.ts';
import type { LogConfig, PartitionLog } from './log-store.ts';
import { appendOk, batchOf, DEFAULT_LOG_CONFIG, readValues } from './log-store-testing.ts';

const DAY_MS = 86_400_000;
/** Longer than a store takes between two looks at a log. */
const CHECK_MS = 600_000;
const DELETE = { delete: true, compact: false };
const KEEP = { delete: false, compact: false };
const BATCH_BYTES = batchOf().length;
/** Two batches in a segment. */
const ROLLING = { segmentBytes: 2 * BATCH_BYTES, indexIntervalBytes: 0 };

/** Resolves when the log start has reached `offset`. */
async function startReaches(log: PartitionLog, offset: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      if (log.logStartOffset >= offset) resolve();
    };
    log.onAdvance(look);
    look();
  });
  assert.equal(log.logStartOffset, offset);
}

/** One batch of one record for each timestamp. */
async function appendAt(log: PartitionLog, ...timestamps: number[]): Promise<void> {
  for (const timestampMs of timestamps) {
    await appendOk(log, batchOf({ timestamps: [timestampMs] }));
  }
}

/** What retention does to a log is done when the next append is answered after turns of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const configOf = (config: Partial<LogConfig>): LogConfig => ({ ...DEFAULT_LOG_CONFIG, ...config });

/** What every `LogStore` that keeps segments must do about `cleanup.policy` delete. */
export const RETENTION_CASES: Readonly<Record<string, Case>> = {
  async 'segments go whose records are all too old, and stay gone'({ open, clock }) {
    const config = {
      ...ROLLING,
      cleanupPolicy: DELETE,
      retentionMs: DAY_MS,
      messageTimestampAfterMaxMs: Number.POSITIVE_INFINITY,
    };
    const now = clock.nowMs();
    let log = await open(config);
    // The first record of the third segment is old, its second one is not.
    await appendAt(log, now - 5, now - 4, now - 3, now - 2, now - 4, now + DAY_MS / 2, now, now);
    clock.advance(DAY_MS - CHECK_MS);
    await settled();
    assert.equal(log.logStartOffset, 0);
    clock.advance(2 * CHECK_MS);
    await startReaches(log, 4);
    assert.equal(log.sizeBytes, 4 * BATCH_BYTES);
    assert.equal((await log.read(3, 1000, READ)).error, ErrorCode.OFFSET_OUT_OF_RANGE);
    log = await open(config);
    assert.equal(log.logStartOffset, 4);
    assert.equal((await readValues(log)).length, 4);
  },

  async 'a record is kept for at least its time'({ open, clock }) {
    const now = clock.nowMs();
    const log = await open({ ...ROLLING, cleanupPolicy: DELETE, retentionMs: CHECK_MS });
    await appendAt(log, now, now, now);
    clock.advance(CHECK_MS);
    await settled();
    assert.equal(log.logStartOffset, 0);
  },

  async 'the last records go too when they are old, and offsets go on'({ open, clock }) {
    const config = { ...ROLLING, cleanupPolicy: DELETE, retentionMs: DAY_MS };
    const now = clock.nowMs();
    let log = await open(config);
    await appendAt(log, now, now, now);
    clock.advance(DAY_MS + CHECK_MS);
    await startReaches(log, 3);
    assert.equal(log.sizeBytes, 0);
    await appendAt(log, clock.nowMs());
    log = await open(config);
    assert.deepEqual(await readValues(log), ['3=value']);
  },

  async 'the oldest segments go while what is left is not less than retention.bytes'({
    open,
    clock,
  }) {
    const now = clock.nowMs();
    const retentionBytes = 3 * BATCH_BYTES;
    const log = await open({ ...ROLLING, cleanupPolicy: DELETE, retentionBytes });
    await appendAt(log, now, now, now, now);
    clock.advance(CHECK_MS);
    await settled();
    // Without the first segment 2 batches would be left.
    assert.equal(log.logStartOffset, 0);
    await appendAt(log, now);
    clock.advance(CHECK_MS);
    await startReaches(log, 2);
  },

  async 'a narrower retention holds at once, a policy without delete keeps all'({ open, clock }) {
    const now = clock.nowMs();
    const log = await open({ ...ROLLING, cleanupPolicy: KEEP, retentionBytes: 0 });
    await appendAt(log, now, now, now);
    clock.advance(CHECK_MS);
    await settled();
    assert.equal(log.logStartOffset, 0);
    log.configure(configOf({ ...ROLLING, cleanupPolicy: DELETE, retentionBytes: 2 * BATCH_BYTES }));
    await settled();
    assert.equal(log.logStartOffset, 0);
    log.configure(configOf({ ...ROLLING, cleanupPolicy: DELETE, retentionBytes: BATCH_BYTES }));
    await startReaches(log, 2);
  },
};

const READ = { minOneBatch: true, isolation: 'read_uncommitted' } as const;
