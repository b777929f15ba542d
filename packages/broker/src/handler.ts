import type { MessageCodec } from '@millrace/protocol';
import type { ClientRoute } from './placement.ts';

export type { MessageCodec };

/** Serves one API. A handler is made by a function that takes what it depends on. */
export interface Handler<Request = unknown, Response = unknown> {
  readonly apiKey: number;
  /** Versions announced in ApiVersions: what is truly served. */
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
  /**
   * Answers one request; null means no answer is sent (Produce with acks=0). Byte views in the request are valid
   * until the answer, longer only where the handler keeps the frame alive by holding them.
   * A rejection closes nothing: the dispatcher answers UNKNOWN_SERVER_ERROR through `failure` and logs it.
   */
  handle(request: Request, context: RequestContext): Response | null | Promise<Response | null>;
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
