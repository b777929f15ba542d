// What the clients of the workloads do, each with a topic of its own that has one partition.

import { produceResult } from '../../interop/harness/healthy-client.ts';
import { uniqueName } from '../../interop/harness/scratch.ts';
import { fetchRequest, RawConnection } from '../../interop/harness/wire.ts';
import { createReadyTopic } from '../compare/topics.ts';
import { answerOf, produceEach } from '../produce-request.ts';
import type { CountedBroker } from './counted-broker.ts';
import type { Running } from './workload.ts';

const MEBIBYTE = 1024 * 1024;
/** Kafka's default: the answer does not wait for the disk. */
const NEVER = String(Number.MAX_SAFE_INTEGER);

export interface Producing {
  readonly batch: Buffer;
  /** False without it, as in Kafka. */
  readonly isSynced?: boolean;
  readonly connections?: number;
  /** Requests of a connection at a time. */
  readonly inFlight?: number;
  /** What the one connection sends before it is counted. */
  readonly costly?: { readonly batch: Buffer; readonly count: number };
}

export async function producing(broker: CountedBroker, options: Producing): Promise<Running> {
  const { batch, costly, connections: count = 1, inFlight = 1 } = options;
  const topic = await createTopic(broker, options.isSynced ?? false);
  const requestOf = (records: Buffer) => produceEach([{ topic, partition: 0 }], records);
  const requests = Buffer.concat(new Array<Buffer>(inFlight).fill(requestOf(batch)));
  const clients = new Clients(broker.port, count);
  const onOne = async (connection: RawConnection) => {
    connection.send(requests);
    for (let answered = 0; answered < inFlight; answered++) await produced(connection, topic);
  };
  return {
    requestsAStep: count * inFlight,
    recordBytesAStep: count * inFlight * batch.length,
    connect: () => clients.connect(),
    burden:
      costly === undefined
        ? null
        : async () => {
            const request = requestOf(costly.batch);
            const [connection] = clients.all as [RawConnection];
            for (let sent = 0; sent < costly.count; sent++) {
              connection.send(request);
              await produced(connection, topic);
            }
          },
    step: async () => {
      await Promise.all(clients.all.map(onOne));
    },
    close: () => clients.close(),
  };
}

/** Each step is two requests, and each record goes in and out. */
export async function tailing(broker: CountedBroker, batch: Buffer): Promise<Running> {
  const topic = await createTopic(broker, true);
  const clients = new Clients(broker.port, 2);
  const request = produceEach([{ topic, partition: 0 }], batch);
  const records = batch.readInt32BE(LAST_OFFSET_DELTA_AT) + 1;
  let next = 0;
  return {
    requestsAStep: 2,
    recordBytesAStep: 2 * batch.length,
    connect: () => clients.connect(),
    burden: null,
    step: async () => {
      const [producer, consumer] = clients.all as [RawConnection, RawConnection];
      consumer.send(fetchRequest(topic, next, 1, MEBIBYTE));
      producer.send(request);
      next = (await produced(producer, topic)) + records;
      await fetched(consumer, batch.length);
    },
    close: () => clients.close(),
  };
}

export interface Fetching {
  readonly batch: Buffer;
  /** Together not more than 1 MiB. */
  readonly batches: number;
  readonly isFromFiles: boolean;
  /** So many times these batches, one after the other, each time the next; the same again and again without it. */
  readonly pieces?: number;
}

/** Batches cached as they were appended, or no more, since the broker has started anew. */
export async function fetching(broker: CountedBroker, options: Fetching): Promise<Running> {
  const { batch, batches, isFromFiles, pieces = 1 } = options;
  const topic = await createTopic(broker, false);
  const producer = await RawConnection.open(broker.port);
  const producing = produceEach([{ topic, partition: 0 }], batch);
  for (let sent = 0; sent < batches * pieces; sent++) {
    producer.send(producing);
    await produced(producer, topic);
  }
  producer.close();
  if (isFromFiles) await broker.restart();
  const clients = new Clients(broker.port, 1);
  const recordsAPiece = batches * (batch.readInt32BE(LAST_OFFSET_DELTA_AT) + 1);
  const pieceBytes = batches * batch.length;
  let piece = -1;
  return {
    requestsAStep: 1,
    recordBytesAStep: pieceBytes,
    connect: () => clients.connect(),
    burden: null,
    step: async () => {
      const [consumer] = clients.all as [RawConnection];
      piece = (piece + 1) % pieces;
      consumer.send(fetchRequest(topic, piece * recordsAPiece, 1, pieceBytes));
      await fetched(consumer, pieceBytes);
    },
    close: () => clients.close(),
  };
}

/** Connections that are replaced together. */
class Clients {
  readonly #port: number;
  readonly #count: number;
  all: readonly RawConnection[] = [];

  constructor(port: number, count: number) {
    this.#port = port;
    this.#count = count;
  }

  async connect(): Promise<void> {
    this.close();
    const opening = Array.from({ length: this.#count }, () => RawConnection.open(this.#port));
    this.all = await Promise.all(opening);
  }

  close(): void {
    for (const connection of this.all) connection.close();
    this.all = [];
  }
}

/** In a record batch, after base offset, length, leader epoch, magic, CRC and attributes. */
const LAST_OFFSET_DELTA_AT = 8 + 4 + 4 + 1 + 4 + 2;

async function createTopic({ port }: CountedBroker, isSynced: boolean): Promise<string> {
  const topic = uniqueName('budget');
  await createReadyTopic(port, topic, 1, { 'flush.messages': isSynced ? '1' : NEVER });
  return topic;
}

/** The base offset in the next answer. */
async function produced(connection: RawConnection, topic: string): Promise<number> {
  const { error, baseOffset } = produceResult(await answerOf(connection), topic);
  if (error !== 0) throw new Error(`Produce answered error ${error}`);
  return baseOffset;
}

async function fetched(connection: RawConnection, bytes: number): Promise<void> {
  const answer = await answerOf(connection);
  if (answer.length >= bytes) return;
  throw new Error(`Fetch answered ${answer.length} bytes instead of ${bytes}`);
}
