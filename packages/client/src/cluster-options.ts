import { type Clock, systemClock } from './clock.ts';
import type { ConnectionOptions } from './connection.ts';
import { type OpenSocket, openTcp } from './open-socket.ts';
import type { RetryPolicy } from './retry.ts';

const MEBIBYTE = 1024 * 1024;

export interface ClusterOptions {
  /** Kafka's `bootstrap.servers`: `host:port`, several with commas between, IPv6 in brackets. */
  readonly bootstrap: string;
  /** Kafka's `client.id`; `millrace` by default. */
  readonly clientId?: string;
  /** Kafka's `request.timeout.ms`; 30,000 by default. */
  readonly requestTimeoutMs?: number;
  /** For one try to connect; 10,000 by default. */
  readonly connectTimeoutMs?: number;
  /** How long a request is tried again, Kafka's `default.api.timeout.ms`; 60,000 by default. */
  readonly retryTimeoutMs?: number;
  /** Kafka's `retry.backoff.ms` and `retry.backoff.max.ms`; 100 and 1000 by default. */
  readonly retryBackoffMs?: number;
  readonly retryBackoffMaxMs?: number;
  /** Requests on their way to one broker; 64 by default. */
  readonly maxInFlight?: number;
  /** Bytes of requests on their way to one broker; 32 MiB by default. */
  readonly maxInFlightBytes?: number;
  /** Requests that wait for one broker; 1024 by default. */
  readonly maxWaiting?: number;
  /** The largest answer that is read; 128 MiB by default. */
  readonly maxAnswerBytes?: number;
  /** The world around, for tests. */
  readonly clock?: Clock;
  readonly openSocket?: OpenSocket;
  /** Gives 0 to 1; spreads the waits between tries. */
  readonly random?: () => number;
}

/** The options of its connections, with the defaults filled in. */
export function connectionOptions(options: ClusterOptions): ConnectionOptions {
  return {
    clientId: options.clientId ?? 'millrace',
    clock: options.clock ?? systemClock,
    openSocket: options.openSocket ?? openTcp,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    maxInFlight: options.maxInFlight ?? 64,
    maxInFlightBytes: options.maxInFlightBytes ?? 32 * MEBIBYTE,
    maxWaiting: options.maxWaiting ?? 1024,
    maxAnswerBytes: options.maxAnswerBytes ?? 128 * MEBIBYTE,
  };
}

export function retryPolicy(options: ClusterOptions): RetryPolicy {
  return {
    timeoutMs: options.retryTimeoutMs ?? 60_000,
    backoffMs: options.retryBackoffMs ?? 100,
    maxBackoffMs: options.retryBackoffMaxMs ?? 1000,
  };
}
