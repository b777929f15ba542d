import type { ExpiredRecords } from '@millrace/storage';
import type { ConnectionCloseCause } from './network/connection.ts';
import type { ConnectionLimit } from './network/connection-quotas.ts';
import type { ClientMetric } from './telemetry/otlp-metrics.ts';

/**
 * The broker's one event surface: metrics, logs and traces subscribe here, handlers never call a metrics library.
 */
export interface BrokerEvents {
  'listener-bound': { readonly listener: string; readonly host: string; readonly port: number };
  'connection-opened': {
    readonly connectionId: number;
    readonly listener: string;
    readonly remoteAddress: string;
  };
  /** `reason` is null when nothing is wrong with how it ended. */
  'connection-closed': {
    readonly connectionId: number;
    readonly listener: string;
    readonly remoteAddress: string;
    readonly cause: ConnectionCloseCause;
    readonly reason: string | null;
  };
  /** A connection was turned away before its first request. `limit` is null when the system could not give it. */
  'connection-refused': {
    readonly listener: string;
    readonly remoteAddress: string;
    readonly limit: ConnectionLimit | null;
    readonly reason: string;
  };
  /** A connection waits for its first request (`max.connection.creation.rate`). */
  'connection-delayed': {
    readonly listener: string;
    readonly remoteAddress: string;
    readonly delayMs: number;
  };
  /** A handler threw: a defect of ours, answered with UNKNOWN_SERVER_ERROR. */
  'request-failed': {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly clientId: string | null;
    readonly error: unknown;
  };
  'request-completed': {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly requestBytes: number;
    readonly responseBytes: number;
    readonly durationMs: number;
    /** How often the answer has each error code, NONE included; holds only during the event. */
    readonly errorCounts: ReadonlyMap<number, number>;
  };
  /** One partition of a produce request was appended. */
  'records-produced': { readonly topic: string; readonly records: number; readonly bytes: number };
  /** One partition of a fetch answer had records. */
  'records-fetched': { readonly topic: string; readonly bytes: number };
  /** One partition of a produce request or fetch answer has an error. */
  'partition-failed': { readonly apiKey: number; readonly topic: string; readonly error: number };
  'topic-created': { readonly topic: string; readonly partitions: number; readonly auto: boolean };
  'topic-deleted': { readonly topic: string };
  /** Null goes back to the default. */
  'topic-configs-changed': {
    readonly topic: string;
    readonly configs: ReadonlyMap<string, string | null>;
  };
  /** `nodeId` is null for what holds for all brokers; a value of null goes back to what held before. */
  'broker-configs-changed': {
    readonly nodeId: number | null;
    readonly configs: ReadonlyMap<string, string | null>;
  };
  /** A client pushed its own metrics (KIP-714); the last time when it `isTerminating`. */
  'client-metrics-received': {
    readonly clientInstanceId: string;
    readonly clientId: string;
    readonly isTerminating: boolean;
    readonly pushIntervalMs: number;
    readonly metrics: readonly ClientMetric[];
  };
  /** Retention let go of a partition's oldest records (`retention.ms`, `retention.bytes`). */
  'records-expired': ExpiredRecords;
  /** Something in the store that an operator should read. */
  'storage-notice': { readonly message: string };
}

type Listener<T> = (event: T) => void;

export class EventSurface {
  readonly #listeners = new Map<keyof BrokerEvents, Set<Listener<never>>>();

  /** Returns the function that unsubscribes. Bound: what subscribers the program itself adds. */
  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: Listener<BrokerEvents[Name]>,
  ): () => void {
    let listeners = this.#listeners.get(name);
    if (listeners === undefined) {
      listeners = new Set();
      this.#listeners.set(name, listeners);
    }
    listeners.add(listener as Listener<never>);
    return () => listeners.delete(listener as Listener<never>);
  }

  /** Lets hot paths skip building an event that nobody hears. */
  hears(name: keyof BrokerEvents): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  emit<Name extends keyof BrokerEvents>(name: Name, event: BrokerEvents[Name]): void {
    const listeners = this.#listeners.get(name);
    if (listeners === undefined) return;
    for (const listener of listeners) (listener as Listener<BrokerEvents[Name]>)(event);
  }
}
