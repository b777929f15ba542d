// The whole way once, on a fresh data directory: real logs and an access log streamed in by two foreign producers, read
// by two groups in two languages, one of them sent back to a moment in time, and the broker killed with -9 in between.

import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import type { Broker } from './harness/broker.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { GroupReader } from './harness/group-reader.ts';
import { runOk } from './harness/program.ts';
import { type KeyChains, TopicReading } from './harness/reading.ts';
import { scratchDirectory } from './harness/scratch.ts';
import { javaArguments, kafkaTool, kcat } from './harness/tools.ts';
import { type InputPart, makeTourInput, type TourInput } from './harness/tour-input.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const accessLogBytes = Number(process.env.MILLRACE_TOUR_BYTES ?? 50_000_000);
const PARTITIONS = 4;
const FROM_KCAT = 'tour-kcat';
const FROM_JAVA = 'tour-java';
/** Two minutes, and a minute more for each 50 MB. */
const stepMs = 120_000 + Math.ceil(accessLogBytes / 50_000_000) * 60_000;
const options = { timeout: stepMs };

brokerSuite('tour', { needs: ['kcat', 'java'], ownBroker: true, timeoutMs: stepMs }, (broker) => {
  let input: TourInput;
  /** Between the two parts; nothing was produced in this millisecond. */
  let between: number;

  before(async () => {
    input = makeTourInput(scratchDirectory('tour'), accessLogBytes);
    await createTopic(broker().port, FROM_KCAT, PARTITIONS);
    await createTopic(broker().port, FROM_JAVA, PARTITIONS);
  });

  it(
    'streams logs in while a librdkafka group reads along, killed twice',
    options,
    async (context) => {
      const { first, second, realLines } = input;
      context.diagnostic(
        `${first.lines + second.lines} lines by each producer, ${realLines} of them this machine's own logs`,
      );
      const readings = new Map([
        [FROM_KCAT, new TopicReading(true)],
        [FROM_JAVA, new TopicReading(true)],
      ]);
      const reader = GroupReader.kcat(broker().bootstrap, 'tour-librdkafka', readings);
      await produceWithKcat(broker(), first);
      await produceWithJava(broker(), first);
      between = Date.now() + 1;
      await until('the clock has moved on', () => Date.now() > between, 1000, 1);

      // Each producer's second part meets a kill -9 once the group has seen that it is under way.
      for (const [topic, produce] of [
        [FROM_KCAT, produceWithKcat],
        [FROM_JAVA, produceWithJava],
      ] as const) {
        const reading = readings.get(topic)!;
        const producing = produce(broker(), second);
        await reach(reader, reading, first.lines + 1);
        await broker().kill();
        await broker().launch();
        await producing;
      }
      for (const reading of readings.values()) {
        await reach(reader, reading, input.whole.count);
        assertSame(reading.chains, input.whole);
        context.diagnostic(`read again after the kills: ${reading.repeated} records`);
      }
      await reader.stop();
    },
  );

  it('lets a Java group read it all on its own, killed half-way', options, async () => {
    for (const topic of [FROM_KCAT, FROM_JAVA]) {
      const reading = new TopicReading(true);
      const reader = GroupReader.java(broker().bootstrap, 'tour-java', topic, reading);
      await reach(reader, reading, Math.floor(input.whole.count / 2));
      await broker().kill();
      await broker().launch();
      await reach(reader, reading, input.whole.count);
      assertSame(reading.chains, input.whole);
      await reader.stop();
    }
  });

  it('sends the Java group back to a moment and replays from there', options, async () => {
    await broker().kill();
    await broker().launch();
    const groups = (...args: string[]) =>
      kafkaTool('consumer.group.ConsumerGroupCommand', [
        ...['--bootstrap-server', broker().bootstrap],
        ...args,
      ]);
    const moment = new Date(between).toISOString().replace('Z', '');
    await groups(
      ...['--group', 'tour-java', '--reset-offsets', '--all-topics'],
      ...['--to-datetime', moment, '--execute'],
    );
    for (const topic of [FROM_KCAT, FROM_JAVA]) {
      const reading = new TopicReading(false);
      const reader = GroupReader.java(broker().bootstrap, 'tour-java', topic, reading);
      await reach(reader, reading, input.secondOnly.count);
      assertSame(reading.chains, input.secondOnly);
      await reader.stop();
    }
    // The other group stands where it stood: at the end of both topics.
    const { stdout } = await groups('--describe', '--group', 'tour-librdkafka');
    const rows = stdout.split('\n').filter((row) => row.includes(' tour-'));
    assert.equal(rows.length, 2 * PARTITIONS, stdout);
    // Group, topic, partition, current offset, log end offset, lag.
    for (const row of rows) assert.equal(row.trim().split(/\s+/)[5], '0', stdout);
  });
});

function produceWithKcat(broker: Broker, part: InputPart): Promise<unknown> {
  const flags = ['-b', broker.bootstrap, '-P', '-t', FROM_KCAT, '-K', '\t', '-E'];
  const idempotent = ['-X', 'enable.idempotence=true', '-X', 'reconnect.backoff.max.ms=500'];
  return kcat([...flags, ...idempotent, '-l', part.file], { timeoutMs: stepMs });
}

/** The console producer tries three times within moments of its own accord; a restart takes longer. */
function produceWithJava(broker: Broker, part: InputPart): Promise<unknown> {
  const patience = ['retries=1000000', 'request.timeout.ms=10000', 'delivery.timeout.ms=240000'];
  const args = [
    ...['--bootstrap-server', broker.bootstrap, '--topic', FROM_JAVA],
    ...['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=\t'],
    ...patience.flatMap((property) => ['--command-property', property]),
  ];
  const command = javaArguments('org.apache.kafka.tools.ConsoleProducer', args);
  return runOk('java', command, { inputFile: part.file, timeoutMs: stepMs });
}

function reach(reader: GroupReader, reading: TopicReading, count: number): Promise<void> {
  return until(
    () => `${count} records are read; so far ${reading.count}, and ${reading.repeated} repeated`,
    () => {
      reader.check();
      return reading.count >= count;
    },
    stepMs,
  );
}

function assertSame(read: KeyChains, expected: KeyChains): void {
  assert.equal(read.count, expected.count);
  assert.deepEqual(read.differences(expected), [], 'keys whose records differ');
}
