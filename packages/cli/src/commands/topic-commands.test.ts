import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';
import { runProgram } from '../../test/run-program.ts';

interface Topics {
  readonly topics: readonly {
    readonly topic: string;
    readonly status: string;
    readonly partitions: number | null;
    readonly created: boolean;
    readonly error: { readonly code: string; readonly hint: string | null } | null;
  }[];
}

interface Described {
  readonly topics: readonly {
    readonly records: number;
    readonly configs: readonly { readonly name: string; readonly value: string }[];
    readonly partitions: readonly Readonly<Record<string, unknown>>[];
  }[];
}

interface Trimmed {
  readonly trimmed: boolean;
  readonly partitions: readonly {
    readonly newStartOffset: number;
    readonly removedRecords: number;
  }[];
}

const names = ({ topics }: Topics) => topics.map(({ topic }) => topic);

test('topics are created, listed and described', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  const { topics } = await millrace.json<Topics>('topic create a b -p 3 -c segment.bytes=2097152');
  assert.deepEqual(
    topics.map(({ topic, partitions, created, status }) => [topic, partitions, created, status]),
    [
      ['a', 3, true, 'created'],
      ['b', 3, true, 'created'],
    ],
  );
  await millrace.produce('a', 1, [3000, 1000, 2000]);
  assert.deepEqual(names(await millrace.json('topic list')), ['a', 'b']);
  assert.deepEqual(names(await millrace.json('topic list b* *a')), ['a', 'b']);
  assert.deepEqual(names(await millrace.json('topic list x*')), []);
  const described = await millrace.json<Described>('topic describe a');
  const [topic] = described.topics;
  assert.equal(topic?.records, 3);
  assert.deepEqual(topic?.configs, [
    { name: 'segment.bytes', value: '2097152', source: 'DYNAMIC_TOPIC_CONFIG' },
  ]);
  const { partition, startOffset, endOffset, firstTime, newestTime, leader, replicas, sizeBytes } =
    topic!.partitions[1]!;
  assert.deepEqual([partition, startOffset, endOffset, leader], [1, 0, 3, 1]);
  assert.deepEqual(replicas, [1]);
  assert.equal(firstTime, '1970-01-01T00:00:03.000Z');
  assert.equal(newestTime, '1970-01-01T00:00:03.000Z');
  assert((sizeBytes as number) > 60);
  const { stdout } = await millrace.run('topic describe a b');
  assert.match(stdout, /^a: 3 partitions, 3 records, .*, id [\w-]{22}\n/);
  assert.match(stdout, /\nsegment\.bytes +2097152 +dynamic topic config\n/);
});

test('what a topic cannot be made of is told, and dry runs make nothing', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  await millrace.json('topic create there');
  const twice = await millrace.run('topic create there new');
  assert.equal(twice.code, 1);
  assert.match(twice.stdout, /there +- +- +exists\nnew +1 +1 +created\n/);
  assert.match(twice.stderr, /there.*TOPIC_ALREADY_EXISTS/);
  const again = await millrace.json<Topics>('topic create there --if-not-exists');
  assert.equal(again.topics[0]?.created, false);
  const dry = await millrace.json<Topics>('topic create dry --dry-run');
  assert.equal(dry.topics[0]?.status, 'would be created');
  const misspelt = await millrace.run('topic create x -c segment.byte=1');
  assert.equal(misspelt.code, 1);
  assert.match(misspelt.stderr, /segment\.byte\b.*Did you mean segment\.bytes\?/);
  const bad = await millrace.json<Topics>('topic create a/b', 1);
  assert.equal(bad.topics[0]?.error?.code, 'INVALID_TOPIC_EXCEPTION');
  const many = await millrace.json<Topics>('topic create x -r 3', 1);
  assert.equal(many.topics[0]?.error?.code, 'INVALID_REPLICATION_FACTOR');
  assert.deepEqual(names(await millrace.json('topic list')), ['new', 'there']);
  const unknown = await millrace.run('topic describe thre');
  assert.equal(unknown.code, 1);
  assert.equal(unknown.stderr, 'millrace: there is no topic thre.\nDid you mean there?\n');
});

test('configs change, and the change is shown', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  await millrace.json('topic create a -c max.message.bytes=7000');
  const configured = (words: string) =>
    millrace.json<{ topics: [{ changes: [{ before: string; after: string }] }] }>(
      `topic configure a ${words}`,
    );
  const value = async () =>
    (await millrace.json<Described>('topic describe a')).topics[0]?.configs[0]?.value;
  const dry = await configured('--set max.message.bytes=8000 --dry-run');
  assert.equal(dry.topics[0].changes[0].after, '8000');
  assert.equal(await value(), '7000');
  const set = await configured('--set max.message.bytes=8000');
  assert.equal(set.topics[0].changes[0].before, '7000');
  assert.equal(await value(), '8000');
  const unset = await configured('--unset max.message.bytes');
  assert.equal(unset.topics[0].changes[0].after, '1048588');
  assert.equal(await value(), undefined);
  const misspelt = await millrace.run('topic configure a --set max.message.byte=1');
  assert.equal(misspelt.code, 1);
  assert.match(misspelt.stderr, /Did you mean max\.message\.bytes\?/);
  const refused = await millrace.run('topic configure a --set max.message.bytes=many');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /max\.message\.bytes.*INVALID_CONFIG/);
  assert.equal((await millrace.run('topic configure a')).code, 2);
  assert.equal((await millrace.run('topic configure a --set x=1 --unset x')).code, 2);
});

test('partitions are added', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  await millrace.json('topic create a -p 2');
  await millrace.json('topic add-partitions a --by 1 --dry-run');
  const to = await millrace.run('topic add-partitions a --to 4');
  assert.match(to.stdout, /a +2 +4/);
  const fewer = await millrace.run('topic add-partitions a --to 3');
  assert.equal(fewer.code, 1);
  assert.match(fewer.stderr, /INVALID_PARTITIONS/);
  assert.equal((await millrace.run('topic add-partitions a')).code, 2);
  assert.equal((await millrace.run('topic add-partitions a --to 9 --by 1')).code, 2);
});

test('a trim shows what goes, asks, and removes just that', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  await millrace.json('topic create a -p 2');
  await millrace.produce('a', 0, [1000, 2000, 3000]);
  await millrace.produce('a', 1, [5000]);
  const removed = async (words: string) =>
    (await millrace.json<Trimmed>(words)).partitions.map(({ removedRecords }) => removedRecords);
  assert.deepEqual(await removed('topic trim a --to 2 --dry-run'), [2, 1]);
  assert.deepEqual(await removed('topic trim a --to @1970-01-01T00:00:02 --dry-run'), [1, 0]);
  assert.deepEqual(await removed('topic trim a:1 --to end --dry-run'), [1]);
  const now = () => 4000;
  const ago = await millrace.run('topic trim a --to @-1s --dry-run', { now });
  assert.match(ago.stdout, /a +0 +0 +2 +3 +2\na +1 +0 +0 +1 +0\nNothing was removed/);
  const unasked = await millrace.run('topic trim a --to end');
  assert.equal(unasked.code, 2);
  assert.match(unasked.stderr, /--yes/);
  const no = await millrace.run('topic trim a --to end', { isTTY: true, stdin: 'no\n' });
  assert.equal(no.code, 1);
  assert.match(no.stderr, /Remove 4 records from 2 partitions for good\?/);
  assert.deepEqual(await removed('topic trim a:0 --to 1 --yes'), [1]);
  assert.deepEqual(await removed('topic trim a --to 0 --yes'), [0, 0]);
  assert.equal((await millrace.json<Described>('topic describe a')).topics[0]?.records, 3);
  const missing = await millrace.run('topic trim a:2 --to end --yes');
  assert.match(missing.stderr, /topic a has no partition 2: its partitions are 0 to 1/);
});

test('topics are only deleted by who means it', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  await millrace.json('topic create a-1 a-2 b');
  await millrace.produce('a-1', 0, [1, 2]);
  const dry = await millrace.run('topic delete a-* --dry-run');
  assert.match(dry.stdout, /a-1 +1 +2 +\d+ B\na-2 +1 +0 +0 B\nNothing was deleted/);
  assert.equal((await millrace.run('topic delete a-*')).code, 2);
  const no = await millrace.run('topic delete a-*', { isTTY: true, stdin: 'n\n' });
  assert.equal(no.code, 1);
  assert.match(no.stderr, /Delete 2 topics with 2 records for good\?/);
  assert.deepEqual(names(await millrace.json('topic list')), ['a-1', 'a-2', 'b']);
  const yes = await millrace.run('topic delete a-*', { isTTY: true, stdin: 'yes\n' });
  assert.equal(yes.code, 0);
  assert.deepEqual(names(await millrace.json('topic list')), ['b']);
  assert.equal((await millrace.run('topic delete a-1 --yes')).code, 1);
  assert.equal((await millrace.run('topic delete a-1 --yes --if-exists')).code, 0);
});

test('a broker that is not there is named', async () => {
  const refused = await runProgram(['topic', 'list', '-b', '127.0.0.1:1', '--json']);
  assert.equal(refused.code, 1);
  const { error } = JSON.parse(refused.stderr) as { error: { code: string; message: string } };
  assert.equal(error.code, 'CONNECTION_REFUSED');
  assert.match(error.message, /127\.0\.0\.1:1/);
  const garbled = await runProgram(['topic', 'list', '-b', 'http://x']);
  assert.equal(garbled.code, 2);
  assert.match(garbled.stderr, /does not speak HTTP/);
});
