// Configs of client metrics subscriptions through real sockets. The error codes are those of a Kafka 4.3.1.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { MemoryMetadataStore } from '@millrace/storage';
import {
  alter,
  type Change,
  describe,
  errorOf,
  listResources,
  replace,
  summary,
} from '../../test/config-requests.ts';
import type { RawClient } from '../../test/raw-client.ts';
import { TestBroker } from '../../test/test-broker.ts';
import { ClientMetricsConfigs } from '../config/client-metrics-configs.ts';
import { ConfigOperation } from '../config/config-change.ts';
import { ConfigResource } from '../config/config-resource.ts';

const { SET, DELETE, APPEND } = ConfigOperation;
const { CLIENT_METRICS } = ConfigResource;

async function shown(client: RawClient, name: string): Promise<Record<string, string>> {
  const { configs } = await describe(client, CLIENT_METRICS, name);
  return Object.fromEntries(configs.map((config) => [config.name, summary(config)]));
}

test('a subscription is there from its first config to its last', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const unset = { 'interval.ms': '300000@5:', match: '@5:', metrics: '@5:' };
  assert.deepEqual(await shown(client, 's'), unset);
  assert.deepEqual(await listResources(client, [], 0), []);

  const changes: Change[] = [
    ['interval.ms', SET, '1000'],
    ['metrics', SET, 'org.apache.kafka.producer.,org.apache.kafka.consumer.'],
  ];
  assert.equal(await errorOf(client, CLIENT_METRICS, 's', ...changes), ErrorCode.NONE);
  assert.deepEqual(await shown(client, 's'), {
    ...unset,
    'interval.ms': '1000@7: interval.ms=1000@7',
    metrics:
      'org.apache.kafka.producer.,org.apache.kafka.consumer.@7: ' +
      'metrics=org.apache.kafka.producer.,org.apache.kafka.consumer.@7',
  });
  assert.deepEqual(await listResources(client, [], 0), ['16:s']);
  assert.deepEqual(await listResources(client, [CLIENT_METRICS]), ['16:s']);
  const [config] = (await describe(client, CLIENT_METRICS, 's', ['match'])).configs;
  assert.deepEqual([config!.readOnly, config!.configType], [false, 7]);

  assert.deepEqual(await replace(client, CLIENT_METRICS, ['s'], { match: 'client_id=a' }), [0]);
  assert.deepEqual(await shown(client, 's'), {
    ...unset,
    match: 'client_id=a@7: match=client_id=a@7',
  });
  assert.equal(await errorOf(client, CLIENT_METRICS, 's', ['match', DELETE, null]), 0);
  assert.deepEqual(await listResources(client, [CLIENT_METRICS]), []);
});

test('subscriptions that cannot be', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const { INVALID_REQUEST, INVALID_CONFIG, NONE } = ErrorCode;
  const cases: readonly [number, ...Change][] = [
    [INVALID_REQUEST, 'interval.ms', SET, '99'],
    [INVALID_REQUEST, 'interval.ms', SET, '3600001'],
    [INVALID_CONFIG, 'interval.ms', SET, 'x'],
    [INVALID_CONFIG, 'interval.ms', APPEND, '100'],
    [INVALID_CONFIG, 'metrics', APPEND, 'x'],
    [INVALID_CONFIG, 'metrics', SET, 'a, ,b'],
    [INVALID_REQUEST, 'intervl.ms', SET, '100'],
    [NONE, 'intervl.ms', DELETE, null],
    [INVALID_CONFIG, 'match', SET, 'nope=1'],
    [INVALID_CONFIG, 'match', SET, 'client_id'],
    [INVALID_CONFIG, 'match', SET, 'client_id='],
    [INVALID_CONFIG, 'match', SET, 'client_id=['],
    [INVALID_CONFIG, 'match', SET, 'client_id=(?!a).*'],
    [INVALID_CONFIG, 'match', SET, 'client_id=a=b'],
    [INVALID_CONFIG, 'match', SET, 'client_id=a,b'],
  ];
  for (const [error, ...change] of cases) {
    assert.equal(await errorOf(client, CLIENT_METRICS, 's', change), error, `${change}`);
  }
  const [named] = await alter(client, [[CLIENT_METRICS, 's', ['intervl.ms', SET, '100']]]);
  assert.match(named!.errorMessage!, /Did you mean interval\.ms\?/);
  assert.equal(await errorOf(client, CLIENT_METRICS, '', ['match', SET, '']), INVALID_REQUEST);
  assert.equal((await describe(client, CLIENT_METRICS, '')).errorCode, INVALID_REQUEST);
  assert.deepEqual(await listResources(client, [CLIENT_METRICS]), []);
});

test('what is subscribed to is read once for each change', async () => {
  const metadata = new MemoryMetadataStore();
  await metadata.open();
  const configs = new ClientMetricsConfigs(metadata);
  const set = (resourceName: string, values: Readonly<Record<string, string>>) =>
    configs.apply({
      resourceName,
      changes: Object.entries(values).map(([name, value]) => ({ name, operation: SET, value })),
      replacesAll: false,
      validateOnly: false,
    });
  assert.deepEqual(configs.subscriptions(), []);
  await set('all', { metrics: '*' });
  await set('some', { match: 'client_id=a|b, client_software_name=.*' });
  const [all, some] = configs.subscriptions();
  assert.deepEqual(all, { name: 'all', metrics: ['*'], intervalMs: 300_000, match: new Map() });
  assert.deepEqual([...some!.match.keys()], ['client_id', 'client_software_name']);
  assert.ok(some!.match.get('client_id')!.matches('b'));
  assert.ok(!some!.match.get('client_id')!.matches('bb'));
  assert.equal(configs.subscriptions(), configs.subscriptions());
  await metadata.close();
});
