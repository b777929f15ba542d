import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '@millrace/broker';
import { collectConfigs } from './config-sources.ts';
import {
  advertisedListenersText,
  type ListenerOptions,
  listenerSettings,
  listenersText,
} from './listener-settings.ts';

const MAP = 'listener.security.protocol.map=IN:PLAINTEXT,OUT:PLAINTEXT,SAFE:SSL';

interface Given {
  readonly options?: Partial<ListenerOptions>;
  readonly listeners?: string;
  readonly advertised?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function settingsOf({ options = {}, listeners, advertised, environment = {} }: Given) {
  const lines = [MAP];
  if (listeners !== undefined) lines.push(`listeners=${listeners}`);
  if (advertised !== undefined) lines.push(`advertised.listeners=${advertised}`);
  const file = { path: 'a.properties', text: lines.join('\n') };
  const { configs } = collectConfigs({ file, environment, set: [] });
  const unsaid = {
    port: undefined,
    host: undefined,
    advertisedHost: undefined,
    advertisedPort: undefined,
  };
  return listenerSettings({ ...unsaid, ...options }, configs);
}

/** What is bound and what is told, as in the configs. */
function texts(given: Given): readonly [string, string] {
  const { value } = settingsOf(given);
  return [listenersText(value), advertisedListenersText(value)];
}

function refusal(given: Given): string {
  try {
    settingsOf(given);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new Error(`nothing was refused in ${JSON.stringify(given)}`);
}

test('several listeners, each with what its clients are told', () => {
  const { value } = settingsOf({
    listeners: 'IN://10.0.0.1:9092, OUT://:9093, PLAINTEXT://[::1]:9092',
    advertised: 'OUT://[2001:db8::1]:443',
  });
  assert.deepEqual(value, [
    { name: 'IN', host: '10.0.0.1', port: 9092, advertisedHost: null, advertisedPort: null },
    { name: 'OUT', host: '', port: 9093, advertisedHost: '2001:db8::1', advertisedPort: 443 },
    { name: 'PLAINTEXT', host: '::1', port: 9092, advertisedHost: null, advertisedPort: null },
  ]);
});

test('without listeners, advertised.listeners decides as it does in Kafka and in its image', () => {
  const advertised = 'OUT://broker.example:19092,IN://in.example:9094';
  assert.deepEqual(texts({ environment: { KAFKA_ADVERTISED_LISTENERS: advertised } }), [
    'OUT://:19092,IN://:9094',
    advertised,
  ]);
  assert.deepEqual(texts({ advertised: 'PLAINTEXT://broker.example:19092' }), [
    'PLAINTEXT://:9092',
    'PLAINTEXT://broker.example:19092',
  ]);
  assert.match(refusal({ advertised: 'OUT://h:1' }), /no listener OUT .*listeners has PLAINTEXT/);
});

test('an advertised host that is left out is left to the broker', () => {
  const [out] = settingsOf({ listeners: 'OUT://:9092', advertised: 'OUT://:443' }).value;
  assert.deepEqual([out!.advertisedHost, out!.advertisedPort], [null, 443]);
});

test('options count more than the configs of one listener', () => {
  const listeners = 'IN://10.0.0.1:9092';
  const advertised = 'IN://broker.example:443';
  assert.deepEqual(texts({ listeners, options: { port: 1 } }), [
    'IN://10.0.0.1:1',
    'IN://10.0.0.1:1',
  ]);
  assert.deepEqual(
    texts({ listeners, advertised, options: { host: '::1', advertisedPort: 444 } }),
    ['IN://[::1]:9092', 'IN://broker.example:444'],
  );
  assert.deepEqual(texts({ listeners, advertised, options: { advertisedHost: 'other' } }), [
    'IN://10.0.0.1:9092',
    'IN://other:443',
  ]);
  const both = { host: 'h', port: 1 };
  assert.deepEqual(texts({ listeners: 'SAFE://:1', options: both })[0], 'PLAINTEXT://h:1');
  assert.deepEqual(texts({ advertised, options: both }), ['IN://h:1', advertised]);
  const { origin, advertisedOrigin } = settingsOf({
    listeners,
    options: { port: 1, advertisedHost: 'a' },
  });
  assert.equal(origin, '--port, listeners (a.properties:2)');
  assert.equal(advertisedOrigin, '--advertised-host');
});

test('options do not say which of several listeners they mean', () => {
  const listeners = 'IN://:1,OUT://:2';
  assert.match(refusal({ listeners, options: { port: 3 } }), /^--port cannot say which of the 2 /);
  assert.match(refusal({ listeners, options: { advertisedHost: 'h' } }), /^--advertised-host /);
});

test('names are compared in capitals', () => {
  assert.deepEqual(texts({ listeners: 'In://h:1', advertised: 'iN://a:2' }), [
    'IN://h:1',
    'IN://a:2',
  ]);
});

test('listeners that cannot be had are refused with the reason', () => {
  const listeners: readonly [string, RegExp][] = [
    ['', /found none/],
    ['SAFE://:1', /SAFE speaks SSL; only PLAINTEXT/],
    ['SASL_SSL://:1', /speaks SASL_SSL/],
    ['OTHER://:1', /Add OTHER:PLAINTEXT to listener\.security\.protocol\.map/],
    ['IN://:1,IN://:2', /IN is given twice/],
    ['IN://10.0.0.1:1,OUT://10.0.0.2:1', /IN and OUT both use port 1\. .* IPv4 .* IPv6/],
    ['IN://:1,OUT://:1', /both use port 1/],
    ...['IN:1', 'IN://h', 'IN://h:x', 'IN://h:65536', '://h:1', 'IN://::1:1'].map(
      (text): [string, RegExp] => [text, /expected NAME:\/\/host:port/],
    ),
  ];
  for (const [text, message] of listeners) assert.match(refusal({ listeners: text }), message);
  assert.equal(texts({ listeners: 'IN://:0,OUT://:0' })[0], 'IN://:0,OUT://:0');
});

test('nobody is told to connect to all addresses', () => {
  for (const host of ['0.0.0.0', '[::]']) {
    const given = { listeners: 'IN://:1', advertised: `IN://${host}:1` };
    assert.match(refusal(given), /no client can connect to it/);
  }
  assert.match(
    refusal({ options: { advertisedHost: '0.0.0.0' } }),
    /^--advertised-host: 0\.0\.0\.0 /,
  );
});
