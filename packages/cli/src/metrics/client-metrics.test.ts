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
  const series = () =>
    metrics
      .text()
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
  return { events, clock, metrics, push, series };
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

test('names, labels and values are those that Prometheus reads', () => {
  const { push, metrics } = shown();
  push('i1', [gauge(1.5, { 'node-id': 'a\\b\nc' }), sum(3, false)]);
  assert.equal(
    metrics.text(),
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

test('a later push replaces gauges and totals, and adds deltas', () => {
  const { push, series } = shown();
  for (const value of [2, 5]) push('i1', [gauge(value), sum(value, true)]);
  assert.deepEqual(
    series().map((line) => line.split(' ').at(-1)),
    ['5', '7'],
  );
  push('i1', [sum(4, false)]);
  assert.equal(series()[1]?.split(' ').at(-1), '4');
});

test('a client that ends, or is silent for three intervals, is gone', () => {
  const { push, series, clock } = shown();
  push('i1', [gauge(1)]);
  push('i2', [gauge(2)]);
  push('i2', [], { isTerminating: true });
  assert.equal(series().length, 1);
  clock.nowMs = 2999;
  assert.equal(series().length, 1);
  clock.nowMs = 3000;
  assert.deepEqual(series(), []);
});

test('clients and their series are bounded', () => {
  const { push, series } = shown();
  push('first', [gauge(1)]);
  for (let index = 0; index < 1000; index++) push(`i${index}`, [gauge(1)]);
  assert.equal(series().length, 1000);
  assert.ok(!series().some((line) => line.includes('"first"')));
  const points = Array.from({ length: 2000 }, (_, index) => ({
    attributes: new Map([['topic', `t${index}`]]),
    value: 1,
  }));
  push('i0', [{ ...gauge(1), points }]);
  assert.equal(series().filter((line) => line.includes('"i0"')).length, 1000);
});

test('after the end nothing is taken', () => {
  const { events, metrics } = shown();
  metrics.close();
  assert.equal(events.hears('client-metrics-received'), false);
});
