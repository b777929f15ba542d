import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BrokerEvents, EventSurface } from '@millrace/broker';
import { ClientMetrics } from './client-metrics.ts';

type Push = BrokerEvents['client-metrics-received'];
type Metric = Push['metrics'][number];

function shown() {
  const events = new EventSurface();
  const clock = { nowMs: 0 };
  const metrics = new ClientMetrics(events, () => clock.nowMs);
  const push = (clientInstanceId: string, sent: readonly Metric[], options: Partial<Push> = {}) =>
    events.emit('client-metrics-received', {
      clientInstanceId,
      clientId: 'orders "1"',
      isTerminating: false,
      pushIntervalMs: 1000,
      metrics: sent,
      ...options,
    });
  const text = async (nextTurn = async () => {}) =>
    (await Array.fromAsync(metrics.text(nextTurn))).join('');
  const series = async () => (await text()).split('\n').filter((line) => /^[^#]/.test(line));
  return { events, clock, metrics, push, text, series };
}

const gauge = (value: number, attributes: Readonly<Record<string, string>> = {}): Metric => ({
  name: 'org.apache.kafka.producer.record.send.rate',
  kind: 'gauge',
  isDelta: false,
  points: [{ attributes: new Map(Object.entries(attributes)), value }],
});

const sum = (value: number, isDelta: boolean): Metric => ({
  ...gauge(value),
  name: 'org.apache.kafka.producer.record.send.total',
  kind: 'sum',
  isDelta,
});

test('names, labels and values are those that Prometheus reads', async () => {
  const { push, text } = shown();
  push('i1', [gauge(1.5, { 'node-id': 'a\\b\nc' }), sum(3, false)]);
  assert.equal(
    await text(),
    [
      '# HELP org_apache_kafka_producer_record_send_rate Sent by a client.',
      '# TYPE org_apache_kafka_producer_record_send_rate gauge',
      'org_apache_kafka_producer_record_send_rate{client_id="orders \\"1\\"",client_instance_id="i1",node_id="a\\\\b\\nc"} 1.5',
      '# HELP org_apache_kafka_producer_record_send_total Sent by a client.',
      '# TYPE org_apache_kafka_producer_record_send_total counter',
      'org_apache_kafka_producer_record_send_total{client_id="orders \\"1\\"",client_instance_id="i1"} 3',
      '',
    ].join('\n'),
  );
});

test('a later push replaces gauges and totals, and adds deltas', async () => {
  const { push, series } = shown();
  for (const value of [2, 5]) push('i1', [gauge(value), sum(value, true)]);
  assert.deepEqual(
    (await series()).map((line) => line.split(' ').at(-1)),
    ['5', '7'],
  );
  push('i1', [sum(4, false)]);
  assert.equal((await series())[1]?.split(' ').at(-1), '4');
});

test('a client that ends, or is silent for three intervals, is gone', async () => {
  const { push, series, clock } = shown();
  push('i1', [gauge(1)]);
  push('i2', [gauge(2)]);
  push('i2', [], { isTerminating: true });
  assert.equal((await series()).length, 1);
  clock.nowMs = 2999;
  assert.equal((await series()).length, 1);
  clock.nowMs = 3000;
  assert.deepEqual(await series(), []);
});

test('clients and their series are bounded', async () => {
  const { push, series } = shown();
  push('first', [gauge(1)]);
  for (let index = 0; index < 1000; index++) push(`i${index}`, [gauge(1)]);
  assert.equal((await series()).length, 1000);
  assert.ok(!(await series()).some((line) => line.includes('"first"')));
  const points = Array.from({ length: 2000 }, (_, index) => ({
    attributes: new Map([['topic', `t${index}`]]),
    value: 1,
  }));
  push('i0', [{ ...gauge(1), points }]);
  assert.equal((await series()).filter((line) => line.includes('"i0"')).length, 1000);
});

test('names that Prometheus would not read, or that are ours, do not spoil the text', async () => {
  const { push, series } = shown();
  const named = (name: string, attribute: string): Metric => ({
    ...gauge(1, { [attribute]: 'x' }),
    name,
  });
  push('i1', [named('', ''), named('kafka.brokers', '__name__'), named('9lives', '1st')]);
  const client = 'client_id="orders \\"1\\"",client_instance_id="i1"';
  assert.deepEqual(await series(), [
    `_{_="x",${client}} 1`,
    `client_kafka_brokers{_name__="x",${client}} 1`,
    `_9lives{_1st="x",${client}} 1`,
  ]);
});

test('many series are told in slices, and each once, whoever pushes meanwhile', async () => {
  const { push, text } = shown();
  const points = Array.from({ length: 900 }, (_, index) => ({
    attributes: new Map([['topic', `t${index}`]]),
    value: 1,
  }));
  for (const id of ['i1', 'i2', 'i3']) push(id, [{ ...gauge(1), points }]);
  let turns = 0;
  const all = await text(async () => {
    turns++;
    push('i1', [gauge(2)]);
  });
  // One for each client, and three slices of 2700 series.
  assert.equal(turns, 6);
  const lines = all.split('\n').filter((line) => line.includes('topic='));
  assert.deepEqual([lines.length, new Set(lines).size], [2700, 2700]);
});

test('after the end nothing is taken', () => {
  const { events, metrics } = shown();
  metrics.close();
  assert.equal(events.hears('client-metrics-received'), false);
});
