import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BatchBuilder,
  type BatchOptions,
  batchHeader,
  buildControlBatch,
  Compression,
  checkBatch,
  records,
} from '@millrace/protocol';
import { Compactor, type PassOptions, UncleanableError } from './compactor.ts';

const NOW = 1_800_000_000_000;
const RETENTION = 1000;

const OPTIONS: PassOptions = {
  slots: 1000,
  loadFactor: 0.9,
  hashKey: Uint32Array.of(1, 2, 3, 4),
  startOffset: 0,
  boundOffset: Number.MAX_SAFE_INTEGER,
  nowMs: NOW,
  deleteRetentionMs: RETENTION,
  lastOffsets: new Map(),
  aborted: [],
};

/** `k=v` records; `k=` is a tombstone, `=v` has no key. */
function batch(baseOffset: number, texts: readonly string[], options: BatchOptions = {}): Buffer {
  const builder = new BatchBuilder({ baseOffset, ...options });
  texts.forEach((text, index) => {
    const [key, value] = text.split('=');
    builder.add({
      timestampMs: 1000 + baseOffset + index,
      key: key === '' ? null : Buffer.from(key!),
      value: value === '' ? null : Buffer.from(value!),
      headers: [{ key: 'h', value: Buffer.from(`${baseOffset + index}`) }],
    });
  });
  return builder.build();
}

function compact(batches: readonly Buffer[], options: Partial<PassOptions> = {}) {
  const compactor = new Compactor({ ...OPTIONS, ...options });
  for (const one of batches) compactor.index(Buffer.from(one));
  const range = compactor.endIndex(batchHeader.lastOffset(batches.at(-1)!, 0) + 1);
  const filtered = compactor.filter(Buffer.concat(batches), false);
  return { ...filtered, range, batches: split(filtered.output) };
}

function split(bytes: Buffer): Buffer[] {
  const batches: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    assert.equal(checkBatch(bytes, at, bytes.length), null);
    const size = batchHeader.batchSizeBytes(bytes, at);
    batches.push(bytes.subarray(at, at + size));
    at += size;
  }
  return batches;
}

function show(batches: readonly Buffer[]): string[] {
  return batches.flatMap((one) =>
    Array.from(records(one, 0, 1e6), (record) => {
      assert.deepEqual(record.headers, [{ key: 'h', value: Buffer.from(`${record.offset}`) }]);
      assert.equal(record.timestampMs, 1000 + record.offset);
      return `${record.offset}:${record.key ?? ''}=${record.value ?? ''}`;
    }),
  );
}

describe('what stays of records with keys', () => {
  test('the last of each key, with its offset, time and headers', () => {
    const { batches, recordsRead, recordsKept } = compact([
      batch(0, ['a=1', 'b=1', 'c=1']),
      batch(3, ['b=2']),
      batch(4, ['a=2', 'd=1', 'a=3']),
    ]);
    assert.deepEqual(show(batches), ['2:c=1', '3:b=2', '5:d=1', '6:a=3']);
    assert.deepEqual([recordsRead, recordsKept], [7, 4]);
    assert.equal(batchHeader.baseOffset(batches[0]!, 0), 0);
    assert.equal(batchHeader.lastOffset(batches[0]!, 0), 2);
    assert.equal(batchHeader.recordCount(batches[0]!, 0), 1);
    assert.equal(batchHeader.maxTimestamp(batches[0]!, 0), 1002);
  });

  test('in every codec, which is kept', () => {
    for (const codec of Object.values(Compression)) {
      const { batches } = compact([batch(0, ['a=1', 'b=1', 'c=1'], { codec }), batch(3, ['b=2'])]);
      assert.deepEqual(show(batches), ['0:a=1', '2:c=1', '3:b=2']);
      assert.equal(batchHeader.compressionCodec(batchHeader.attributes(batches[0]!, 0)), codec);
    }
  });

  test('a batch of which all stays is the same bytes', () => {
    const first = batch(0, ['a=1', 'b=1']);
    const { output, isChanged } = compact([first]);
    assert.deepEqual(output, first);
    assert.equal(isChanged, false);
  });

  test('producer, sequence and epoch of a thinned batch', () => {
    const from = { producerId: 7, producerEpoch: 3, baseSequence: 40, partitionLeaderEpoch: 9 };
    const { batches } = compact([batch(0, ['a=1', 'b=1', 'c=1'], from), batch(3, ['a=2', 'c=2'])]);
    const first = batches[0]!;
    assert.deepEqual(show([first]), ['1:b=1']);
    assert.equal(batchHeader.producerId(first, 0), 7);
    assert.equal(batchHeader.producerEpoch(first, 0), 3);
    assert.equal(batchHeader.baseSequence(first, 0), 40);
    assert.equal(batchHeader.lastSequence(first, 0), 42);
    assert.equal(batchHeader.partitionLeaderEpoch(first, 0), 9);
  });

  test('not those without a key', () => {
    const { batches, invalidRecords } = compact([batch(0, ['=1', 'a=1'])]);
    assert.deepEqual(show(batches), ['1:a=1']);
    assert.equal(invalidRecords, 1);
  });

  test('all past the end of the map, which says where it ended', () => {
    const batches = [batch(0, ['a=1', 'a=2']), batch(2, ['b=1', 'c=1', 'a=3']), batch(5, ['b=2'])];
    const compacted = compact(batches, { slots: 4, loadFactor: 0.5 });
    assert.equal(compacted.range.endOffset, 3);
    assert.deepEqual(show(compacted.batches), ['1:a=2', '2:b=1', '3:c=1', '4:a=3', '5:b=2']);
  });

  test('a key of the clean part only once the dirty part has it', () => {
    const clean = batch(0, ['a=1', 'b=1']);
    const dirty = batch(2, ['b=2', 'x=1', 'x=2']);
    const compactor = new Compactor({ ...OPTIONS, startOffset: 2 });
    compactor.index(Buffer.from(dirty));
    assert.equal(compactor.endIndex(5).endOffset, 5);
    const kept = split(compactor.filter(Buffer.concat([clean, dirty]), false).output);
    assert.deepEqual(show(kept), ['0:a=1', '2:b=2', '4:x=2']);
  });

  test('nothing is collected at or past the bound', () => {
    const { batches, range } = compact([batch(0, ['a=1']), batch(1, ['a=2'])], { boundOffset: 1 });
    assert.equal(range.endOffset, 2);
    assert.deepEqual(show(batches), ['0:a=1', '1:a=2']);
  });
});

describe('tombstones', () => {
  test('get their horizon at their first cleaning, and go when it has passed', () => {
    for (const codec of [Compression.none, Compression.lz4]) {
      const first = compact([batch(0, ['a=1', 'b=1']), batch(2, ['a=', 'c=1'], { codec })]);
      assert.deepEqual(show(first.batches), ['1:b=1', '2:a=', '3:c=1']);
      const marked = first.batches[1]!;
      assert.ok(batchHeader.hasDeleteHorizon(batchHeader.attributes(marked, 0)));
      assert.equal(batchHeader.baseTimestamp(marked, 0), NOW + RETENTION);
      assert.equal(batchHeader.maxTimestamp(marked, 0), 1003);

      const early = compact(first.batches, { nowMs: NOW + RETENTION - 1 });
      assert.equal(early.isChanged, false);
      const late = compact(first.batches, { nowMs: NOW + RETENTION });
      assert.deepEqual(show(late.batches), ['1:b=1', '3:c=1']);
      // The horizon stays with the batch.
      assert.ok(batchHeader.hasDeleteHorizon(batchHeader.attributes(late.batches[1]!, 0)));
    }
  });

  test('a batch with LogAppendTime keeps its time', () => {
    const stamped = batch(0, ['a=', 'b=1']);
    batchHeader.setLogAppendTime(stamped, 0, 5000);
    const { batches } = compact([stamped]);
    const [record] = records(batches[0]!, 0, 1e6);
    assert.equal(record!.timestampMs, 5000);
    assert.equal(batchHeader.maxTimestamp(batches[0]!, 0), 5000);
    assert.ok(batchHeader.hasDeleteHorizon(batchHeader.attributes(batches[0]!, 0)));
  });
});

describe('batches that lose all records', () => {
  test('go, but for the last of a producer and the last of the new segment', () => {
    const from = { producerId: 7, producerEpoch: 0 };
    const batches = [
      batch(0, ['a=1', 'b=1'], { ...from, baseSequence: 0, codec: Compression.gzip }),
      batch(2, ['a=2'], { ...from, baseSequence: 2 }),
      batch(3, ['a=3', 'b=2']),
    ];
    const compactor = new Compactor({ ...OPTIONS, lastOffsets: new Map([[7, 2]]) });
    for (const one of [...batches, batch(5, ['a=4', 'b=3'])]) compactor.index(Buffer.from(one));
    compactor.endIndex(7);
    const kept = split(compactor.filter(Buffer.concat(batches), true).output);
    assert.deepEqual(show(kept), []);
    assert.deepEqual(
      kept.map((one) => [batchHeader.baseOffset(one, 0), batchHeader.lastOffset(one, 0)]),
      [
        [2, 2],
        [3, 4],
      ],
    );
    assert.equal(batchHeader.lastSequence(kept[0]!, 0), 2);
    assert.equal(batchHeader.producerId(kept[0]!, 0), 7);
    assert.equal(batchHeader.maxTimestamp(kept[1]!, 0), 1004);
    // The next pass has no use for the one at the segment's end any more.
    const again = compact(kept, { lastOffsets: new Map([[7, 2]]) });
    assert.deepEqual(again.batches, [kept[0]]);
  });
});

describe('transactions', () => {
  const from = { producerId: 5, producerEpoch: 1, transactional: true };
  const marker = (baseOffset: number, result: 'commit' | 'abort') =>
    buildControlBatch({
      result,
      baseOffset,
      coordinatorEpoch: 0,
      producerId: 5,
      producerEpoch: 1,
      timestampMs: 1000 + baseOffset,
    });
  const isEmptyOrMarker = (one: Buffer) => batchHeader.isControl(batchHeader.attributes(one, 0));

  test('aborted records go, and take no key with them', () => {
    const aborted = [{ producerId: 5, firstOffset: 1, lastOffset: 2, lastStableOffset: 3 }];
    const first = compact(
      [batch(0, ['a=1']), batch(1, ['a=2'], from), marker(2, 'abort'), batch(3, ['b=1'])],
      { aborted },
    );
    assert.equal(first.range.firstOpenOffset, null);
    assert.deepEqual(show(first.batches.filter((one) => !isEmptyOrMarker(one))), [
      '0:a=1',
      '3:b=1',
    ]);
    // The marker stays as long as the pass that removed the records, and is told of.
    assert.deepEqual(first.abortedKept, aborted);
    const second = compact(first.batches, { aborted });
    const kept = second.batches.find(isEmptyOrMarker)!;
    assert.equal(batchHeader.baseTimestamp(kept, 0), NOW + RETENTION);
    assert.deepEqual(second.abortedKept, []);
    const third = compact(second.batches, { nowMs: NOW + RETENTION });
    assert.equal(third.batches.some(isEmptyOrMarker), false);
  });

  test('the marker of a commit stays as long as one of its batches does', () => {
    const batches = [batch(0, ['a=1'], from), marker(1, 'commit')];
    const first = compact(batches);
    assert.equal(first.isChanged, false);
    const second = compact([...batches, batch(2, ['a=2'])]);
    assert.equal(second.batches.filter(isEmptyOrMarker).length, 1);
    const third = compact(second.batches);
    const fourth = compact(third.batches, { nowMs: NOW + RETENTION });
    assert.deepEqual(show(fourth.batches), ['2:a=2']);
  });

  test('one without an end is told of', () => {
    const { range } = compact([batch(0, ['a=1']), batch(1, ['a=2'], from), batch(2, ['b=1'])]);
    assert.deepEqual(range, { endOffset: 3, firstOpenOffset: 1 });
  });

  test('one whose end lies past the bound keeps nothing from being compacted', () => {
    const compactor = new Compactor({ ...OPTIONS, boundOffset: 2 });
    assert.deepEqual(compactor.index(batch(0, ['a=1', 'b=1'], from)), {
      isDone: false,
      hasOpen: true,
    });
    assert.equal(compactor.index(batch(2, ['a=2'], from)).isDone, false);
    assert.equal(compactor.index(marker(3, 'commit')).isDone, true);
    assert.deepEqual(compactor.endIndex(2), { endOffset: 2, firstOpenOffset: null });
    assert.equal(compactor.filter(batch(0, ['a=1', 'b=1'], from), false).isChanged, false);
  });

  test('a full map asks for the ends of those that are open there', () => {
    const compactor = new Compactor({ ...OPTIONS, slots: 3, loadFactor: 1 });
    assert.equal(compactor.index(batch(0, ['a=1', 'b=1', 'c=1'], from)).isDone, false);
    assert.equal(compactor.index(batch(3, ['d=1'])).isDone, false);
    assert.equal(compactor.index(marker(4, 'commit')).isDone, true);
    assert.deepEqual(compactor.endIndex(5), { endOffset: 2, firstOpenOffset: null });
  });

  test('an abort that the transaction index does not know makes the log uncleanable', () => {
    assert.throws(
      () => compact([batch(0, ['a=1'], from), marker(1, 'abort')]),
      (error) => error instanceof UncleanableError && /transaction index/.test(error.message),
    );
  });
});

describe('what cannot be compacted', () => {
  test('a damaged batch, and records that are not what the header says', () => {
    const damaged = batch(0, ['a=1']);
    damaged[70]! ^= 1;
    assert.throws(() => compact([damaged]), /CRC-32C/);
    const wrong = batch(5, ['a=1', 'b=1']);
    wrong.writeInt32BE(1, 57);
    batchHeader.setCrc(wrong, 0);
    assert.throws(() => compact([wrong]), /The batch at offset 5 cannot be read/);
  });
});
