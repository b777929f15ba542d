import { randomBytes } from 'node:crypto';
import { api, Cluster, type ClusterOptions, KafkaError } from '@millrace/client';
import { BatchBuilder, ErrorCode, RecordCursor } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  createCreateTopicsRequest,
  createCreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import {
  createFetchRequest,
  createFetchRequestFetchPartition,
  createFetchRequestFetchTopic,
  FetchRequest,
} from '@millrace/protocol/messages/fetch-request';
import { FetchResponse } from '@millrace/protocol/messages/fetch-response';
import {
  createProduceRequest,
  createProduceRequestPartitionProduceData,
  createProduceRequestTopicProduceData,
  ProduceRequest,
} from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import { deleteTopics } from '../admin/delete-topics.ts';
import type { Findings } from './findings.ts';
import type { World } from './probe.ts';

const createTopicsApi = api(CreateTopicsRequest, CreateTopicsResponse);
const produceApi = api(ProduceRequest, ProduceResponse);
const fetchApi = api(FetchRequest, FetchResponse);
/** With topics by their names. */
const PRODUCE_VERSIONS = { min: 3, max: 12 };
const FETCH_VERSIONS = { min: 4, max: 12 };
const MAX_FETCH_BYTES = 1024 * 1024;
/** Clocks that are further apart than this make time-outs and retention by time go wrong. */
const MAX_SKEW_MS = 1000;

interface Produced {
  readonly offset: number;
  /** −1 where the topic carries the producer's time. */
  readonly appendedMs: number;
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
    const leader = await leaderOf(cluster, topic);
    const produced = await produce(cluster, leader, topic, value, timeoutMs, world);
    const tookMs = produced.answeredMs - produced.sentMs;
    findings.ok('produce', `A record was written in ${tookMs.toFixed(0)} ms.`);
    checkClock(produced, findings);
    await checkFetch(cluster, leader, topic, { value, offset: produced.offset }, findings);
  } finally {
    await deleteTopics(cluster, [topic], timeoutMs);
  }
}

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

/** Tried again until the brokers know the topic. */
function leaderOf(cluster: Cluster, topic: string): Promise<number> {
  return cluster.retrying(async () => {
    const { topics } = await cluster.metadata([topic]);
    const leaderId = topics[0]?.partitions[0]?.leaderId ?? -1;
    if (leaderId >= 0) return leaderId;
    throw topics[0]?.error ?? KafkaError.ofBroker(ErrorCode.LEADER_NOT_AVAILABLE, `topic ${topic}`);
  });
}

async function produce(
  cluster: Cluster,
  node: number,
  topic: string,
  value: Buffer,
  timeoutMs: number,
  { nowMs }: World,
): Promise<Produced> {
  const builder = new BatchBuilder();
  builder.add({ timestampMs: nowMs(), value });
  const data = createProduceRequestPartitionProduceData({ index: 0, records: builder.build() });
  const topicData = createProduceRequestTopicProduceData({ name: topic, partitionData: [data] });
  const request = createProduceRequest({ acks: -1, timeoutMs, topicData: [topicData] });
  const sentMs = nowMs();
  const { responses } = await cluster.send(produceApi, request, {
    node,
    versions: PRODUCE_VERSIONS,
    errorCode: (answer) => answer.responses[0]!.partitionResponses[0]!.errorCode,
    subject: `topic ${topic}`,
  });
  const { baseOffset, logAppendTimeMs } = responses[0]!.partitionResponses[0]!;
  return { offset: baseOffset, appendedMs: logAppendTimeMs, sentMs, answeredMs: nowMs() };
}

/** The broker took its time somewhere between the sending and the answer. */
function checkClock({ appendedMs, sentMs, answeredMs }: Produced, findings: Findings): void {
  if (appendedMs < 0) return;
  const skewMs = appendedMs < sentMs ? appendedMs - sentMs : Math.max(0, appendedMs - answeredMs);
  const direction = skewMs < 0 ? 'behind' : 'ahead of';
  if (Math.abs(skewMs) <= MAX_SKEW_MS) {
    findings.ok('clock', "The broker's clock and the one of this machine agree to a second.");
    return;
  }
  findings.warning(
    'clock',
    `The broker's clock is ${(Math.abs(skewMs) / 1000).toFixed(1)} s ${direction} that of this machine.`,
    'clocks that agree to a second: retention and seeks by time go by them',
    'Set both by NTP.',
  );
}

async function checkFetch(
  cluster: Cluster,
  node: number,
  topic: string,
  { value, offset }: { readonly value: Buffer; readonly offset: number },
  findings: Findings,
): Promise<void> {
  const partition = createFetchRequestFetchPartition({
    partition: 0,
    fetchOffset: offset,
    partitionMaxBytes: MAX_FETCH_BYTES,
  });
  const request = createFetchRequest({
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: MAX_FETCH_BYTES,
    // No session: this is the only fetch.
    sessionEpoch: -1,
    topics: [createFetchRequestFetchTopic({ topic, partitions: [partition] })],
  });
  const answer = await cluster.send(fetchApi, request, {
    node,
    versions: FETCH_VERSIONS,
    errorCode: ({ responses }) => responses[0]!.partitions[0]!.errorCode,
    subject: `topic ${topic}`,
  });
  const found = answer.responses[0]!.partitions[0]!.records;
  const read = found === null ? null : firstValue(found as Buffer);
  if (read?.equals(value)) {
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

function firstValue(batches: Buffer): Buffer | null {
  if (batches.length === 0) return null;
  const cursor = new RecordCursor(batches, 0, MAX_FETCH_BYTES);
  return cursor.next() ? (cursor.read().value ?? null) : null;
}
