import type { TestContext } from 'node:test';
import { BatchBuilder, Compression, records } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  createCreateTopicsRequest,
  createCreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import {
  createProduceRequest,
  createProduceRequestPartitionProduceData,
  createProduceRequestTopicProduceData,
  ProduceRequest,
} from '@millrace/protocol/messages/produce-request';
import {
  ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
} from '@millrace/protocol/messages/produce-response';
import {
  type Clock,
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  systemClock,
} from '@millrace/storage';
import { Broker } from '../src/broker.ts';
import { BrokerConfig } from '../src/config/broker-configs.ts';
import { type BrokerEvents, EventSurface } from '../src/events.ts';
import type { LogDirectory } from '../src/log-directory.ts';
import type { ListenerAddress } from '../src/network/listeners.ts';
import { RawClient } from './raw-client.ts';

const MAX_BATCH_BYTES = 64 * 1024 * 1024;

const ROOMY_DIRECTORY: LogDirectory = {
  path: '/data',
  space: async () => ({ totalBytes: 2 ** 50, usableBytes: 2 ** 40 }),
};

/** A listener on a free port; what clients are told is as by default. */
export function listenerAddress(name: string, host = '127.0.0.1'): ListenerAddress {
  return { name, host, port: 0, advertisedHost: null, advertisedPort: null };
}

/** A broker over memory on a free port, with its events kept; it and its clients are closed with the test. */
export class TestBroker {
  readonly broker: Broker;
  readonly fileSystem = new MemoryFileSystem();
  readonly closed: BrokerEvents['connection-closed'][] = [];
  readonly refused: BrokerEvents['connection-refused'][] = [];
  readonly failed: BrokerEvents['request-failed'][] = [];
  readonly #clients: RawClient[] = [];
  #closing: Promise<void> | null = null;

  private constructor(
    config: Readonly<Record<string, string>>,
    logDirectory: LogDirectory,
    listeners: readonly ListenerAddress[],
    events: EventSurface,
    clock: Clock,
  ) {
    events.on('connection-closed', (event) => this.closed.push(event));
    events.on('connection-refused', (event) => this.refused.push(event));
    events.on('request-failed', (event) => this.failed.push(event));
    this.broker = new Broker({
      logStore: new LocalLogStore({ dataDir: '/data', fileSystem: this.fileSystem, clock }),
      metadata: new MemoryMetadataStore(),
      listeners,
      clock,
      logDirectory,
      config: new BrokerConfig({ 'group.initial.rebalance.delay.ms': '0', ...config }),
      events,
    });
  }

  static async start(
    context: TestContext,
    config: Readonly<Record<string, string>> = {},
    logDirectory = ROOMY_DIRECTORY,
    listeners: readonly ListenerAddress[] = [listenerAddress('PLAINTEXT')],
    events = new EventSurface(),
    clock: Clock = systemClock,
  ): Promise<TestBroker> {
    const test = new TestBroker(config, logDirectory, listeners, events, clock);
    await test.broker.start();
    context.after(async () => {
      for (const client of test.#clients) client.close();
      await test.close();
    });
    return test;
  }

  /** Resolves once this many connections have been closed. */
  async closedConnections(count: number): Promise<void> {
    const { events } = this.broker;
    while (this.closed.length < count) {
      await new Promise<void>((resolve) => {
        const off = events.on('connection-closed', () => {
          off();
          resolve();
        });
      });
    }
  }

  /** Of the first listener. */
  get port(): number {
    return this.broker.listeners[0]!.port;
  }

  /** Closes the broker, once. */
  close(): Promise<void> {
    this.#closing ??= this.broker.close();
    return this.#closing;
  }

  /** By the first listener on IPv4, or by another. */
  async connect(port = this.port, host = '127.0.0.1'): Promise<RawClient> {
    const client = await RawClient.open(port, host);
    this.#clients.push(client);
    return client;
  }

  /** A client, and a topic with this many partitions. */
  async withTopic(name: string, numPartitions = 1): Promise<RawClient> {
    const client = await this.connect();
    const topics = [
      createCreateTopicsRequestCreatableTopic({ name, numPartitions, replicationFactor: 1 }),
    ];
    const request = createCreateTopicsRequest({ topics });
    const { topics: results } = await client.request(
      CreateTopicsRequest,
      CreateTopicsResponse,
      request,
      7,
    );
    if (results[0]?.errorCode !== 0) throw new Error(`topic ${name}: ${results[0]?.errorMessage}`);
    return client;
  }
}

/** One batch with a record for each value, all of one time. */
export function batchOf(
  values: readonly string[],
  options: { codec?: number; producerId?: number; baseSequence?: number } = {},
): Buffer {
  const builder = new BatchBuilder({
    codec: options.codec ?? Compression.none,
    producerId: options.producerId ?? -1,
    producerEpoch: options.producerId === undefined ? -1 : 0,
    baseSequence: options.baseSequence ?? -1,
  });
  const timestampMs = Date.now();
  for (const value of values) builder.add({ timestampMs, value: Buffer.from(value) });
  return builder.build();
}

export function produceRequest(
  name: string,
  batches: readonly (Buffer | null)[],
  acks = -1,
): ProduceRequest {
  return createProduceRequest({
    acks,
    timeoutMs: 30_000,
    topicData: [
      createProduceRequestTopicProduceData({
        name,
        partitionData: batches.map((batch, index) =>
          createProduceRequestPartitionProduceData({ index, records: batch }),
        ),
      }),
    ],
  });
}

/** Produces one batch to partition 0 and gives its answer. */
export async function produce(
  client: RawClient,
  topic: string,
  batch: Buffer | null,
  version = 12,
): Promise<ProduceResponsePartitionProduceResponse> {
  const request = produceRequest(topic, [batch]);
  const response = await client.request(ProduceRequest, ProduceResponse, request, version);
  return response.responses[0]!.partitionResponses[0]!;
}

/** The record values in a `records` field, which may hold a cut batch at its end. */
export function valuesIn(bytes: Buffer): string[] {
  const values: string[] = [];

  for (let at = 0; at + 12 <= bytes.length; ) {
    const sizeBytes = 12 + bytes.readInt32BE(at + 8);
    if (at + sizeBytes > bytes.length) break;
    for (const { value } of records(bytes, at, MAX_BATCH_BYTES)) values.push(String(value));
    at += sizeBytes;
  }
  return values;
}
