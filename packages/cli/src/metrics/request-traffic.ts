import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { BrokerEvents, EventSurface } from '@millrace/broker';
import { ApiKey, apiName, errorName } from '@millrace/protocol';
import { labelPair, type MetricDefinition, type MetricText } from './metric-text.ts';

/** Upper bounds of the buckets in which durations are counted. */
const BUCKETS_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
];
/** As Kafka's beans have them, and as the dashboards write them. */
const QUANTILES = ['0.50', '0.75', '0.95', '0.98', '0.99', '0.999'];
/** Quantiles are of the last one to two of these. */
const WINDOW_MS = 60_000;
/** Durations are kept in microseconds, in two digits, up to an hour. */
const DURATIONS = { lowest: 1, highest: 3_600_000_000, figures: 2 };

const PREFIX = 'kafka_network_requestmetrics';

const REQUESTS: MetricDefinition = {
  name: `${PREFIX}_requests_total`,
  help: 'Requests answered. Fetch is told as FetchConsumer too.',
  type: 'counter',
  labels: ['request', 'version'],
};
const ERRORS: MetricDefinition = {
  name: `${PREFIX}_errors_total`,
  help: 'Error codes in answers: of a whole answer, and of each topic, partition or group in it. NONE are those that went well.',
  type: 'counter',
  labels: ['request', 'error'],
};
const TOTAL_TIME: MetricDefinition = {
  name: `${PREFIX}_totaltimems`,
  help: 'Milliseconds from the whole request to its answer, long polls included. Quantiles are of the last one to two minutes.',
  type: 'summary',
  labels: ['request', 'quantile'],
};
const DURATION: MetricDefinition = {
  name: 'millrace_request_duration_seconds',
  help: 'Seconds from the whole request to its answer, in buckets that can be added up.',
  type: 'histogram',
  labels: ['request', 'le'],
};
const REQUEST_BYTES: MetricDefinition = {
  name: 'millrace_request_bytes_total',
  help: 'Bytes of requests.',
  type: 'counter',
  labels: ['request'],
};
const RESPONSE_BYTES: MetricDefinition = {
  name: 'millrace_response_bytes_total',
  help: 'Bytes of answers.',
  type: 'counter',
  labels: ['request'],
};

export const REQUEST_TRAFFIC_METRICS: readonly MetricDefinition[] = [
  REQUESTS,
  ERRORS,
  TOTAL_TIME,
  DURATION,
  REQUEST_BYTES,
  RESPONSE_BYTES,
];

/** What was asked of one API. */
interface ApiTraffic {
  /** By version. */
  readonly requests: Map<number, number>;
  /** By error code. */
  readonly errors: Map<number, number>;
  /** How many took no longer than each of the buckets, and longer than the one before; at the end, longer than all. */
  readonly buckets: number[];
  /** Durations of the window that runs, and of the one before. */
  recent: RecordableHistogram;
  earlier: RecordableHistogram;
  totalMs: number;
  requestBytes: number;
  responseBytes: number;
}

/** Requests by API, in plain numbers: they are counted for each. Bounded by APIs, versions and error codes. */
export class RequestTraffic {
  readonly #nowMs: () => number;
  readonly #unsubscribe: () => void;
  readonly #byApi = new Map<number, ApiTraffic>();
  #windowEndMs: number;

  /** `nowMs` tells how time passes, and never goes back. */
  constructor(events: EventSurface, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#windowEndMs = nowMs() + WINDOW_MS;
    this.#unsubscribe = events.on('request-completed', (request) => this.#count(request));
  }

  close(): void {
    this.#unsubscribe();
  }

  tell(text: MetricText): void {
    this.#turnWindow();
    for (const [apiKey, traffic] of this.#byApi) {
      const api = apiName(apiKey) ?? String(apiKey);
      const request = labelPair('request', api);
      // Kafka has the sum, and one for each kind of fetcher; here are no followers.
      const names = apiKey === ApiKey.Fetch ? [api, 'FetchConsumer'] : [api];
      for (const name of names) {
        const labels = labelPair('request', name);
        for (const [version, count] of traffic.requests) {
          text.add(REQUESTS, `${labels},${labelPair('version', version)}`, count);
        }
        tellTotalTime(text, labels, traffic);
      }
      for (const [code, count] of traffic.errors) {
        text.add(ERRORS, `${request},${labelPair('error', errorName(code))}`, count);
      }
      tellBuckets(text, request, traffic);
      text.add(REQUEST_BYTES, request, traffic.requestBytes);
      text.add(RESPONSE_BYTES, request, traffic.responseBytes);
    }
  }

  #count(request: BrokerEvents['request-completed']): void {
    if (this.#nowMs() >= this.#windowEndMs) this.#turnWindow();
    const { apiVersion, durationMs } = request;
    const traffic = this.#of(request.apiKey);
    traffic.requests.set(apiVersion, (traffic.requests.get(apiVersion) ?? 0) + 1);
    for (const [code, count] of request.errorCounts) {
      traffic.errors.set(code, (traffic.errors.get(code) ?? 0) + count);
    }
    const seconds = durationMs / 1000;
    let bucket = 0;
    while (bucket < BUCKETS_SECONDS.length && seconds > BUCKETS_SECONDS[bucket]!) bucket++;
    traffic.buckets[bucket]!++;
    const micros = Math.round(durationMs * 1000);
    traffic.recent.record(Math.min(Math.max(micros, DURATIONS.lowest), DURATIONS.highest));
    traffic.totalMs += durationMs;
    traffic.requestBytes += request.requestBytes;
    traffic.responseBytes += request.responseBytes;
  }

  #of(apiKey: number): ApiTraffic {
    let traffic = this.#byApi.get(apiKey);
    if (traffic === undefined) {
      traffic = {
        requests: new Map(),
        errors: new Map(),
        buckets: Array(BUCKETS_SECONDS.length + 1).fill(0),
        recent: createHistogram(DURATIONS),
        earlier: createHistogram(DURATIONS),
        totalMs: 0,
        requestBytes: 0,
        responseBytes: 0,
      };
      this.#byApi.set(apiKey, traffic);
    }
    return traffic;
  }

  /** What is older than two windows is forgotten. */
  #turnWindow(): void {
    const nowMs = this.#nowMs();
    if (nowMs < this.#windowEndMs) return;
    const isLongAgo = nowMs >= this.#windowEndMs + WINDOW_MS;
    for (const traffic of this.#byApi.values()) {
      const { recent, earlier } = traffic;
      traffic.earlier = recent;
      traffic.recent = earlier;
      earlier.reset();
      if (isLongAgo) recent.reset();
    }
    this.#windowEndMs = nowMs + WINDOW_MS;
  }
}

function tellTotalTime(text: MetricText, labels: string, traffic: ApiTraffic): void {
  const both = createHistogram(DURATIONS);
  both.add(traffic.earlier);
  both.add(traffic.recent);
  if (both.count > 0) {
    for (const quantile of QUANTILES) {
      const ms = both.percentile(Number(quantile) * 100) / 1000;
      text.add(TOTAL_TIME, `${labels},${labelPair('quantile', quantile)}`, ms);
    }
  }
  text.add(TOTAL_TIME, labels, traffic.totalMs, '_sum');
  text.add(TOTAL_TIME, labels, countOf(traffic), '_count');
}

function tellBuckets(text: MetricText, labels: string, traffic: ApiTraffic): void {
  let count = 0;
  for (const [index, seconds] of BUCKETS_SECONDS.entries()) {
    count += traffic.buckets[index]!;
    text.add(DURATION, `${labels},${labelPair('le', seconds)}`, count, '_bucket');
  }
  text.add(DURATION, `${labels},${labelPair('le', '+Inf')}`, countOf(traffic), '_bucket');
  text.add(DURATION, labels, traffic.totalMs / 1000, '_sum');
  text.add(DURATION, labels, countOf(traffic), '_count');
}

function countOf({ buckets }: ApiTraffic): number {
  return buckets.reduce((sum, count) => sum + count, 0);
}
