import assert from 'node:assert/strict';
import { Compression, ErrorCode } from '@millrace/protocol';
import type { Case } from './log-store.conformance.ts';
import type { PartitionLog } from './log-store.ts';
import {
  appendOk,
  baseOffsetsIn,
  batchOf,
  bytesOf,
  logSpec,
  readBytes,
  readValues,
  sequencedBatch,
} from './log-store-testing.ts';

const READ = { minOneBatch: true, isolation: 'read_uncommitted' } as const;
/** Three or four of the batches below in a segment. */
const ROLLING = { segmentBytes: 400, indexIntervalBytes: 100 };

async function assertDeleted(log: PartitionLog, offset: number, start = offset): Promise<void> {
  const result = await log.deleteRecordsBefore(offset);
  assert.deepEqual(result, { error: ErrorCode.NONE, logStartOffset: start });
  assert.equal(log.logStartOffset, start);
}

async function assertOutOfRange(log: PartitionLog, offset: number): Promise<void> {
  const result = await log.read(offset, 1000, READ);
  assert.equal(result.error, ErrorCode.OFFSET_OUT_OF_RANGE);
  assert.equal(result.records.sizeBytes, 0);
  result.records.release();
}

/** Appends `count` batches of two records each; gives what `readValues` finds. */
async function appendPairs(log: PartitionLog, count: number): Promise<string[]> {
  const values: string[] = [];
  for (let index = 0; index < count; index++) {
    const { baseOffset } = await appendOk(log, batchOf({ values: [`x${index}`, `y${index}`] }));
    values.push(`${baseOffset}=x${index}`, `${baseOffset + 1}=y${index}`);
  }
  return values;
}

/** What every `LogStore` must do about `deleteRecordsBefore`. */
export const DELETION_CASES: Readonly<Record<string, Case>> = {
  async 'records before the log start are gone, those after it are not'({ open }) {
    let log = await open(ROLLING);
    const values = await appendPairs(log, 20);
    for (const start of [1, 2, 7, 30]) {
      await assertDeleted(log, start);
      for (const offset of [0, start - 1]) await assertOutOfRange(log, offset);
      assert.deepEqual(await readValues(log), values.slice(start));
      // A start within a batch: the batch comes whole, as it does for any offset within it.
      assert.deepEqual(baseOffsetsIn(await readBytes(log, start, 1)), [start - (start % 2)]);
    }
    log = await open(ROLLING);
    assert.equal(log.logStartOffset, 30);
    await assertOutOfRange(log, 29);
    assert.deepEqual(await readValues(log), values.slice(30));
    assert.equal((await appendOk(log, batchOf({ values: ['more'] }))).baseOffset, 40);
    assert.deepEqual(await readValues(log, 39), ['39=y19', '40=more']);
  },

  async 'the log start moves forward only, and never past the high watermark'({ open }) {
    const log = await open();
    await appendPairs(log, 3);
    await assertDeleted(log, 4);
    await assertDeleted(log, 0, 4);
    await assertDeleted(log, 4);
    for (const offset of [-2, 7, Number.MAX_SAFE_INTEGER]) {
      const refused = { error: ErrorCode.OFFSET_OUT_OF_RANGE, logStartOffset: -1 };
      assert.deepEqual(await log.deleteRecordsBefore(offset), refused);
    }
    assert.equal(log.logStartOffset, 4);
    // What is appended but not durable cannot be deleted yet.
    const appended = log.append(batchOf());
    const early = await log.deleteRecordsBefore(log.logEndOffset);
    assert.equal(early.error, ErrorCode.OFFSET_OUT_OF_RANGE);
    await appended;
  },

  async 'all that is readable can be deleted, and offsets go on'({ open }) {
    for (const config of [{}, ROLLING, { flushMessages: Number.MAX_SAFE_INTEGER }]) {
      let log = await open(config);
      const start = log.highWatermark;
      await appendPairs(log, 10);
      await assertDeleted(log, -1, start + 20);
      assert.equal(log.highWatermark, start + 20);
      assert.equal((await readBytes(log, start + 20)).length, 0);
      assert.equal(await log.offsetForTimestamp(0), null);
      assert.equal(await log.offsetForMaxTimestamp(), null);
      log = await open(config);
      assert.equal(log.logStartOffset, start + 20);
      assert.deepEqual(await readValues(log), []);
      assert.equal((await appendOk(log, batchOf())).baseOffset, start + 20);
      assert.deepEqual(await readValues(log), [`${start + 20}=value`]);
    }
  },

  async 'of deletions at the same time the furthest counts'({ open }) {
    let log = await open(ROLLING);
    const values = await appendPairs(log, 20);
    const offsets = [3, 24, 25, 11, 8];
    const results = await Promise.all(offsets.map((offset) => log.deleteRecordsBefore(offset)));
    for (const [index, { error, logStartOffset }] of results.entries()) {
      assert.equal(error, ErrorCode.NONE);
      assert.ok(logStartOffset >= offsets[index]!);
    }
    assert.equal(log.logStartOffset, 25);
    log = await open(ROLLING);
    assert.equal(log.logStartOffset, 25);
    assert.deepEqual(await readValues(log), values.slice(25));
  },

  async 'space comes back where whole segments are deleted'({ open }) {
    const log = await open(ROLLING);
    await appendPairs(log, 20);
    const before = log.sizeBytes;
    await assertDeleted(log, 1);
    assert.equal(log.sizeBytes, before);
    await assertDeleted(log, 20);
    assert.ok(log.sizeBytes <= before / 2 + 400);
    await assertDeleted(log, 40);
    assert.ok(log.sizeBytes <= 400);
  },

  async 'what is being read stays readable'({ open }) {
    await appendPairs(await open(ROLLING), 20);
    // Opened anew, so that a store with a cache has to go to its files.
    const log = await open(ROLLING);
    const { records } = await log.read(0, 1, READ);
    await assertDeleted(log, -1, 40);
    assert.deepEqual(baseOffsetsIn(await bytesOf(records)), [0]);
  },

  async 'who waits is told of a new log start'({ open }) {
    const log = await open();
    await appendPairs(log, 2);
    const seen: number[] = [];
    const stop = log.onAdvance(() => seen.push(log.logStartOffset));
    await assertDeleted(log, 3);
    await assertDeleted(log, 1, 3);
    assert.deepEqual(seen, [3]);
    stop();
  },

  async 'times are looked for from the log start on'({ open, clock }) {
    let log = await open({ ...ROLLING, segmentBytes: 600 });
    const start = clock.nowMs();
    // The largest time comes early, once in the middle of a batch, and times fall and rise again.
    const times = [50, 90, 70, 20, 95, 40, 30, 60, 10, 80, 80, 5, 15, 25, 35, 45, 55, 65];
    for (let index = 0; index < times.length; index += 3) {
      const codec = index % 2 === 0 ? Compression.none : Compression.gzip;
      const timestamps = times.slice(index, index + 3).map((time) => start + time);
      await appendOk(log, batchOf({ codec, values: ['a', 'b', 'c'], timestamps }));
    }
    for (let from = 0; from <= times.length; from++) {
      await assertDeleted(log, from);
      if (from % 5 === 4) log = await open({ ...ROLLING, segmentBytes: 600 });
      for (let time = 0; time <= 100; time += 5) {
        const found = await log.offsetForTimestamp(start + time);
        const expected = times.findIndex((one, offset) => offset >= from && one >= time);
        assert.equal(found?.offset ?? -1, expected, `${time} from ${from}`);
        if (found !== null) assert.equal(found.timestampMs, start + times[expected]!);
      }
      const max = Math.max(...times.slice(from));
      const expected = times.indexOf(max, from);
      assert.equal((await log.offsetForMaxTimestamp())?.offset ?? -1, expected, `from ${from}`);
    }
  },

  async 'of equal largest times the first that is left counts'({ open, clock }) {
    const log = await open();
    const time = clock.nowMs();
    await appendOk(log, batchOf({ values: ['a', 'b'], timestamps: [time, time] }));
    await appendOk(log, batchOf({ values: ['c'], timestamps: [time] }));
    for (const start of [1, 2]) {
      await assertDeleted(log, start);
      assert.equal((await log.offsetForMaxTimestamp())?.offset, start);
      assert.equal((await log.offsetForTimestamp(time))?.offset, start);
    }
  },

  async 'producers are remembered although their records are deleted'({ open }) {
    let log = await open(ROLLING);
    for (let sequence = 0; sequence < 12; sequence++) {
      await appendOk(log, sequencedBatch(7, sequence));
    }
    await assertDeleted(log, -1, 12);
    for (const check of ['running', 'reopened']) {
      if (check === 'reopened') log = await open(ROLLING);
      assert.equal((await appendOk(log, sequencedBatch(7, 11))).baseOffset, 11, check);
      const refused = await log.append(sequencedBatch(7, 14));
      assert.equal(refused.error, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check);
    }
    assert.equal((await appendOk(log, sequencedBatch(7, 12))).baseOffset, 12);
  },

  async 'active producers are those that wrote, with their last batch'({ open, clock }) {
    let log = await open();
    assert.deepEqual(log.activeProducers(), []);
    await appendOk(log, batchOf());
    await appendOk(log, sequencedBatch(7, 0, { count: 3 }));
    await appendOk(log, sequencedBatch(7, 3));
    await appendOk(log, sequencedBatch(9, 5, { epoch: 2 }));
    for (const check of ['running', 'reopened']) {
      if (check === 'reopened') log = await open();
      const producers = [...log.activeProducers()].sort((a, b) => a.producerId - b.producerId);
      const lastTimestampMs = 1_767_225_600_000;
      assert.deepEqual(
        producers,
        [
          { producerId: 7, producerEpoch: 0, lastSequence: 3, lastTimestampMs },
          { producerId: 9, producerEpoch: 2, lastSequence: 5, lastTimestampMs },
        ],
        check,
      );
    }
    clock.advance(2 * 86_400_000);
    assert.deepEqual(log.activeProducers(), []);
  },

  async 'a deleted log does not hand its start to the next one of its name'(context) {
    const log = await context.open();
    await appendPairs(log, 2);
    await assertDeleted(log, 3);
    await context.store.delete(log.topicId, log.partition);
    const refused = await log.deleteRecordsBefore(4);
    assert.equal(refused.error, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const again = await context.store.create(logSpec());
    assert.equal(again.logStartOffset, 0);
    await appendOk(again, batchOf({ values: ['new'] }));
    const reopened = await context.open();
    assert.equal(reopened.logStartOffset, 0);
    assert.deepEqual(await readValues(reopened), ['0=new']);
  },
};
