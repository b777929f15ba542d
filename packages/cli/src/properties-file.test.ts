// What is expected here is what java.util.Properties made of the same texts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProperties } from './properties-file.ts';

function parsed(text: string): [string, string][] {
  return parseProperties(text).map(({ name, value }) => [name, value]);
}

test('comments, blank lines, and the three separators', () => {
  const text = '# one\n  ! two\n\n \t\na=1\nb : 2\n  c 3\nd\ne=\nf = = 4 \n:5\ng\t:\t6\r\nh=7\ri=8';
  assert.deepEqual(parsed(text), [
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
    ['d', ''],
    ['e', ''],
    ['f', '= 4 '],
    ['', '5'],
    ['g', '6'],
    ['h', '7'],
    ['i', '8'],
  ]);
});

test('a backslash at the end continues the line, an escaped one does not', () => {
  const text = 'a=1,\\\n   2,\\\n\t3\nb=x\\\\\nc=y\\\n# no comment\nd\\\n=4\ne=5\\';
  assert.deepEqual(parsed(text), [
    ['a', '1,2,3'],
    ['b', 'x\\'],
    ['c', 'y# no comment'],
    ['d', '4'],
    ['e', '5'],
  ]);
});

test('escapes', () => {
  assert.deepEqual(parsed('a\\=b\\:c\\ d=\\t\\u00e9\\q\\\\\nfile=C\\:\\\\logs'), [
    ['a=b:c d', '\té' + 'q\\'],
    ['file', 'C:\\logs'],
  ]);
});

test('lines are counted where a property begins', () => {
  const lines = parseProperties('# x\na=1\\\n2\n\nb=3').map(({ name, line }) => [name, line]);
  assert.deepEqual(lines, [
    ['a', 2],
    ['b', 5],
  ]);
});
