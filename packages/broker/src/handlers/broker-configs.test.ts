// Broker configs through real sockets. The error codes, sources and synonyms are those of a Kafka 4.3.1, where the text does
// not say otherwise.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  systemClock,
} from '@millrace/storage';
import {
  alter,
  type Change,
  describe,
  errorOf,
  replace,
  summary,
} from '../../test/config-requests.ts';
import { RawClient } from '../../test/raw-client.ts';
import { batchOf, listenerAddress, produce, TestBroker } from '../../test/test-broker.ts';
import { Broker } from '../broker.ts';
import { BrokerConfigChanges } from '../config/broker-config-changes.ts';
import { BrokerConfig } from '../config/broker-configs.ts';
import { ConfigOperation } from '../config/config-change.ts';
import { ConfigResource } from '../config/config-resource.ts';
import { KAFKA_BROKER_DEFAULTS } from '../config/kafka-defaults.ts';
import { EventSurface } from '../events.ts';

const { SET, DELETE, APPEND } = ConfigOperation;
const { BROKER, TOPIC } = ConfigResource;

async function shown(client: RawClient, type: number, name: string, config: string) {
  const { configs } = await describe(client, type, name, [config]);
  return configs.map(summary).join('; ');
}

test('a change for one broker counts more than one for all, and both more than the start', async (context) => {
  const test = await TestBroker.start(context, { 'message.max.bytes': '900000' });
  const client = await test.withTopic('t');
  const set = (broker: string, value: string) =>
    errorOf(client, BROKER, broker, ['message.max.bytes', SET, value]);
  const unset = (broker: string) =>
    errorOf(client, BROKER, broker, ['message.max.bytes', DELETE, null]);
  const start = 'message.max.bytes=900000@4 message.max.bytes=1048588@5';
  const shownBy = (type: number, name: string, config = 'message.max.bytes') =>
    shown(client, type, name, config);
  assert.equal(await shownBy(BROKER, '1'), `900000@4: ${start}`);
  assert.equal(await shownBy(BROKER, ''), '');

  assert.equal(await set('', '800000'), ErrorCode.NONE);
  const cluster = 'message.max.bytes=800000@3';
  assert.equal(await shownBy(BROKER, '1'), `800000@3: ${cluster} ${start}`);
  assert.equal(await shownBy(BROKER, ''), `800000@3: ${cluster}`);
  assert.equal(await set('1', '700000'), ErrorCode.NONE);
  const own = 'message.max.bytes=700000@2';
  assert.equal(await shownBy(BROKER, '1'), `700000@2: ${own} ${cluster} ${start}`);
  assert.equal(
    await shownBy(TOPIC, 't', 'max.message.bytes'),
    `700000@2: ${own} ${cluster} ${start}`,
  );
  const { configs } = await describe(client, BROKER, '');
  assert.deepEqual(
    configs.map(({ name }) => name),
    ['message.max.bytes'],
  );

  assert.equal(await unset('1'), ErrorCode.NONE);
  assert.equal(await shownBy(BROKER, '1'), `800000@3: ${cluster} ${start}`);
  assert.deepEqual(await replace(client, BROKER, [''], {}), [ErrorCode.NONE]);
  assert.equal(await shownBy(BROKER, '1'), `900000@4: ${start}`);
});

test('a topic default reaches open logs, those that follow, and no topic with a value of its own', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.withTopic('before');
  await test.withTopic('own');
  const large = batchOf(['x'.repeat(2000)]);
  const outcome = async (topic: string) => (await produce(client, topic, large)).errorCode;
  const change = (...changes: Change[]) => errorOf(client, BROKER, '', ...changes);
  assert.equal(await errorOf(client, TOPIC, 'own', ['max.message.bytes', SET, '5000']), 0);

  assert.equal(await change(['message.max.bytes', SET, '1000']), ErrorCode.NONE);
  await test.withTopic('after');
  assert.equal(await outcome('before'), ErrorCode.MESSAGE_TOO_LARGE);
  assert.equal(await outcome('after'), ErrorCode.MESSAGE_TOO_LARGE);
  assert.equal(await outcome('own'), ErrorCode.NONE);
  assert.equal(await change(['message.max.bytes', DELETE, null]), ErrorCode.NONE);
  assert.equal(await outcome('before'), ErrorCode.NONE);
});

test('max.connections is in force for the next connection', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.connect();
  assert.equal(await errorOf(client, BROKER, '1', ['max.connections', SET, '1']), ErrorCode.NONE);
  const refused = await test.connect();
  assert.equal(await refused.nextFrame(), null);
  assert.equal(await errorOf(client, BROKER, '1', ['max.connections', DELETE, null]), 0);
  assert.equal(await errorOf(await test.connect(), BROKER, '1'), ErrorCode.NONE);
});

test('max.connections of one listener is in force for the next connection', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.connect();
  const own = 'listener.name.plaintext.max.connections';
  assert.equal(await errorOf(client, BROKER, '1', [own, SET, '1']), ErrorCode.NONE);
  assert.equal(await shown(client, BROKER, '1', own), `1@2: ${own}=1@2 max.connections=20000@5`);
  const refused = await test.connect();
  assert.equal(await refused.nextFrame(), null);
  assert.equal(await errorOf(client, BROKER, '1', [own, DELETE, null]), ErrorCode.NONE);
  assert.equal(await errorOf(await test.connect(), BROKER, '1'), ErrorCode.NONE);
  assert.equal(await shown(client, BROKER, '1', own), '');
  const nowhere: Change = ['listener.name.nowhere.max.connections', SET, '1'];
  const [outcome] = await alter(client, [[BROKER, '1', nowhere]]);
  assert.match(outcome!.errorMessage!, /a listener that is not there; there are plaintext/);
});

test('log.roll.hours stands in for log.roll.ms', async (context) => {
  const client = await (await TestBroker.start(context, { 'log.roll.hours': '2' })).withTopic('t');
  assert.equal(await shown(client, BROKER, '1', 'log.roll.ms'), 'null@5:');
  assert.equal(await shown(client, TOPIC, 't', 'segment.ms'), '7200000@5:');
  assert.equal(await errorOf(client, BROKER, '1', ['log.roll.ms', SET, '5000']), ErrorCode.NONE);
  assert.equal(await shown(client, TOPIC, 't', 'flush.ms'), '9223372036854775807@5:');
  const synonyms = 'log.roll.ms=5000@2 log.roll.hours=2@4 log.roll.hours=168@5';
  assert.equal(await shown(client, BROKER, '1', 'log.roll.ms'), `5000@2: ${synonyms}`);
  assert.equal(await shown(client, TOPIC, 't', 'segment.ms'), `5000@2: ${synonyms}`);
});

test('every config of Kafka is shown; those without effect here are read-only and say why', async (context) => {
  const test = await TestBroker.start(context);
  const client = await test.connect();
  const { configs } = await describe(client, BROKER, '1');
  const names = configs.map(({ name }) => name).sort();
  assert.deepEqual(names, [...KAFKA_BROKER_DEFAULTS.keys()].sort());
  const of = (name: string) => configs.find((config) => config.name === name)!;
  assert.deepEqual(
    ['num.partitions', 'message.max.bytes', 'ssl.protocol'].map((name) => of(name).readOnly),
    [true, false, true],
  );
  assert.equal(summary(of('ssl.protocol')), 'TLSv1.3@5: ssl.protocol=TLSv1.3@5');
  assert.match(of('ssl.protocol').documentation!, /^The TLS version.* Fixed here: .*no TLS\.$/);
  assert.deepEqual(
    [of('ssl.key.password').isSensitive, of('ssl.protocol').isSensitive],
    [true, false],
  );
  assert.equal(of('listeners').value, `PLAINTEXT://127.0.0.1:${test.port}`);
  assert.equal(of('advertised.listeners').configSource, 4);
  assert.equal(summary(of('broker.id')), '1@4: broker.id=1@4 broker.id=-1@5');
  assert.equal(summary(of('log.dirs')), '/data@4: log.dirs=/data@4');
  const [refused] = await alter(client, [[BROKER, '1', ['log.preallocate', SET, 'true']]]);
  assert.equal(refused!.errorCode, ErrorCode.INVALID_REQUEST);
  assert.match(refused!.errorMessage!, /logs here are written, synced and deleted in another way/);
});

test('changes of brokers that cannot be made', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const { INVALID_REQUEST, INVALID_CONFIG, NONE } = ErrorCode;
  const good: Change = ['max.connections', SET, '5'];
  const cases: readonly [number, string, ...Change[]][] = [
    [INVALID_REQUEST, '1', ['num.partitions', SET, '3']],
    [INVALID_REQUEST, '', good, ['num.partitions', SET, '3']],
    [NONE, '1', ['num.partitions', DELETE, null]],
    [INVALID_REQUEST, '1', ['max.connections', SET, 'x']],
    [INVALID_REQUEST, '1', ['max.connections', SET, '-1']],
    [INVALID_REQUEST, '1', ['max.connections', SET, null]],
    [INVALID_REQUEST, '1', ['log.message.timestamp.type', SET, 'logappendtime']],
    [INVALID_REQUEST, '1', good, good],
    [INVALID_CONFIG, '1', ['max.connections', APPEND, '5']],
    [INVALID_CONFIG, '1', ['nope', APPEND, '5']],
    // Kafka takes every name that it does not know, for the plugins that a broker may have.
    [INVALID_REQUEST, '1', ['nope', SET, '5']],
    [NONE, '1', ['nope', DELETE, null]],
    [INVALID_REQUEST, '9', good],
    [INVALID_REQUEST, '-1', good],
    [INVALID_REQUEST, 'x', good],
    [NONE, '+1', ['max.connections', DELETE, null]],
    [NONE, '1'],
    [NONE, ''],
  ];
  for (const [error, name, ...changes] of cases) {
    const label = `${name}: ${JSON.stringify(changes)}`;
    assert.equal(await errorOf(client, BROKER, name, ...changes), error, label);
  }
  const only = { validateOnly: true };
  assert.equal((await alter(client, [[BROKER, '1', good]], only))[0]!.errorCode, NONE);
  assert.deepEqual(await replace(client, BROKER, ['1', ''], { 'num.partitions': '1' }), [
    INVALID_REQUEST,
    INVALID_REQUEST,
  ]);
  assert.equal(
    await shown(client, BROKER, '1', 'max.connections'),
    '20000@5: max.connections=20000@5',
  );
  const [outcome] = await alter(client, [[BROKER, '1', ['num.partition', SET, '3']]]);
  assert.match(
    outcome!.errorMessage!,
    /num\.partition is unknown\. Did you mean num\.partitions\?/,
  );
  assert.equal((await describe(client, BROKER, 'x')).errorCode, INVALID_REQUEST);
  assert.equal((await describe(client, BROKER, '9')).errorCode, INVALID_REQUEST);
});

test('a broker that starts again does what was set before', async (context) => {
  const metadata = new MemoryMetadataStore();
  const fileSystem = new MemoryFileSystem();
  const start = async () => {
    const logStore = new LocalLogStore({ dataDir: '/data', fileSystem, clock: systemClock });
    const listeners = [listenerAddress('PLAINTEXT')];
    const broker = new Broker({ logStore, metadata, listeners });
    await broker.start();
    return broker;
  };
  const first = await start();
  const client = await RawClient.open(first.listeners[0]!.port);
  assert.equal(await errorOf(client, BROKER, '', ['log.segment.bytes', SET, '2000000']), 0);
  client.close();
  await first.close();
  const second = await start();
  context.after(() => second.close());
  assert.equal(second.config.number('log.segment.bytes'), 2_000_000);
});

test('what is stored is put in force; what this version cannot use is told', async () => {
  const metadata = new MemoryMetadataStore();
  await metadata.open();
  const around = { metadata, nodeId: 1, brokerIds: () => [1], listenerNames: ['PLAINTEXT'] };
  const first = new BrokerConfig();
  const changes = new BrokerConfigChanges({ ...around, config: first, events: new EventSurface() });
  const set = (resourceName: string, name: string, value: string) =>
    changes.apply({
      resourceName,
      changes: [{ name, operation: SET, value }],
      replacesAll: false,
      validateOnly: false,
    });
  await set('', 'max.connections', '7');
  await set('1', 'message.max.bytes', '2000');
  const other = { resourceType: BROKER, resourceName: '1' };
  await metadata.alterResourceConfigs(other, new Map([['num.partitions', '9']]));
  await metadata.alterResourceConfigs(
    { ...other, resourceName: '2' },
    new Map([['log.roll.ms', '1']]),
  );

  const events = new EventSurface();
  const notices: string[] = [];
  events.on('storage-notice', ({ message }) => notices.push(message));
  const config = new BrokerConfig({ 'max.connections': '9' });
  new BrokerConfigChanges({ ...around, config, events }).load();
  assert.deepEqual(
    [config.number('max.connections'), config.number('message.max.bytes')],
    [7, 2000],
  );
  assert.deepEqual([config.number('num.partitions'), config.ownText('log.roll.ms')], [1, null]);
  assert.equal(notices.length, 1);
  assert.match(notices[0]!, /num\.partitions=9 is not used: Cannot update/);
  await metadata.close();
});
