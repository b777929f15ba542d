import type { Encodable, MessageCodec } from '@millrace/protocol';
import type { ClientRoute } from './placement.ts';

export type { MessageCodec };

/** An answer that is bytes already, in the version of the request: all that comes behind the response header. */
export class EncodedBody {
  /** Never written again: other answers may share it. */
  readonly bytes: Buffer;
  /** How often each error code is in it, NONE included. */
  readonly errorCounts: ReadonlyMap<number, number>;

  constructor(bytes: Buffer, errorCounts: ReadonlyMap<number, number>) {
    this.bytes = bytes;
    this.errorCounts = errorCounts;
  }
}

/** What a handler answers; null means that no answer is sent (Produce with acks=0). */
export type Answer<Response> = Response | Encodable<Response> | EncodedBody | null;

/** Serves one API. A handler is made by a function that takes what it depends on. */
export interface Handler<Request = unknown, Response = unknown> {
  readonly apiKey: number;
  /** Versions announced in ApiVersions: what is truly served. */
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
  /**
   * Answers one request. Byte views in the request are valid until the answer, longer only where the handler keeps the
   * frame alive by holding them. What need not wait is answered without a promise, so that its work is counted as the
   * client's (`LoopTurn`).
   * A rejection closes nothing: the dispatcher answers UNKNOWN_SERVER_ERROR through `failure` and logs it.
   */
  handle(request: Request, context: RequestContext): Answer<Response> | Promise<Answer<Response>>;
  /** The answer that carries one error for the whole request. */
  failure(request: Request, error: number, context: RequestContext): Response;
}

export interface RequestContext {
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  readonly connection: ConnectionInfo;
}

export interface ClientSoftware {
  readonly name: string;
  readonly version: string;
}

export interface ConnectionInfo extends ClientRoute {
  /** Unique among all connections this broker has had. */
  readonly id: number;
  /** The client's address without its port. */
  readonly remoteHost: string;
  /** The client's address and port, as people write them. */
  readonly remoteAddress: string;
  readonly localPort: number;
  /** What the client said it is (ApiVersions, KIP-511), set by that handler; null where it said nothing. */
  clientSoftware: ClientSoftware | null;
  /** Aborts when the connection is closed, so that what waits for it can be dropped. */
  readonly closed: AbortSignal;
}
