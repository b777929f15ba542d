import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32c } from '@millrace/protocol';
import { decodeProducerSnapshot, encodeProducerSnapshot } from './producer-snapshot.ts';
import type { ProducerEntry } from './producer-states.ts';

const ENTRIES: readonly ProducerEntry[] = [
  {
    producerId: 4_000_000_000,
    epoch: 3,
    lastSeenMs: 1_767_225_600_999,
    batches: [
      {
        baseSequence: 0x7ffffffe,
        lastSequence: 1,
        baseOffset: 100,
        lastOffset: 103,
        timestampMs: 1_767_225_600_000,
        isLogAppendTime: true,
      },
      {
        baseSequence: 2,
        lastSequence: 2,
        baseOffset: 110,
        lastOffset: 110,
        timestampMs: 1_767_225_600_001,
        isLogAppendTime: false,
      },
    ],
  },
];

test('a snapshot comes back as it was', () => {
  assert.deepEqual(decodeProducerSnapshot(encodeProducerSnapshot(ENTRIES)), ENTRIES);
  assert.deepEqual(decodeProducerSnapshot(encodeProducerSnapshot([])), []);
});

test('a snapshot of Kafka gives the last batch, whose sequence may have wrapped', () => {
  const ours = encodeProducerSnapshot([{ ...ENTRIES[0]!, batches: [ENTRIES[0]!.batches[0]!] }]);
  const kafkas = Buffer.from(ours.subarray(0, 10 + 46));
  kafkas.writeUInt32BE(crc32c(kafkas, 6), 2);
  const [entry] = decodeProducerSnapshot(kafkas)!;
  assert.equal(entry!.batches[0]!.baseSequence, 0x7ffffffe);
  assert.equal(entry!.batches[0]!.baseOffset, 100);
  assert.equal(entry!.lastSeenMs, 1_767_225_600_000);
});

test('a damaged or cut snapshot is refused at every byte', () => {
  const whole = encodeProducerSnapshot(ENTRIES);
  for (let at = 0; at < whole.length; at++) {
    assert.equal(decodeProducerSnapshot(whole.subarray(0, at)), null);
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 0x10;
    assert.equal(decodeProducerSnapshot(damaged), null);
  }
});
