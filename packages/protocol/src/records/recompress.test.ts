import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MalformedError } from '../malformed-error.ts';
import { BatchBuilder } from './batch-builder.ts';
import * as header from './batch-header.ts';
import { Compression, compress } from './compression/compression.ts';
import { CompressionError } from './compression/compression-error.ts';
import { recompressBatch } from './recompress.ts';
import { records } from './record-cursor.ts';

const MAX_BYTES = 1 << 20;
const CODECS = Object.values(Compression);
const PRODUCER = { producerId: 7, producerEpoch: 3, baseSequence: 41 };

function batchOf(codec: number, count = 50): Buffer {
  const builder = new BatchBuilder({ codec, ...PRODUCER });
  for (let index = 0; index < count; index++) {
    builder.add({
      timestampMs: 1000 + ((index * 7) % 50),
      key: index % 3 === 0 ? null : Buffer.from(`key ${index}`),
      value: index % 5 === 0 ? null : Buffer.from('value '.repeat(index)),
      headers: index % 2 === 0 ? [] : [{ key: 'h', value: Buffer.from([index]) }],
    });
  }
  return builder.build();
}

const recordsOf = (batch: Buffer) => [...records(batch, 0, MAX_BYTES)];

for (const [name, target] of Object.entries(Compression)) {
  test(`every codec becomes ${name}, with the same records, producer and times`, () => {
    for (const source of CODECS) {
      const batch = batchOf(source);
      const before = Buffer.from(batch);
      const result = recompressBatch(batch, target, undefined, MAX_BYTES);
      assert.deepEqual(batch, before);
      assert.equal(header.checkBatch(result, 0, result.length), null);
      assert.equal(header.batchSizeBytes(result, 0), result.length);
      assert.equal(header.compressionCodec(header.attributes(result, 0)), target);
      assert.deepEqual(recordsOf(result), recordsOf(batch));
      assert.deepEqual(result, batchOf(target), `what the producer would have sent: ${source}`);
    }
  });
}

test('a level reaches the codec', () => {
  const batch = batchOf(Compression.none, 500);
  const size = (level: number) => recompressBatch(batch, Compression.zstd, level, MAX_BYTES).length;
  assert.ok(size(15) < size(-50));
});

test('the largest timestamp is that of the records, whatever the producer said', () => {
  const batch = batchOf(Compression.none);
  header.setMaxTimestamp(batch, 0, 5);
  header.setCrc(batch, 0);
  const result = recompressBatch(batch, Compression.gzip, undefined, MAX_BYTES);
  assert.equal(header.maxTimestamp(result, 0), 1049);
});

test('a bomb, broken data and records that are not what the header says are refused', () => {
  const bomb = batchOf(Compression.gzip, 400);
  assert.throws(
    () => recompressBatch(bomb, Compression.none, undefined, 1000),
    (error) => error instanceof CompressionError && error.reason === 'too-large',
  );
  const withBody = (body: Buffer, codec: number) => {
    const batch = Buffer.concat([batchOf(codec).subarray(0, 61), body]);
    header.setBatchSizeBytes(batch, 0, batch.length);
    header.setCrc(batch, 0);
    return batch;
  };
  const refuse = (body: Buffer, codec: number, error: new (...args: never[]) => Error) =>
    assert.throws(
      () => recompressBatch(withBody(body, codec), Compression.lz4, undefined, MAX_BYTES),
      error,
    );
  const plain = batchOf(Compression.none).subarray(61);
  refuse(Buffer.from('no zstd'), Compression.zstd, CompressionError);
  refuse(plain.subarray(0, -1), Compression.none, MalformedError);
  refuse(compress(Compression.gzip, plain.subarray(0, -1)), Compression.gzip, MalformedError);
  refuse(Buffer.concat([plain, Buffer.alloc(1)]), Compression.none, MalformedError);
  const badHeaders = Buffer.from(plain);
  // The first record has no key, no value and no headers; its count of headers becomes −1.
  badHeaders.writeUInt8(1, badHeaders.readUInt8(0) / 2);
  refuse(badHeaders, Compression.none, MalformedError);
});
