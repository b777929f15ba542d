import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostPort, isWildcard, plainAddress } from './address.ts';

test('only IPv6 addresses are put in brackets', () => {
  assert.equal(hostPort('::1', 9092), '[::1]:9092');
  assert.equal(hostPort('127.0.0.1', 9092), '127.0.0.1:9092');
  assert.equal(hostPort('broker.example', 1), 'broker.example:1');
});

test('IPv4 behind IPv6 is written as IPv4, and nothing else is touched', () => {
  assert.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1');
  assert.equal(plainAddress('::ffff:c000:201'), '::ffff:c000:201');
  assert.equal(plainAddress('2001:db8::1'), '2001:db8::1');
});

test('all addresses, in every way that they are written', () => {
  for (const host of ['', '0.0.0.0', '::', '0:0:0:0:0:0:0:0', '::0']) {
    assert.equal(isWildcard(host), true, host);
  }
  for (const host of ['::1', '127.0.0.1', 'localhost', '10.0.0.0', '0']) {
    assert.equal(isWildcard(host), false, host);
  }
});
