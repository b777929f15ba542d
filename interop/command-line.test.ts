// Our command line against a real Kafka and against the started program. What it shows and what it did is checked with
// Kafka's own tools.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { Kafka } from './differential/kafka.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { type Outcome, Program, run } from './harness/program.ts';
import { scratchDirectory } from './harness/scratch.ts';
import { kcat } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { ToolPeer } from './java-tools/tool-peer.ts';

const settings = ['group.initial.rebalance.delay.ms=0', 'auto.create.topics.enable=false'];
const options = { needs: ['java', 'kcat'] as const, ownBroker: true, settings };
const timeout = { timeout: 120_000 };
const main = join(import.meta.dirname, '..', 'packages', 'cli', 'src', 'main.ts');

interface Partition {
  readonly partition: number;
  readonly startOffset: number;
  readonly endOffset: number;
}

interface GroupOffset {
  readonly topic: string;
  readonly partition: number;
  readonly committed: number;
  readonly end: number;
  readonly lag: number;
}

interface Group {
  readonly type: string;
  readonly state: string;
  readonly offsets: readonly GroupOffset[];
  readonly members: readonly { readonly assignment: readonly { readonly topic: string }[] }[];
}

/** One of the two brokers: our program against it, and Kafka's tools. */
class Target {
  readonly tools: ToolPeer;

  constructor(name: string, port: number) {
    this.tools = new ToolPeer(name, port);
  }

  /** `millrace WORDS…` in a process of its own. */
  millrace(words: string): Promise<Outcome> {
    const args = ['--conditions=@millrace/source', main, ...words.split(' ')];
    return run(process.execPath, args, { env: { MILLRACE_BOOTSTRAP: this.tools.bootstrap } });
  }

  async json<Document>(words: string): Promise<Document> {
    const { code, stdout, stderr } = await this.millrace(`${words} --json`);
    assert.equal(code, 0, `${this.tools.name}: millrace ${words}\n${stdout}${stderr}`);
    return JSON.parse(stdout) as Document;
  }

  /** What a tool of Kafka's prints. */
  async tool(name: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.tools.prepare(name, args);
    assert.equal(code, 0, `${name} ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Offsets as kafka-get-offsets prints them, by partition. */
  async offsets(topic: string, time: 'earliest' | 'latest'): Promise<number[]> {
    const printed = await this.tool('GetOffsetShell', '--topic', topic, '--time', time);
    return [...printed.matchAll(/:(\d+):(\d+)$/gm)].map((match) => Number(match[2]));
  }

  async produce(topic: string, partition: number, count: number): Promise<void> {
    const input = Array.from({ length: count }, (_, index) => `value ${index}\n`).join('');
    await kcat(['-P', '-b', this.tools.bootstrap, '-t', topic, '-p', String(partition)], { input });
  }

  async group(name: string): Promise<Group> {
    return (await this.json<{ groups: [Group] }>(`group describe ${name}`)).groups[0];
  }
}

// Needs: java, kcat
brokerSuite('our command line on both brokers', options, (broker) => {
  let started: Kafka | null = null;
  const targets = new Map<string, Target>();

  before(async () => {
    started = await Kafka.start(settings);
    targets.set('Kafka', new Target('Kafka', started.port));
    targets.set('Millrace', new Target('Millrace', broker().port));
  });
  after(async () => {
    await Promise.all([...targets.values()].map(({ tools }) => tools.close()));
    await started?.stop();
  });

  // Both at a time: each waits for processes of its own.
  const onBoth = (script: (target: Target) => Promise<void>) => async () => {
    await Promise.all([...targets.values()].map(script));
  };
  it('topics', timeout, onBoth(topics));
  it('groups', timeout, onBoth(groups));
  it('a look from outside', timeout, onBoth(doctor));
  it('a group of the new protocol (KIP-848)', timeout, () => consumerGroup(targets.get('Kafka')!));
});

async function topics(target: Target): Promise<void> {
  await target.json('topic create orders users -p 3 -c segment.bytes=2097152');
  const described = await target.tool('TopicCommand', '--describe', '--topic', 'orders');
  assert.match(described, /PartitionCount: 3\s/);
  assert.match(described, /segment\.bytes=2097152/);
  for (const partition of [0, 1]) await target.produce('orders', partition, 10);

  await target.json('topic configure orders --set max.message.bytes=5000 --unset segment.bytes');
  const configs = await target.tool(
    'kafka.admin.ConfigCommand',
    ...['--describe', '--entity-type', 'topics', '--entity-name', 'orders'],
  );
  assert.match(configs, /max\.message\.bytes=5000/);
  assert.doesNotMatch(configs, /segment\.bytes=/);

  await target.json('topic add-partitions orders --to 4');
  await target.json('topic trim orders:0 --to 4 --yes');
  const { topics: found } = await target.json<{ topics: [{ partitions: Partition[] }] }>(
    'topic describe orders',
  );
  const { partitions } = found[0];
  const starts = partitions.map(({ startOffset }) => startOffset);
  assert.deepEqual(starts, [4, 0, 0, 0]);
  assert.deepEqual(starts, await target.offsets('orders', 'earliest'));
  const ends = partitions.map(({ endOffset }) => endOffset);
  assert.deepEqual(ends, await target.offsets('orders', 'latest'));

  const refused = await target.millrace('topic delete users');
  assert.equal(refused.code, 2, 'there is no terminal to ask');
  await target.json('topic delete users --yes');
  const listed = await target.tool('TopicCommand', '--list');
  assert.deepEqual(
    listed.split('\n').filter((line) => /^(orders|users)$/.test(line)),
    ['orders'],
  );
  const failed = await target.millrace('topic create orders');
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /TOPIC_ALREADY_EXISTS/);
}

async function groups(target: Target): Promise<void> {
  const { bootstrap } = target.tools;
  await target.json('topic create events -p 2');
  for (const partition of [0, 1]) await target.produce('events', partition, 10);
  const settle = ['-X', 'auto.offset.reset=earliest', '-X', 'session.timeout.ms=6000'];
  const member = new Program(
    'kcat',
    ['-b', bootstrap, '-G', 'readers', ...settle, 'events'],
    () => {},
  );
  await until('the member has the topic', async () => {
    const found = await target.millrace('group describe readers --json');
    if (found.code !== 0) return false;
    const [{ state, members }] = (JSON.parse(found.stdout) as { groups: [Group] }).groups;
    return state === 'Stable' && members[0]?.assignment[0]?.topic === 'events';
  });
  const busy = await target.millrace('group seek readers -t events --to start --execute');
  assert.equal(busy.code, 1);
  assert.match(busy.stderr, /has 1 member/);
  await member.stop();
  await until('the member has left', async () => (await target.group('readers')).state === 'Empty');

  await target.json('group seek readers -t events --to 7 --execute');
  const { offsets } = await target.group('readers');
  assert.deepEqual(
    offsets.map(({ committed, lag }) => [committed, lag]),
    [
      [7, 3],
      [7, 3],
    ],
  );
  const described = await target.tool(
    'consumer.group.ConsumerGroupCommand',
    '--describe',
    '--group',
    'readers',
  );
  for (const { topic, partition, committed, end, lag } of offsets) {
    const row = ['readers', topic, partition, committed, end, lag].join('\\s+');
    assert.match(described, new RegExp(`^${row}\\s`, 'm'));
  }
  await plans(target);
  await target.json('group offset-delete readers -t events:0 --execute');
  assert.equal((await target.group('readers')).offsets.length, 1);
  await target.json('group delete readers --execute');
  const left = await target.tool('consumer.group.ConsumerGroupCommand', '--list');
  assert.doesNotMatch(left, /^readers$/m);
}

/** Kafka's tool reads the plans that we write, and we those that it writes. */
async function plans(target: Target): Promise<void> {
  const file = join(scratchDirectory('plan'), 'offsets.csv');
  await target.json(`group seek readers --to -2 --to-file ${file}`);
  assert.equal(readFileSync(file, 'utf8'), 'events,0,5\nevents,1,5\n');
  const reset = ['--reset-offsets', '--group', 'readers', '--dry-run'];
  const read = await target.tool(
    'consumer.group.ConsumerGroupCommand',
    ...reset,
    '--from-file',
    file,
  );
  for (const partition of [0, 1]) {
    assert.match(read, new RegExp(`^readers\\s+events\\s+${partition}\\s+5\\s*$`, 'm'));
  }
  const to = ['--topic', 'events', '--to-offset', '3', '--export'];
  writeFileSync(file, await target.tool('consumer.group.ConsumerGroupCommand', ...reset, ...to));
  await target.json(`group seek readers --from-file ${file} --execute`);
  const { offsets } = await target.group('readers');
  assert.deepEqual(
    offsets.map(({ committed }) => committed),
    [3, 3],
  );
}

async function doctor(target: Target): Promise<void> {
  const { code, stdout } = await target.millrace('doctor --write');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^ok +consume: /m);
  const { bootstrap } = target.tools;
  const elsewhere = await target.millrace(`doctor -b 127.0.0.1:1,${bootstrap}`);
  assert.equal(elsewhere.code, 0, 'one of two bootstrap addresses is enough');
  assert.match(elsewhere.stdout, /^warning +connect: 127\.0\.0\.1:1 refuses/m);
}

async function consumerGroup(target: Target): Promise<void> {
  await target.json('topic create news -p 2');
  const consumer = target.tools.prepare('consumer.ConsoleConsumer', [
    ...['--topic', 'news', '--group', 'modern', '--from-beginning', '--max-messages', '1'],
    ...['--consumer-property', 'group.protocol=consumer', '--timeout-ms', '25000'],
  ]);
  await until('the group is described', async () => {
    const found = await target.millrace('group describe modern --json');
    if (found.code !== 0) return false;
    const [{ type, members }] = (JSON.parse(found.stdout) as { groups: [Group] }).groups;
    return type === 'consumer' && members[0]?.assignment[0]?.topic === 'news';
  });
  const { groups: listed } = await target.json<{ groups: { group: string; type: string }[] }>(
    'group list --type consumer',
  );
  assert.deepEqual(
    listed.map(({ group, type }) => [group, type]),
    [['modern', 'consumer']],
  );
  // The record that it waits for, and ends with.
  await target.produce('news', 0, 1);
  await consumer;
}
