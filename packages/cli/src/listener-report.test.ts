import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoundListener } from '@millrace/broker';
import { isBoundToLoopback, listenerLines, listenerWarnings } from './listener-report.ts';

function listener(
  bound: string,
  told: string | null,
  ports: readonly [number, number] = [9092, 9092],
) {
  const [port, advertisedPort] = ports;
  return { name: 'IN', host: bound, port, advertisedHost: told, advertisedPort };
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'broker.example': ['192.0.2.1'],
  laptop: ['127.0.1.1'],
  localhost: ['::1', '127.0.0.1'],
};

function warnings(one: BoundListener, isContainer = false): Promise<readonly string[]> {
  const lookup = async (host: string) => NAMES[host] ?? [];
  return listenerWarnings([one], { lookup, isContainer });
}

test('one listener that tells what it binds needs no line', () => {
  assert.deepEqual(listenerLines([listener('127.0.0.1', '127.0.0.1')]), []);
  assert.deepEqual(listenerLines([]), []);
});

test('else each listener says what is bound and what clients are told', () => {
  const lines = listenerLines([
    listener('::1', '::1'),
    listener('0.0.0.0', 'broker.example', [9093, 443]),
    listener('', null, [9094, 9094]),
    listener('', null, [9095, 9195]),
    listener('10.0.0.1', '2001:db8::1'),
  ]);
  assert.deepEqual(lines, [
    'IN on [::1]:9092',
    'IN on all addresses, port 9093; clients are told broker.example:443',
    'IN on all addresses, port 9094; a client is told the address that it reached',
    'IN on all addresses, port 9095; a client is told the address that it reached with port 9195',
    'IN on 10.0.0.1:9092; clients are told [2001:db8::1]:9092',
  ]);
});

test('only loopback addresses keep all other machines out', () => {
  const loopback = [listener('127.0.0.1', '127.0.0.1'), listener('::1', 'broker.example')];
  assert.equal(isBoundToLoopback(loopback), true);
  assert.equal(isBoundToLoopback([...loopback, listener('', null)]), false);
});

test('what works is no warning', async () => {
  const fine = [
    listener('127.0.0.1', '127.0.0.1'),
    listener('::1', 'localhost'),
    listener('', null),
    listener('0.0.0.0', 'broker.example', [9092, 443]),
    listener('10.0.0.1', '10.0.0.1'),
  ];
  for (const one of fine) assert.deepEqual(await warnings(one), [], one.host);
});

test('what will not work is told with what to change', async () => {
  const cases: readonly [BoundListener, boolean, RegExp][] = [
    [listener('127.0.0.1', '127.0.0.1'), true, /^IN: 127\.0\.0\.1 is inside .* --host 0\.0\.0\.0/],
    [
      listener('127.0.0.1', 'broker.example'),
      false,
      /only this machine .*unless something forwards/,
    ],
    [listener('', 'nowhere.example'), false, /nowhere\.example does not resolve .* change --adv/],
    [listener('', 'localhost'), false, /told localhost:9092, so that .* on themselves/],
    [listener('', 'laptop'), false, /told laptop:9092 \(127\.0\.1\.1 here\)/],
    [listener('', null), true, /published port .* --advertised-host, localhost/],
  ];
  for (const [one, isContainer, expected] of cases) {
    const found = await warnings(one, isContainer);
    assert.equal(found.length, 1);
    assert.match(found[0]!, expected);
  }
  // Published to this host, where the port of the container is the host's own.
  assert.deepEqual(await warnings(listener('', 'localhost'), true), []);
});
