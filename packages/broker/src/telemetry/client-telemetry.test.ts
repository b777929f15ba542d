import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { ClientMetricsSubscription } from '../config/client-metrics-configs.ts';
import { ClientPattern } from '../config/client-pattern.ts';
import { ClientTelemetry, type TelemetrySubscription } from './client-telemetry.ts';

const {
  NONE,
  INVALID_REQUEST,
  THROTTLING_QUOTA_EXCEEDED,
  UNKNOWN_SUBSCRIPTION_ID,
  UNSUPPORTED_COMPRESSION_TYPE,
  TELEMETRY_TOO_LARGE,
} = ErrorCode;

const ID = 'an instance of 22 chars';
const CLIENT = {
  client_id: 'orders-1',
  client_software_name: 'apache-kafka-java',
  client_software_version: '4.3.1',
  client_source_address: '127.0.0.1',
  client_source_port: '50000',
};

const all: ClientMetricsSubscription = {
  name: 'all',
  metrics: ['*'],
  intervalMs: 1000,
  match: new Map(),
};
const producers: ClientMetricsSubscription = {
  name: 'producers',
  metrics: ['org.apache.kafka.producer.', 'org.apache.kafka.common.'],
  intervalMs: 5000,
  match: new Map([
    ['client_id', new ClientPattern('orders-.*')],
    ['client_software_name', new ClientPattern('apache-kafka-java')],
  ]),
};

function telemetry(initial: readonly ClientMetricsSubscription[]) {
  let subscriptions = initial;
  const clients = new ClientTelemetry({ subscriptions: () => subscriptions, maxBytes: 1000 });
  const asked = (nowMs: number, client = CLIENT) => {
    const answer = clients.subscriptionFor(ID, client, nowMs);
    assert.notEqual(typeof answer, 'number', `error ${answer}`);
    return answer as TelemetrySubscription;
  };
  const push = (
    nowMs: number,
    subscriptionId: number,
    options: { terminating?: boolean; compressionType?: number; sizeBytes?: number } = {},
  ) => {
    const defaults = { terminating: false, compressionType: 0, sizeBytes: 10 };
    const attempt = { clientInstanceId: ID, subscriptionId, ...defaults, ...options };
    return clients.admitPush(attempt, CLIENT, nowMs);
  };
  return {
    clients,
    asked,
    push,
    change(next: readonly ClientMetricsSubscription[]) {
      subscriptions = next;
    },
  };
}

test('a client gets the union of what matches it, at the shortest interval', () => {
  const common = { ...all, metrics: ['org.apache.kafka.common.', 'x.'], intervalMs: 9000 };
  const { asked } = telemetry([producers, common]);
  const { requestedMetrics, pushIntervalMs } = asked(0);
  assert.deepEqual(requestedMetrics, [...producers.metrics, 'x.']);
  assert.equal(pushIntervalMs, 5000);
});

test('a star alone asks for everything, and no match for nothing', () => {
  assert.deepEqual(telemetry([producers, all]).asked(0).requestedMetrics, ['']);
  const other = telemetry([producers]).asked(0, { ...CLIENT, client_id: 'my-orders-1' });
  assert.deepEqual([other.requestedMetrics, other.pushIntervalMs], [[], 300_000]);
});

test('a client may ask once an interval', () => {
  const { clients, asked } = telemetry([all]);
  asked(0);
  assert.equal(clients.subscriptionFor(ID, CLIENT, 999), THROTTLING_QUOTA_EXCEEDED);
  asked(1000);
});

test('a client pushes once an interval, and the first time after it asked when it likes', () => {
  const { asked, push } = telemetry([all]);
  const { subscriptionId } = asked(0);
  assert.equal(push(200, subscriptionId), NONE);
  assert.equal(push(1199, subscriptionId), THROTTLING_QUOTA_EXCEEDED);
  assert.equal(push(1200, subscriptionId), NONE);
});

test('the last push cannot wait, and after it nothing comes', () => {
  const { asked, push } = telemetry([all]);
  const { subscriptionId } = asked(0);
  assert.equal(push(1, subscriptionId), NONE);
  assert.equal(push(2, subscriptionId, { terminating: true }), NONE);
  assert.equal(push(5000, subscriptionId), INVALID_REQUEST);
});

test('a changed subscription sends the client back to ask, at once', () => {
  const { clients, asked, push, change } = telemetry([all]);
  const { subscriptionId } = asked(0);
  change([producers]);
  assert.equal(push(1, subscriptionId), UNKNOWN_SUBSCRIPTION_ID);
  const next = asked(2);
  assert.notEqual(next.subscriptionId, subscriptionId);
  assert.equal(push(3, next.subscriptionId), NONE);
  change([all]);
  assert.equal(push(9000, next.subscriptionId), UNKNOWN_SUBSCRIPTION_ID);
  // The same question has the same id again.
  assert.equal(asked(9001).subscriptionId, subscriptionId);
  assert.equal(clients.pushIntervalOf(ID), 1000);
});

test('what cannot be taken is refused', () => {
  const { asked, push } = telemetry([all]);
  const { subscriptionId } = asked(0);
  assert.equal(push(1, subscriptionId, { compressionType: 5 }), UNSUPPORTED_COMPRESSION_TYPE);
  asked(2);
  assert.equal(push(3, subscriptionId, { sizeBytes: 1001 }), TELEMETRY_TOO_LARGE);
  assert.equal(push(2000, subscriptionId, { sizeBytes: 1000 }), NONE);
});

test('the instances that were heard of the longest ago are forgotten', () => {
  const { clients, asked } = telemetry([all]);
  asked(0);
  for (let index = 0; index < 16_383; index++) clients.subscriptionFor(`${index}`, CLIENT, 0);
  assert.equal(clients.subscriptionFor(ID, CLIENT, 1), THROTTLING_QUOTA_EXCEEDED);
  for (let index = 0; index < 16_384; index++) clients.subscriptionFor(`new ${index}`, CLIENT, 0);
  asked(1);
});
