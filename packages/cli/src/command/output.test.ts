import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Output } from './output.ts';
import { tableLines } from './table.ts';

const COLUMNS = [
  { title: 'NAME', cell: (row: readonly [string | null, number]) => row[0] },
  { title: 'LAG', isNumber: true, cell: (row: readonly [string | null, number]) => row[1] },
];

test('tables are aligned, and what comes from outside cannot steer the terminal', () => {
  const rows = [
    ['orders', 5],
    ['\u001b[2Jx\n', 1000],
    [null, 0],
  ] as const;
  assert.deepEqual(tableLines(COLUMNS, rows), [
    'NAME           LAG',
    'orders           5',
    '\\x1b[2Jx\\x0a  1000',
    '-                0',
  ]);
});

function written(isTTY: boolean, environment: Record<string, string>, isJson = false): string {
  let text = '';
  const stdout = { isTTY, write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  const output = new Output({ stdout, stderr: stdout, environment }, isJson);
  output.result({ a: [1] }, () => output.table(COLUMNS, [['x', 1]]));
  return text;
}

test('control codes only reach a terminal that takes them', () => {
  assert(written(true, {}).startsWith('\u001b[1mNAME'));
  for (const text of [
    written(false, {}),
    written(true, { NO_COLOR: '1' }),
    written(true, { TERM: 'dumb' }),
  ]) {
    assert.equal(text, 'NAME  LAG\nx       1\n');
  }
  assert.equal(written(true, {}, true), '{"a":[1]}\n');
});

test('bytes wait for a reader that is slow', async () => {
  let release: () => void = () => assert.fail('nobody waits');
  const stdout = {
    writableNeedDrain: true,
    write: () => undefined,
    once: (_event: 'drain', listener: () => void) => {
      release = listener;
    },
  };
  const output = new Output({ stdout, stderr: stdout, environment: {} }, false);
  let isDone = false;
  const done = output.bytes('x').then(() => {
    isDone = true;
  });
  await Promise.resolve();
  assert.equal(isDone, false);
  release();
  await done;
});
