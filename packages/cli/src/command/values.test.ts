import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPattern, namePattern } from './name-pattern.ts';
import { ValueError } from './option.ts';
import { partitionSelection } from './partition-selection.ts';
import { position } from './position.ts';
import { byteText, counted } from './quantities.ts';
import { isoTime, moment, timestampOf } from './timestamp.ts';

function refuses(parse: (text: string) => unknown, texts: readonly string[]): void {
  for (const text of texts) assert.throws(() => parse(text), ValueError, JSON.stringify(text));
}

test('moments', () => {
  const at = (text: string) => timestampOf(moment(text), 10_000_000_000_000);
  assert.equal(at('2026-11-25'), Date.UTC(2026, 10, 25));
  assert.equal(at('2026-11-25T08:30'), Date.UTC(2026, 10, 25, 8, 30));
  assert.equal(at('2026-11-25 08:30:01.5Z'), Date.UTC(2026, 10, 25, 8, 30, 1, 500));
  assert.equal(at('2026-11-25T08:30:00+01:00'), Date.UTC(2026, 10, 25, 7, 30));
  assert.equal(at('1795593600'), 1_795_593_600_000);
  assert.equal(at('1795593600123'), 1_795_593_600_123);
  assert.equal(at('-2h'), 10_000_000_000_000 - 7_200_000);
  refuses(moment, ['', 'yesterday', '2026-13-01', '2026-11-25T25:00', '123', '-2', '-h', '2h']);
  assert.equal(isoTime(-1), null);
  assert.equal(isoTime(Number.MAX_SAFE_INTEGER), null);
  assert.equal(isoTime(0), '1970-01-01T00:00:00.000Z');
});

test('positions', () => {
  const any = position(true);
  assert.deepEqual(any('start'), { kind: 'start' });
  assert.deepEqual(any('current'), { kind: 'current' });
  assert.deepEqual(any('42'), { kind: 'offset', offset: 42 });
  assert.deepEqual(any('-10'), { kind: 'shift', by: -10 });
  assert.deepEqual(any('+10'), { kind: 'shift', by: 10 });
  assert.deepEqual(any('@-1s'), { kind: 'moment', moment: { agoMs: 1000 } });
  refuses(any, ['', 'begin', '1.5', '9007199254740993', '@', '@x', '1-2']);
  refuses(position(false), ['current', '+1', '-1']);
});

test('partitions', () => {
  assert.deepEqual(partitionSelection('a'), { topic: 'a', partitions: null });
  assert.deepEqual(partitionSelection('a:5,0-2,1'), { topic: 'a', partitions: [0, 1, 2, 5] });
  refuses(partitionSelection, ['a:', 'a:x', 'a:2-1', 'a:0-999999999', 'a:1,,2', 'a:-1']);
});

test('name patterns', () => {
  const matching = (pattern: string) => ['a', 'ab', 'a.b', 'b', ''].filter(namePattern(pattern));
  assert.deepEqual(matching('a*'), ['a', 'ab', 'a.b']);
  assert.deepEqual(matching('*'), ['a', 'ab', 'a.b', 'b', '']);
  assert.deepEqual(matching('a?b'), ['a.b']);
  assert.deepEqual(matching('a.b'), ['a.b']);
  assert.deepEqual(matching('?'), ['a', 'b']);
  assert.equal(namePattern('*'.repeat(1000))('a'.repeat(1000)), true);
  assert.deepEqual(['a', 'a*', 'a?'].map(isPattern), [false, true, true]);
});

test('quantities', () => {
  assert.deepEqual([0, 1023, 1536, 5 * 2 ** 40].map(byteText), [
    '0 B',
    '1023 B',
    '1.5 KiB',
    '5.0 TiB',
  ]);
  assert.deepEqual(
    [0, 1, 2].map((count) => counted(count, 'record')),
    ['0 records', '1 record', '2 records'],
  );
});
