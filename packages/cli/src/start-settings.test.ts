import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '@millrace/broker';
import { listenersText } from './listener-settings.ts';
import { type StartOptions, startSettings } from './start-settings.ts';

interface Given {
  readonly options?: Partial<StartOptions>;
  readonly file?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly set?: readonly string[];
}

function settingsOf({ options = {}, file, environment = {}, set = [] }: Given) {
  const unsaid = {
    port: undefined,
    host: undefined,
    advertisedHost: undefined,
    advertisedPort: undefined,
    dataDir: undefined,
  };
  return startSettings(
    { ...unsaid, ...options },
    { file: file === undefined ? null : { path: 'a.properties', text: file }, environment, set },
  );
}

function refusal(given: Given): string {
  try {
    settingsOf(given);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new Error('nothing was refused');
}

test('without anything there are defaults', () => {
  const { listeners, dataDir, config, brokerConfigs, warnings } = settingsOf({});
  assert.equal(listenersText(listeners.value), 'PLAINTEXT://127.0.0.1:9092');
  assert.deepEqual([listeners.origin, listeners.advertisedOrigin], ['default', 'default']);
  assert.deepEqual(dataDir, { value: './millrace-data', origin: 'default' });
  assert.deepEqual(config, {});
  assert.deepEqual(brokerConfigs.get('num.partitions'), { value: '1', origin: 'default' });
  assert.deepEqual(brokerConfigs.get('broker.rack'), { value: null, origin: 'default' });
  assert.deepEqual(warnings, []);
});

test('--set counts more than the environment, the environment more than the file', () => {
  const file = 'num.partitions=2\nbroker.rack=r2\nnode.id=2\nnode.id=3';
  const environment = {
    KAFKA_NUM_PARTITIONS: '4',
    KAFKA_BROKER_RACK: 'r4',
    KAFKA_UNSET: undefined,
  };
  const set = ['num.partitions=5', 'num.partitions=6'];
  const { config, brokerConfigs } = settingsOf({
    file,
    environment: environment as unknown as Record<string, string>,
    set,
  });
  assert.deepEqual(config, { 'num.partitions': '6', 'broker.rack': 'r4', 'node.id': '3' });
  const origins = Object.keys(config).map((name) => [name, brokerConfigs.get(name)!.origin]);
  assert.deepEqual(Object.fromEntries(origins), {
    'num.partitions': '--set',
    'broker.rack': 'KAFKA_BROKER_RACK',
    'node.id': 'a.properties:4',
  });
});

test('underscores of the environment are dots, underscores and dashes', () => {
  const environment = { KAFKA_A_B__C___D____E: '1' };
  assert.match(settingsOf({ environment }).warnings[0]!, /a\.b_c-d-\.e /);
});

test('names that Kafka knows and that have no effect are one warning', () => {
  const { warnings, config } = settingsOf({
    file: 'process.roles=broker\nlistener.name.x.ssl.keystore.location=/k',
    environment: { KAFKA_NUM_IO_THREADS: '5', KAFKA_HEAP_OPTS: '-Xmx1g', PATH: '/bin' },
  });
  assert.deepEqual(warnings, [
    'Kafka configs without effect here: process.roles (a.properties:1), ' +
      'listener.name.x.ssl.keystore.location (a.properties:2), ' +
      'num.io.threads (KAFKA_NUM_IO_THREADS). See docs/configs.md.',
  ]);
  assert.deepEqual(config, {});
  assert.match(refusal({ set: ['process.roles=broker'] }), /process\.roles has no effect here/);
});

test('unknown names are told their neighbour: refused in file and --set, reported in the environment', () => {
  const near = /Unknown broker config num\.partition \(.*\)\. Did you mean num\.partitions\?/;
  assert.match(refusal({ file: '\nnum.partition=3' }), near);
  assert.match(refusal({ file: '\nnum.partition=3' }), /a\.properties:2/);
  assert.match(refusal({ set: ['num.partition=3'] }), near);
  // Kubernetes sets such a variable for a service that is called kafka.
  const environment = { KAFKA_NUM_PARTITION: '3', KAFKA_PORT: 'tcp://10.0.0.1:9092' };
  const { warnings } = settingsOf({ environment });
  assert.match(warnings[0]!, near);
  assert.match(warnings[1]!, /Unknown broker config port \(KAFKA_PORT\)/);
});

test('a refused value says who gave it', () => {
  assert.match(
    refusal({ file: 'default.replication.factor=3' }),
    /^a\.properties:1: .*no more than 1/,
  );
  assert.match(refusal({ environment: { KAFKA_NUM_PARTITIONS: 'x' } }), /^KAFKA_NUM_PARTITIONS: /);
  assert.match(refusal({ set: ['num.partitions'] }), /NAME=VALUE/);
});

const QUICKSTART = `
process.roles=broker,controller
listeners=PLAINTEXT://:9192,CONTROLLER://:9193
advertised.listeners=PLAINTEXT://broker.example:9192,CONTROLLER://broker.example:9193
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL
log.dirs=/var/lib/logs
`;

test("listeners and directories of Kafka's own example file", () => {
  const { listeners, dataDir } = settingsOf({ file: QUICKSTART });
  assert.deepEqual(listeners.value, [
    {
      name: 'PLAINTEXT',
      host: '',
      port: 9192,
      advertisedHost: 'broker.example',
      advertisedPort: 9192,
    },
  ]);
  assert.equal(listeners.origin, 'listeners (a.properties:3)');
  assert.equal(listeners.advertisedOrigin, 'advertised.listeners (a.properties:4)');
  assert.deepEqual(dataDir, { value: '/var/lib/logs', origin: 'log.dirs (a.properties:7)' });
});

test('--data-dir counts more than log.dirs, log.dirs more than log.dir', () => {
  const options = { dataDir: 'd' };
  assert.deepEqual(settingsOf({ options, file: QUICKSTART }).dataDir, {
    value: 'd',
    origin: '--data-dir',
  });
  assert.equal(settingsOf({ file: 'log.dir=/a' }).dataDir.value, '/a');
  assert.equal(settingsOf({ file: 'log.dirs=/b\nlog.dir=/a' }).dataDir.value, '/b');
  assert.match(refusal({ file: 'log.dirs=/a,/b' }), /2 directories/);
});
