import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComparisonResult, type FigureResult, resultText } from '../result.ts';
import { page } from './page.ts';
import { picture } from './picture.ts';
import { groupTable, significant, targetTable } from './table.ts';

const rate: FigureResult = {
  ...{ name: 'rate', unit: 'MB/s', better: 'higher', target: 1.5 },
  millrace: [100, 210, 320],
  kafka: [50, 70, 80],
  sink: [500],
};
const cost: FigureResult = {
  ...{ name: 'broker cpu', unit: 's/GB in', better: 'lower', target: 0.4 },
  millrace: [5, 6, 7],
  kafka: [10, 10, 10],
  sink: [],
};

function resultOf(figures: readonly FigureResult[], failures: readonly string[] = []) {
  const result: ComparisonResult = {
    startedAt: '2026-11-30T12:00:00.000Z',
    tookSeconds: 600,
    machine: {
      ...{ cores: 2, processor: 'Some <fast> processor', memoryBytes: 24e9, kernel: 'Linux 6' },
      ...{ disk: 'ext4 on /dev/vda', freeDiskBytes: 80e9, node: 'v26', java: '17' },
      ...{ librdkafka: '2.0.2', loadAverage: 0.1 },
    },
    peers: ['Millrace 1', 'Apache Kafka 4 <&>'],
    notes: [],
    ...{ pairs: 3, seconds: 5, settings: [] },
    scenarios: [
      {
        ...{ name: 'produce-1k', group: 'produce', title: '1 KiB', client: 'a client' },
        ...{ durability: 'neither syncs', command: 'a client --fast', figures, failures },
      },
    ],
  };
  return result;
}

test('a row has both medians, and the median and spread of the ratios of pairs', () => {
  const [, , row = ''] = targetTable(resultOf([rate])).split('\n');
  const cells = row.split('|').map((cell) => cell.trim());
  assert.deepEqual(cells.slice(1, -1), [
    ...['produce: 1 KiB', 'neither syncs', 'a client', 'rate', '210 MB/s', '70.0 MB/s'],
    ...['3.00 (2.00–4.00)', '≥ 1.5, met', '500 MB/s'],
  ]);
});

test('less is better where it costs something', () => {
  assert.match(targetTable(resultOf([cost])), /0\.60 \(0\.50–0\.70\) +\| ≤ 0\.4, \*\*missed\*\*/);
});

test('who is nearly as fast as the client alone has not missed', () => {
  const limited = { ...rate, target: 4, sink: [233] };
  assert.match(targetTable(resultOf([limited])), /≥ 4, the client is the limit \| 233 MB\/s, the/);
  assert.match(targetTable(resultOf([{ ...limited, sink: [234] }])), /≥ 4, \*\*missed\*\*/);
  const latency: FigureResult = { ...cost, unit: 'ms', sink: [5.4] };
  assert.match(targetTable(resultOf([latency])), /≤ 0\.4, the client is the limit/);
  assert.match(targetTable(resultOf([{ ...latency, isBrokersOwn: true }])), /\*\*missed\*\*/);
});

test('a target that the sink does not come to is said to be missed by it too', () => {
  const missed = { ...rate, target: 8 };
  assert.match(targetTable(resultOf([{ ...missed, sink: [559] }])), /missed\*\*, by the sink too/);
  assert.match(targetTable(resultOf([{ ...missed, sink: [560] }])), /missed\*\* +\|/);
});

test('without a peer there are figures, and no ratio', () => {
  const alone = { ...rate, kafka: [null, null, null], sink: [] };
  assert.match(groupTable(resultOf([alone]), 'produce'), /210 MB\/s \| {7}\| {27}\|/);
  const broken = { ...alone, millrace: [null, null, null] };
  assert.equal(groupTable(resultOf([broken]), 'produce').split('\n').length, 2);
});

test('figures have three digits', () => {
  assert.deepEqual([0, 0.01234, 0.5, 1.234, 12.34, 123.4, 12345].map(significant), [
    '0',
    '0.0123',
    '0.500',
    '1.23',
    '12.3',
    '123',
    '12345',
  ]);
});

test('the page counts the targets, and says what is amiss', () => {
  const text = page(resultOf([rate, cost], ['Kafka, pair 2: it hung']), 'benchmarks');
  assert.match(
    text,
    /1 of 2 targets are met; at 0 the client is the limit; missed: 1, 0 of them by the sink/,
  );
  assert.match(text, /A first look with 3 pairs of runs/);
  assert.match(text, /- produce-1k: Kafka, pair 2: it hung/);
  assert.doesNotMatch(text, /was busy with other work/);
});

test('the picture has a dot and a target for each figure, further right when it is better', () => {
  const svg = picture(resultOf([rate, cost]));
  const dots = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map((match) => Number(match[1]));
  assert.equal(dots.length, 2);
  // Three times the rate is further right than 0.6 of the cost.
  assert.ok(dots[0]! > dots[1]!);
  assert.match(svg, /Apache Kafka 4 &lt;&amp;&gt;/);
  assert.match(svg, /#1a7f5a.*3\.00 \(2\.00–4\.00\)/);
  assert.match(svg, /#b54708.*0\.60 \(0\.50–0\.70\)/);
});

test('a result is the same after it was written and read', () => {
  const result = resultOf([rate, cost]);
  assert.deepEqual(JSON.parse(resultText(result)), result);
});
