import assert from 'node:assert/strict';
import { test } from 'node:test';
import { producerPerfArguments, producerPerfFigures } from './producer-perf.ts';

const OUTPUT = `In steady state.
1000000 records sent, 19901.685673 records/sec (19.44 MB/sec), 1459.08 ms avg latency, 3568.00 ms max latency, 1239 ms 50th, 2923 ms 95th, 3320 ms 99th, 3479 ms 99.9th.
700000 steady state records sent, 24820.934685 records/sec (24.24 MB/sec), 1156.99 ms avg latency, 2410.00 ms max latency, 1132 ms 50th, 1506 ms 95th, 2220 ms 99th, 2404 ms 99.9th.
`;

test('the figures are those after the warm-up', () => {
  assert.deepEqual(producerPerfFigures(OUTPUT), {
    recordsPerSecond: 24820.934685,
    ...{ p50Ms: 1132, p95Ms: 1506, p99Ms: 2220, p999Ms: 2404 },
  });
});

test('a run that lost records, or said nothing, is none', () => {
  const lost = `org.apache.kafka.common.errors.TimeoutException: Expiring 3 record(s)\n${OUTPUT}`;
  assert.throws(() => producerPerfFigures(lost), /Expiring/);
  assert.throws(() => producerPerfFigures('In steady state.'), /did not do what was asked/);
});

test('the arguments are those of the tool', () => {
  const run = { bootstrap: 'b:1', topic: 't', records: 10, warmUpRecords: 4, recordBytes: 100 };
  assert.equal(
    producerPerfArguments({ ...run, settings: { acks: '1', 'linger.ms': '10' } }).join(' '),
    '--bootstrap-server b:1 --topic t --record-size 100 --num-records 10 --warmup-records 4 ' +
      '--throughput -1 --command-property acks=1 linger.ms=10',
  );
});
