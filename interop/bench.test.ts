// The comparison with Apache Kafka, as small as it gets: that it runs and finds figures for both brokers and the sink.
// Needs: java

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { compare } from '../bench/compare/compare.ts';
import { scenarios } from '../bench/compare/scenarios/index.ts';
import { scratchDirectory } from './harness/scratch.ts';
import { whyMissing } from './harness/tools.ts';

const missing = whyMissing('java');
// With CI=true a green run must mean that it was tried.
if (missing !== null && process.env.CI === 'true') throw new Error(missing);

test('npm run bench finds figures for both', {
  skip: missing ?? false,
  timeout: 120_000,
}, async () => {
  const lines: string[] = [];
  const result = await compare({
    scenarios: scenarios.filter(({ name }) => name === 'produce-1k'),
    ...{ pairs: 1, seconds: 0.1, place: join(scratchDirectory('bench'), 'data') },
    notes: [],
    say: (line) => lines.push(line),
  });
  const [scenario] = result.scenarios;
  assert.deepEqual(scenario!.failures, [], lines.join('\n'));
  assert.equal(result.peers.length, 2);
  const rate = scenario!.figures.find(({ name }) => name === 'rate')!;
  for (const values of [rate.millrace, rate.kafka, rate.sink]) {
    assert.equal(values.length, 1);
    assert.ok(values[0]! > 0, JSON.stringify(rate));
  }
});
