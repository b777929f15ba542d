// The least of Kafka's wire format, written by hand: a harness that checks the broker must not share its codec.
// Layouts: Kafka protocol guide, "Protocol Primitive Types", "The Messages" and "Record Batch".

import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

/** Prefixes a message with its int32 size. */
export function frame(body: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(4 + body.length);
  framed.writeInt32BE(body.length, 0);
  framed.set(body, 4);
  return framed;
}

export function int16(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeInt16BE(value, 0);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value, 0);
  return bytes;
}

export function int64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(value), 0);
  return bytes;
}

export function string(value: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
}

/** Request header v1: what every non-flexible request starts with. */
export function requestHeader(apiKey: number, version: number, correlationId: number): Buffer {
  return Buffer.concat([int16(apiKey), int16(version), int32(correlationId), string('interop')]);
}

export const API = {
  produce: 0,
  fetch: 1,
  listOffsets: 2,
  metadata: 3,
  joinGroup: 11,
  apiVersions: 18,
  createTopics: 19,
} as const;

/** ApiVersions; from v3 on its header and body are flexible and name the client's software (KIP-511). */
export function apiVersionsRequest(version: number, correlationId: number): Buffer {
  const header = requestHeader(API.apiVersions, version, correlationId);
  if (version < 3) return frame(header);
  const name = Buffer.from('interop');
  const compact = Buffer.concat([Buffer.of(name.length + 1), name]);
  const noTags = Buffer.of(0);
  return frame(Buffer.concat([header, noTags, compact, compact, noTags]));
}

/** CreateTopics v2 of topics without replication. */
function createTopicsRequest(
  topics: readonly string[],
  partitions: number,
  configs: Readonly<Record<string, string>>,
): Buffer {
  const settings = Object.entries(configs);
  return frame(
    Buffer.concat([
      requestHeader(API.createTopics, 2, 1),
      int32(topics.length),
      ...topics.flatMap((topic) => [
        string(topic),
        int32(partitions),
        int16(1), // replication factor
        int32(0), // no manual assignments
        int32(settings.length),
        ...settings.flatMap(([name, value]) => [string(name), string(value)]),
      ]),
      int32(30_000),
      Buffer.of(0), // not only validated
    ]),
  );
}

/** Metadata v4 of these topics, all of them for null; creates none. */
export function metadataRequest(topics: readonly string[] | null): Buffer {
  const names = topics === null ? [int32(-1)] : [int32(topics.length), ...topics.map(string)];
  return frame(Buffer.concat([requestHeader(API.metadata, 4, 2), ...names, Buffer.of(0)]));
}

/** JoinGroup v0 of a new member with one protocol. */
export function joinGroupRequest(group: string, protocol: string, metadata: Uint8Array): Buffer {
  return frame(
    Buffer.concat([
      requestHeader(API.joinGroup, 0, 3),
      string(group),
      int32(10_000), // session timeout, ms
      string(''), // member id: none yet
      string('consumer'),
      int32(1),
      string(protocol),
      int32(metadata.length),
      metadata,
    ]),
  );
}

/** Fetch v7 that opens a session over the first `partitions` partitions of a topic, and does not wait. */
export function fetchSessionRequest(topic: string, partitions: number): Buffer {
  const wanted = Array.from({ length: partitions }, (_, partition) =>
    Buffer.concat([int32(partition), int64(0), int64(-1), int32(1)]),
  );
  return frame(
    Buffer.concat([
      requestHeader(API.fetch, 7, 4),
      int32(-1), // replica id: a consumer
      int32(0), // max wait, ms
      int32(0), // min bytes
      int32(1),
      Buffer.of(0), // isolation level
      int32(0), // session id: a new one
      int32(0), // session epoch
      int32(1),
      string(topic),
      int32(partitions),
      ...wanted,
      int32(0), // nothing forgotten
    ]),
  );
}

/** Fetch v4 of one partition: no session, no rack, non-flexible, so that its layout fits on a screen. */
export function fetchRequest(
  topic: string,
  offset: number,
  correlationId: number,
  maxBytes = 10 * 1024 * 1024,
): Buffer {
  return frame(
    Buffer.concat([
      requestHeader(API.fetch, 4, correlationId),
      int32(-1), // replica id: a consumer
      int32(500), // max wait, ms
      int32(1), // min bytes
      int32(Math.max(maxBytes, 50 * 1024 * 1024)),
      Buffer.of(0), // isolation level
      int32(1),
      string(topic),
      int32(1),
      int32(0), // partition
      int64(offset),
      int32(maxBytes),
    ]),
  );
}

/** Produce v3 of one batch to partition 0, acks=all. */
export function produceRequest(topic: string, batch: Uint8Array, correlationId: number): Buffer {
  return frame(
    Buffer.concat([
      requestHeader(API.produce, 3, correlationId),
      int16(-1), // transactional id: none
      int16(-1), // acks
      int32(10_000),
      int32(1),
      string(topic),
      int32(1),
      int32(0),
      int32(batch.length),
      batch,
    ]),
  );
}

/** A record batch (magic 2) of one record without key or headers; `damage` flips one bit under the CRC. */
export function recordBatch(value: Uint8Array, damage = false): Buffer {
  const content = Buffer.concat([
    Buffer.of(0), // attributes
    varint(0), // timestamp delta
    varint(0), // offset delta
    varint(-1), // key length: null
    varint(value.length),
    value,
    varint(0), // no headers
  ]);
  const underCrc = Buffer.concat([
    int16(0), // attributes
    int32(0), // last offset delta
    int64(Date.now()),
    int64(Date.now()),
    int64(-1), // producer id
    int16(-1), // producer epoch
    int32(-1), // base sequence
    int32(1),
    varint(content.length),
    content,
  ]);
  const crc = crc32c(underCrc);
  if (damage) underCrc[underCrc.length - 3]! ^= 1;
  const afterLength = Buffer.concat([int32(-1), Buffer.of(2), int32(crc | 0), underCrc]);
  return Buffer.concat([int64(0), int32(afterLength.length), afterLength]);
}

/** A zigzag varint of an int32. */
function varint(value: number): Buffer {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  const bytes: number[] = [];
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** CRC-32C (Castagnoli), bit by bit: slow, short, and independent of the broker's. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** One connection that sends bytes and reads whole answers. */
export class RawConnection {
  readonly socket: Socket;
  /** Joined only when an answer is looked for: much may come that nobody asks for. */
  readonly #chunks: Buffer[] = [];
  #chunkBytes = 0;
  #waiter: (() => void) | null = null;
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    // A test that fails before it closes must not keep the process; whoever waits for an answer has a timer running.
    socket.unref();
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#chunkBytes += chunk.length;
      this.#waiter?.();
    });
    // A reset is one of the ways a broker closes; the tests ask `closed`, not how.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended = true;
      this.#waiter?.();
    });
  }

  static open(port: number, timeoutMs = 5000): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new Error(`no connection to port ${port} within ${timeoutMs} ms`));
      }, timeoutMs);
      socket.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(new RawConnection(socket));
      });
    });
  }

  get closed(): boolean {
    return this.#ended;
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** The next answer without its size field, or null when the broker closed the connection instead. */
  async answer(timeoutMs = 10_000): Promise<Buffer | null> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const body = this.#takeAnswer();
      if (body !== null) return body;
      if (this.#ended) return null;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new Error(`neither an answer nor a close within ${timeoutMs} ms`);
      await this.#wait(leftMs);
    }
  }

  close(): void {
    this.socket.destroy();
  }

  #takeAnswer(): Buffer | null {
    if (this.#chunkBytes < 4) return null;
    if (this.#chunks[0]!.length < 4) this.#join();
    const end = 4 + this.#chunks[0]!.readInt32BE(0);
    if (this.#chunkBytes < end) return null;
    if (this.#chunks[0]!.length < end) this.#join();
    const [first] = this.#chunks as [Buffer];
    if (first.length === end) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(end);
    this.#chunkBytes -= end;
    return first.subarray(4, end);
  }

  #join(): void {
    this.#chunks.splice(0, this.#chunks.length, Buffer.concat(this.#chunks));
  }

  #wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiter = null;
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#waiter = done;
    });
  }
}

/** Makes topics in one request. */
export async function createTopics(
  port: number,
  topics: readonly string[],
  partitions: number,
  configs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const connection = await RawConnection.open(port);
  try {
    connection.send(createTopicsRequest(topics, partitions, configs));
    const answer = await connection.answer(120_000);
    if (answer === null) throw new Error('the broker closed the connection on CreateTopics v2');
    // Correlation id, throttle time, and the topics: name, error code, error message.
    let at = 4 + 4 + 4;
    while (at < answer.length) {
      const nameEnd = at + 2 + answer.readInt16BE(at);
      const error = answer.readInt16BE(nameEnd);
      const topic = answer.toString('utf8', at + 2, nameEnd);
      if (error !== 0) throw new Error(`CreateTopics answered error ${error} for ${topic}`);
      at = nameEnd + 4 + Math.max(0, answer.readInt16BE(nameEnd + 2));
    }
  } finally {
    connection.close();
  }
}

/** Makes a topic for clients that cannot, and waits until the metadata has it. */
export async function createTopic(
  port: number,
  topic: string,
  partitions: number,
  configs: Readonly<Record<string, string>> = {},
): Promise<void> {
  await createTopics(port, [topic], partitions, configs);
  const connection = await RawConnection.open(port);
  try {
    await until(`the metadata has ${topic}`, async () => {
      const request = [requestHeader(API.metadata, 1, 2), int32(1), string(topic)];
      connection.send(frame(Buffer.concat(request)));
      const metadata = await connection.answer();
      // Metadata v1 ends: error, name, internal flag, partitions; the error stands right before the name.
      const at = metadata === null ? -1 : metadata.indexOf(string(topic));
      return metadata !== null && at > 2 && metadata.readInt16BE(at - 2) === 0;
    });
  } finally {
    connection.close();
  }
}

/** First offset of a partition, by ListOffsets v1, which knows nothing of leader epochs. Rejects on any error. */
export async function logStartOffset(
  port: number,
  topic: string,
  partition: number,
): Promise<number> {
  const connection = await RawConnection.open(port);
  try {
    const earliest = int64(-2);
    const partitions = [int32(1), int32(partition), earliest];
    const body = [int32(-1), int32(1), string(topic), ...partitions];
    connection.send(frame(Buffer.concat([requestHeader(API.listOffsets, 1, 1), ...body])));
    const answer = await connection.answer();
    if (answer === null) throw new Error('the broker closed the connection on ListOffsets v1');
    // Correlation id, one topic with its name, one partition: index, error code, timestamp, offset.
    const at = 4 + 4 + string(topic).length + 4 + 4;
    const error = answer.readInt16BE(at);
    if (error !== 0) throw new Error(`ListOffsets answered error ${error} for ${topic}`);
    return Number(answer.readBigInt64BE(at + 2 + 8));
  } finally {
    connection.close();
  }
}

/** True when a broker on `port` answers ApiVersions v0 without an error. */
export async function answersApiVersions(port: number): Promise<boolean> {
  let connection: RawConnection | null = null;
  try {
    connection = await RawConnection.open(port, 1000);
    connection.send(apiVersionsRequest(0, 1));
    const answer = await connection.answer(2000);
    return answer !== null && answer.length > 6 && answer.readInt16BE(4) === 0;
  } catch {
    return false;
  } finally {
    connection?.close();
  }
}
