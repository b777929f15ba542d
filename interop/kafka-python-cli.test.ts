// The command line that kafka-python brings: topics, a console producer and consumer, groups.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Program, runOk } from './harness/program.ts';
import { uniqueName } from './harness/scratch.ts';
import { paths } from './harness/tools.ts';
import { until } from './harness/until.ts';

const TEST_TIMEOUT_MS = 120_000;
const command = join(dirname(paths.python), 'kafka-python');

const settings = ['group.initial.rebalance.delay.ms=0'];

brokerSuite('the command line of kafka-python', { needs: ['python'], settings }, (broker) => {
  const connection = () => ['-b', broker().bootstrap];

  async function admin(...args: string[]) {
    const { stdout } = await runOk(command, [
      'admin',
      ...connection(),
      '--format',
      'json',
      ...args,
    ]);
    return stdout.trim() === '' ? null : JSON.parse(stdout);
  }

  it('makes, fills, reads and drops a topic', { timeout: TEST_TIMEOUT_MS }, async () => {
    const [topic, group] = [uniqueName('cli'), uniqueName('cli-group')];
    await admin('topics', 'create', '-t', topic, '--num-partitions', '2');
    assert.ok((await admin('topics', 'list')).includes(topic));
    const [described] = await admin('topics', 'describe', '-t', topic);
    assert.equal(described.partitions.length, 2);

    const input = 'one\ntwo\nthree\n';
    await runOk(command, ['producer', ...connection(), '-t', topic], { input });
    assert.deepEqual((await readAll(topic, group)).sort(), ['one', 'three', 'two']);

    const [committed, sum] = [await offsets(group, topic), (a: number, b: number) => a + b];
    assert.equal(committed.reduce(sum), 3);
    assert.equal((await admin('groups', 'describe', '-g', group))[group].group_state, 'Empty');
    // Without the partitions it trips over itself.
    const all = ['-p', `${topic}:0`, '-p', `${topic}:1`];
    await admin('groups', 'reset-offsets', '-g', group, ...all, '-s', 'earliest');
    assert.equal((await offsets(group, topic)).reduce(sum), 0);
    assert.equal((await readAll(topic, group)).length, 3);

    await admin('groups', 'delete', '-g', group);
    const groups: { group_id: string }[] = await admin('groups', 'list');
    assert.ok(groups.every(({ group_id }) => group_id !== group));
    await admin('topics', 'delete', '-t', topic);
    await until('the topic is gone', async () => !(await admin('topics', 'list')).includes(topic));
  });

  async function offsets(group: string, topic: string): Promise<number[]> {
    const listed = await admin('groups', 'list-offsets', '-g', group);
    return Object.values(listed[topic] as Record<string, { offset: number }>).map(
      ({ offset }) => offset,
    );
  }

  /** Three lines, by a member that commits and leaves when it is told to stop. */
  async function readAll(topic: string, group: string): Promise<string[]> {
    const lines: string[] = [];
    const consumer = new Program(
      command,
      [
        ...['consumer', ...connection(), '-t', topic, '-g', group],
        ...['-C', 'auto_offset_reset=earliest'],
      ],
      (line) => lines.push(line),
      // Python holds lines back that go into a pipe.
      { env: { PYTHONUNBUFFERED: '1' } },
    );
    await until('three lines are read', () => lines.length >= 3);
    consumer.signal('SIGINT');
    await consumer.exited;
    return lines;
  }
});
