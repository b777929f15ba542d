import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ErrorCode, errorMessage, errorName, isRetriable } from './errors.ts';

test('the table has every code from -1 to 133 once, under a name of its own', () => {
  const codes = Object.values(ErrorCode).toSorted((a, b) => a - b);
  assert.deepEqual(
    codes,
    Array.from({ length: 135 }, (_, index) => index - 1),
  );
});

test('codes that clients rely on', () => {
  assert.equal(ErrorCode.NONE, 0);
  assert.equal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 3);
  assert.equal(ErrorCode.NOT_LEADER_OR_FOLLOWER, 6);
  assert.equal(ErrorCode.UNSUPPORTED_VERSION, 35);
  assert.equal(ErrorCode.KAFKA_STORAGE_ERROR, 56);
  assert.equal(ErrorCode.SHARE_SESSION_LIMIT_REACHED, 133);
});

test('names, messages and retriability go with the code', () => {
  for (const [name, code] of Object.entries(ErrorCode)) {
    assert.equal(errorName(code), name);
    assert.match(errorMessage(code), /^[A-Z].*\.$/);
  }
  assert.equal(isRetriable(ErrorCode.NOT_COORDINATOR), true);
  assert.equal(isRetriable(ErrorCode.UNKNOWN_MEMBER_ID), false);
});

test('a code from the future is an unknown error that is not retriable', () => {
  assert.equal(errorName(4711), 'UNKNOWN_SERVER_ERROR');
  assert.equal(isRetriable(4711), false);
  assert.match(errorMessage(4711), /4711/);
});
