// The error codes are those that a Kafka 4.3.1 gave to the same requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { Loggers } from '../loggers.ts';
import { Refusal } from '../refusal.ts';
import { alterResources } from './alter-resources.ts';
import { BrokerLoggerConfigs } from './broker-logger-configs.ts';
import { ConfigOperation } from './config-change.ts';
import { ConfigResource } from './config-resource.ts';

const { SET, DELETE, APPEND, SUBTRACT } = ConfigOperation;

type Change = readonly [name: string, operation: number, value: string | null];

function loggersOfBroker() {
  const loggers = new Loggers(['kafka.request.logger'], 'INFO');
  const configs = new BrokerLoggerConfigs(loggers, 1);
  const kinds = new Map([[ConfigResource.BROKER_LOGGER, configs]]);
  const alter = async (
    resourceName: string,
    changes: readonly Change[],
    options = { replacesAll: false, validateOnly: false },
  ) => {
    const [outcome] = await alterResources(
      kinds,
      [
        {
          resourceType: ConfigResource.BROKER_LOGGER,
          resourceName,
          changes: changes.map(([name, operation, value]) => ({ name, operation, value })),
        },
      ],
      options,
    );
    return outcome!;
  };
  const shown = () =>
    configs.describe('1').map(({ definition, value, source }) => [definition.name, value, source]);
  return { loggers, configs, alter, shown };
}

test('a logger follows the root until it has a level, and again after', async () => {
  const { loggers, configs, alter, shown } = loggersOfBroker();
  let changes = 0;
  loggers.onChange(() => changes++);
  const change = async (...list: Change[]) => (await alter('1', list)).errorCode;
  assert.deepEqual([...configs.names()], ['1']);
  assert.deepEqual(shown(), [
    ['root', 'INFO', 6],
    ['kafka.request.logger', 'INFO', 6],
  ]);
  assert.equal(await change(['kafka.request.logger', SET, 'DEBUG']), ErrorCode.NONE);
  assert.equal(await change(['root', SET, 'ERROR']), ErrorCode.NONE);
  assert.deepEqual(shown(), [
    ['root', 'ERROR', 6],
    ['kafka.request.logger', 'DEBUG', 6],
  ]);
  assert.ok(loggers.isOn('kafka.request.logger', 'DEBUG'));
  assert.ok(!loggers.isOn('kafka.request.logger', 'TRACE'));
  assert.ok(!loggers.isOn('root', 'WARN'));
  assert.equal(await change(['kafka.request.logger', DELETE, null]), ErrorCode.NONE);
  assert.equal(loggers.level('kafka.request.logger'), 'ERROR');
  assert.equal(changes, 3);
});

test('levels that cannot be set, and then none of a request is', async () => {
  const { loggers, configs, alter } = loggersOfBroker();
  const { INVALID_REQUEST, INVALID_CONFIG, NONE } = ErrorCode;
  const good: Change = ['root', SET, 'DEBUG'];
  const cases: readonly [number, string, ...Change[]][] = [
    [INVALID_CONFIG, '1', good, ['kafka.request.logger', SET, 'debug']],
    [INVALID_CONFIG, '1', ['nope', SET, 'DEBUG']],
    [INVALID_CONFIG, '1', ['nope', DELETE, null]],
    [INVALID_REQUEST, '1', ['root', DELETE, null]],
    [INVALID_REQUEST, '1', ['root', APPEND, 'DEBUG']],
    [INVALID_REQUEST, '1', ['root', SUBTRACT, 'DEBUG']],
    [INVALID_REQUEST, '1', ['root', SET, null]],
    [INVALID_REQUEST, '', good],
    [INVALID_REQUEST, '9', good],
    [INVALID_REQUEST, 'x', good],
    [NONE, '1'],
  ];
  for (const [error, name, ...changes] of cases) {
    const label = `${name}: ${JSON.stringify(changes)}`;
    assert.equal((await alter(name, changes)).errorCode, error, label);
  }
  const replaced = await alter('1', [good], { replacesAll: true, validateOnly: false });
  const checked = await alter('1', [good], { replacesAll: false, validateOnly: true });
  assert.deepEqual([replaced.errorCode, checked.errorCode], [INVALID_REQUEST, NONE]);
  const misspelt = await alter('1', [['kafka.request.loger', SET, 'DEBUG']]);
  assert.match(misspelt.errorMessage!, /Did you mean kafka\.request\.logger\?/);
  for (const name of ['', '9', 'x']) assert.throws(() => configs.describe(name), Refusal);
  assert.equal(loggers.level('root'), 'INFO');
});
