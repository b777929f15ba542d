// IncrementalAlterConfigs, AlterConfigs and ListConfigResources through real sockets. The error codes are those that a
// Kafka 4.3.1 gave to the same requests, where the text does not say otherwise.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  alter,
  type Change,
  describe,
  errorOf,
  listResources,
  type Resource,
  replace as replaceConfigs,
} from '../../test/config-requests.ts';
import type { RawClient } from '../../test/raw-client.ts';
import { batchOf, produce, TestBroker } from '../../test/test-broker.ts';
import { ConfigOperation } from '../config/config-change.ts';
import { ConfigResource } from '../config/config-resource.ts';

const { SET, DELETE, APPEND } = ConfigOperation;
const { TOPIC } = ConfigResource;

const replace = (
  client: RawClient,
  names: string[],
  values: Record<string, string | null>,
  options = {},
) => replaceConfigs(client, TOPIC, names, values, options);

/** What a topic has of its own. */
async function ownConfigs(client: RawClient, topic: string): Promise<Record<string, string>> {
  const { configs } = await describe(client, TOPIC, topic);
  const own = configs.filter(({ configSource }) => configSource === 1);
  return Object.fromEntries(own.map(({ name, value }) => [name, value!]));
}

test('a changed config is shown, and in force for the next record', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('t', 2);
  const large = batchOf(['x'.repeat(2000)]);
  for (const version of [0, 1]) {
    const set: Resource = [TOPIC, 't', ['max.message.bytes', SET, '1000']];
    assert.deepEqual(await alter(client, [set], { version }), [
      { errorCode: 0, errorMessage: null, resourceType: TOPIC, resourceName: 't' },
    ]);
    assert.deepEqual(await ownConfigs(client, 't'), { 'max.message.bytes': '1000' });
    assert.equal((await produce(client, 't', large)).errorCode, ErrorCode.MESSAGE_TOO_LARGE);
    await alter(client, [[TOPIC, 't', ['max.message.bytes', DELETE, null]]], { version });
    assert.deepEqual(await ownConfigs(client, 't'), {});
    assert.equal((await produce(client, 't', large)).errorCode, ErrorCode.NONE);
  }
  // As in Kafka no more replicas are asked for than there are.
  assert.equal(await errorOf(client, TOPIC, 't', ['min.insync.replicas', SET, '2']), 0);
  assert.equal((await produce(client, 't', large)).errorCode, ErrorCode.NONE);
});

test('each resource succeeds or fails on its own, and as a whole', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('t');
  await test.withTopic('u');
  const outcome = await alter(client, [
    [TOPIC, 't', ['segment.ms', SET, '5'], ['max.message.bytes', SET, '1x']],
    [TOPIC, 'u', ['segment.ms', SET, '5']],
  ]);
  assert.deepEqual(
    outcome.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_CONFIG, ErrorCode.NONE],
  );
  assert.deepEqual(await ownConfigs(client, 't'), {});
  assert.deepEqual(await ownConfigs(client, 'u'), { 'segment.ms': '5' });
});

test('validate-only says what would happen and changes nothing', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('t');
  const only = { validateOnly: true };
  const [good] = await alter(client, [[TOPIC, 't', ['segment.ms', SET, '5']]], only);
  const [bad] = await alter(client, [[TOPIC, 't', ['segment.ms', SET, '-5']]], only);
  assert.deepEqual([good!.errorCode, bad!.errorCode], [ErrorCode.NONE, ErrorCode.INVALID_CONFIG]);
  assert.deepEqual(await replace(client, ['t'], { 'segment.ms': '5' }, only), [ErrorCode.NONE]);
  assert.deepEqual(await ownConfigs(client, 't'), {});
});

test('changes of topics that cannot be made', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('t');
  const good: Change = ['segment.ms', SET, '5'];
  const bad: Change = ['segment.ms', SET, 'x'];
  const cases: readonly [number, string, ...Change[]][] = [
    [ErrorCode.INVALID_REQUEST, 't', good, ['segment.ms', SET, '6']],
    [ErrorCode.INVALID_REQUEST, 't', ['segment.ms', SET, null]],
    [ErrorCode.INVALID_REQUEST, 't', ['cleanup.policy', APPEND, null]],
    // Kafka itself answers UNKNOWN_SERVER_ERROR to an operation that it does not know.
    [ErrorCode.INVALID_REQUEST, 't', ['segment.ms', 9, '5']],
    [ErrorCode.INVALID_REQUEST, '', good],
    [ErrorCode.INVALID_CONFIG, 't', ['segment.ms', APPEND, '5']],
    [ErrorCode.INVALID_CONFIG, 't', ['segment.mz', SET, '5']],
    [ErrorCode.INVALID_CONFIG, 't', ['retention.ms', SET, 'x']],
    [ErrorCode.INVALID_CONFIG, 'nowhere', bad],
    [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'nowhere', good],
    [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'nowhere'],
    [ErrorCode.INVALID_TOPIC_EXCEPTION, 'a b', good],
    [ErrorCode.NONE, 't'],
  ];
  for (const [error, name, ...changes] of cases) {
    const label = `${name}: ${JSON.stringify(changes)}`;
    assert.equal(await errorOf(client, TOPIC, name, ...changes), error, label);
  }
  const twice = await alter(client, [
    [TOPIC, 't', good],
    [TOPIC, 't', good],
  ]);
  assert.deepEqual(
    twice.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST],
  );
  assert.deepEqual(await ownConfigs(client, 't'), {});
});

test('AlterConfigs replaces all configs of a topic', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('t');
  for (const version of [0, 1, 2]) {
    const both = { 'segment.ms': '5', 'segment.bytes': '2000000' };
    assert.deepEqual(await replace(client, ['t'], both, { version }), [ErrorCode.NONE]);
    assert.deepEqual(await ownConfigs(client, 't'), both);
    assert.deepEqual(await replace(client, ['t'], { 'flush.ms': '1' }, { version }), [0]);
    assert.deepEqual(await ownConfigs(client, 't'), { 'flush.ms': '1' });
  }
  const { INVALID_REQUEST, INVALID_CONFIG, UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode;
  assert.deepEqual(await replace(client, ['t'], { 'flush.ms': null }), [INVALID_REQUEST]);
  assert.deepEqual(await replace(client, ['t'], { 'flush.ms': 'x' }), [INVALID_CONFIG]);
  assert.deepEqual(await replace(client, ['nowhere'], {}), [UNKNOWN_TOPIC_OR_PARTITION]);
  // Kafka does not answer this one at all.
  assert.deepEqual(await replace(client, ['t', 't'], {}), [INVALID_REQUEST, INVALID_REQUEST]);
  assert.deepEqual(await replace(client, ['t'], {}), [ErrorCode.NONE]);
  assert.deepEqual(await ownConfigs(client, 't'), {});
});

test('other resource types are refused', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const type of [0, 1, 8, 99, -1]) {
    const error = await errorOf(client, type, 'x', ['a', SET, 'b']);
    assert.equal(error, ErrorCode.INVALID_REQUEST, `${type}`);
  }
});

test('ListConfigResources lists topics and brokers', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('t');
  const list = (types: number[], version = 1) => listResources(client, types, version);
  assert.deepEqual(await list([]), ['2:t', '4:1']);
  assert.deepEqual(await list([2, 2]), ['2:t']);
  assert.deepEqual(await list([4]), ['4:1']);
  assert.deepEqual(await list([8, 16, 32]), []);
  assert.deepEqual(await list([2, 99]), ErrorCode.UNSUPPORTED_VERSION);
  // Version 0 can only ask for client metrics subscriptions.
  assert.deepEqual(await list([], 0), []);
});
