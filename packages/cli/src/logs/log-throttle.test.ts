import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@millrace/storage';
import type { LogEntry } from './log-entry.ts';
import { LogThrottle } from './log-throttle.ts';

function entry(number: number): LogEntry {
  return { level: 'warn', event: 'e', message: `no ${number}`, fields: { number } };
}

function start() {
  const clock = new ManualClock();
  const written: LogEntry[] = [];
  const throttle = new LogThrottle(clock, (one) => written.push(one));
  const messages = () => written.splice(0).map(({ message }) => message);
  return { clock, throttle, written, messages };
}

test('past the limit entries are counted and summed up once', () => {
  const { clock, throttle, written, messages } = start();
  for (let number = 1; number <= 1000; number++) throttle.write('a', 2, entry(number));
  assert.deepEqual(messages(), ['no 1', 'no 2']);
  clock.advance(9_999);
  assert.deepEqual(messages(), []);
  clock.advance(1);
  assert.equal(written.length, 1);
  assert.deepEqual(written[0]!.fields, { number: 1000, suppressed: 998 });
  assert.deepEqual(messages(), ['998 more like this in 10 s, the last: no 1000']);
  throttle.write('a', 2, entry(1001));
  assert.deepEqual(messages(), ['no 1001']);
});

test('kinds do not count for each other, and few entries need no sum', () => {
  const { clock, throttle, messages } = start();
  throttle.write('a', 1, entry(1));
  throttle.write('b', 1, entry(2));
  clock.advance(60_000);
  assert.deepEqual(messages(), ['no 1', 'no 2']);
});

test('the end sums up what has not been told', () => {
  const { clock, throttle, messages } = start();
  throttle.write('a', 1, entry(1));
  throttle.write('a', 1, entry(2));
  throttle.close();
  clock.advance(60_000);
  assert.deepEqual(messages(), ['no 1', '1 more like this in 10 s, the last: no 2']);
});
