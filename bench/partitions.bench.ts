// Ten thousand partitions: what they cost to make, to hold, to start with, to list and to write to.
//
//   npm run bench -- partitions [--topics=1] [--partitions=10000]
//
// Starts the program as a user would, in a process of its own, and prints one line a figure.

import { Broker } from '../interop/harness/broker.ts';
import { freePort } from '../interop/harness/free-port.ts';
import {
  API,
  frame,
  int16,
  int32,
  RawConnection,
  recordBatch,
  requestHeader,
  string,
} from '../interop/harness/wire.ts';
import { numberArgument } from './arguments.ts';
import { processorMs, report } from './broker-process.ts';
import { answerOf, produceEach } from './produce-request.ts';

const topics = numberArgument('topics', 1);
const partitions = numberArgument('partitions', 10_000);
/** Partitions of one Produce request. */
const PARTITIONS_A_PRODUCE = 500;
const ROUNDS = 10;

const httpPort = await freePort();
const broker = await Broker.start([], ['--http-port', String(httpPort)]);
let connection = await RawConnection.open(broker.port);
const names = Array.from({ length: topics }, (_, index) => `bench-${index}`);

try {
  report(broker, 'empty broker');
  await timed(`create ${topics} topics of ${partitions}`, createTopics);
  report(broker, 'created');
  await timed(`metadata of all topics, mean of ${ROUNDS}`, () => repeated(metadataOfAll), ROUNDS);
  await timed('a batch into every partition', produceEverywhere);
  report(broker, 'written');
  await timed('a second batch into every partition', produceEverywhere);
  await timed(`DescribeLogDirs, mean of ${ROUNDS}`, () => repeated(describeLogDirs), ROUNDS);
  await timed(`/metrics, mean of ${ROUNDS}`, () => repeated(scrape), ROUNDS);
  report(broker, 'after all that');
  connection.close();
  await timed('clean stop', () => broker.stop());
  await timed('start after a clean stop', () => broker.launch());
  report(broker, 'started');
  await timed('clean stop without a change', () => broker.stop());
  await broker.launch();
  await broker.kill();
  await timed('start after kill -9', () => broker.launch());
  report(broker, 'started');
} finally {
  connection.close();
  await broker.stop();
}

async function timed(what: string, work: () => Promise<unknown>, count = 1): Promise<void> {
  const startedMs = performance.now();
  const cpuBeforeMs = processorMs(broker);
  await work();
  const tookMs = (performance.now() - startedMs) / count;
  const cpuMs = (processorMs(broker) - cpuBeforeMs) / count;
  const round = (ms: number) => ms.toFixed(ms < 100 ? 1 : 0);
  console.log(`${what}: ${round(tookMs)} ms, ${round(Math.max(0, cpuMs))} ms of processor time`);
}

async function repeated(work: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) await work();
}

async function ask(request: Buffer): Promise<Buffer> {
  if (connection.closed) connection = await RawConnection.open(broker.port);
  connection.send(request);
  return answerOf(connection);
}

async function createTopics(): Promise<void> {
  const topic = (name: string) => [string(name), int32(partitions), int16(1), int32(0), int32(0)];
  for (let first = 0; first < names.length; first += 1000) {
    const some = names.slice(first, first + 1000);
    await ask(
      frame(
        Buffer.concat([
          requestHeader(API.createTopics, 2, 1),
          int32(some.length),
          ...some.flatMap(topic),
          int32(600_000),
          Buffer.of(0),
        ]),
      ),
    );
  }
}

async function metadataOfAll(): Promise<void> {
  const answer = await ask(frame(Buffer.concat([requestHeader(API.metadata, 1, 2), int32(-1)])));
  if (answer.length < topics * partitions * 20) throw new Error('the metadata is not whole');
}

async function produceEverywhere(): Promise<void> {
  const batch = recordBatch(Buffer.alloc(100, 'x'));
  const all = names.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  );
  for (let first = 0; first < all.length; first += PARTITIONS_A_PRODUCE) {
    await ask(produceEach(all.slice(first, first + PARTITIONS_A_PRODUCE), batch));
  }
}

async function describeLogDirs(): Promise<void> {
  const DESCRIBE_LOG_DIRS = 35;
  await ask(frame(Buffer.concat([requestHeader(DESCRIBE_LOG_DIRS, 1, 4), int32(-1)])));
}

async function scrape(): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${httpPort}/metrics`);
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  await answer.text();
}
