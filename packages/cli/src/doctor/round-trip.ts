import { randomBytes } from 'node:crypto';
import {
  api,
  Cluster,
  type ClusterOptions,
  Consumer,
  KafkaError,
  Producer,
} from '@millrace/client';
import { type BatchRecord, ErrorCode } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  createCreateTopicsRequest,
  createCreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import { deleteTopics } from '../admin/delete-topics.ts';
import type { Findings } from './findings.ts';
import type { World } from './probe.ts';

const createTopicsApi = api(CreateTopicsRequest, CreateTopicsResponse);
/** Clocks that are further apart than this make time-outs and retention by time go wrong. */
const MAX_SKEW_MS = 1000;

interface Produced {
  readonly offset: number;
  readonly sentMs: number;
  readonly answeredMs: number;
}

/** Writes a record into a topic that is made for it and deleted again, reads it back, and compares the clocks. */
export async function checkRoundTrip(
  options: ClusterOptions & { readonly requestTimeoutMs: number },
  world: World,
  findings: Findings,
): Promise<void> {
  let cluster: Cluster | null = null;
  try {
    cluster = await Cluster.connect(options);
    await writeAndRead(cluster, options.requestTimeoutMs, world, findings);
    const { id } = await cluster.coordinator('millrace-doctor');
    findings.ok('coordinator', `Broker ${id} coordinates groups.`);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    const { summary, hint } = error;
    findings.problem('round trip', summary, 'a record that is written and read again', hint);
  } finally {
    cluster?.close();
  }
}

async function writeAndRead(
  cluster: Cluster,
  timeoutMs: number,
  world: World,
  findings: Findings,
): Promise<void> {
  const topic = `millrace-doctor-${randomBytes(6).toString('hex')}`;
  const value = randomBytes(32);
  await createTopic(cluster, topic, timeoutMs);
  try {
    const produced = await produce(cluster, topic, value, timeoutMs, world);
    const tookMs = produced.answeredMs - produced.sentMs;
    findings.ok('produce', `A record was written in ${tookMs.toFixed(0)} ms.`);
    const read = await readBack(cluster, topic, produced.offset, timeoutMs);
    if (read !== null) checkClock(read.timestampMs, produced, findings);
    checkRead(read, value, findings);
  } finally {
    await deleteTopics(cluster, [topic], timeoutMs);
  }
}

/** Its records carry the time of the broker. */
async function createTopic(cluster: Cluster, topic: string, timeoutMs: number): Promise<void> {
  const created = createCreateTopicsRequestCreatableTopic({
    name: topic,
    numPartitions: 1,
    // The default of the broker, from version 4 (Kafka 2.4) on.
    replicationFactor: -1,
    configs: [{ name: 'message.timestamp.type', value: 'LogAppendTime' }],
  });
  const request = createCreateTopicsRequest({ topics: [created], timeoutMs });
  const versions = { min: 4, max: 0x7fff };
  const answer = await cluster.send(createTopicsApi, request, { node: 'controller', versions });
  const { errorCode, errorMessage } = answer.topics[0]!;
  if (errorCode !== ErrorCode.NONE) {
    throw KafkaError.ofBroker(errorCode, `topic ${topic}`, errorMessage);
  }
}

async function produce(
  cluster: Cluster,
  topic: string,
  value: Buffer,
  timeoutMs: number,
  { nowMs }: World,
): Promise<Produced> {
  const limits = { topicTimeoutMs: timeoutMs, deliveryTimeoutMs: timeoutMs };
  const producer = new Producer(cluster, { ...limits, lingerMs: 0 });
  const sentMs = nowMs();
  const { offset } = await producer.send({ topic, partition: 0, timestampMs: sentMs, value });
  return { offset, sentMs, answeredMs: nowMs() };
}

/** Null when nothing comes in time. */
async function readBack(
  cluster: Cluster,
  topic: string,
  offset: number,
  timeoutMs: number,
): Promise<BatchRecord | null> {
  const consumer = new Consumer(cluster, { retryTimeoutMs: timeoutMs });
  await consumer.assign([{ topic, partition: 0, offset }]);
  const cancel = cluster.clock.schedule(timeoutMs, () => consumer.wake());
  try {
    for (;;) {
      const fetched = await consumer.poll();
      if (fetched.length === 0) return null;
      for (const piece of fetched) for (const record of piece.records()) return record;
    }
  } finally {
    cancel();
    consumer.unassign({ topic, partition: 0 });
  }
}

/** The broker took its time somewhere between the sending and the answer. */
function checkClock(
  appendedMs: number,
  { sentMs, answeredMs }: Produced,
  findings: Findings,
): void {
  const behindMs = sentMs - appendedMs;
  const aheadMs = appendedMs - answeredMs;
  const skewMs = Math.max(behindMs, aheadMs);
  if (skewMs <= MAX_SKEW_MS) {
    findings.ok('clock', "The broker's clock and the one of this machine agree to a second.");
    return;
  }
  const direction = behindMs > aheadMs ? 'behind' : 'ahead of';
  findings.warning(
    'clock',
    `The broker's clock is ${(skewMs / 1000).toFixed(1)} s ${direction} that of this machine.`,
    'clocks that agree to a second: retention and seeks by time go by them',
    'Set both by NTP.',
  );
}

function checkRead(read: BatchRecord | null, value: Buffer, findings: Findings): void {
  if (read?.value?.equals(value)) {
    findings.ok('consume', 'The record was read back as it was written.');
    return;
  }
  findings.problem(
    'consume',
    read === null
      ? 'The record was not there to be read.'
      : 'Another record was read than was written.',
    'the record that was written',
    'Look at the log of the broker.',
  );
}
