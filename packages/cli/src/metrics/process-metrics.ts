import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const NANOSECONDS_PER_SECOND = 1e9;

/** What the process uses, and how well its one event loop keeps up; adds itself to a registry. */
export class ProcessMetrics {
  readonly #eventLoopDelay = monitorEventLoopDelay({ resolution: 20 });
  /** Of the last scrape. */
  #utilization = performance.eventLoopUtilization();

  constructor(registry: Registry) {
    const registers = [registry];
    new Counter({
      name: 'process_cpu_seconds_total',
      help: 'Processor time, user and system.',
      registers,
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    });
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
    gauge(
      'process_start_time_seconds',
      'Start of the process.',
      () => performance.timeOrigin / 1000,
    );
    gauge(
      'nodejs_eventloop_lag_p99_seconds',
      'Delay of the event loop since the last scrape, 99th percentile.',
      () => this.#takeDelay(),
    );
    const takeIdle = () => this.#takeIdle();
    const help =
      'Share of the time since the last scrape, 0 to 1, in which the event loop had nothing to do.';
    new Gauge({
      name: 'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent',
      help,
      registers,
      collect() {
        // One loop is what two pools of threads are in Kafka.
        const idle = takeIdle();
        this.set(idle);
        network.set(idle);
      },
    });
    const network = new Gauge({
      name: 'kafka_network_socketserver_networkprocessoravgidle_percent',
      help,
      registers,
    });
    this.#eventLoopDelay.enable();
  }

  close(): void {
    this.#eventLoopDelay.disable();
  }

  #takeDelay(): number {
    const seconds = this.#eventLoopDelay.percentile(99) / NANOSECONDS_PER_SECOND;
    this.#eventLoopDelay.reset();
    return seconds;
  }

  #takeIdle(): number {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#utilization);
    this.#utilization = now;
    return 1 - utilization;
  }
}
