import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BatchRecord } from '@millrace/protocol';
import { jsonRecord, readJsonRecord } from './json-record.ts';
import { type LineFormat, readLineRecord } from './line-record.ts';
import { readLines } from './lines.ts';
import { offsetOf, offsetRange, timestampsIn } from './offset-range.ts';
import { recordFormat } from './record-format.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const RECORD: BatchRecord = {
  offset: 5,
  timestampMs: 1_000_000_000_000,
  key: bytes('ff00'),
  value: Buffer.from('\ufeffö\0'),
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'a', value: null },
  ],
};

test('a record survives JSON, whatever its bytes are', () => {
  const json = jsonRecord('t', 2, RECORD);
  assert.deepEqual(json.key, { base64: '/wA=' });
  assert.equal(json.value, '\ufeffö\0');
  const { partition, timestampMs, key, value, headers } = readJsonRecord(
    Buffer.from(JSON.stringify(json)),
  );
  assert.deepEqual({ offset: 5, timestampMs, key, value, headers }, { ...RECORD });
  assert.equal(partition, 2);
  const nothing = readJsonRecord(Buffer.from('{}'));
  assert.deepEqual([nothing.key, nothing.value, nothing.headers], [null, null, []]);
});

test('JSON that is no record is refused in words', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['[1]', /a record is a JSON object/],
    ['{', /JSON/],
    ['{"value": 1}', /"value" is a string, null or/],
    ['{"key": {"base64": "?"}}', /"key" is a string, null or/],
    ['{"headers": {}}', /"headers" is a list/],
    ['{"headers": [{"value": "x"}]}', /has a string as "key"/],
    ['{"timestamp": "now"}', /"timestamp" is a whole number/],
  ];
  for (const [line, message] of cases) {
    assert.throws(() => readJsonRecord(Buffer.from(line)), { message }, line);
  }
});

test('formats write bytes as they are, or encoded', () => {
  const write = (format: string) =>
    recordFormat(format)({ ...RECORD, topic: 't', partition: 2 }).toString('latin1');
  assert.equal(write('%t/%p@%o %T\\n'), 't/2@5 1000000000000\n');
  assert.equal(write('%k'), '\xff\0');
  assert.equal(write('%k{hex} %k{base64} %K %S'), 'ff00 /wA= 2 6');
  assert.equal(write('%h %h{hex}'), 'a=1,a= a=31,a=');
  assert.equal(write('%T{iso}'), '2001-09-09T01:46:40.000Z');
  assert.equal(write('100%%\\t\\x00\\\\'), '100%\t\0\\');
  for (const [format, message] of [
    ['%z', /%z is unknown/],
    ['%', /% is unknown/],
    ['%o{hex}', /\{hex\} cannot follow %o/],
    ['%k{iso}', /\{iso\} cannot follow %k/],
    ['\\q', /\\q is no escape/],
    ['\\', /is no escape/],
  ] as const) {
    assert.throws(() => recordFormat(format), { message }, format);
  }
});

async function linesOf(chunks: readonly string[], maxBytes = 100): Promise<string[]> {
  const input = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  const lines: string[] = [];
  for await (const some of readLines(input, maxBytes)) lines.push(...some.map(String));
  return lines;
}

test('lines are cut wherever the chunks are', async () => {
  assert.deepEqual(await linesOf(['a\nb', 'c\r', '\n\n', 'd']), ['a', 'bc', '', 'd']);
  assert.deepEqual(await linesOf(['a\n']), ['a']);
  assert.deepEqual(await linesOf([]), []);
  await assert.rejects(linesOf(['ok\n', '123', '45678'], 7), /line 2 has more than 7 bytes/);
  await assert.rejects(linesOf(['12345678\n'], 7), /line 1 has more than 7 bytes/);
});

test('lines become keys and values', () => {
  const format: LineFormat = {
    format: 'lines',
    keyDelimiter: null,
    key: null,
    headers: [],
    nullValue: null,
    emptyIsNull: false,
  };
  const read = (line: string, more: Partial<LineFormat>) => {
    const { key, value } = readLineRecord(Buffer.from(line), { ...format, ...more });
    return [key?.toString() ?? null, value?.toString() ?? null];
  };
  const colon = { keyDelimiter: Buffer.from('::') };
  assert.deepEqual(read('a::b::c', colon), ['a', 'b::c']);
  assert.deepEqual(read('::', colon), ['', '']);
  assert.throws(() => read('a:b', colon), /it has no key: there is no "::" in it/);
  assert.deepEqual(read('', { emptyIsNull: true }), [null, null]);
  assert.deepEqual(read('', {}), [null, '']);
  assert.deepEqual(read('NULL', { nullValue: Buffer.from('NULL'), key: Buffer.from('k') }), [
    'k',
    null,
  ]);
});

test('offset ranges', () => {
  const nowMs = Date.parse('2026-11-25T10:00:00Z');
  const offsets = { start: 10, end: 20, at: (time: number) => (time > nowMs ? -1 : 15) };
  const resolved = (text: string) => {
    const { from, to } = offsetRange(text);
    return [from, to].map((one) => (one === null ? null : offsetOf(one, offsets, nowMs)));
  };
  assert.deepEqual(resolved('start'), [10, null]);
  assert.deepEqual(resolved('end'), [20, null]);
  assert.deepEqual(resolved('12'), [12, null]);
  assert.deepEqual(resolved('+3'), [13, null]);
  assert.deepEqual(resolved('+30'), [20, null]);
  assert.deepEqual(resolved('-3'), [17, null]);
  assert.deepEqual(resolved('-30'), [10, null]);
  assert.deepEqual(resolved('11:13'), [11, 13]);
  assert.deepEqual(resolved(':end'), [10, 20]);
  assert.deepEqual(resolved('-2:'), [18, null]);
  assert.deepEqual(resolved('@1970-01-01'), [15, null]);
  assert.deepEqual(resolved('@2026-11-25T08:00'), [15, null]);
  assert.deepEqual(resolved('@2026-11-25T08:00:@2030-01-01T09:00'), [15, 20]);
  assert.deepEqual(resolved('@-1h:end'), [15, 20]);
  assert.deepEqual(timestampsIn(offsetRange('@2026-11-25T08:00:00Z:-1h'), nowMs), [
    nowMs - 7_200_000,
    nowMs - 3_600_000,
  ]);
  for (const text of ['', ':', 'begin', '1:x', '@', '@yesterday', '--1', '99999999999999999']) {
    assert.throws(() => offsetRange(text), /^ValueError: expected|UsageError: expected/, text);
  }
});
