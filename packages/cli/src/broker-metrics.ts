import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BrokerStatus, EventSurface } from '@millrace/broker';
import { ApiKey, apiName, errorName } from '@millrace/protocol';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const NANOSECONDS_PER_SECOND = 1e9;

/**
 * Prometheus metrics of one broker, under the names that dashboards for Kafka read (the JMX rules of Strimzi,
 * kafka_exporter) where there is a counterpart, else under `millrace_`. Subscribes to the broker's events; what can
 * be looked up is looked up when Prometheus asks. Series are bounded by topics × partitions and groups.
 */
export class BrokerMetrics {
  readonly #registry = new Registry();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #eventLoopDelay = monitorEventLoopDelay({ resolution: 20 });

  constructor(events: EventSurface, status: () => BrokerStatus | null) {
    this.#countTopics(events);
    this.#countRequests(events);
    this.#countFailures(events);
    this.#watchPartitions(status);
    this.#watchGroups(status);
    this.#watchProcess(status);
    this.#observeSyncs();
    this.#eventLoopDelay.enable();
  }

  /** Call with the duration of every sync of a log file. */
  observeSync: (durationMs: number) => void = () => {};

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text that Prometheus scrapes. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#eventLoopDelay.disable();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    collect?: (gauge: Gauge<Label>) => void,
  ): Gauge<Label> {
    const registers = [this.#registry];
    if (collect === undefined) return new Gauge({ name, help, labelNames, registers });
    return new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        // Topics and groups that are gone must not stay in the answer.
        this.reset();
        collect(this);
      },
    });
  }

  #countTopics(events: EventSurface): void {
    const prefix = 'kafka_server_brokertopicmetrics';
    const messagesIn = this.#counter(`${prefix}_messagesin_total`, 'Records appended.', ['topic']);
    const bytesIn = this.#counter(`${prefix}_bytesin_total`, 'Bytes of batches appended.', [
      'topic',
    ]);
    const bytesOut = this.#counter(`${prefix}_bytesout_total`, 'Bytes of batches fetched.', [
      'topic',
    ]);
    this.#unsubscribe.push(
      events.on('records-produced', ({ topic, records, bytes }) => {
        messagesIn.inc({ topic }, records);
        bytesIn.inc({ topic }, bytes);
      }),
      events.on('records-fetched', ({ topic, bytes }) => bytesOut.inc({ topic }, bytes)),
      events.on('topic-deleted', ({ topic }) => {
        for (const counter of [messagesIn, bytesIn, bytesOut]) counter.remove({ topic });
      }),
    );
  }

  #countRequests(events: EventSurface): void {
    const prefix = 'kafka_server_brokertopicmetrics';
    const produces = this.#counter(`${prefix}_totalproducerequests_total`, 'Produce requests.', []);
    const fetches = this.#counter(`${prefix}_totalfetchrequests_total`, 'Fetch requests.', []);
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
        if (apiKey === ApiKey.Produce) produces.inc();
        if (apiKey === ApiKey.Fetch) fetches.inc();
      }),
    );
  }

  #countFailures(events: EventSurface): void {
    const prefix = 'kafka_server_brokertopicmetrics';
    const failedProduces = this.#counter(
      `${prefix}_failedproducerequests_total`,
      'Partitions of produce requests that were refused.',
      [],
    );
    const failedFetches = this.#counter(
      `${prefix}_failedfetchrequests_total`,
      'Partitions of fetches that were refused.',
      [],
    );
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
        if (apiKey === ApiKey.Produce) failedProduces.inc();
        if (apiKey === ApiKey.Fetch) failedFetches.inc();
      }),
      events.on('request-failed', ({ apiKey }) => {
        errors.inc({ api: apiName(apiKey) ?? String(apiKey), error: errorName(-1) });
      }),
      events.on('connection-closed', ({ reason }) => {
        if (reason !== null) closed.inc();
      }),
    );
  }

  #watchPartitions(status: () => BrokerStatus | null): void {
    const labels = ['topic', 'partition'] as const;
    const each = (
      name: string,
      help: string,
      value: (partition: {
        highWatermark: number;
        logStartOffset: number;
        sizeBytes: number;
      }) => number,
    ) =>
      this.#gauge(name, help, labels, (gauge) => {
        for (const partition of status()?.partitions() ?? []) {
          gauge.set({ topic: partition.topic, partition: partition.partition }, value(partition));
        }
      });
    each('kafka_topic_partition_current_offset', 'High watermark.', (one) => one.highWatermark);
    each('kafka_topic_partition_oldest_offset', 'Log start offset.', (one) => one.logStartOffset);
    each('kafka_log_log_size', 'Bytes of the log on disk.', (one) => one.sizeBytes);
    this.#gauge('kafka_server_replicamanager_partitioncount', 'Partitions here.', [], (gauge) => {
      gauge.set([...(status()?.partitions() ?? [])].length);
    });
  }

  #watchGroups(status: () => BrokerStatus | null): void {
    const labels = ['consumergroup', 'topic', 'partition'] as const;
    this.#gauge('kafka_consumergroup_current_offset', 'Committed offset.', labels, (gauge) => {
      for (const { groupId, topic, partition, committedOffset } of status()?.groupOffsets() ?? []) {
        gauge.set({ consumergroup: groupId, topic, partition }, committedOffset);
      }
    });
    this.#gauge('kafka_consumergroup_lag', 'Records not committed yet.', labels, (gauge) => {
      for (const { groupId, topic, partition, lag } of status()?.groupOffsets() ?? []) {
        gauge.set({ consumergroup: groupId, topic, partition }, lag);
      }
    });
    this.#gauge('kafka_consumergroup_members', 'Members.', ['consumergroup'] as const, (gauge) => {
      for (const { groupId, members } of status()?.groupMembers() ?? []) {
        gauge.set({ consumergroup: groupId }, members);
      }
    });
  }

  #watchProcess(status: () => BrokerStatus | null): void {
    this.#gauge(
      'kafka_server_socket_server_metrics_connection_count',
      'Open connections.',
      [],
      (gauge) => gauge.set(status()?.connectionCount ?? 0),
    );
    this.#gauge('process_resident_memory_bytes', 'Resident memory.', [], (gauge) =>
      gauge.set(process.memoryUsage.rss()),
    );
    this.#gauge('process_cpu_seconds_total', 'Processor time, user and system.', [], (gauge) => {
      const { user, system } = process.cpuUsage();
      gauge.set((user + system) / 1e6);
    });
    this.#gauge('process_start_time_seconds', 'Start of the process.', [], (gauge) =>
      gauge.set(performance.timeOrigin / 1000),
    );
    this.#gauge(
      'nodejs_eventloop_lag_p99_seconds',
      'Delay of the event loop since the last scrape, 99th percentile.',
      [],
      (gauge) => {
        gauge.set(this.#eventLoopDelay.percentile(99) / NANOSECONDS_PER_SECOND);
        this.#eventLoopDelay.reset();
      },
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
