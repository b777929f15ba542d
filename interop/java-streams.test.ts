// A Kafka Streams application with a store: its changelog is a compacted topic, and its repartition topic is deleted from
// as it is read. It is killed, and counts on from what the broker has kept.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Program } from './harness/program.ts';
import { scratchDirectory, uniqueName } from './harness/scratch.ts';
import { javaArguments, kafkaTool, kcat } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const options = { timeout: 180_000 };

// Needs: java, kcat
brokerSuite('Kafka Streams (Java)', { needs: ['java', 'kcat'] }, (broker) => {
  const application = uniqueName('word-count');
  const [lines, counts] = [uniqueName('lines'), uniqueName('counts')];
  const store = `${application}-counts-changelog`;
  const repartition = `${application}-words-repartition`;

  async function start(): Promise<Program> {
    const states: string[] = [];
    const directory = join(scratchDirectory('streams'), 'state');
    const args = [broker().bootstrap, application, directory, lines, counts];
    const command = javaArguments('millrace.interop.WordCount', args);
    const program = new Program('java', command, (line) => states.push(line));
    await until(
      () => `Streams runs: ${states.join(' ')}\n${program.describe()}`,
      () => states.at(-1) === 'RUNNING',
    );
    return program;
  }

  const produce = (text: string) =>
    kcat(['-b', broker().bootstrap, '-P', '-t', lines], { input: text });

  /** The last value of each key. */
  async function latest(topic: string): Promise<Record<string, string>> {
    const format = ['-f', '%k %s\n', '-e', '-q', '-o', 'beginning'];
    const { stdout } = await kcat(['-b', broker().bootstrap, '-C', '-t', topic, ...format]);
    const pairs = stdout.split('\n').filter((line) => line !== '');
    return Object.fromEntries(pairs.map((line) => line.split(' ') as [string, string]));
  }

  async function counted(expected: Readonly<Record<string, string>>): Promise<void> {
    let last: unknown = null;
    await until(
      () => `the words are counted: ${JSON.stringify(last)}`,
      async () => {
        last = await latest(counts);
        try {
          assert.deepEqual(last, expected);
          return true;
        } catch {
          return false;
        }
      },
    );
  }

  it('counts on after it was killed, from its changelog', options, async () => {
    await createTopic(broker().port, lines, 2);
    await createTopic(broker().port, counts, 1);
    const first = await start();
    await produce('to be or not to be\nor to be\n');
    await counted({ to: '3', be: '3', or: '2', not: '1' });
    first.signal('SIGKILL');
    await first.exited;
    await produce('not yet\n');
    const second = await start();
    await counted({ to: '3', be: '3', or: '2', not: '2', yet: '1' });
    await second.stop();
  });

  it(
    'made a compacted changelog, and a repartition topic that it deletes from',
    options,
    async () => {
      const describe = async (topic: string) => {
        const args = ['--bootstrap-server', broker().bootstrap, '--describe', '--topic', topic];
        return (await kafkaTool('TopicCommand', args)).stdout;
      };
      assert.match(await describe(store), /cleanup\.policy=compact/);
      assert.match(await describe(repartition), /cleanup\.policy=delete.*retention\.ms=-1/s);
      const offsets = async (time: string) => {
        const args = ['--bootstrap-server', broker().bootstrap, '--topic', repartition];
        const { stdout } = await kafkaTool('GetOffsetShell', [...args, '--time', time]);
        return stdout.split('\n').filter((line) => line !== '');
      };
      assert.deepEqual(await offsets('earliest'), await offsets('latest'));
    },
  );
});
