import assert from 'node:assert/strict';
import { batchHeader, Compression, checkBatch, ErrorCode, records } from '@millrace/protocol';
import type { Case } from './log-store.conformance.ts';
import {
  appendOk,
  batchOf,
  logSpec,
  readBytes,
  readValues,
  sequencedBatch,
} from './log-store-testing.ts';

const MAX_BYTES = 1 << 20;
const toZstd = { compression: { codec: 'zstd', level: 3 } } as const;

function codecsIn(bytes: Buffer): number[] {
  const codecs: number[] = [];
  for (let at = 0; at < bytes.length; at += batchHeader.batchSizeBytes(bytes, at)) {
    assert.equal(checkBatch(bytes, at, bytes.length), null);
    codecs.push(batchHeader.compressionCodec(batchHeader.attributes(bytes, at)));
  }
  return codecs;
}

/** A batch whose records end early, which only a reader of the records sees. */
function shortBatch(): Buffer {
  const batch = batchOf({ values: ['a', 'b'] });
  batch.writeUInt8(
    batch.readUInt8(batchHeader.BATCH_HEADER_BYTES) - 2,
    batchHeader.BATCH_HEADER_BYTES,
  );
  batchHeader.setCrc(batch, 0);
  return batch;
}

/** What `compression.type` asks of every `LogStore`. */
export const COMPRESSION_CASES: Readonly<Record<string, Case>> = {
  async 'batches are stored in the codec of their topic, with the records they came with'({
    open,
  }) {
    for (const [name, codec] of Object.entries(Compression)) {
      const log = await open({ compression: { codec: name as keyof typeof Compression } });
      const before = log.logEndOffset;
      const expected: string[] = [];
      for (const source of Object.values(Compression)) {
        const result = await appendOk(log, batchOf({ codec: source, values: ['x', `${source}`] }));
        expected.push(`${result.baseOffset}=x`, `${result.baseOffset + 1}=${source}`);
      }
      assert.deepEqual(await readValues(log, before), expected);
      assert.deepEqual(codecsIn(await readBytes(log, before)), Array(5).fill(codec), name);
    }
  },

  async 'a change of the codec is in force for the next append, and the order stays'({ open }) {
    const log = await open(toZstd);
    const large = log.append(batchOf({ values: Array(2000).fill('large') }));
    log.configure(logSpec({ compression: null }).config);
    const small = log.append(batchOf({ values: ['small'] }));
    assert.ok(log.pendingBytes > 2000 * 5);
    await log.flush();
    assert.equal(log.highWatermark, 2001);
    assert.equal((await small).baseOffset, 2000);
    assert.equal((await large).baseOffset, 0);
    assert.equal(log.pendingBytes, 0);
    assert.deepEqual(codecsIn(await readBytes(log, 0)), [Compression.zstd, Compression.none]);
    // With nothing in front of it, an append that is stored as it came has its offset at once.
    const next = log.append(batchOf());
    assert.equal(log.logEndOffset, 2002);
    await next;
  },

  async 'a batch whose records are not what it says is refused alone'({ open }) {
    const log = await open(toZstd);
    const answers = await Promise.all([
      log.append(batchOf({ values: ['first'] })),
      log.append(shortBatch()),
      log.append(batchOf({ codec: Compression.zstd, values: ['as it came'] })),
    ]);
    assert.deepEqual(
      answers.map(({ error, baseOffset }) => [error, baseOffset]),
      [
        [ErrorCode.NONE, 0],
        [ErrorCode.INVALID_RECORD, -1],
        [ErrorCode.NONE, 1],
      ],
    );
    assert.match(answers[1]!.errorMessage!, /header says/);
    assert.deepEqual(await readValues(log), ['0=first', '1=as it came']);
  },

  async 'what does not fit once it is decompressed is refused'({ open }) {
    const log = await open({ compression: { codec: 'none' }, maxMessageBytes: 1000 });
    const batch = batchOf({ codec: Compression.gzip, values: ['x'.repeat(1000)] });
    assert.ok(batch.length < 1000);
    const refused = await log.append(batch);
    assert.equal(refused.error, ErrorCode.MESSAGE_TOO_LARGE);
    assert.equal(log.logEndOffset, 0);
    assert.equal(log.pendingBytes, 0);
  },

  async 'an idempotent producer may pipeline, send twice, and miss a number'({ open }) {
    const log = await open(toZstd);
    const answers = await Promise.all(
      [0, 1, 2, 1, 4].map((sequence) => log.append(sequencedBatch(1, sequence))),
    );
    const outcomes = answers.map(({ error, baseOffset }) => [error, baseOffset]);
    assert.deepEqual(outcomes, [
      [ErrorCode.NONE, 0],
      [ErrorCode.NONE, 1],
      [ErrorCode.NONE, 2],
      [ErrorCode.NONE, 1],
      [ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, -1],
    ]);
    assert.equal(log.logEndOffset, 3);
  },

  async 'log append time and another codec go together'({ open, clock }) {
    const log = await open({ ...toZstd, messageTimestampType: 'LogAppendTime' });
    await appendOk(log, batchOf({ values: ['a', 'b'], timestamps: [5, 9] }));
    const stored = await readBytes(log, 0);
    assert.deepEqual(codecsIn(stored), [Compression.zstd]);
    const times = Array.from(records(stored, 0, MAX_BYTES), (record) => record.timestampMs);
    assert.deepEqual(times, [clock.nowMs(), clock.nowMs()]);
  },

  async 'the times of the records count, not what the header says of them'({ open, clock }) {
    const log = await open({ ...toZstd, messageTimestampAfterMaxMs: 1000 });
    const batch = batchOf({ timestamps: [clock.nowMs() + 2000] });
    batchHeader.setMaxTimestamp(batch, 0, clock.nowMs());
    batchHeader.setCrc(batch, 0);
    assert.equal((await log.append(batch)).error, ErrorCode.INVALID_TIMESTAMP);
  },

  async 'a log that is deleted answers what is being recompressed'(context) {
    const log = await context.open(toZstd);
    const answer = log.append(batchOf());
    await context.store.delete(log.topicId, log.partition);
    assert.equal((await answer).error, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  },
};
