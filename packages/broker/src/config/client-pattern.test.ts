import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientPattern } from './client-pattern.ts';

const matches = (pattern: string, value: string) => new ClientPattern(pattern).matches(value);

test('a pattern matches the whole value', () => {
  assert.ok(matches('orders-.*', 'orders-1'));
  assert.ok(!matches('orders-.*', 'my-orders-1'));
  assert.ok(matches('a|bc', 'bc'));
  assert.ok(!matches('a|bc', 'bcd'));
  assert.ok(matches('(?i)APACHE-kafka-\\w+', 'apache-kafka-java'));
  assert.ok(matches('10\\.0\\.\\d+\\.[^.]+', '10.0.12.7'));
});

test('a pattern that could match in very many ways is answered all the same', () => {
  // Each would keep a matcher that goes back and tries again busy for longer than the universe is old.
  for (const pattern of ['(a+)+$', '(a|a)*b', '(.*.*)*=', '(a?){100}b', '(\\w*\\w*)+-']) {
    assert.equal(matches(pattern, `${'a'.repeat(254)}!`), false, pattern);
  }
});

test('no value longer than a client would have is matched', () => {
  assert.deepEqual(
    [255, 256].map((length) => matches('.*', 'x'.repeat(length))),
    [true, false],
  );
});

test('patterns that cannot be used are refused with the reason', () => {
  const refused = (pattern: string, reason: RegExp) =>
    assert.throws(() => new ClientPattern(pattern), reason, pattern);
  refused('[', /missing closing \]/);
  refused('a(?=b)', /unsupported Perl syntax/);
  refused('(a)\\1', /invalid escape sequence/);
  refused('(a{1000}){1000}', /invalid repeat count/);
  refused('(a?){1000}', /too large; repeat less/);
  refused('a'.repeat(256), /more than 255 characters/);
});
