import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BrokerStatus, EventSurface } from '@millrace/broker';
import { type FileSystem, systemClock, TimedFileSystem } from '@millrace/storage';
import { HttpEndpoint } from './http-endpoint.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { ClientMetrics } from './metrics/client-metrics.ts';

/** Metrics and health of one broker, served over HTTP from its start to its end. */
export class Observation {
  readonly #metrics: BrokerMetrics;
  readonly #clientMetrics: ClientMetrics;
  readonly #endpoint: HttpEndpoint;
  #status: BrokerStatus | null = null;
  /** Null while the broker is neither starting nor closing. */
  #unreadyReason: string | null = 'the broker is starting';
  #port: number | null = null;

  private constructor(
    metrics: BrokerMetrics,
    clientMetrics: ClientMetrics,
    endpoint: HttpEndpoint,
  ) {
    this.#metrics = metrics;
    this.#clientMetrics = clientMetrics;
    this.#endpoint = endpoint;
  }

  /** Subscribes to `events` and listens, before the broker starts, so that probes see it starting. */
  static async create(events: EventSurface, host: string, port: number): Promise<Observation> {
    const metrics = new BrokerMetrics(events, () => observation.#status);
    const clientMetrics = new ClientMetrics(events, () => systemClock.nowMs());
    const endpoint = new HttpEndpoint({
      host,
      port,
      metrics: {
        contentType: metrics.contentType,
        async *text() {
          yield* metrics.text();
          yield* clientMetrics.text(nextTurn);
        },
      },
      unreadyReason: async () =>
        observation.#unreadyReason ?? (await observation.#status?.failure()) ?? null,
    });
    const observation = new Observation(metrics, clientMetrics, endpoint);
    try {
      observation.#port = await endpoint.bind();
    } catch (error) {
      metrics.close();
      clientMetrics.close();
      throw error;
    }
    return observation;
  }

  get port(): number | null {
    return this.#port;
  }

  /** The same file system, with its syncs measured. */
  timed(fileSystem: FileSystem): FileSystem {
    return new TimedFileSystem(fileSystem, (durationMs) => this.#metrics.observeSync(durationMs));
  }

  /** The broker serves. */
  start(status: BrokerStatus): void {
    this.#status = status;
    this.#unreadyReason = null;
  }

  announceClosing(): void {
    this.#unreadyReason = 'the broker is closing';
  }

  async close(): Promise<void> {
    this.#metrics.close();
    this.#clientMetrics.close();
    await this.#endpoint.close();
  }
}
