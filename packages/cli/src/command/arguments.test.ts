import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from './arguments.ts';
import { CLIENT_OPTIONS } from './client-options.ts';
import { UsageError } from './errors.ts';
import { flag, option, repeatedOption, requiredOption } from './option.ts';
import { durationMs, integer, pair, text, word } from './values.ts';

const OPTIONS = {
  ...CLIENT_OPTIONS,
  maxRecords: option({ value: 'N', short: 'n', summary: '', parse: integer(1, 10) }),
  offset: option({ value: 'OFFSET', summary: '', parse: text }),
  config: repeatedOption({ value: 'NAME=VALUE', summary: '', parse: pair }),
  state: option({ value: 'STATE', summary: '', parse: word(['empty', 'dead', 'stable']) }),
  dryRun: flag({ summary: '' }),
};

function read(line: string, environment = {}) {
  const operands = [{ name: 'TOPIC' }, { name: 'MORE', isOptional: true }];
  return readArguments({ options: OPTIONS, operands }, line.split(' '), environment);
}

function problem(line: string, environment = {}): string {
  try {
    read(line, environment);
  } catch (error) {
    assert(error instanceof UsageError, String(error));
    return error.message;
  }
  throw new Error(`"${line}" was understood`);
}

test('options in every spelling, operands in between', () => {
  const line = 'orders --max-records=3 --config a=b=c more --dry-run --config d= -b h:1,[::1]';
  const { options, operands } = read(line);
  assert.deepEqual(operands, ['orders', 'more']);
  assert.deepEqual(options, {
    bootstrap: 'h:1,[::1]',
    timeout: 10_000,
    maxRecords: 3,
    offset: undefined,
    config: [
      ['a', 'b=c'],
      ['d', ''],
    ],
    state: undefined,
    dryRun: true,
  });
  assert.equal(read('orders -n 7').options.maxRecords, 7);
  assert.equal(read('orders -n7 -n 8').options.maxRecords, 8);
  assert.equal(read('orders --bootstrap-server k').options.bootstrap, 'k');
  assert.deepEqual(read('-- --dry-run').operands, ['--dry-run']);
});

test('a value may begin with a dash, but not be another option', () => {
  assert.equal(read('orders --offset -10').options.offset, '-10');
  assert.equal(read('orders --offset=--dry-run').options.offset, '--dry-run');
  assert.match(problem('orders --offset --dry-run'), /--offset needs a value.*--dry-run follows/);
  assert.match(problem('orders --offset'), /--offset needs a value: --offset OFFSET/);
});

test('the environment counts less than the command line, and is named in what is wrong with it', () => {
  const environment = { MILLRACE_BOOTSTRAP: 'a:1', MILLRACE_TIMEOUT: '' };
  assert.equal(read('orders', environment).options.bootstrap, 'a:1');
  assert.equal(read('orders', environment).options.timeout, 10_000);
  assert.equal(read('orders -b c:2', environment).options.bootstrap, 'c:2');
  assert.match(
    problem('orders', { MILLRACE_TIMEOUT: '10' }),
    /^MILLRACE_TIMEOUT 10: expected a duration/,
  );
});

test('what cannot be understood is told with what was expected', () => {
  const cases: readonly [string, RegExp][] = [
    ['orders --max-record 3', /unknown option --max-record; did you mean --max-records\?/],
    ['orders --zzzzzzz', /^unknown option --zzzzzzz$/],
    ['orders -q', /unknown option -q/],
    ['orders --dry-run=yes', /--dry-run takes no value/],
    ['orders -n 0', /^--max-records 0: expected a number from 1 to 10$/],
    ['orders -n 1e1', /expected a number/],
    ['orders --config =x', /--config =x: expected NAME=VALUE/],
    ['orders --state alive', /expected empty, dead or stable/],
    ['orders --timeout 10', /expected a duration/],
    ['--dry-run', /^TOPIC is missing$/],
    ['orders more evenmore', /unexpected argument "evenmore"/],
  ];
  for (const [line, message] of cases) assert.match(problem(line), message, line);
  const required = { to: requiredOption({ value: 'N', summary: '', parse: integer(0) }) };
  const missing = () => readArguments({ options: required, operands: [] }, [], {});
  assert.throws(missing, /^UsageError: --to is missing$/);
});

test('durations', () => {
  assert.deepEqual(
    ['1ms', '1.5s', '2m', '3h', '7d'].map(durationMs),
    [1, 1500, 120_000, 10_800_000, 604_800_000],
  );
});
