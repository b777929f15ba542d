// `millrace produce`, `consume` and `demo` as programs, on Millrace and on a real Apache Kafka alike: what they write is
// read by kcat and Kafka's console consumer, and the other way round.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { Kafka } from './differential/kafka.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { type Outcome, type ProgramOptions, run, runOk } from './harness/program.ts';
import { scratchDirectory, uniqueName } from './harness/scratch.ts';
import { kafkaTool, kcat } from './harness/tools.ts';

const options = { timeout: 120_000 };
const settings = ['group.initial.rebalance.delay.ms=0'];
const program = join(import.meta.dirname, '..', 'packages', 'cli', 'src', 'main.ts');
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

// Needs: kcat java
brokerSuite(
  'command line: records',
  { needs: ['kcat', 'java'], ownBroker: true, settings },
  (broker) => {
    let kafka: Kafka | null = null;

    before(async () => {
      kafka = await Kafka.start(settings);
    });
    after(() => kafka?.stop());

    const brokers = {
      Millrace: () => broker().bootstrap,
      'Apache Kafka': () => `127.0.0.1:${kafka!.port}`,
    };

    for (const [name, bootstrap] of Object.entries(brokers)) {
      it(`${name}: kcat reads what produce writes, in every codec`, options, async () => {
        const topic = uniqueName('produced');
        await millrace(bootstrap(), `topic create ${topic} -p 1`);
        for (const codec of CODECS) {
          const input = `key:value ${codec}\n:\n`;
          await millrace(bootstrap(), `produce ${topic} -K : -Z -H codec=${codec} -z ${codec}`, {
            input,
          });
        }
        const format = '%o|%k|%s|%S|%h\n';
        const read = await kcat(['-C', '-b', bootstrap(), '-t', topic, '-e', '-q', '-f', format]);
        const expected = CODECS.flatMap((codec, index) => [
          `${2 * index}|key|value ${codec}|${6 + codec.length}|codec=${codec}`,
          `${2 * index + 1}|||-1|codec=${codec}`,
        ]);
        assert.deepEqual(linesOf(read.stdout), expected);
      });

      it(`${name}: consume reads what kcat and the Java console write`, options, async () => {
        const topic = uniqueName('consumed');
        await millrace(bootstrap(), `topic create ${topic} -p 3`);
        for (const codec of CODECS) {
          await kcat(
            ['-P', '-b', bootstrap(), '-t', topic, '-K', ':', '-H', 'a=1', '-z', codec, '-p', '2'],
            { input: `${codec}:from kcat\n` },
          );
        }
        await kafkaTool(
          'ConsoleProducer',
          [
            ...['--bootstrap-server', bootstrap(), '--topic', topic],
            ...['--reader-property', 'parse.key=true', '--compression-codec', 'zstd'],
          ],
          { input: 'java\tfrom Java\n' },
        );
        const kcatLines = await millrace(bootstrap(), `consume ${topic}:2 -F %k=%v/%h\\n`);
        assert.deepEqual(
          linesOf(kcatLines.stdout).filter((line) => line.includes('kcat')),
          CODECS.map((codec) => `${codec}=from kcat/a=1`),
        );
        const all = await millrace(bootstrap(), `consume ${topic} --json`);
        const records = linesOf(all.stdout).map((line) => JSON.parse(line));
        assert.equal(records.length, CODECS.length + 1);
        assert.ok(records.some(({ key, value }) => key === 'java' && value === 'from Java'));
      });

      it(
        `${name}: keys go to the partitions where Java's producer puts them`,
        options,
        async () => {
          const topic = uniqueName('partitions');
          await millrace(bootstrap(), `topic create ${topic} -p 7`);
          const keys = Array.from({ length: 200 }, (_, index) => `key ${index ** 3}`);
          await millrace(bootstrap(), `produce ${topic} -K =`, {
            input: keys.map((key) => `${key}=ours\n`).join(''),
          });
          await kafkaTool(
            'ConsoleProducer',
            [
              ...['--bootstrap-server', bootstrap(), '--topic', topic],
              ...['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=='],
            ],
            { input: keys.map((key) => `${key}=theirs\n`).join('') },
          );
          const { stdout } = await millrace(bootstrap(), `consume ${topic} -F %v|%k|%p\\n`);
          const placed = (by: string) =>
            linesOf(stdout)
              .filter((line) => line.startsWith(`${by}|`))
              .map((line) => line.slice(by.length))
              .sort();
          assert.equal(placed('ours').length, keys.length);
          assert.deepEqual(placed('ours'), placed('theirs'));
        },
      );

      it(`${name}: a topic is copied through a pipe with nothing lost`, options, async () => {
        const [topic, copy] = [uniqueName('original'), uniqueName('copy')];
        await millrace(bootstrap(), `topic create ${topic} ${copy} -p 2`);
        const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
        const records = [
          { partition: 1, key: { base64: '/wA=' }, value: { base64: bytes.toString('base64') } },
          {
            partition: 0,
            key: null,
            value: null,
            headers: [{ key: 'h', value: 'ü' }],
            timestamp: 5,
          },
        ];
        await millrace(bootstrap(), `produce ${topic} --format json --keep-partition`, {
          input: records.map((record) => `${JSON.stringify(record)}\n`).join(''),
        });
        const file = join(scratchDirectory('raw'), 'value');
        const raw = ['-C', '-b', bootstrap(), '-t', topic, '-p', '1', '-e', '-q', '-f', '%s'];
        await kcat(raw, { outputFile: file });
        assert.deepEqual(readFileSync(file), bytes);
        const { stdout } = await millrace(bootstrap(), `consume ${topic} --json`);
        await millrace(bootstrap(), `produce ${copy} --format json --keep-partition -z lz4`, {
          input: stdout,
        });
        const copied = await millrace(bootstrap(), `consume ${copy} --json`);
        assert.deepEqual(
          linesOf(copied.stdout),
          linesOf(stdout).map((line) => line.replace(topic, copy)),
        );
        assert.match(stdout, /"base64":/);
      });

      it(
        `${name}: members of a group share with Java's, and go on where they left off`,
        options,
        async () => {
          const topic = uniqueName('shared');
          const group = uniqueName('group');
          await millrace(bootstrap(), `topic create ${topic} -p 4`);
          const values = Array.from({ length: 400 }, (_, index) => String(index));
          await millrace(bootstrap(), `produce ${topic} -K =`, {
            input: values.map((value) => `key ${value}=${value}\n`).join(''),
          });
          const first = await millrace(bootstrap(), `consume ${topic} -g ${group} -n 150`);
          const second = await kafkaTool('consumer.ConsoleConsumer', [
            ...['--bootstrap-server', bootstrap(), '--topic', topic, '--group', group],
            ...['--max-messages', '100', '--timeout-ms', '60000'],
          ]);
          const third = await millrace(bootstrap(), `consume ${topic} -g ${group}`);
          const read = [first, second, third].flatMap(({ stdout }) => linesOf(stdout));
          assert.equal(read.length, values.length);
          assert.deepEqual(read.sort(byNumber), values);
          const { stdout } = await kafkaTool('consumer.group.ConsumerGroupCommand', [
            ...['--bootstrap-server', bootstrap(), '--describe', '--group', group],
          ]);
          const lags = linesOf(stdout).flatMap(
            (line) => /^\S+\s+\S+\s+\d+\s+\d+\s+\d+\s+(\d+)/.exec(line)?.[1] ?? [],
          );
          assert.deepEqual(lags, ['0', '0', '0', '0']);
        },
      );

      it(`${name}: a reader that goes away ends consume quietly`, options, async () => {
        const topic = uniqueName('piped');
        const lines = 'seq 1 200000';
        const command = `${lines} | ${shell('produce', topic)} && ${shell('consume', topic)} | head -3`;
        const { stdout, stderr } = await runOk('bash', ['-o', 'pipefail', '-c', command], {
          env: { MILLRACE_BOOTSTRAP: bootstrap() },
        });
        assert.equal(linesOf(stdout).length, 4);
        assert.match(stdout, /^200000 records/);
        assert.equal(stderr, '');
      });

      it(
        `${name}: demo makes traffic, leaves foreign topics alone, and cleans up`,
        options,
        async () => {
          await millrace(bootstrap(), 'topic create demo-shipments -p 1');
          const refused = await run(process.execPath, argumentsOf('demo --duration 1s'), {
            env: { MILLRACE_BOOTSTRAP: bootstrap() },
          });
          assert.equal(refused.code, 1);
          assert.match(refused.stderr, /demo-shipments that this command did not make/);
          await millrace(bootstrap(), 'demo --clean');
          const kept = await millrace(bootstrap(), 'topic list demo-*');
          assert.match(kept.stdout, /demo-shipments/);
          await millrace(bootstrap(), 'topic delete demo-shipments --yes');

          const { stdout } = await millrace(bootstrap(), 'demo --duration 3s --rate 200 --json');
          const last = JSON.parse(linesOf(stdout).at(-1)!);
          assert.ok(last.orders > 100 && last.payments > 50 && last.shipments > 50, stdout);
          const read = await kcat(['-C', '-b', bootstrap(), '-t', 'demo-orders', '-e', '-q']);
          const partitions = 6;
          assert.equal(linesOf(read.stdout).length, last.orders + partitions);
          const cleaned = await millrace(bootstrap(), 'demo --clean --json');
          assert.equal(JSON.parse(cleaned.stdout).removed.length, 4);
          const left = await millrace(bootstrap(), 'topic list');
          assert.doesNotMatch(left.stdout, /demo-/);
        },
      );
    }
  },
);

function argumentsOf(words: string): string[] {
  const args = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  return ['--conditions=@millrace/source', program, ...args];
}

function shell(...words: readonly string[]): string {
  return [process.execPath, '--conditions=@millrace/source', program, ...words].join(' ');
}

function millrace(bootstrap: string, words: string, given: ProgramOptions = {}): Promise<Outcome> {
  const env = { MILLRACE_BOOTSTRAP: bootstrap };
  return runOk(process.execPath, argumentsOf(words), { ...given, env });
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b);
}
