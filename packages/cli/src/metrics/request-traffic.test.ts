import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSurface } from '@millrace/broker';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { MetricText } from './metric-text.ts';
import { REQUEST_TRAFFIC_METRICS, RequestTraffic } from './request-traffic.ts';

class Harness {
  nowMs = 0;
  readonly #events = new EventSurface();
  readonly #traffic = new RequestTraffic(this.#events, () => this.nowMs);

  request(
    apiKey: number,
    durationMs: number,
    errors: readonly [number, number][] = [],
    apiVersion = 12,
  ): void {
    const errorCounts = new Map(errors);
    const sizes = { requestBytes: 10, responseBytes: 20 };
    this.#events.emit('request-completed', {
      apiKey,
      apiVersion,
      durationMs,
      errorCounts,
      ...sizes,
    });
  }

  close(): void {
    this.#traffic.close();
  }

  /** Series and their values, of those whose name begins so. */
  series(prefix: string): Map<string, number> {
    const text = new MetricText(REQUEST_TRAFFIC_METRICS);
    this.#traffic.tell(text);
    const lines = Buffer.concat([...text.chunks()])
      .toString()
      .split('\n');
    return new Map(
      lines
        .filter((line) => line.startsWith(prefix))
        .map((line) => {
          const at = line.lastIndexOf(' ');
          return [line.slice(0, at), Number(line.slice(at + 1))];
        }),
    );
  }
}

test('requests by version, errors by code, bytes', () => {
  const harness = new Harness();
  harness.request(ApiKey.Produce, 1, [[ErrorCode.NONE, 3]]);
  harness.request(ApiKey.Produce, 1, [[ErrorCode.CORRUPT_MESSAGE, 1]], 9);
  harness.request(ApiKey.Produce, 1, [
    [ErrorCode.NONE, 1],
    [ErrorCode.CORRUPT_MESSAGE, 2],
  ]);
  const requests = 'kafka_network_requestmetrics';
  assert.deepEqual(
    harness.series(`${requests}_requests_total`),
    new Map([
      [`${requests}_requests_total{request="Produce",version="12"}`, 2],
      [`${requests}_requests_total{request="Produce",version="9"}`, 1],
    ]),
  );
  assert.deepEqual(
    harness.series(`${requests}_errors_total`),
    new Map([
      [`${requests}_errors_total{request="Produce",error="NONE"}`, 4],
      [`${requests}_errors_total{request="Produce",error="CORRUPT_MESSAGE"}`, 3],
    ]),
  );
  assert.deepEqual(
    [...harness.series('millrace_request_bytes'), ...harness.series('millrace_response_bytes')],
    [
      ['millrace_request_bytes_total{request="Produce"}', 30],
      ['millrace_response_bytes_total{request="Produce"}', 60],
    ],
  );
  harness.close();
  harness.request(ApiKey.Produce, 1);
  assert.equal(
    harness.series(requests).get(`${requests}_requests_total{request="Produce",version="12"}`),
    2,
  );
});

test('fetches are those of consumers, too', () => {
  const harness = new Harness();
  harness.request(ApiKey.Fetch, 500);
  const name = 'kafka_network_requestmetrics_totaltimems_count';
  assert.deepEqual(
    harness.series(name),
    new Map([
      [`${name}{request="Fetch"}`, 1],
      [`${name}{request="FetchConsumer"}`, 1],
    ]),
  );
});

test('durations in buckets, each with all that were no longer', () => {
  const harness = new Harness();
  for (const ms of [0.1, 0.5, 4, 4999, 6000]) harness.request(ApiKey.Metadata, ms);
  const name = 'millrace_request_duration_seconds';
  const series = harness.series(name);
  const bucket = (le: string) => series.get(`${name}_bucket{request="Metadata",le="${le}"}`);
  assert.deepEqual(
    ['0.0005', '0.001', '0.005', '2.5', '5', '+Inf'].map(bucket),
    [2, 2, 3, 3, 4, 5],
  );
  assert.equal(series.get(`${name}_count{request="Metadata"}`), 5);
  assert.ok(Math.abs(series.get(`${name}_sum{request="Metadata"}`)! - 11.0036) < 1e-9);
});

test('quantiles are of the last windows, the sum is of all time', () => {
  const harness = new Harness();
  const name = 'kafka_network_requestmetrics_totaltimems';
  const p99 = () => harness.series(name).get(`${name}{request="Metadata",quantile="0.99"}`);
  const isAbout = (actual: number | undefined, wanted: number) =>
    assert.ok(Math.abs(actual! / wanted - 1) < 0.01, `${actual} is not about ${wanted}`);
  for (let count = 0; count < 100; count++) harness.request(ApiKey.Metadata, 2000);
  isAbout(p99(), 2000);
  harness.nowMs = 61_000;
  for (let count = 0; count < 1000; count++) harness.request(ApiKey.Metadata, 3.5);
  isAbout(p99(), 2000);
  harness.nowMs = 122_000;
  isAbout(p99(), 3.5);
  harness.nowMs = 500_000;
  assert.equal(p99(), undefined);
  assert.equal(harness.series(name).get(`${name}_sum{request="Metadata"}`), 203_500);
});
