import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL_BROKER_CONFIGS, BROKER_CONFIGS, BrokerConfig, ConfigError } from './broker-configs.ts';
import { INERT_BROKER_CONFIGS } from './inert/inert-broker-configs.ts';
import {
  KAFKA_BROKER_CONFIGS,
  KAFKA_BROKER_DEFAULTS,
  KAFKA_TOPIC_DEFAULTS,
} from './kafka-defaults.ts';
import { logConfig, TOPIC_CONFIGS, topicConfigsProblem } from './topic-configs.ts';

test('a topic config comes from the topic, else from the broker, else from the default', () => {
  const broker = new BrokerConfig({ 'log.segment.bytes': '2000000' });
  assert.equal(logConfig(new Map(), broker).segmentBytes, 2_000_000);
  assert.equal(logConfig(new Map([['segment.bytes', '3000000']]), broker).segmentBytes, 3_000_000);
  assert.equal(logConfig(new Map(), broker).indexIntervalBytes, 4096);
});

test('the default is to sync every record, and the largest long means no bound', () => {
  const broker = new BrokerConfig();
  assert.equal(logConfig(new Map(), broker).flushMessages, 1);
  const kafka = new Map([['flush.messages', '9223372036854775807']]);
  assert.equal(topicConfigsProblem(kafka), null);
  assert.equal(logConfig(kafka, broker).flushMessages, Number.POSITIVE_INFINITY);
});

test('a config that this version does not act on is refused, unless the value is the one in force', () => {
  const problem = (value: string) => topicConfigsProblem(new Map([['local.retention.ms', value]]));
  assert.match(problem('1000')!, /fixed at "-2"/);
  assert.equal(problem('-2'), null);
});

test('retention by time comes from ms, minutes or hours, in this order, and may be without end', () => {
  const retentionMs = (broker: Record<string, string>, topic: Record<string, string> = {}) =>
    logConfig(new Map(Object.entries(topic)), new BrokerConfig(broker)).retentionMs;
  assert.equal(retentionMs({}), 7 * 24 * 3_600_000);
  assert.equal(retentionMs({ 'log.retention.hours': '2' }), 7_200_000);
  const minutes = { 'log.retention.hours': '2', 'log.retention.minutes': '3' };
  assert.equal(retentionMs(minutes), 180_000);
  assert.equal(retentionMs({ ...minutes, 'log.retention.ms': '4' }), 4);
  assert.equal(retentionMs({ 'log.retention.hours': '-1' }), Number.POSITIVE_INFINITY);
  assert.equal(retentionMs({ ...minutes, 'log.retention.ms': '-1' }), Number.POSITIVE_INFINITY);
  assert.equal(retentionMs({ 'log.retention.ms': '-1' }, { 'retention.ms': '5' }), 5);
});

test('cleanup.policy is a list; empty keeps all', () => {
  const policy = (value: string) =>
    logConfig(new Map([['cleanup.policy', value]]), new BrokerConfig()).cleanupPolicy;
  const problem = (value: string) => topicConfigsProblem(new Map([['cleanup.policy', value]]));
  assert.deepEqual(policy('delete'), { delete: true, compact: false });
  assert.deepEqual(policy(''), { delete: false, compact: false });
  assert.deepEqual(policy('compact, delete'), { delete: true, compact: true });
  for (const value of ['', 'delete', 'delete,delete', 'compact', 'delete,compact']) {
    assert.equal(problem(value), null);
  }
  assert.match(problem('shred')!, /"shred" is not one of compact, delete/);
});

test('a compression type comes with its level', () => {
  const broker = new BrokerConfig({ 'compression.type': 'zstd', 'compression.zstd.level': '7' });
  const compression = (configs: Record<string, string>) =>
    logConfig(new Map(Object.entries(configs)), broker).compression;
  assert.deepEqual(compression({}), { codec: 'zstd', level: 7 });
  assert.deepEqual(compression({ 'compression.zstd.level': '-5' }), { codec: 'zstd', level: -5 });
  assert.deepEqual(compression({ 'compression.type': 'gzip' }), { codec: 'gzip', level: -1 });
  assert.deepEqual(compression({ 'compression.type': 'lz4' }), { codec: 'lz4' });
  assert.deepEqual(compression({ 'compression.type': 'uncompressed' }), { codec: 'none' });
  assert.equal(compression({ 'compression.type': 'producer' }), null);
});

test('values are checked by type and range, and a misspelt name is told its neighbour', () => {
  const problem = (name: string, value: string) => topicConfigsProblem(new Map([[name, value]]));
  assert.match(problem('segment.bytes', '1048575')!, /at least 1048576/);
  assert.match(problem('segment.bytes', '2147483648')!, /type INT/);
  assert.match(problem('segment.ms', '9223372036854775808')!, /type LONG/);
  assert.match(problem('segment.ms', 'ten')!, /not a number/);
  assert.match(problem('compression.gzip.level', '0')!, /at least 1/);
  assert.equal(problem('compression.gzip.level', '-1'), null);
  assert.match(problem('compression.type', 'none')!, /uncompressed, zstd/);
  assert.match(problem('message.timestamp.type', 'Now')!, /CreateTime, LogAppendTime/);
  assert.match(problem('segment.byte', '1')!, /Did you mean segment\.bytes\?/);
  assert.throws(() => new BrokerConfig({ 'num.partition': '3' }), ConfigError);
  assert.throws(() => new BrokerConfig({ 'num.partitions': '0' }), /at least 1/);
  assert.throws(() => new BrokerConfig({ 'ssl.protocol': 'TLSv1.2' }), /fixed at .*no TLS/);
});

test('every default is a value that its own check accepts, and every broker default exists', () => {
  const broker = new BrokerConfig();
  for (const { name, defaultValue, brokerName } of TOPIC_CONFIGS) {
    assert.equal(topicConfigsProblem(new Map([[name, defaultValue ?? '']])), null, name);
    const inherited = brokerName === undefined ? null : broker.text(brokerName);
    if (inherited !== null) assert.equal(inherited, defaultValue, name);
  }
});

test('every topic and broker config of Kafka is defined once, and nothing that Kafka does not know', () => {
  const defined = TOPIC_CONFIGS.map(({ name }) => name).sort();
  assert.deepEqual(defined, [...KAFKA_TOPIC_DEFAULTS.keys()].sort());
  const ofBrokers = [...BROKER_CONFIGS, ...INERT_BROKER_CONFIGS].map(({ name }) => name).sort();
  assert.deepEqual(ofBrokers, [...KAFKA_BROKER_CONFIGS.keys()].sort());
  for (const { name, type, documentation } of ALL_BROKER_CONFIGS.values()) {
    assert.equal(type, KAFKA_BROKER_CONFIGS.get(name)!.type, name);
    assert.match(documentation, /^\S.*\.$/s, name);
  }
  assert.equal(KAFKA_BROKER_DEFAULTS.get('num.partitions'), '1');
  assert.equal(KAFKA_BROKER_DEFAULTS.get('broker.rack'), null);
  assert.equal(KAFKA_BROKER_DEFAULTS.get('log.cleanup.policy'), 'delete');
});
