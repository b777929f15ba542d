import { crc32c, ErrorCode } from '@millrace/protocol';
import type {
  ClientMatchKey,
  ClientMetricsSubscription,
} from '../config/client-metrics-configs.ts';

/** Who asks, as far as a subscription can tell clients apart. */
export type TelemetryClient = Readonly<
  Record<Exclude<ClientMatchKey, 'client_instance_id'>, string>
>;

export interface TelemetrySubscription {
  readonly subscriptionId: number;
  readonly pushIntervalMs: number;
  /** Prefixes of metric names; a single empty one for all, none for nothing. */
  readonly requestedMetrics: readonly string[];
}

export interface PushAttempt {
  readonly clientInstanceId: string;
  readonly subscriptionId: number;
  readonly terminating: boolean;
  readonly compressionType: number;
  readonly sizeBytes: number;
}

export interface ClientTelemetryOptions {
  /** The same array until one of them changes. */
  readonly subscriptions: () => readonly ClientMetricsSubscription[];
  /** `telemetry.max.bytes` */
  readonly maxBytes: number;
}

interface ClientInstance {
  /** What `subscription` was made from. */
  readonly madeFrom: readonly ClientMetricsSubscription[];
  readonly subscription: TelemetrySubscription;
  lastGetMs: number;
  lastPushMs: number;
  lastError: number;
  isTerminating: boolean;
}

/** Client instances remembered; of more, those that were heard of the longest ago are forgotten (as in Kafka). */
const MAX_INSTANCES = 16_384;
/** What a client without a subscription is told to wait before it asks again, as in Kafka. */
const DEFAULT_PUSH_INTERVAL_MS = 300_000;
const HIGHEST_CODEC = 4;
const ALL_METRICS = '*';
/** Before the first request of its kind. */
const NEVER_MS = Number.NEGATIVE_INFINITY;

/**
 * Which clients send which metrics how often (KIP-714), by the rules of Kafka's ClientMetricsManager. Holds no timer: time
 * comes as an argument.
 */
export class ClientTelemetry {
  readonly #subscriptions: () => readonly ClientMetricsSubscription[];
  readonly #maxBytes: number;
  /** By client instance id, the one heard of last at the end. */
  readonly #instances = new Map<string, ClientInstance>();

  constructor(options: ClientTelemetryOptions) {
    this.#subscriptions = options.subscriptions;
    this.#maxBytes = options.maxBytes;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** What the instance is to send, or the error code that it gets. */
  subscriptionFor(
    clientInstanceId: string,
    client: TelemetryClient,
    nowMs: number,
  ): TelemetrySubscription | number {
    const instance = this.#instance(clientInstanceId, client);
    const sinceMs = nowMs - Math.max(instance.lastGetMs, instance.lastPushMs);
    const mayAskAgain =
      instance.lastError === ErrorCode.UNKNOWN_SUBSCRIPTION_ID ||
      instance.lastError === ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
    if (sinceMs < instance.subscription.pushIntervalMs && !mayAskAgain) {
      return refuse(instance, ErrorCode.THROTTLING_QUOTA_EXCEEDED);
    }
    instance.lastGetMs = nowMs;
    instance.lastError = ErrorCode.NONE;
    return instance.subscription;
  }

  /** NONE when the push is to be taken. */
  admitPush(push: PushAttempt, client: TelemetryClient, nowMs: number): number {
    const instance = this.#instance(push.clientInstanceId, client);
    if (instance.isTerminating) return refuse(instance, ErrorCode.INVALID_REQUEST);
    // The first push after a question comes at any time: clients spread theirs over the interval.
    const isDue =
      instance.lastGetMs > instance.lastPushMs ||
      nowMs - instance.lastPushMs >= instance.subscription.pushIntervalMs;
    if (isDue) instance.lastPushMs = nowMs;
    // The last push of a client that ends cannot wait.
    else if (!push.terminating) return refuse(instance, ErrorCode.THROTTLING_QUOTA_EXCEEDED);
    if (push.subscriptionId !== instance.subscription.subscriptionId) {
      return refuse(instance, ErrorCode.UNKNOWN_SUBSCRIPTION_ID);
    }
    if (push.compressionType < 0 || push.compressionType > HIGHEST_CODEC) {
      return refuse(instance, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    }
    if (push.sizeBytes > this.#maxBytes) return refuse(instance, ErrorCode.TELEMETRY_TOO_LARGE);
    instance.isTerminating = push.terminating;
    instance.lastError = ErrorCode.NONE;
    return ErrorCode.NONE;
  }

  /** How long a client that was admitted may be silent before it is late. */
  pushIntervalOf(clientInstanceId: string): number {
    const instance = this.#instances.get(clientInstanceId);
    return instance?.subscription.pushIntervalMs ?? DEFAULT_PUSH_INTERVAL_MS;
  }

  /** Made anew when the subscriptions changed; what was asked and pushed so far still counts. */
  #instance(clientInstanceId: string, client: TelemetryClient): ClientInstance {
    const subscriptions = this.#subscriptions();
    const known = this.#instances.get(clientInstanceId);
    const instance =
      known?.madeFrom === subscriptions
        ? known
        : {
            lastGetMs: NEVER_MS,
            lastPushMs: NEVER_MS,
            lastError: ErrorCode.NONE,
            isTerminating: false,
            ...known,
            madeFrom: subscriptions,
            subscription: matching(subscriptions, clientInstanceId, client),
          };
    this.#instances.delete(clientInstanceId);
    this.#instances.set(clientInstanceId, instance);
    if (this.#instances.size > MAX_INSTANCES) {
      const [oldest] = this.#instances.keys();
      this.#instances.delete(oldest!);
    }
    return instance;
  }
}

function refuse(instance: ClientInstance, error: number): number {
  instance.lastError = error;
  return error;
}

/** All metrics that any matching subscription asks for, as often as the most eager of them. */
function matching(
  subscriptions: readonly ClientMetricsSubscription[],
  clientInstanceId: string,
  client: TelemetryClient,
): TelemetrySubscription {
  const attributes = { ...client, client_instance_id: clientInstanceId };
  const metrics = new Set<string>();
  let pushIntervalMs = DEFAULT_PUSH_INTERVAL_MS;
  for (const subscription of subscriptions) {
    const isMeant = [...subscription.match].every(([key, pattern]) =>
      pattern.matches(attributes[key]),
    );
    if (!isMeant) continue;
    for (const metric of subscription.metrics) metrics.add(metric);
    pushIntervalMs = Math.min(pushIntervalMs, subscription.intervalMs);
  }
  const requestedMetrics = metrics.has(ALL_METRICS) ? [''] : [...metrics];
  return {
    subscriptionId: subscriptionId(clientInstanceId, requestedMetrics, pushIntervalMs),
    pushIntervalMs,
    requestedMetrics,
  };
}

/** Differs when what is asked for differs; the same for the same question, also after a restart. */
function subscriptionId(
  clientInstanceId: string,
  metrics: readonly string[],
  pushIntervalMs: number,
): number {
  const bytes = Buffer.from(JSON.stringify([clientInstanceId, metrics, pushIntervalMs]));
  return crc32c(bytes, 0, bytes.length) | 0;
}
