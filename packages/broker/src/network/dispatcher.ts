import {
  ApiKey,
  apiName,
  decodeRequestHeader,
  type EncodedFrame,
  ErrorCode,
  encodeResponseFrame,
  MalformedError,
  Reader,
  type RequestHeader,
  Writer,
} from '@millrace/protocol';
import type { EventSurface } from '../events.ts';
import { type ConnectionInfo, EncodedBody, type Handler, type RequestContext } from '../handler.ts';

/**
 * Array elements that one request may hold in all: ten times what a client with every partition of a large broker
 * asks for. Decoded, each is an object of a hundred bytes or more, and none is handled in less than a microsecond.
 */
const MAX_REQUEST_ELEMENTS = 1 << 17;
/** Their answers grow with what the broker holds, not with what was asked; Metadata of 10,000 topics has 1 MiB. */
const BULK_APIS = new Set<number>([ApiKey.Fetch, ApiKey.Metadata]);
/** Their handlers keep nothing of a request's bytes once they have begun it. */
const LENT_APIS = new Set<number>([ApiKey.Produce]);
/** What an element is counted as in request memory, beside its bytes. */
const ELEMENT_BYTES = 128;

const NO_ERROR_CODES: ReadonlyMap<number, number> = new Map();

/** The client broke the protocol: the connection is closed with this one line in the log. */
export class ProtocolViolation extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProtocolViolation';
  }
}

export interface Dispatched {
  /** Null: no answer is sent. Rejects only with `ProtocolViolation`. */
  readonly answer: EncodedFrame | null | Promise<EncodedFrame | null>;
  /** The answer may be large: the connection begins nothing else before it is made. */
  readonly bulk: boolean;
  /** Memory that the request holds until it is answered: the frame, and what it was decoded into. */
  readonly requestBytes: number;
}

/** From frame to handler to encoded answer. Knows the protocol's envelope, and nothing of sockets. */
export class Dispatcher {
  readonly #handlers = new Map<number, Handler>();
  readonly #events: EventSurface;
  readonly #nowMs: () => number;
  /** Reused by all answers: encoding one never waits. */
  readonly #writer = new Writer();

  /** `nowMs` measures durations, in fractions of a millisecond, and never goes back. */
  constructor(handlers: readonly Handler[], events: EventSurface, nowMs: () => number) {
    for (const handler of handlers) this.#handlers.set(handler.apiKey, handler);
    this.#events = events;
    this.#nowMs = nowMs;
  }

  /**
   * Throws `ProtocolViolation` when the frame is no request that can be answered. The memory of a frame that `isBorrowed`
   * is the caller's again when this returns: all but Produce, whose records the logs copy, get a frame of their own.
   */
  begin(bytes: Buffer, connection: ConnectionInfo, isBorrowed: boolean): Dispatched {
    const mayStay = !isBorrowed || LENT_APIS.has(apiKeyOf(bytes));
    const frame = mayStay ? bytes : Buffer.from(bytes);
    const reader = new Reader(frame, 0, frame.length, MAX_REQUEST_ELEMENTS);
    const header = this.#header(reader, frame, connection);
    const handler = this.#handlers.get(header.apiKey);
    if (handler === undefined || !serves(handler, header.apiVersion)) {
      if (handler !== undefined && header.apiKey === ApiKey.ApiVersions) {
        const answer = this.#unsupportedApiVersions(handler, header, connection, frame.length);
        return { answer, bulk: false, requestBytes: frame.length };
      }
      throw unsupported(header, handler);
    }
    const request = this.#body(handler, header, reader);
    const context: RequestContext = {
      apiVersion: header.apiVersion,
      correlationId: header.correlationId,
      clientId: header.clientId,
      connection,
    };
    const answer = this.#answer(handler, request, context, frame.length);
    const requestBytes = frame.length + reader.elementsRead * ELEMENT_BYTES;
    return { answer, bulk: BULK_APIS.has(header.apiKey), requestBytes };
  }

  #header(reader: Reader, frame: Buffer, connection: ConnectionInfo): RequestHeader {
    try {
      return decodeRequestHeader(reader);
    } catch (error) {
      throw new ProtocolViolation(
        `no request header in a frame of ${frame.length} bytes from ${connection.remoteAddress}: ` +
          `${messageOf(error)} Is this a Kafka client?`,
        { cause: error },
      );
    }
  }

  #body(handler: Handler, header: RequestHeader, reader: Reader): unknown {
    try {
      return handler.request.decode(reader, header.apiVersion);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      throw new ProtocolViolation(
        `malformed ${handler.request.name} v${header.apiVersion} from client "${header.clientId}": ${error.message}`,
        { cause: error },
      );
    }
  }

  #answer(
    handler: Handler,
    request: unknown,
    context: RequestContext,
    requestBytes: number,
  ): EncodedFrame | null | Promise<EncodedFrame | null> {
    const startedMs = this.#nowMs();
    const finish = (response: unknown): EncodedFrame | null => {
      const frame =
        response === null ? null : encodeAnswer(this.#writer, handler, response, context);
      this.#tellCompleted(handler.apiKey, context.apiVersion, requestBytes, frame, startedMs);
      return frame;
    };
    const fail = (error: unknown): EncodedFrame | null => {
      if (error instanceof ProtocolViolation) throw error;
      const { apiVersion, clientId } = context;
      this.#events.emit('request-failed', { apiKey: handler.apiKey, apiVersion, clientId, error });
      return finish(handler.failure(request, ErrorCode.UNKNOWN_SERVER_ERROR, context));
    };
    try {
      const response = handler.handle(request, context);
      return response instanceof Promise ? response.then(finish).catch(fail) : finish(response);
    } catch (error) {
      return fail(error);
    }
  }

  /** KIP-511: an ApiVersions request that is newer than ours is answered in version 0, so that the client can fall back. */
  #unsupportedApiVersions(
    handler: Handler,
    header: RequestHeader,
    connection: ConnectionInfo,
    requestBytes: number,
  ): EncodedFrame {
    const startedMs = this.#nowMs();
    const { correlationId, clientId } = header;
    const context: RequestContext = { apiVersion: 0, correlationId, clientId, connection };
    const response = handler.failure(undefined, ErrorCode.UNSUPPORTED_VERSION, context);
    const frame = encodeAnswer(this.#writer, handler, response, context);
    // Told under the version of the answer: what clients ask for may be any number.
    this.#tellCompleted(handler.apiKey, context.apiVersion, requestBytes, frame, startedMs);
    return frame;
  }

  /** Called right after `frame` was encoded: the writer knows its error codes until it begins another. */
  #tellCompleted(
    apiKey: number,
    apiVersion: number,
    requestBytes: number,
    frame: EncodedFrame | null,
    startedMs: number,
  ): void {
    if (!this.#events.hears('request-completed')) return;
    this.#events.emit('request-completed', {
      apiKey,
      apiVersion,
      requestBytes,
      responseBytes: frame?.sizeBytes ?? 0,
      durationMs: this.#nowMs() - startedMs,
      errorCounts: frame === null ? NO_ERROR_CODES : this.#writer.errorCounts,
    });
  }
}

/** −1 where there is none. */
function apiKeyOf(frame: Buffer): number {
  return frame.length < 2 ? -1 : frame.readInt16BE(0);
}

function serves(handler: Handler, version: number): boolean {
  const { minVersion, maxVersion } = handler.request;
  return (
    version >= Math.max(minVersion, handler.minVersion) &&
    version <= Math.min(maxVersion, handler.maxVersion)
  );
}

function unsupported(header: RequestHeader, handler: Handler | undefined): ProtocolViolation {
  const { apiKey, apiVersion, clientId } = header;
  const name = apiName(apiKey);
  if (handler === undefined) {
    return new ProtocolViolation(
      `client "${clientId}" sent API key ${apiKey}${name === undefined ? '' : ` (${name})`}, which is not served here. ` +
        'Did it ask for ApiVersions first?',
    );
  }
  return new ProtocolViolation(
    `client "${clientId}" sent ${name} version ${apiVersion}; versions ` +
      `${handler.request.minVersion} to ${handler.maxVersion} are served. Did it ask for ApiVersions first?`,
  );
}

function encodeAnswer(
  writer: Writer,
  handler: Handler,
  response: unknown,
  context: RequestContext,
): EncodedFrame {
  const { response: codec } = handler;
  if (!(response instanceof EncodedBody)) {
    return encodeResponseFrame(writer, codec, response, context);
  }
  const asItIs = {
    apiKey: codec.apiKey,
    encode: (to: Writer, body: EncodedBody) => to.writeEncoded(body.bytes, body.errorCounts),
  };
  return encodeResponseFrame(writer, asItIs, response, context);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
