import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BrokerStatus, EventSurface } from '@millrace/broker';
import { Histogram, Registry } from 'prom-client';
import { ConnectionMetrics } from './connection-metrics.ts';
import { type MetricDefinition, MetricText } from './metric-text.ts';
import { ProcessMetrics } from './process-metrics.ts';
import { REQUEST_TRAFFIC_METRICS, RequestTraffic } from './request-traffic.ts';
import { STATUS_METRICS, tellStatus } from './status-metrics.ts';
import { TOPIC_TRAFFIC_METRICS, TopicTraffic } from './topic-traffic.ts';

/** Told by our own code. */
const OWN_METRICS: readonly MetricDefinition[] = [
  ...TOPIC_TRAFFIC_METRICS,
  ...REQUEST_TRAFFIC_METRICS,
  ...STATUS_METRICS,
];

const SYNC_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * Prometheus metrics of one broker, under the names that dashboards for Kafka read (the JMX rules of Strimzi,
 * kafka_exporter) where there is a counterpart, else under `millrace_`. Subscribes to the broker's events; what can
 * be looked up is looked up when Prometheus asks. Series are bounded by topics × partitions and groups × offsets.
 *
 * What is counted for each request or batch, and what has a series for each partition or topic, is told by our own code;
 * the rest by prom-client, which hashes labels.
 */
export class BrokerMetrics {
  readonly #registry = new Registry();
  readonly #status: () => BrokerStatus | null;
  readonly #traffic: TopicTraffic;
  readonly #requests: RequestTraffic;
  readonly #connections: ConnectionMetrics;
  readonly #process: ProcessMetrics;
  readonly #syncs: Histogram;

  constructor(events: EventSurface, status: () => BrokerStatus | null) {
    this.#status = status;
    this.#traffic = new TopicTraffic(events, (topic) => status()?.hasTopic(topic) ?? false);
    this.#requests = new RequestTraffic(events, () => performance.now());
    this.#connections = new ConnectionMetrics(this.#registry, events);
    this.#syncs = new Histogram({
      name: 'millrace_log_sync_duration_seconds',
      help: 'Time that one fdatasync of a log file took.',
      buckets: SYNC_SECONDS,
      registers: [this.#registry],
    });
    this.#process = new ProcessMetrics(this.#registry);
  }

  /** Call with the duration of every sync of a log file. */
  observeSync(durationMs: number): void {
    this.#syncs.observe(durationMs / 1000);
  }

  /** All that is served. */
  get definitions(): readonly MetricDefinition[] {
    return [...OWN_METRICS, ...this.#registry.getMetricsAsArray().map(definitionOf)];
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text that Prometheus scrapes, in parts; the event loop has its turn before each, and while they are made. */
  async *text(): AsyncGenerator<string | Buffer> {
    const text = new MetricText(OWN_METRICS);
    await this.#traffic.tell(text, nextTurn);
    this.#requests.tell(text);
    const status = this.#status();
    if (status !== null) await tellStatus(status, text, nextTurn);
    yield await this.#registry.metrics();
    for (const chunk of text.chunks()) {
      await nextTurn();
      yield chunk;
    }
  }

  close(): void {
    this.#traffic.close();
    this.#requests.close();
    this.#connections.close();
    this.#process.close();
  }
}

function definitionOf(metric: object): MetricDefinition {
  // What it has is more than its declaration tells.
  const { name, help, type, labelNames } = metric as MetricDefinition & { labelNames: string[] };
  return { name, help, type, labels: type === 'histogram' ? [...labelNames, 'le'] : labelNames };
}
