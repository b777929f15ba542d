import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BrokerStatus, EventSurface } from '@millrace/broker';
import { apiName, errorName } from '@millrace/protocol';
import { Counter, Histogram, Registry } from 'prom-client';
import { MetricText } from './metric-text.ts';
import { ProcessMetrics } from './process-metrics.ts';
import { STATUS_METRICS, tellStatus } from './status-metrics.ts';
import { TOPIC_TRAFFIC_METRICS, TopicTraffic } from './topic-traffic.ts';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * Prometheus metrics of one broker, under the names that dashboards for Kafka read (the JMX rules of Strimzi,
 * kafka_exporter) where there is a counterpart, else under `millrace_`. Subscribes to the broker's events; what can
 * be looked up is looked up when Prometheus asks. Series are bounded by topics × partitions and groups × offsets.
 */
export class BrokerMetrics {
  readonly #registry = new Registry();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #process = new ProcessMetrics(this.#registry);
  readonly #traffic: TopicTraffic;
  readonly #status: () => BrokerStatus | null;

  constructor(events: EventSurface, status: () => BrokerStatus | null) {
    this.#status = status;
    this.#traffic = new TopicTraffic(events, (topic) => status()?.hasTopic(topic) ?? false);
    this.#countRequests(events);
    this.#countFailures(events);
    this.#observeSyncs();
  }

  /** Call with the duration of every sync of a log file. */
  observeSync: (durationMs: number) => void = () => {};

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text that Prometheus scrapes, in parts; the event loop has its turn before each, and while they are made. */
  async *text(): AsyncGenerator<string | Buffer> {
    const text = new MetricText([...TOPIC_TRAFFIC_METRICS, ...STATUS_METRICS]);
    await this.#traffic.tell(text, nextTurn);
    const status = this.#status();
    if (status !== null) await tellStatus(status, text, nextTurn);
    yield await this.#registry.metrics();
    for (const chunk of text.chunks()) {
      await nextTurn();
      yield chunk;
    }
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#traffic.close();
    this.#process.close();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #countRequests(events: EventSurface): void {
    const duration = new Histogram({
      name: 'millrace_request_duration_seconds',
      help: 'From the whole request to its answer; fetches include their long poll.',
      labelNames: ['api'] as const,
      buckets: SECONDS,
      registers: [this.#registry],
    });
    const requests = this.#counter('millrace_requests_total', 'Requests answered.', [
      'api',
      'version',
    ]);
    this.#unsubscribe.push(
      events.on('request-completed', ({ apiKey, apiVersion, durationMs }) => {
        const api = apiName(apiKey) ?? String(apiKey);
        duration.observe({ api }, durationMs / 1000);
        requests.inc({ api, version: apiVersion });
      }),
    );
  }

  #countFailures(events: EventSurface): void {
    const errors = this.#counter(
      'millrace_errors_total',
      'Errors answered for partitions, and requests that failed.',
      ['api', 'error'],
    );
    const closed = this.#counter(
      'millrace_connections_closed_total',
      'Connections that the broker closed because of what the client did.',
      [],
    );
    this.#unsubscribe.push(
      events.on('partition-failed', ({ apiKey, error }) => {
        errors.inc({ api: apiName(apiKey) ?? String(apiKey), error: errorName(error) });
      }),
      events.on('request-failed', ({ apiKey }) => {
        errors.inc({ api: apiName(apiKey) ?? String(apiKey), error: errorName(-1) });
      }),
      events.on('connection-closed', ({ reason }) => {
        if (reason !== null) closed.inc();
      }),
    );
  }

  #observeSyncs(): void {
    const duration = new Histogram({
      name: 'millrace_log_sync_duration_seconds',
      help: 'Time that one fdatasync of a log file took.',
      buckets: SECONDS,
      registers: [this.#registry],
    });
    this.observeSync = (durationMs) => duration.observe(durationMs / 1000);
  }
}
