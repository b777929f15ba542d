import assert from 'node:assert/strict';
import { MalformedError } from '../malformed-error.ts';
import { BatchBuilder } from './batch-builder.ts';
import * as header from './batch-header.ts';
import { Compression, compress, decompress } from './compression/compression.ts';
import { CompressionError } from './compression/compression-error.ts';
import { RecordCursor } from './record-cursor.ts';

const MAX_BYTES = 64 * 1024;
const CODECS = Object.values(Compression);

type Random = () => number;

/**
 * Damages valid batches and compressed data in `rounds` random ways and reads what comes out. Whatever the bytes, the
 * checks answer, and the readers give results within their bounds or throw their own errors. Throws on a violation;
 * the seed replays it.
 */
export function fuzzRecords(seed: number, rounds: number): void {
  const random = mulberry32(seed);
  for (let round = 0; round < rounds; round++) {
    try {
      fuzzBatch(random);
      fuzzDecompress(random);
    } catch (error) {
      throw new Error(`fuzzRecords(${seed}, ${rounds}) failed in round ${round}`, { cause: error });
    }
  }
}

function fuzzBatch(random: Random): void {
  const bytes = damage(random, randomBatch(random));
  const problem = header.checkBatch(bytes, 0, bytes.length);
  if (header.checkBatchHeader(bytes, 0, bytes.length) !== null) {
    assert.notEqual(problem, null, 'checkBatch accepts what checkBatchHeader refuses');
    return;
  }
  // Damage that a wrong CRC tells of is read all the same: a hostile producer computes the right one.
  const size = header.batchSizeBytes(bytes, 0);
  assert.ok(size <= bytes.length);
  header.setCrc(bytes, 0);
  assert.equal(header.checkBatch(bytes, 0, bytes.length), null);
  const sentence = header.checkProducedBatch(bytes, 0);
  assert.ok(sentence === null || sentence.endsWith('.'));
  readBatch(bytes);
}

function readBatch(bytes: Buffer): void {
  const base = header.baseOffset(bytes, 0);
  const last = header.lastOffset(bytes, 0);
  let previous = base - 1;
  let read = 0;
  try {
    const cursor = new RecordCursor(bytes, 0, MAX_BYTES);
    while (cursor.next()) {
      assert.ok(cursor.offset > previous && cursor.offset <= last, 'an offset out of order');
      assert.ok(Number.isSafeInteger(cursor.timestampMs), 'a timestamp out of range');
      previous = cursor.offset;
      read++;
      const record = cursor.read();
      assert.ok((record.key?.length ?? 0) + (record.value?.length ?? 0) <= MAX_BYTES);
    }
    assert.equal(read, header.recordCount(bytes, 0));
  } catch (error) {
    if (!(error instanceof MalformedError || error instanceof CompressionError)) throw error;
  }
}

function fuzzDecompress(random: Random): void {
  const codec = pick(random, CODECS);
  const packed = damage(random, compress(codec, randomContent(random)));
  const maxBytes = random() < 0.3 ? below(random, 5000) : MAX_BYTES;
  try {
    assert.ok(decompress(codec, packed, maxBytes).length <= maxBytes, 'more than allowed');
  } catch (error) {
    if (!(error instanceof CompressionError)) throw error;
  }
}

function randomBatch(random: Random): Buffer {
  const builder = new BatchBuilder({
    codec: pick(random, CODECS),
    baseOffset: below(random, 1000),
    producerId: random() < 0.5 ? -1 : below(random, 1000),
    transactional: random() < 0.5,
  });
  for (let left = 1 + below(random, 6); left > 0; left--) {
    builder.add({
      timestampMs: below(random, 2 ** 41),
      key: random() < 0.3 ? null : randomContent(random).subarray(0, 50),
      value: random() < 0.2 ? null : randomContent(random).subarray(0, below(random, 3000)),
      headers: random() < 0.7 ? [] : [{ key: 'header', value: randomContent(random) }],
    });
  }
  return builder.build();
}

/** Runs and noise, at most 8 KiB. */
function randomContent(random: Random): Buffer {
  const content = Buffer.alloc(below(random, 8192));
  for (let at = 0; at < content.length; ) {
    const length = 1 + below(random, 400);
    const isRun = random() < 0.5;
    const byte = below(random, 256);
    for (const end = Math.min(content.length, at + length); at < end; at++) {
      content[at] = isRun ? byte : below(random, 256);
    }
  }
  return content;
}

const INTERESTING = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

/** Up to four changes: a bit, a byte, a cut, bytes doubled, moved, or put in. Now and then none. */
function damage(random: Random, original: Buffer): Buffer {
  let bytes = Buffer.from(original);
  for (let left = below(random, 5); left > 0 && bytes.length > 0; left--) {
    const at =
      random() < 0.5 ? below(random, Math.min(bytes.length, 80)) : below(random, bytes.length);
    const kind = random();
    if (kind < 0.3) bytes[at] = bytes[at]! ^ (1 << below(random, 8));
    else if (kind < 0.6) bytes[at] = pick(random, INTERESTING);
    else if (kind < 0.7) bytes = bytes.subarray(0, at);
    else if (kind < 0.8) bytes = Buffer.concat([bytes, bytes.subarray(at)]);
    else if (kind < 0.9) bytes.copyWithin(below(random, bytes.length), at, at + below(random, 64));
    else bytes = Buffer.concat([bytes.subarray(0, at), randomContent(random), bytes.subarray(at)]);
    if (random() < 0.3 && bytes.length >= header.BATCH_HEADER_BYTES) {
      bytes.writeInt32BE(bytes.length - header.BATCH_OVERHEAD_BYTES, 8);
    }
  }
  return Buffer.from(bytes);
}

function below(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[below(random, from.length)]!;
}

/** A small generator with a seed (public domain, by Tommy Ettinger): the same numbers on every machine. */
function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
