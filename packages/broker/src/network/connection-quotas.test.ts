import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressLimitsProblem } from '../config/address-limits.ts';
import { BrokerConfig, ConfigError } from '../config/broker-configs.ts';
import { ConnectionQuotas } from './connection-quotas.ts';

/** Quotas at a time that the test sets. */
class Quotas {
  readonly config: BrokerConfig;
  readonly #quotas: ConnectionQuotas;
  nowMs = 1_000_000;

  constructor(given: Readonly<Record<string, string>>, roomFor?: number) {
    this.config = new BrokerConfig(given);
    this.#quotas = new ConnectionQuotas(this.config, () => this.nowMs, roomFor);
  }

  /** The config that refuses, or the delay. */
  admit(listener = 'IN', host = '10.0.0.1'): string | number {
    const admission = this.#quotas.admit(listener, host);
    return admission.refused ?? admission.delayMs;
  }

  release(listener = 'IN', host = '10.0.0.1'): void {
    this.#quotas.release(listener, host);
  }
}

test('the broker and each listener have a bound, and places are given back', () => {
  const quotas = new Quotas({ 'max.connections': '3', 'listener.name.in.max.connections': '2' });
  assert.deepEqual([quotas.admit(), quotas.admit(), quotas.admit()], [0, 0, 'max.connections']);
  assert.deepEqual([quotas.admit('OUT'), quotas.admit('OUT')], [0, 'max.connections']);
  quotas.release();
  assert.equal(quotas.admit('OUT'), 0);
  assert.equal(quotas.admit('IN'), 'max.connections');
});

test('no more are taken than there are open files for', () => {
  const quotas = new Quotas({}, 2);
  assert.deepEqual([quotas.admit(), quotas.admit('OUT'), quotas.admit()], [0, 0, 'open files']);
  quotas.release();
  assert.equal(quotas.admit('OUT'), 0);
});

test('an address has a bound, another where there is an override', () => {
  const quotas = new Quotas({
    'max.connections.per.ip': '1',
    'max.connections.per.ip.overrides': '10.0.0.2:0, [2001:db8:0:0::1]:2',
  });
  const limit = 'max.connections.per.ip';
  assert.deepEqual([quotas.admit(), quotas.admit()], [0, limit]);
  assert.equal(quotas.admit('OUT'), limit);
  assert.equal(quotas.admit('IN', '10.0.0.2'), limit);
  const six = () => quotas.admit('IN', '2001:db8::1');
  assert.deepEqual([six(), six(), six()], [0, 0, limit]);
  quotas.release();
  assert.equal(quotas.admit(), 0);
});

test('bounds hold as soon as they change', () => {
  const quotas = new Quotas({});
  assert.equal(quotas.admit(), 0);
  const broker = new Map([['max.connections.per.ip.overrides', '10.0.0.1:1']]);
  quotas.config.setDynamic({ broker, cluster: new Map() });
  assert.equal(quotas.admit(), 'max.connections.per.ip');
});

test('what comes faster than the rate waits its turn, and what would wait too long is refused', () => {
  const quotas = new Quotas({ 'max.connection.creation.rate': '10' });
  const admitted = Array.from({ length: 13 }, () => quotas.admit());
  assert.deepEqual(admitted, [...Array(10).fill(0), 100, 200, 300]);
  quotas.nowMs += 300;
  assert.deepEqual([quotas.admit(), quotas.admit()], [100, 200]);
  // A second of rest after all of those, and a second's worth may come at once again.
  quotas.nowMs += 1200;
  assert.deepEqual(
    Array.from({ length: 11 }, () => quotas.admit()),
    [...Array(10).fill(0), 100],
  );
  const rest = Array.from({ length: 100 }, () => quotas.admit());
  assert.deepEqual([rest[98], rest[99]], [10_000, 'max.connection.creation.rate']);
});

test('a listener has a rate of its own, and a rate of nothing lets nobody in', () => {
  const quotas = new Quotas({ 'listener.name.in.max.connection.creation.rate': '1' });
  assert.deepEqual([quotas.admit(), quotas.admit(), quotas.admit('OUT')], [0, 1000, 0]);
  const none = new Quotas({ 'max.connection.creation.rate': '0' });
  assert.equal(none.admit(), 'max.connection.creation.rate');
});

test('what cannot be a bound is refused', () => {
  assert.equal(addressLimitsProblem('10.0.0.1:5,::1:6, [::1]:7'), null);
  for (const text of [
    '10.0.0.1',
    '10.0.0.1:x',
    'broker.example:5',
    '10.0.0.1:-1',
    'fe80::1%eth0:1',
  ]) {
    assert.match(addressLimitsProblem(text) ?? '', /is not address:count/, text);
  }
  const refused: readonly [string, string][] = [
    ['listener.name.in.max.connections', '-1'],
    ['listener.name.IN.max.connections', '1'],
    ['listener.name.max.connections', '1'],
    ['listener.name.in.num.partitions', '1'],
    ['max.connections.per.ip.overrides', 'x'],
  ];
  for (const [name, value] of refused) {
    assert.throws(() => new BrokerConfig({ [name]: value }), ConfigError, name);
  }
});
