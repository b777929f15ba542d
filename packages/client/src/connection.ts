import type { Duplex } from 'node:stream';
import {
  decodeResponseHeader,
  EncodeError,
  encodeRequestHeader,
  FrameReader,
  Reader,
  Writer,
} from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions-request';
import { type Address, formatAddress } from './address.ts';
import { type Api, nameOf } from './api.ts';
import { type BrokerVersions, readVersions, type VersionRange } from './broker-versions.ts';
import type { Clock } from './clock.ts';
import { KafkaError } from './kafka-error.ts';
import { unreadableAnswer } from './not-kafka.ts';
import { type OpenSocket, openWithin } from './open-socket.ts';

export interface ConnectionOptions {
  readonly clientId: string;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly connectTimeoutMs: number;
  /** How long an answer may take, from when its request was written. */
  readonly requestTimeoutMs: number;
  /** Requests that may be on their way at once; the next ones wait. */
  readonly maxInFlight: number;
  /** Bytes of requests on their way, above which the next ones wait. */
  readonly maxInFlightBytes: number;
  /** Requests that may wait; one more is refused. */
  readonly maxWaiting: number;
  /** The largest answer that is read; a longer one ends the connection. */
  readonly maxAnswerBytes: number;
}

export interface RequestOptions {
  /** The versions that will do; all that both sides know by default. */
  readonly versions?: VersionRange;
  /** Instead of the connection's `requestTimeoutMs`, for answers that the broker holds back. */
  readonly timeoutMs?: number;
}

/** The message, or what makes it once the version is known. */
export type Body<Request> = Request | ((version: number) => Request);

interface InFlight {
  readonly correlationId: number;
  readonly sizeBytes: number;
  readonly name: string;
  readonly cancelTimeout: () => void;
  /** Throws MalformedError. */
  readonly answer: (frame: Buffer) => void;
  readonly fail: (error: KafkaError) => void;
}

interface Waiting {
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

/** What is sent, and how its answer is read. */
interface Exchange<Response> {
  readonly apiKey: number;
  readonly name: string;
  readonly version: number;
  readonly timeoutMs: number;
  readonly encode: (writer: Writer) => void;
  readonly decode: (frame: Buffer, bodyAt: number) => Response;
}

/**
 * One connection to one broker. Requests are pipelined and answered in their order; how many may be on their way is
 * bounded in number and bytes. The first thing that goes wrong (a lost connection, an answer that is late, garbled or
 * out of turn) ends the connection, and all that wait for an answer are told why.
 */
export class Connection {
  readonly address: Address;
  readonly #options: ConnectionOptions;
  readonly #socket: Duplex;
  readonly #frames: FrameReader;
  readonly #writer = new Writer();
  /** In the order of their answers; at most `maxInFlight`. */
  readonly #inFlight: InFlight[] = [];
  /** At most `maxWaiting`. */
  readonly #waiting: Waiting[] = [];
  #inFlightBytes = 0;
  #correlationId = 0;
  #answers = 0;
  #versions: BrokerVersions | null = null;
  #failure: KafkaError | null = null;

  private constructor(address: Address, socket: Duplex, options: ConnectionOptions) {
    this.address = address;
    this.#options = options;
    this.#socket = socket;
    this.#frames = new FrameReader(options.maxAnswerBytes);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error: Error) => this.#fail(this.#lost(error.message, error)));
    socket.on('close', () => this.#fail(this.#lost('the broker closed it')));
    socket.on('end', () => this.#fail(this.#lost('the broker closed it')));
    if (socket.destroyed) this.#fail(this.#lost('the broker closed it'));
  }

  /** Connects and learns what the broker serves. Rejects with KafkaError. */
  static async open(address: Address, options: ConnectionOptions): Promise<Connection> {
    const { openSocket, connectTimeoutMs, clock } = options;
    const socket = await openWithin(openSocket, address, connectTimeoutMs, clock);
    const connection = new Connection(address, socket, options);
    try {
      connection.#versions = await connection.#askVersions();
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** What the broker serves. */
  get versions(): BrokerVersions {
    return this.#versions!;
  }

  /** Why the connection ended; null while it is open. */
  get failure(): KafkaError | null {
    return this.#failure;
  }

  /** Requests sent and not answered, or waiting to be sent. */
  get pendingCount(): number {
    return this.#inFlight.length + this.#waiting.length;
  }

  /**
   * Sends a request and resolves to its answer, in the newest version that both sides know. Requests leave in the order
   * of the calls. Rejects with KafkaError.
   */
  request<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    options: RequestOptions = {},
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      const version = this.versions.newest(api, options.versions);
      const exchange = this.#exchangeOf(api, body, version, options);
      this.#whenRoom(() => this.#exchange(exchange, resolve, reject), reject);
    });
  }

  /** Sends a request that is not answered, such as Produce with acks=0. Resolves once it is handed to the system. */
  post<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    options: RequestOptions = {},
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const version = this.versions.newest(api, options.versions);
      const exchange = this.#exchangeOf(api, body, version, options);
      this.#whenRoom(() => {
        this.#write(this.#frameOf(exchange).parts, (error) => {
          if (error) reject(this.#failure ?? this.#lost(error.message, error));
          else resolve();
        });
      }, reject);
    });
  }

  /** Ends the connection. What waits for an answer is rejected with `reason`. */
  close(reason: KafkaError = new KafkaError('CLIENT_CLOSED', 'The client was closed.')): void {
    this.#fail(reason);
  }

  #exchangeOf<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    version: number,
    { timeoutMs = this.#options.requestTimeoutMs }: RequestOptions,
  ): Exchange<Response> {
    return {
      apiKey: api.request.apiKey,
      name: nameOf(api),
      version,
      timeoutMs,
      encode: (writer) => {
        const message =
          typeof body === 'function' ? (body as (v: number) => Request)(version) : body;
        api.request.encode(writer, message, version);
      },
      decode: (frame, bodyAt) => api.response.decode(new Reader(frame, bodyAt), version),
    };
  }

  #askVersions(): Promise<BrokerVersions> {
    const where = formatAddress(this.address);
    return readVersions(
      (version, message) =>
        new Promise((resolve, reject) => {
          const exchange = {
            apiKey: ApiVersionsRequest.apiKey,
            name: 'ApiVersions',
            version,
            timeoutMs: this.#options.requestTimeoutMs,
            encode: (writer: Writer) => ApiVersionsRequest.encode(writer, message, version),
            decode: (frame: Buffer, bodyAt: number) => ({ frame, bodyAt }),
          };
          this.#whenRoom(() => this.#exchange(exchange, resolve, reject), reject);
        }),
      where,
    );
  }

  /** Sends now, or when those before it were sent and there is room. */
  #whenRoom(send: () => void, fail: (error: unknown) => void): void {
    const start = () => {
      try {
        send();
      } catch (error) {
        fail(error);
      }
    };
    if (this.#failure !== null) fail(withoutEffect(this.#failure));
    else if (this.#waiting.length === 0 && this.#hasRoom) start();
    else if (this.#waiting.length < this.#options.maxWaiting) this.#waiting.push({ start, fail });
    else fail(this.#tooMany());
  }

  #tooMany(): KafkaError {
    const where = formatAddress(this.address);
    const count = this.#waiting.length;
    const summary = `${count} requests wait for ${where} already, and that is the most that may.`;
    return new KafkaError('TOO_MANY_REQUESTS', summary, { isRetriable: true });
  }

  get #hasRoom(): boolean {
    const { maxInFlight, maxInFlightBytes } = this.#options;
    if (this.#inFlight.length >= maxInFlight) return false;
    return this.#inFlightBytes + this.#socket.writableLength < maxInFlightBytes;
  }

  #exchange<Response>(
    exchange: Exchange<Response>,
    resolve: (response: Response) => void,
    fail: (error: KafkaError) => void,
  ): void {
    const { name, apiKey, version, timeoutMs } = exchange;
    const { parts, sizeBytes, correlationId } = this.#frameOf(exchange);
    const cancelTimeout = this.#options.clock.schedule(timeoutMs, () =>
      this.#fail(this.#late(name, timeoutMs)),
    );
    const answer = (frame: Buffer) => {
      const reader = new Reader(frame);
      decodeResponseHeader(reader, apiKey, version);
      resolve(exchange.decode(frame, reader.offset));
    };
    this.#inFlight.push({ correlationId, sizeBytes, name, cancelTimeout, answer, fail });
    this.#inFlightBytes += sizeBytes;
    this.#write(parts);
  }

  #frameOf({ apiKey, name, version, encode }: Exchange<unknown>) {
    if (this.#failure !== null) throw this.#failure;
    const correlationId = this.#correlationId;
    const writer = this.#writer;
    writer.startFrame();
    try {
      const { clientId } = this.#options;
      encodeRequestHeader(writer, { apiKey, apiVersion: version, correlationId, clientId });
      encode(writer);
    } catch (error) {
      writer.abandonFrame();
      if (!(error instanceof EncodeError)) throw error;
      throw new KafkaError(
        'UNSUPPORTED_BY_BROKER',
        `${formatAddress(this.address)} serves ${name} up to version ${version}, which cannot carry the request: ${error.message}.`,
        { hint: 'The broker is too old for this.', cause: error },
      );
    }
    // int32 on the wire, starting again at 0.
    this.#correlationId = (correlationId + 1) & 0x7fffffff;
    const { parts, sizeBytes } = writer.finishFrame();
    return { parts: parts as readonly Buffer[], sizeBytes, correlationId };
  }

  #write(parts: readonly Buffer[], done?: (error?: Error | null) => void): void {
    const socket = this.#socket;
    socket.cork();
    for (const part of parts.slice(0, -1)) socket.write(part);
    socket.write(parts.at(-1)!, (error) => {
      done?.(error);
      this.#startWaiting();
    });
    socket.uncork();
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#frames.push(chunk);
      for (let frame = this.#frames.next(); frame !== null; frame = this.#frames.next()) {
        this.#answer(frame);
      }
    } catch (error) {
      this.#fail(unreadableAnswer(error, this.#lastAsked()));
      return;
    }
    this.#startWaiting();
  }

  #answer(frame: Buffer): void {
    const next = this.#inFlight[0];
    if (next === undefined) throw new Error('an answer to no request');
    if (frame.length < 4) throw new Error(`an answer of ${frame.length} bytes`);
    const correlationId = frame.readInt32BE(0);
    if (correlationId !== next.correlationId) {
      throw new Error(
        `an answer with correlation id ${correlationId} where ${next.correlationId} was next`,
      );
    }
    next.answer(frame);
    next.cancelTimeout();
    this.#inFlight.shift();
    this.#inFlightBytes -= next.sizeBytes;
    this.#answers++;
  }

  #startWaiting(): void {
    while (this.#failure === null && this.#hasRoom) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next.start();
    }
  }

  #fail(error: KafkaError): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#socket.destroy();
    for (const { cancelTimeout, fail } of this.#inFlight.splice(0)) {
      cancelTimeout();
      fail(error);
    }
    const unsent = withoutEffect(error);
    for (const { fail } of this.#waiting.splice(0)) fail(unsent);
    this.#inFlightBytes = 0;
  }

  #lastAsked(): string {
    const where = formatAddress(this.address);
    const next = this.#inFlight[0];
    return next === undefined ? where : `${where}, asked for ${next.name},`;
  }

  #lost(reason: string, cause?: unknown): KafkaError {
    const where = formatAddress(this.address);
    const asked = this.#inFlight[0];
    const during = asked === undefined ? '' : ` before it answered ${asked.name}`;
    return new KafkaError(
      'CONNECTION_LOST',
      `The connection to ${where} ended${during}: ${reason}.`,
      {
        isRetriable: true,
        mayHaveHappened: asked !== undefined,
        hint: asked === undefined ? null : this.#whyClosed(),
        cause,
      },
    );
  }

  /** Brokers do not say why they close, but when they do tells much. */
  #whyClosed(): string | null {
    if (this.#answers === 0) {
      return 'No Kafka broker, one older than 0.10, or a listener that expects TLS closes like this.';
    }
    if (this.#answers <= 2) {
      return 'Listeners that expect SASL close like this when a client does not authenticate.';
    }
    return null;
  }

  #late(name: string, timeoutMs: number): KafkaError {
    const where = formatAddress(this.address);
    return new KafkaError(
      'ANSWER_TIMEOUT',
      `${where} did not answer ${name} within ${timeoutMs} ms.`,
      {
        isRetriable: true,
        mayHaveHappened: true,
        hint:
          this.#answers === 0
            ? 'Something accepts connections there, but it may not be a Kafka broker.'
            : 'The broker is overloaded or stopped, or the network lost the answer.',
      },
    );
  }
}

/** The same error for a request that was never sent. */
function withoutEffect(error: KafkaError): KafkaError {
  if (!error.mayHaveHappened) return error;
  const { code, summary, hint, isRetriable } = error;
  return new KafkaError(code, summary, { hint, isRetriable, mayHaveHappened: false, cause: error });
}
