import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../refusal.ts';
import { BrokerConfig } from './broker-configs.ts';
import {
  type ConfigChange,
  ConfigOperation,
  changedConfigRows,
  replacedConfigRows,
} from './config-change.ts';
import { topicConfigRules } from './topic-configs.ts';

const { SET, DELETE, APPEND, SUBTRACT } = ConfigOperation;
const rules = topicConfigRules(new BrokerConfig());

const change = (name: string, operation: number, value: string | null): ConfigChange => ({
  name,
  operation,
  value,
});

/** The rows, or the text of the refusal. */
function rows(current: Readonly<Record<string, string>>, ...changes: ConfigChange[]) {
  try {
    const result = changedConfigRows(new Map(Object.entries(current)), changes, rules);
    return Object.fromEntries(result);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

test('set writes the trimmed value, delete removes, also what is not there or not known', () => {
  assert.deepEqual(rows({}, change('segment.bytes', SET, ' 2000000 ')), {
    'segment.bytes': '2000000',
  });
  assert.deepEqual(rows({ 'segment.ms': '5' }, change('segment.ms', DELETE, 'ignored')), {
    'segment.ms': null,
  });
  assert.deepEqual(rows({}, change('segment.mz', DELETE, null)), { 'segment.mz': null });
});

test('append and subtract work on the list in force, which may be the default', () => {
  assert.deepEqual(rows({}, change('cleanup.policy', APPEND, 'delete')), {
    'cleanup.policy': 'delete',
  });
  const throttled = 'leader.replication.throttled.replicas';
  assert.deepEqual(rows({ [throttled]: '0:1, 1:1' }, change(throttled, SUBTRACT, '1:1,0:1,7:7')), {
    [throttled]: '',
  });
  assert.match(
    rows({ [throttled]: '0:1' }, change(throttled, APPEND, '1:1,0:1')) as string,
    /fixed at ""/,
  );
});

test('append and subtract are for lists only', () => {
  assert.equal(
    rows({}, change('max.message.bytes', APPEND, '1')),
    "Can't APPEND to key max.message.bytes because its type is not LIST.",
  );
  assert.match(
    rows({}, change('cleanup.polic', SUBTRACT, 'x')) as string,
    /SUBTRACT to key cleanup\.polic .* Did you mean cleanup\.policy\?/,
  );
});

test('one bad value refuses all changes of the topic', () => {
  const bad = rows({}, change('segment.ms', SET, '5'), change('segment.bytes', SET, 'x'));
  assert.match(bad as string, /Invalid value x for configuration segment\.bytes/);
  assert.match(rows({}, change('segment.byte', SET, '1')) as string, /Did you mean segment\.bytes/);
});

test('replacing removes what is not named', () => {
  const current = new Map([
    ['segment.ms', '5'],
    ['segment.bytes', '2000000'],
  ]);
  const wanted = [change('segment.ms', SET, '6')];
  const result = replacedConfigRows(current, wanted, rules);
  assert.deepEqual(Object.fromEntries(result), { 'segment.bytes': null, 'segment.ms': '6' });
});
