import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { batchHeader, Compression, checkBatch, ErrorCode, records } from '@millrace/protocol';
import { COMPRESSION_CASES } from './log-compression.conformance.ts';
import { DELETION_CASES } from './log-deletion.conformance.ts';
import { RETENTION_CASES } from './log-retention.conformance.ts';
import type { LogConfig, LogStore, PartitionLog } from './log-store.ts';
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
import type { ManualClock } from './manual-clock.ts';

/** One place where records are kept, and the stores over it. */
export interface LogStoreEnvironment {
  readonly clock: ManualClock;
  /** A store that finds what the one before it, which is closed, left. */
  newStore(): LogStore;
  dispose(): Promise<void>;
}

export interface LogStoreConformance {
  readonly name: string;
  create(): Promise<LogStoreEnvironment>;
  /** Cases that do not hold for this implementation, with the reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

export type Case = (context: CaseContext) => Promise<void>;

export interface CaseContext {
  readonly clock: ManualClock;
  /** Opens a store over the case's one log; the next call closes it first and opens the next. */
  open(config?: Partial<LogConfig>): Promise<PartitionLog>;
  readonly store: LogStore;
}

const READ = { minOneBatch: true, isolation: 'read_uncommitted' } as const;
const SPEC = logSpec();

/** What every `LogStore` must do, whatever it keeps its records in. */
export function runLogStoreConformance(implementation: LogStoreConformance): void {
  describe(`log store conformance: ${implementation.name}`, () => {
    for (const [name, run] of Object.entries(CASES)) {
      const reason = implementation.skip?.[name];
      test(name, { skip: reason ?? false }, () => runCase(implementation, run));
    }
  });
}

async function runCase(implementation: LogStoreConformance, run: Case): Promise<void> {
  const environment = await implementation.create();
  let store = null as LogStore | null;
  try {
    await run({
      clock: environment.clock,
      async open(config) {
        await store?.close();
        store = environment.newStore();
        await store.open([logSpec(config)]);
        return store.get(SPEC.topicId, SPEC.partition)!;
      },
      get store() {
        return store!;
      },
    });
  } finally {
    await store?.close();
    await environment.dispose();
  }
}

async function assertRefused(log: PartitionLog, batch: Buffer, error: number): Promise<void> {
  const end = log.logEndOffset;
  const result = await log.append(batch);
  assert.equal(result.error, error, result.errorMessage ?? '');
  assert.ok(result.errorMessage);
  assert.equal(result.baseOffset, -1);
  assert.equal(log.logEndOffset, end);
}

const CASES: Readonly<Record<string, Case>> = {
  async 'an empty log begins and ends at 0'({ open }) {
    const log = await open();
    assert.equal(log.logStartOffset, 0);
    assert.equal(log.highWatermark, 0);
    assert.equal(log.logEndOffset, 0);
    assert.equal(log.leaderEpoch, 0);
    assert.equal((await readBytes(log, 0)).length, 0);
    assert.equal(await log.offsetForMaxTimestamp(), null);
    assert.equal(await log.offsetForTimestamp(0), null);
  },

  async 'offsets are assigned before append returns'({ open }) {
    const log = await open();
    const first = log.append(batchOf({ values: ['a', 'b', 'c'] }));
    assert.equal(log.logEndOffset, 3);
    assert.equal(log.highWatermark, 0);
    const second = log.append(batchOf({ values: ['d'] }));
    assert.equal((await second).baseOffset, 3);
    assert.equal((await first).baseOffset, 0);
    assert.equal(log.highWatermark, 4);
    assert.deepEqual(await readValues(log), ['0=a', '1=b', '2=c', '3=d']);
  },

  async 'a read that prefers files gives the same bytes, and holds none in memory where there are files'({
    open,
  }) {
    const log = await open();
    for (const value of ['a', 'b', 'c']) await appendOk(log, batchOf({ values: [value] }));
    const expected = await readBytes(log, 1);
    const { records: slice } = await log.read(1, 1024 * 1024, { ...READ, preferFile: true });
    const fromMemory = slice.parts.filter((part) => Buffer.isBuffer(part));
    assert.ok(fromMemory.length === 0 || fromMemory.length === slice.parts.length);
    assert.deepEqual(await bytesOf(slice), expected);
  },

  async 'appends resolve in order, after the watermark moved, and listeners see it moved'({
    open,
  }) {
    const log = await open();
    const events: string[] = [];
    const stop = log.onAdvance(() => events.push(`advanced to ${log.highWatermark}`));
    const appends = ['a', 'b', 'c'].map(async (value) => {
      const { baseOffset } = await log.append(batchOf({ values: [value] }));
      assert.ok(log.highWatermark > baseOffset);
      events.push(`answered ${baseOffset}`);
    });
    await Promise.all(appends);
    const answers = events.filter((event) => event.startsWith('answered'));
    assert.deepEqual(answers, ['answered 0', 'answered 1', 'answered 2']);
    assert.ok(events[0]!.startsWith('advanced'));
    assert.ok(events.includes('advanced to 3'));
    stop();
    const before = events.length;
    await appendOk(log, batchOf());
    assert.equal(events.length, before);
  },

  async 'several batches in one append are kept as they are'({ open }) {
    const log = await open();
    const batches = Buffer.concat([batchOf({ values: ['a', 'b'] }), batchOf({ values: ['c'] })]);
    assert.equal((await appendOk(log, batches)).baseOffset, 0);
    assert.deepEqual(baseOffsetsIn(await readBytes(log, 0)), [0, 2]);
    assert.deepEqual(baseOffsetsIn(await readBytes(log, 2)), [2]);
    assert.deepEqual(await readValues(log), ['0=a', '1=b', '2=c']);
  },

  async 'records come back as they were compressed'({ open }) {
    const log = await open();
    for (const codec of Object.values(Compression)) {
      const sent = batchOf({ codec, values: ['same', 'same', 'same'] });
      const { baseOffset } = await appendOk(log, Buffer.from(sent));
      const stored = await readBytes(log, baseOffset);
      // Base offset and leader epoch are the broker's; from the magic byte on all is the producer's.
      assert.deepEqual(stored.subarray(16), sent.subarray(16));
      assert.equal(batchHeader.partitionLeaderEpoch(stored, 0), 0);
    }
  },

  async 'a read inside a batch gives the whole batch'({ open }) {
    const log = await open();
    await appendOk(log, batchOf({ values: ['a', 'b', 'c'] }));
    await appendOk(log, batchOf({ values: ['d', 'e', 'f'] }));
    for (const offset of [3, 4, 5]) {
      assert.deepEqual(baseOffsetsIn(await readBytes(log, offset)), [3]);
    }
  },

  async 'a read gives at most maxBytes, but one batch whole'({ open }) {
    const log = await open();
    const size = batchOf().length;
    for (let index = 0; index < 5; index++) await appendOk(log, batchOf());
    assert.equal((await readBytes(log, 0, 3 * size)).length, 3 * size);
    assert.deepEqual(baseOffsetsIn(await readBytes(log, 1, 2 * size + 1)), [1, 2]);
    assert.equal((await readBytes(log, 1, 1)).length, size);
    assert.equal((await readBytes(log, 1, 0)).length, size);
    assert.equal((await readBytes(log, 1, size - 1, { ...READ, minOneBatch: false })).length, 0);
    assert.equal((await readBytes(log, 1, size, { ...READ, minOneBatch: false })).length, size);
  },

  async 'a read outside the log is out of range, one at its end is empty'({ open }) {
    const log = await open();
    await appendOk(log, batchOf({ values: ['a', 'b'] }));
    for (const offset of [-1, 3, 1000]) {
      const result = await log.read(offset, 1000, READ);
      assert.equal(result.error, ErrorCode.OFFSET_OUT_OF_RANGE);
      assert.equal(result.records.sizeBytes, 0);
      assert.equal(result.highWatermark, 2);
      result.records.release();
    }
    assert.equal((await readBytes(log, 2)).length, 0);
  },

  async 'what was appended is there after a clean stop'({ open }) {
    let log = await open();
    const values: string[] = [];
    for (let index = 0; index < 30; index++) {
      await appendOk(log, batchOf({ values: [`v${index}`] }));
      values.push(`${index}=v${index}`);
    }
    log = await open();
    assert.equal(log.highWatermark, 30);
    assert.equal(log.leaderEpoch, 0);
    assert.deepEqual(await readValues(log), values);
    assert.equal((await appendOk(log, batchOf({ values: ['more'] }))).baseOffset, 30);
    assert.deepEqual(await readValues(log, 29), ['29=v29', '30=more']);
  },

  async 'many small segments read like one log'({ open }) {
    const config = { segmentBytes: 400, indexIntervalBytes: 100 };
    let log = await open(config);
    const values: string[] = [];
    for (let index = 0; index < 40; index++) {
      await appendOk(log, batchOf({ values: [`x${index}`, `y${index}`] }));
      values.push(`${2 * index}=x${index}`, `${2 * index + 1}=y${index}`);
    }
    assert.deepEqual(await readValues(log), values);
    log = await open(config);
    assert.deepEqual(await readValues(log), values);
    for (let offset = 0; offset < 80; offset++) {
      const [first] = baseOffsetsIn(await readBytes(log, offset));
      assert.equal(first, offset - (offset % 2));
    }
  },

  async 'a deleted log refuses everything, but what is being read stays readable'(context) {
    await appendOk(await context.open(), batchOf({ values: ['kept'] }));
    // Opened anew, so that a store with a cache has to go to its files.
    const log = await context.open();
    const { records } = await log.read(0, 1000, READ);
    let notified = 0;
    log.onAdvance(() => notified++);
    await context.store.delete(log.topicId, log.partition);
    assert.equal(notified, 1);
    assert.equal(context.store.get(log.topicId, log.partition), undefined);
    const refused = await log.append(batchOf());
    assert.equal(refused.error, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assert.equal(refused.baseOffset, -1);
    const read = await log.read(0, 1000, READ);
    assert.equal(read.error, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assert.equal(batchHeader.recordCount(await bytesOf(records), 0), 1);
  },

  async 'a deleted log can be made anew, and is empty'(context) {
    const log = await context.open();
    await appendOk(log, batchOf());
    const deletion = context.store.delete(log.topicId, log.partition);
    const again = await context.store.create(logSpec({}, { topicId: 'YW5vdGhlci10b3BpYy1pZA' }));
    await deletion;
    assert.equal(again.logEndOffset, 0);
    await appendOk(again, batchOf({ values: ['new'] }));
    assert.deepEqual(await readValues(again), ['0=new']);
  },

  async 'the version grows when a log comes or goes, and at no other time'(context) {
    const log = await context.open();
    const { store } = context;
    let last = store.version;
    await appendOk(log, batchOf({ values: ['a'] }));
    await store.create(SPEC);
    assert.equal(store.version, last);
    const other = logSpec({}, { partition: 7 });
    await store.create(other);
    assert.ok(store.version > last, 'one came');
    last = store.version;
    const deletion = store.delete(other.topicId, other.partition);
    assert.ok(store.version > last, 'it is gone before it is deleted');
    await deletion;
  },

  async 'create gives the log that is there'(context) {
    const log = await context.open();
    assert.equal(await context.store.create(SPEC), log);
    const other = logSpec({}, { partition: 7 });
    const [one, two] = await Promise.all([
      context.store.create(other),
      context.store.create(other),
    ]);
    assert.equal(one, two);
    assert.equal(one.partition, 7);
  },

  async 'damaged and unfit batches are refused with what Kafka answers'({ open }) {
    const log = await open({ maxMessageBytes: 1000, segmentBytes: 5000 });
    const bad = (change: (batch: Buffer) => void, mend: boolean) => {
      const batch = batchOf({ values: ['a', 'b'] });
      change(batch);
      if (mend) batchHeader.setCrc(batch, 0);
      return batch;
    };
    const { CORRUPT_MESSAGE, INVALID_RECORD, MESSAGE_TOO_LARGE } = ErrorCode;
    await assertRefused(log, Buffer.alloc(0), INVALID_RECORD);
    await assertRefused(log, batchOf().subarray(0, 40), CORRUPT_MESSAGE);
    await assertRefused(log, batchOf().subarray(0, -1), CORRUPT_MESSAGE);
    await assertRefused(log, Buffer.concat([batchOf(), Buffer.alloc(3)]), CORRUPT_MESSAGE);
    await assertRefused(
      log,
      bad((batch) => batch.writeUInt8(0xff, 65), false),
      CORRUPT_MESSAGE,
    );
    await assertRefused(
      log,
      bad((batch) => batch.writeInt8(3, 16), true),
      CORRUPT_MESSAGE,
    );
    await assertRefused(
      log,
      bad((batch) => batch.writeInt8(1, 16), true),
      INVALID_RECORD,
    );
    await assertRefused(
      log,
      bad((batch) => batch.writeInt32BE(5, 57), true),
      INVALID_RECORD,
    );
    await assertRefused(
      log,
      batchOf({ control: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
      INVALID_RECORD,
    );
    await assertRefused(log, batchOf({ baseOffset: 4 }), INVALID_RECORD);
    const empty = (batch: Buffer) => {
      batch.writeInt32BE(-1, 23);
      batch.writeInt32BE(0, 57);
    };
    await assertRefused(log, bad(empty, true), INVALID_RECORD);
    await assertRefused(log, batchOf({ values: ['x'.repeat(1000)] }), MESSAGE_TOO_LARGE);
    const tooMany = Buffer.concat(
      Array.from({ length: 6 }, () => batchOf({ values: ['x'.repeat(900)] })),
    );
    await assertRefused(log, tooMany, ErrorCode.RECORD_LIST_TOO_LARGE);
    assert.equal((await appendOk(log, batchOf())).baseOffset, 0);
  },

  async 'timestamps are held to their bounds'({ open, clock }) {
    const log = await open({ messageTimestampAfterMaxMs: 1000, messageTimestampBeforeMaxMs: 5000 });
    const now = clock.nowMs();
    await appendOk(log, batchOf({ timestamps: [now + 1000] }));
    await appendOk(log, batchOf({ timestamps: [now - 5000] }));
    await appendOk(log, batchOf({ timestamps: [-1] }));
    const { INVALID_TIMESTAMP } = ErrorCode;
    await assertRefused(log, batchOf({ timestamps: [now + 1001] }), INVALID_TIMESTAMP);
    await assertRefused(log, batchOf({ timestamps: [now - 5001] }), INVALID_TIMESTAMP);
    const mixed = await log.append(
      batchOf({ values: ['a', 'b', 'c', 'd'], timestamps: [now, now - 5001, now, now + 1001] }),
    );
    assert.deepEqual(
      mixed.recordErrors?.map(({ index }) => index),
      [1, 3],
    );
    log.configure(logSpec({ messageTimestampType: 'LogAppendTime' }).config);
    await appendOk(log, batchOf({ timestamps: [now + 1001] }));
  },

  async 'log append time takes the place of what the producer said'({ open, clock }) {
    const log = await open({ messageTimestampType: 'LogAppendTime' });
    const first = await appendOk(log, batchOf({ values: ['a', 'b'], timestamps: [5, 9] }));
    assert.equal(first.logAppendTimeMs, clock.nowMs());
    const stored = await readBytes(log, 0);
    assert.equal(checkBatch(stored, 0, stored.length), null);
    const times = Array.from(records(stored, 0, 1000), (record) => record.timestampMs);
    assert.deepEqual(times, [clock.nowMs(), clock.nowMs()]);
    assert.equal((await log.offsetForTimestamp(clock.nowMs()))?.offset, 0);
  },

  async 'a duplicate gets the first answer and is not written again'(context) {
    const log = await context.open();
    await appendOk(log, batchOf());
    const answers: number[] = [];
    for (const sequence of [0, 3, 6, 9, 12, 15]) {
      const result = await appendOk(log, sequencedBatch(42, sequence, { count: 3 }));
      answers.push(result.baseOffset);
    }
    const end = log.logEndOffset;
    for (const check of ['running', 'reopened']) {
      const open = check === 'running' ? log : await context.open();
      // The last five batches are remembered; of the one before them it is only known that it is not next.
      for (let index = 5; index >= 1; index--) {
        const again = await appendOk(open, sequencedBatch(42, index * 3, { count: 3 }));
        assert.equal(again.baseOffset, answers[index], check);
      }
      await assertRefused(
        open,
        sequencedBatch(42, 0, { count: 3 }),
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
      );
      // The same first sequence with another count is another batch.
      await assertRefused(
        open,
        sequencedBatch(42, 15, { count: 2 }),
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
      );
      assert.equal(open.logEndOffset, end, check);
    }
  },

  async 'a duplicate of what is not durable yet waits for it'({ open }) {
    const log = await open();
    const order: string[] = [];
    const original = log.append(sequencedBatch(1, 0)).then((result) => {
      order.push('original');
      return result;
    });
    const duplicate = log.append(sequencedBatch(1, 0)).then((result) => {
      order.push('duplicate');
      assert.ok(log.highWatermark > result.baseOffset);
      return result;
    });
    assert.equal((await original).baseOffset, 0);
    assert.equal((await duplicate).baseOffset, 0);
    assert.deepEqual(order, ['original', 'duplicate']);
    assert.equal(log.logEndOffset, 1);
  },

  async 'a duplicate with log append time gets the first time'({ open, clock }) {
    const log = await open({ messageTimestampType: 'LogAppendTime' });
    const first = await appendOk(log, sequencedBatch(1, 0));
    clock.advance(5000);
    assert.equal(
      (await appendOk(log, sequencedBatch(1, 0))).logAppendTimeMs,
      first.logAppendTimeMs,
    );
  },

  async 'sequences must follow one another'({ open }) {
    const log = await open();
    const { OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_RECORD } = ErrorCode;
    // As in Kafka, a producer that is not known may start anywhere.
    await appendOk(log, sequencedBatch(1, 10, { count: 2 }));
    await assertRefused(log, sequencedBatch(1, 13), OUT_OF_ORDER_SEQUENCE_NUMBER);
    await assertRefused(log, sequencedBatch(1, 11), OUT_OF_ORDER_SEQUENCE_NUMBER);
    await appendOk(log, sequencedBatch(1, 12));
    await assertRefused(log, sequencedBatch(1, 13, { epoch: 1 }), OUT_OF_ORDER_SEQUENCE_NUMBER);
    await appendOk(log, sequencedBatch(1, 0, { epoch: 1 }));
    await assertRefused(log, sequencedBatch(1, 13, { epoch: 0 }), INVALID_PRODUCER_EPOCH);
    await assertRefused(log, sequencedBatch(1, 12, { epoch: 0 }), INVALID_PRODUCER_EPOCH);
    await appendOk(log, sequencedBatch(1, 1, { epoch: 1 }));
    // Other producers are not concerned.
    await appendOk(log, sequencedBatch(2, 0));
    const two = Buffer.concat([sequencedBatch(2, 1), sequencedBatch(2, 2)]);
    await assertRefused(log, two, INVALID_RECORD);
  },

  async 'sequences wrap after 2^31 - 1'({ open }) {
    const log = await open();
    const top = 0x7fffffff;
    await appendOk(log, sequencedBatch(1, top - 1));
    const wrapping = await appendOk(log, sequencedBatch(1, top, { count: 3 }));
    assert.equal(
      (await appendOk(log, sequencedBatch(1, top, { count: 3 }))).baseOffset,
      wrapping.baseOffset,
    );
    await assertRefused(log, sequencedBatch(1, 0), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    await appendOk(log, sequencedBatch(1, 2));
  },

  async 'a time finds its first record, the largest time too'({ open, clock }) {
    const config = { segmentBytes: 600, indexIntervalBytes: 100 };
    let log = await open(config);
    const start = clock.nowMs();
    const times: number[] = [];
    for (let index = 0; index < 20; index++) {
      // Not in order: the second record of a batch is older than its first.
      const timestamps = [start + index * 100 + 50, start + index * 100];
      times.push(...timestamps);
      const codec = index % 2 === 0 ? Compression.none : Compression.gzip;
      await appendOk(log, batchOf({ codec, values: ['a', 'b'], timestamps }));
    }
    for (const state of ['running', 'reopened']) {
      if (state === 'reopened') log = await open(config);
      for (let time = start - 10; time <= start + 1950; time += 10) {
        const expected = times.findIndex((timestamp) => timestamp >= time);
        const found = await log.offsetForTimestamp(time);
        assert.deepEqual(found, { offset: expected, timestampMs: times[expected], leaderEpoch: 0 });
      }
      assert.equal(await log.offsetForTimestamp(start + 1951), null);
      const latest = { offset: 38, timestampMs: start + 1950, leaderEpoch: 0 };
      assert.deepEqual(await log.offsetForMaxTimestamp(), latest);
    }
  },

  async 'of equal largest times the first record counts'({ open, clock }) {
    const log = await open();
    const time = clock.nowMs();
    await appendOk(log, batchOf({ values: ['a', 'b', 'c'], timestamps: [time - 5, time, time] }));
    await appendOk(log, batchOf({ values: ['d'], timestamps: [time] }));
    assert.equal((await log.offsetForMaxTimestamp())?.offset, 1);
  },

  async 'an epoch ends where the next one begins'({ open }) {
    const log = await open();
    await appendOk(log, batchOf({ values: ['a', 'b'] }));
    assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 2 });
    assert.deepEqual(log.endOffsetForEpoch(1), { leaderEpoch: -1, endOffset: -1 });
    assert.deepEqual(log.endOffsetForEpoch(-1), { leaderEpoch: -1, endOffset: -1 });
    // As for every epoch before the first; only −1 stands for none.
    assert.deepEqual(log.endOffsetForEpoch(-2), { leaderEpoch: -2, endOffset: 0 });
  },

  async 'flush makes what was appended readable and keeps the log open'({ open }) {
    const log = await open({ flushMessages: Number.MAX_SAFE_INTEGER });
    void log.append(batchOf({ values: ['a'] }));
    await log.flush();
    assert.equal(log.highWatermark, 1);
    assert.equal(log.pendingBytes, 0);
    assert.deepEqual(await readValues(log), ['0=a']);
  },

  async 'bytes that wait are counted'({ open }) {
    const log = await open();
    const batch = batchOf();
    const waiting = [log.append(batch), log.append(Buffer.from(batchOf()))];
    assert.equal(log.pendingBytes, 2 * batch.length);
    await Promise.all(waiting);
    assert.equal(log.pendingBytes, 0);
    assert.equal(log.sizeBytes, 2 * batch.length);
  },

  ...COMPRESSION_CASES,
  ...DELETION_CASES,
  ...RETENTION_CASES,
};
