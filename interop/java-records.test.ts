// Record batches against Kafka's own classes, both ways: what Java builds we read as Java does, and what we build
// Java reads as we do. No broker takes part.
// Needs: java

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BatchBuilder,
  type BatchOptions,
  batchHeader,
  buildControlBatch,
  Compression,
  type CompressionName,
  checkBatch,
} from '@millrace/protocol';
import { whyMissing } from './harness/tools.ts';
import {
  askJava,
  type BatchSpec,
  type DescribedRecord,
  describeBatch,
  type JavaRequest,
  type MarkerSpec,
} from './java-records/java-batches.ts';

const NOW = 1_790_000_000_000;
const CODECS = Object.keys(Compression) as CompressionName[];

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

/** Bytes without a pattern that a compressor would find. */
function noise(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let state = 0x2545f491;
  for (let at = 0; at < bytes; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    buffer[at] = state;
  }
  return buffer;
}

function plain(offset: number, value: string | Buffer): DescribedRecord {
  return { offset, timestampMs: NOW + offset, key: null, value: base64(value), headers: [] };
}

/** Sets of records by name; each begins at offset 0 and has no gaps. */
const CONTENTS: Readonly<Record<string, readonly DescribedRecord[]>> = {
  'every shape': [
    plain(0, 'value'),
    { offset: 1, timestampMs: NOW - 5000, key: base64('key'), value: null, headers: [] },
    { offset: 2, timestampMs: NOW + 7, key: '', value: '', headers: [] },
    {
      offset: 3,
      timestampMs: NOW,
      key: base64('größe'),
      value: base64('数据'),
      headers: [
        { key: 'trace', value: base64('abc') },
        { key: 'trace', value: null },
        { key: 'ключ', value: '' },
        { key: '', value: base64(noise(300)) },
      ],
    },
  ],
  'one small record': [plain(0, 'x')],
  '5000 small records': Array.from({ length: 5000 }, (_, index) =>
    plain(index, `{"id":${index},"state":"${index % 3 === 0 ? 'open' : 'closed'}"}`),
  ),
  'records past every block size': [
    plain(0, 'abcdefg '.repeat(50_000)),
    plain(1, noise(150_000)),
    plain(2, Buffer.alloc(300_000)),
  ],
};

function spec(codec: CompressionName, change: Partial<BatchSpec> = {}): BatchSpec {
  return {
    magic: 2,
    codec,
    level: null,
    baseOffset: 0,
    lastOffset: null,
    partitionLeaderEpoch: 5,
    logAppendTimeMs: null,
    deleteHorizonMs: null,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    transactional: false,
    records: CONTENTS['every shape']!,
    ...change,
  };
}

function contentsByCodec(): [string, BatchSpec][] {
  return CODECS.flatMap((codec) =>
    Object.entries(CONTENTS).map(([name, records]): [string, BatchSpec] => [
      `${name}, ${codec}`,
      spec(codec, { records }),
    ]),
  );
}

const LEVELS: [CompressionName, number][] = [
  ['gzip', 1],
  ['gzip', 9],
  ['lz4', 1],
  ['lz4', 17],
  ['zstd', -7],
  ['zstd', 22],
];

const KEPT = [plain(12, 'kept'), plain(17, 'also kept')];
const SPECIAL: [string, BatchSpec][] = [
  ...LEVELS.map(([codec, level]): [string, BatchSpec] => [
    `${codec} at level ${level}`,
    spec(codec, { level, records: CONTENTS['records past every block size']! }),
  ]),
  ['with log append time', spec('snappy', { logAppendTimeMs: NOW + 99 })],
  ['after compaction', spec('lz4', { baseOffset: 10, lastOffset: 30, records: KEPT })],
  [
    'with a delete horizon',
    spec('zstd', { deleteHorizonMs: NOW - 1, baseOffset: 10, records: KEPT }),
  ],
  [
    'of a transaction, whose sequence wraps',
    spec('gzip', {
      transactional: true,
      producerId: 2 ** 40,
      producerEpoch: 0x7fff,
      baseSequence: 0x7fffffff - 1,
    }),
  ],
];

const MARKERS: MarkerSpec[] = (['commit', 'abort'] as const).map((result) => ({
  result,
  coordinatorEpoch: 12,
  producerId: 900,
  producerEpoch: 3,
  timestampMs: NOW,
  baseOffset: 55,
  partitionLeaderEpoch: 8,
}));

const FROM_JAVA: [string, JavaRequest, readonly DescribedRecord[] | null][] = [
  ...[...contentsByCodec(), ...SPECIAL].map(
    ([name, build]): [string, JavaRequest, readonly DescribedRecord[]] => [
      name,
      { build },
      build.logAppendTimeMs === null
        ? build.records
        : build.records.map((record) => ({ ...record, timestampMs: build.logAppendTimeMs! })),
    ],
  ),
  ...MARKERS.map((marker): [string, JavaRequest, null] => [
    `${marker.result} marker`,
    { marker },
    null,
  ]),
];

/** The same batch, built here. */
function build(batch: BatchSpec): Buffer {
  const { codec, level, logAppendTimeMs, records, ...rest } = batch;
  const options: BatchOptions = { ...rest, codec: Compression[codec], level: level ?? undefined };
  const builder = new BatchBuilder(options);
  for (const { timestampMs, key, value, headers } of records) {
    builder.add({
      timestampMs,
      key: decode(key),
      value: decode(value),
      headers: headers.map((header) => ({ key: header.key, value: decode(header.value) })),
    });
  }
  const built = builder.build();
  if (logAppendTimeMs !== null) batchHeader.setLogAppendTime(built, 0, logAppendTimeMs);
  return built;
}

function decode(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'base64');
}

const OURS: [string, Buffer][] = [
  ...[...contentsByCodec(), ...SPECIAL]
    .filter(([, batch]) => batch.records !== KEPT)
    .map(([name, batch]): [string, Buffer] => [name, build(batch)]),
  ...MARKERS.map((marker): [string, Buffer] => [
    `${marker.result} marker`,
    buildControlBatch(marker),
  ]),
];

const missing = whyMissing('java');
// With CI=true a green run must mean that Java was asked.
if (missing !== null && process.env.CI === 'true') throw new Error(missing);

describe('record batches (Java)', { skip: missing ?? false }, () => {
  test('what Java builds is read as Java reads it', async (context) => {
    const answers = await askJava(FROM_JAVA.map(([, request]) => request));
    for (const [index, [name, , expected]] of FROM_JAVA.entries()) {
      await context.test(name, () => {
        const { bytes, batches, error } = answers[index]!;
        assert.equal(error, null);
        assert.equal(checkBatch(bytes, 0, bytes.length), null);
        const described = describeBatch(bytes, 0);
        assert.equal(described.sizeBytes, bytes.length);
        assert.deepEqual([described], batches);
        if (expected !== null) assert.deepEqual(described.records, expected);
      });
    }
  });

  test('what is built here is read by Java as it is read here', async (context) => {
    const answers = await askJava(OURS.map(([, bytes]) => ({ read: base64(bytes) })));
    for (const [index, [name, bytes]] of OURS.entries()) {
      await context.test(name, () => {
        const { batches, error } = answers[index]!;
        assert.equal(error, null);
        assert.deepEqual(batches, [describeBatch(bytes, 0)]);
      });
    }
  });

  test('without compression, both build the same bytes', async () => {
    const specs = Object.values(CONTENTS).map((records) => spec('none', { records }));
    const answers = await askJava(specs.map((batch) => ({ build: batch })));
    for (const [index, batch] of specs.entries()) {
      assert.ok(answers[index]!.bytes.equals(build(batch)));
    }
    const markers = await askJava(MARKERS.map((marker) => ({ marker })));
    for (const [index, marker] of MARKERS.entries()) {
      assert.equal(
        markers[index]!.bytes.toString('hex'),
        buildControlBatch(marker).toString('hex'),
      );
    }
  });

  test('the formats before Kafka 0.11 are refused by name', async () => {
    const old = [0, 1].map((magic) => ({
      build: spec('none', { magic, records: [plain(0, 'x'.repeat(60))] }),
    }));
    for (const [magic, { bytes, error }] of (await askJava(old)).entries()) {
      assert.equal(error, null);
      assert.match(checkBatch(bytes, 0, bytes.length) ?? '', new RegExp(`magic\\) ${magic}`));
    }
  });
});
