// Configs of groups through real sockets. What a Kafka 4.3.1 takes is refused here, since the protocols that they belong to
// are not served; the other error codes are Kafka's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  alter,
  type Change,
  describe,
  errorOf,
  listResources,
  summary,
} from '../../test/config-requests.ts';
import { TestBroker } from '../../test/test-broker.ts';
import { ConfigOperation } from '../config/config-change.ts';
import { ConfigResource } from '../config/config-resource.ts';

const { SET, DELETE, APPEND } = ConfigOperation;
const { GROUP } = ConfigResource;

test('group configs are shown with their defaults, read-only', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const { configs, errorCode } = await describe(client, GROUP, 'g');
  assert.equal(errorCode, ErrorCode.NONE);
  assert.equal(configs.length, 17);
  assert.ok(configs.every(({ readOnly }) => readOnly));
  const of = (name: string) => configs.find((config) => config.name === name)!;
  assert.equal(
    summary(of('consumer.session.timeout.ms')),
    '45000@5: group.consumer.session.timeout.ms=45000@5',
  );
  assert.equal(
    summary(of('share.isolation.level')),
    'read_uncommitted@5: share.isolation.level=read_uncommitted@5',
  );
  assert.match(of('streams.num.standby.replicas').documentation!, /only the classic one is served/);
  assert.equal((await describe(client, GROUP, '')).errorCode, ErrorCode.INVALID_REQUEST);
});

test('another value is refused with the reason, the one in force is not', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const { INVALID_REQUEST, INVALID_CONFIG, NONE } = ErrorCode;
  const cases: readonly [number, string, ...Change[]][] = [
    [INVALID_CONFIG, 'g', ['consumer.session.timeout.ms', SET, '50000']],
    [INVALID_CONFIG, 'g', ['consumer.session.timeout.ms', SET, 'x']],
    [INVALID_CONFIG, 'g', ['consumer.session.timeout.ms', APPEND, '50000']],
    [INVALID_CONFIG, 'g', ['consumer.session', SET, '1']],
    [NONE, 'g', ['consumer.session', DELETE, null]],
    [INVALID_REQUEST, '', ['consumer.session.timeout.ms', SET, '45000']],
    [NONE, 'g'],
  ];
  for (const [error, name, ...changes] of cases) {
    const label = `${name}: ${JSON.stringify(changes)}`;
    assert.equal(await errorOf(client, GROUP, name, ...changes), error, label);
  }
  const change: Change = ['consumer.session.timeout.m', SET, '1'];
  const [misspelt] = await alter(client, [[GROUP, 'g', change]]);
  assert.match(misspelt!.errorMessage!, /Did you mean consumer\.session\.timeout\.ms\?/);
  assert.deepEqual(await listResources(client, [GROUP]), []);
  const inForce: Change = ['consumer.session.timeout.ms', SET, '45000'];
  assert.equal(await errorOf(client, GROUP, 'g', inForce), NONE);
  assert.deepEqual(await listResources(client, [GROUP]), ['32:g']);
  const [config] = (await describe(client, GROUP, 'g', ['consumer.session.timeout.ms'])).configs;
  assert.match(summary(config!), /^45000@8: consumer\.session\.timeout\.ms=45000@8 group\./);
});
