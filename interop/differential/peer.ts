// One of the two brokers: asks it, and keeps what was asked and what came of it.

import { decodeResponseHeader, Reader } from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions-request';
import { ListOffsetsRequest } from '@millrace/protocol/messages/list-offsets-request';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets-response';
import { MetadataRequest } from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import { frameOf, RawClient } from '../../packages/broker/test/raw-client.ts';
import { until } from '../harness/until.ts';
import { type Api, api, complete, type Sparse } from './api.ts';
import { Placeholders } from './placeholders.ts';

/** Longer than any answer here may take on a busy machine, a rebalance included; only silence costs this long. */
const ANSWER_TIMEOUT_MS = 10_000;

/** What comes of a request that is not answered with a message. */
export type Silence = '<closed>' | '<no answer>' | '<not in time>' | `<not decodable: ${string}>`;

/** One request and what came of it, ready to be compared. */
export interface Exchange {
  readonly api: string;
  readonly version: number;
  readonly request: unknown;
  readonly outcome: unknown;
}

/** Ends a script whose request was not answered with a message; that it was not is compared like an answer. */
export class NotAnswered extends Error {}

type Outcome<Response> = Response | Silence;

const metadata = api(MetadataRequest, MetadataResponse);
const listOffsets = api(ListOffsetsRequest, ListOffsetsResponse);

export class Peer {
  readonly name: string;
  readonly port: number;
  readonly placeholders: Placeholders;
  /** Every field that a compared request gave a value, such as `Fetch.topics.partitions`. */
  readonly fieldsGiven = new Set<string>();
  #exchanges: Exchange[] = [];

  constructor(name: string, port: number) {
    this.name = name;
    this.port = port;
    this.placeholders = new Placeholders(port);
  }

  /** Sends one request on a connection of its own. What comes of it is compared; throws where it is not an answer. */
  async ask<Request, Response>(
    served: Api<Request, Response>,
    version: number,
    given: Sparse<Request>,
  ): Promise<Response> {
    this.#noteFields(given, served.name);
    const outcome = await this.#answerTo(served, version, given);
    this.#keep(served.name, version, given, outcome, served.response.name);
    return answered(served.name, version, outcome);
  }

  /** Sends bytes that may not be a request; only that they are answered is compared, not with what. */
  async send(apiName: string, version: number, frame: Buffer): Promise<void> {
    const outcome = await this.#outcome(frame, () => '<answered>' as const);
    this.#keep(apiName, version, frame.toString('hex'), outcome, '');
  }

  /** As `ask`, for what is done to get somewhere and not compared. */
  async prepare<Request, Response>(
    served: Api<Request, Response>,
    version: number,
    given: Sparse<Request>,
  ): Promise<Response> {
    const outcome = await this.#answerTo(served, version, given);
    return answered(served.name, version, outcome);
  }

  /** Waits until the metadata has the topic and its partitions are led, and learns its id. */
  async untilTopic(name: string, partitions = 1): Promise<void> {
    await until(`${this.name} has topic ${name}`, async () => {
      const { topics } = await this.prepare(metadata, 12, {
        topics: [{ name }],
        allowAutoTopicCreation: false,
      });
      const [topic] = topics;
      const led = topic?.partitions.filter(({ errorCode }) => errorCode === 0).length ?? 0;
      if (topic?.errorCode !== 0 || led < partitions) return false;
      this.placeholders.learnTopic(name, topic.topicId);
      return this.#areLed(name, topic.partitions.length);
    });
  }

  /** Kafka's metadata names a leader a moment before it leads. */
  async #areLed(name: string, count: number): Promise<boolean> {
    const partitions = Array.from({ length: count }, (_, partitionIndex) => ({ partitionIndex }));
    const { topics } = await this.prepare(listOffsets, 7, {
      replicaId: -1,
      topics: [{ name, partitions }],
    });
    return topics[0]!.partitions.every(({ errorCode }) => errorCode === 0);
  }

  until(what: string, condition: () => Promise<boolean>): Promise<void> {
    return until(`${what} on ${this.name}`, condition, 20_000, 10);
  }

  knowsTopic(name: string): boolean {
    return this.placeholders.knowsTopic(name);
  }

  topicId(name: string): string {
    return this.placeholders.topicId(name);
  }

  /** What was asked since it was last taken. */
  take(): readonly Exchange[] {
    const exchanges = this.#exchanges;
    this.#exchanges = [];
    return exchanges;
  }

  #noteFields(given: unknown, path: string): void {
    if (Array.isArray(given)) for (const element of given) this.#noteFields(element, path);
    if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given)) return;
    for (const [name, part] of Object.entries(given)) {
      if (!Array.isArray(given)) this.fieldsGiven.add(`${path}.${name}`);
      this.#noteFields(part, `${path}.${name}`);
    }
  }

  #answerTo<Request, Response>(
    { request, response }: Api<Request, Response>,
    version: number,
    given: Sparse<Request>,
  ): Promise<Outcome<Response>> {
    const frame = frameOf(request, complete(request, given), version, 1);
    return this.#outcome(frame, (bytes) => {
      const reader = new Reader(bytes);
      decodeResponseHeader(reader, request.apiKey, version);
      const answer = response.decode(reader, version);
      if (reader.remaining > 0) throw new Error(`${reader.remaining} bytes left`);
      return answer;
    });
  }

  #keep(
    apiName: string,
    version: number,
    request: unknown,
    outcome: unknown,
    messageName: string,
  ): void {
    this.#exchanges.push({
      api: apiName,
      version,
      request: this.placeholders.normalise(request, 'Request'),
      outcome: this.placeholders.normalise(outcome, messageName),
    });
  }

  /** ApiVersions follows at once, so that no answer to the request is told from one that is late. */
  async #outcome<Response>(
    frame: Buffer,
    decode: (answer: Buffer) => Response,
  ): Promise<Outcome<Response>> {
    const client = await RawClient.open(this.port);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      client.close();
    }, ANSWER_TIMEOUT_MS);
    try {
      const probe = complete(ApiVersionsRequest, {});
      client.socket.write(Buffer.concat([frame, frameOf(ApiVersionsRequest, probe, 0, 2)]));
      const answer = await client.nextFrame();
      if (answer === null) return isLate ? '<not in time>' : '<closed>';
      if (answer.readInt32BE(0) === 2) return '<no answer>';
      return decode(answer);
    } catch (error) {
      return `<not decodable: ${(error as Error).message}>`;
    } finally {
      clearTimeout(timer);
      client.close();
    }
  }
}

function answered<Response>(name: string, version: number, outcome: Outcome<Response>): Response {
  if (typeof outcome === 'string') throw new NotAnswered(`${name} version ${version}: ${outcome}`);
  return outcome as Response;
}
