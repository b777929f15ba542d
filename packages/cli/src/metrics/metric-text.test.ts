import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelPair, type MetricDefinition, MetricText } from './metric-text.ts';

const lag: MetricDefinition = { name: 'lag', help: 'Lag.', type: 'gauge', labels: ['group'] };
const count: MetricDefinition = { name: 'count', help: 'Count.', type: 'counter', labels: [] };

function whole(text: MetricText): string {
  return Buffer.concat([...text.chunks()]).toString();
}

test('series stand with their metric, whatever the order they came in', () => {
  const text = new MetricText([lag, count]);
  text.add(lag, labelPair('group', 'a'), 1);
  text.add(count, '', 5);
  text.add(lag, labelPair('group', 'b'), 2);
  assert.equal(
    whole(text),
    [
      '# HELP lag Lag.',
      '# TYPE lag gauge',
      'lag{group="a"} 1',
      'lag{group="b"} 2',
      '# HELP count Count.',
      '# TYPE count counter',
      'count 5\n',
    ].join('\n'),
  );
});

test('what people put into names is escaped', () => {
  assert.equal(labelPair('group', 'a\\b"c\nd'), String.raw`group="a\\b\"c\nd"`);
  assert.equal(labelPair('partition', 3), 'partition="3"');
});

test('much text comes in parts of a bounded size, and whole', () => {
  const text = new MetricText([lag, count]);
  const lines = Array.from(
    { length: 10_000 },
    (_, index) => `lag{group="größe-${index}"} ${index}`,
  );
  for (let index = 0; index < lines.length; index++) {
    text.add(lag, labelPair('group', `größe-${index}`), index);
  }
  const parts = [...text.chunks()];
  assert.ok(parts.length > 3);
  assert.ok(parts.every(({ length }) => length < 72 * 1024));
  assert.deepEqual(
    whole(text)
      .split('\n')
      .filter((line) => line.startsWith('lag{')),
    lines,
  );
});
