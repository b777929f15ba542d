import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { committedOffsets, partitionKey } from '@millrace/client';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';

interface Produced {
  readonly records: number;
  readonly partitions: readonly {
    readonly partition: number;
    readonly records: number;
    readonly firstOffset: number;
    readonly lastOffset: number;
  }[];
}

async function start(context: TestContext, topics = 't'): Promise<ProgramWithBroker> {
  const millrace = await ProgramWithBroker.start(context, {
    config: { 'group.initial.rebalance.delay.ms': '0' },
  });
  await millrace.json(`topic create ${topics} -p 3`);
  return millrace;
}

/** What a command writes to standard output; fails for another exit code than 0. */
async function output(millrace: ProgramWithBroker, words: string, stdin?: string): Promise<string> {
  const outcome = await millrace.run(words, stdin === undefined ? {} : { stdin });
  assert.equal(outcome.code, 0, outcome.stderr);
  return outcome.stdout;
}

test('records go in by line and come out by format, in every codec', async (context) => {
  const millrace = await start(context);
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    await output(millrace, `produce t -p 1 -K : -z ${codec} -H h=${codec}`, `k:${codec}\n`);
  }
  const read = await output(millrace, 'consume t:1 -F %o:%k:%v:%h|');
  assert.equal(
    read,
    '0:k:none:h=none|1:k:gzip:h=gzip|2:k:snappy:h=snappy|3:k:lz4:h=lz4|4:k:zstd:h=zstd|',
  );
  assert.equal(await output(millrace, 'consume t'), 'none\ngzip\nsnappy\nlz4\nzstd\n');
});

test('the summary says what was written where', async (context) => {
  const millrace = await start(context);
  const twice = async () => {
    const { stdout } = await millrace.run('produce t -p 2 --json', { stdin: 'a\nb' });
    return JSON.parse(stdout) as Produced;
  };
  await twice();
  const { records, partitions } = await twice();
  assert.equal(records, 2);
  assert.deepEqual(partitions, [{ partition: 2, records: 2, firstOffset: 2, lastOffset: 3 }]);
  assert.match(await output(millrace, 'produce t', 'x\n'), /^1 record \(2 B\) to t in /);
});

test('a topic is copied through JSON with nothing lost', async (context) => {
  const millrace = await start(context, 't copy');
  await output(
    millrace,
    'produce t -p 1 -K | --null-value NIL --timestamp 1500000000000',
    'a|\nb|NIL\n',
  );
  await output(millrace, 'produce t -p 2 -k \\xff\\x00', 'ö\n');
  const json = await output(millrace, 'consume t --json');
  await output(millrace, 'produce copy --format json --keep-partition', json);
  const copy = await output(millrace, 'consume copy --json');
  assert.equal(copy, json.replaceAll('"topic":"t"', '"topic":"copy"'));
  assert.match(json, /"timestamp":1500000000000,"key":"b","value":null/);
  assert.match(json, /"key":\{"base64":"\/wA="\},"value":"ö"/);
});

test('ranges, limits and sizes', async (context) => {
  const millrace = await start(context);
  const lines = Array.from({ length: 10 }, (_, index) => `v${index}\n`).join('');
  await output(millrace, 'produce t -p 0 --timestamp 1000000000000', lines);
  await output(millrace, 'produce t -p 0 --timestamp 1700000000000', 'late\n');
  const read = (words: string) => output(millrace, `consume t -p 0 -F %v, ${words}`);
  assert.equal(await read('-o -2'), 'v9,late,');
  assert.equal(await read('-o 2:4'), 'v2,v3,');
  assert.equal(await read('-o +9'), 'v9,late,');
  assert.equal(await read('-o @1500000000000'), 'late,');
  assert.equal(await read('-o @1000000000000:1500000000000 -n 2'), 'v0,v1,');
  assert.equal(await read('-o end'), '');
  assert.equal(
    await output(millrace, 'consume t:0 -o -1 --meta-only'),
    't\t0\t10\t1700000000000\t-1\t4\n',
  );
  const outside = await millrace.run('consume t -o 12');
  assert.equal(outside.code, 1);
  assert.match(outside.stderr, /t-0 has no offset 12: its offsets are 0 to 11/);
});

test('a group goes on where it left off, at the record', async (context) => {
  const millrace = await start(context);
  await output(millrace, 'produce t -p 0', 'a\nb\nc\n');
  assert.equal(await output(millrace, 'consume t -g g -n 2'), 'a\nb\n');
  const partitions = [0, 1, 2].map((partition) => ({ topic: 't', partition }));
  const committed = await committedOffsets(millrace.cluster, 'g', partitions);
  const offsets = Object.fromEntries(committed.map((one) => [partitionKey(one), one.offset]));
  assert.deepEqual(offsets, { 't-0': 2, 't-1': 0, 't-2': 0 });
  assert.equal(await output(millrace, 'consume t -g g'), 'c\n');
  assert.equal(await output(millrace, 'consume t -g g'), '');
  assert.equal(await output(millrace, 'consume t -g new -o end'), '');
});

test('--follow waits for records; a signal commits what was written, and leaves the group', async (context) => {
  const millrace = await start(context);
  await output(millrace, 'produce t -p 0', 'old\n');
  const signals: (() => void)[] = [];
  const onSignal = (signal: string, listener: () => void) => {
    if (signal === 'SIGINT') signals.push(listener);
  };
  const limited = millrace.run('consume t -g g --follow -n 2', { onSignal: () => undefined });
  const stopped = millrace.run('consume t -g h --follow', { onSignal });
  await output(millrace, 'produce t -p 0', 'new\n');
  assert.equal((await limited).stdout, 'old\nnew\n');
  for (const listener of signals) listener();
  const { code, stdout } = await stopped;
  assert.equal(code, 0);
  // Whatever it had written by then is what it committed; a new member need not wait for one that has left.
  const rest = await output(millrace, 'consume t -g h');
  assert.equal(stdout + rest, 'old\nnew\n');
  assert.equal(await output(millrace, 'consume t -g g'), '');
});

test('a signal ends a consumer that waits for its group', async (context) => {
  const millrace = await ProgramWithBroker.start(context, {
    config: { 'group.initial.rebalance.delay.ms': '60000' },
  });
  await millrace.json('topic create t');
  const signals: (() => void)[] = [];
  const onSignal = (signal: string, listener: () => void) => {
    if (signal === 'SIGINT') signals.push(listener);
  };
  const waiting = millrace.run('consume t -g g --follow', { onSignal });
  const states = async () => {
    const { groups } = await millrace.json<{ groups: { state: string }[] }>('group list');
    return groups.map(({ state }) => state);
  };
  while (!(await states()).includes('PreparingRebalance')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const listener of signals) listener();
  const { code, stderr } = await waiting;
  assert.deepEqual([code, stderr], [0, '']);
  const described = await millrace.json<{ groups: { members: unknown[] }[] }>('group describe g');
  assert.deepEqual(described.groups[0]?.members, []);
});

test('the first record that fails is named, and the exit code says so', async (context) => {
  const millrace = await start(context);
  await millrace.json('topic configure t --set max.message.bytes=2000');
  const stdin = ['fine', 'x'.repeat(5000), 'never'].join('\n');
  const large = await millrace.run('produce t -p 0', { stdin });
  assert.equal(large.code, 1);
  assert.match(large.stderr, /line 2: t-0: .*MESSAGE_TOO_LARGE/);
  assert.match(large.stderr, /max\.message\.bytes/);
  assert.equal(large.stdout, '');
  const keyless = await millrace.run('produce t -K :', { stdin: 'a:b\nc\n' });
  assert.match(keyless.stderr, /line 2: it has no key.*1 record of 2 read were written/s);
  const json = await millrace.run('produce t --format json --json', { stdin: '{"value": 1}' });
  assert.equal(JSON.parse(json.stderr).error.code, 'BAD_RECORD');
  const nowhere = await millrace.run('produce t -p 3', { stdin: 'a' });
  assert.match(nowhere.stderr, /line 1: t has the partitions 0 to 2, and none 3/);
});

test('a file is read with its progress; one that is not there is named', async (context) => {
  const millrace = await start(context);
  const directory = await mkdtemp(join(tmpdir(), 'millrace-produce-'));
  context.after(() => rm(directory, { recursive: true }));
  const file = join(directory, 'lines');
  await writeFile(file, 'a\nb\n');
  let nowMs = 0;
  const now = () => (nowMs += 1000);
  const { stderr, stdout } = await millrace.run(`produce t -p 0 --file ${file}`, {
    isTTY: true,
    now,
  });
  assert.match(stderr, /100% of 4 B, 2 records; .* records\/s.*left/);
  assert.match(stdout, /^2 records/);
  const missing = await millrace.run(`produce t --file ${file}x`);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /linesx: .*ENOENT/);
});

test('a signal ends an input that stays open, and what was read is written', async (context) => {
  const millrace = await start(context);
  let isRead = false;
  const signals: (() => void)[] = [];
  const stdin = new Readable({
    read() {
      if (isRead) setImmediate(() => signals[0]!());
      else this.push('a\n');
      isRead = true;
    },
  });
  const onSignal = (_: string, listener: () => void) => signals.push(listener);
  const { code, stdout, stderr } = await millrace.run('produce t -p 0', { stdin, onSignal });
  assert.equal(code, 1);
  assert.match(stdout, /^1 record/);
  assert.match(stderr, /interrupted before the end/);
  assert.equal(await output(millrace, 'consume t'), 'a\n');
});

test('options that contradict each other are refused before anything is sent', async () => {
  const { runProgram } = await import('../../test/run-program.ts');
  const cases: readonly (readonly [string, RegExp])[] = [
    ['produce t -K : -k x', /--key and --key-delimiter exclude each other/],
    ['produce t --format json -Z', /--tombstone is for --format lines/],
    ['produce t --keep-partition', /--keep-partition goes with --format json/],
    ['produce t -z brotli', /expected none, gzip, snappy, lz4 or zstd/],
    ['consume t --json -F %v', /--json and --format exclude each other/],
    ['consume t:0 -p 1', /exclude each other/],
    ['consume t:0 -g g', /a group shares out the partitions itself/],
    ['consume t -g g -o -5', /--offset with --group is start or end/],
    ['consume t -F %z', /%z is unknown/],
  ];
  for (const [line, message] of cases) {
    const { code, stderr } = await runProgram(line.split(' '));
    assert.equal(code, 2, line);
    assert.match(stderr, message, line);
  }
});
