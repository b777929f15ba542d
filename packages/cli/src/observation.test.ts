// Metrics and health as a scraper and a probe see them.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { Broker, EventSurface } from '@millrace/broker';
import { ApiKey, BatchBuilder, ErrorCode } from '@millrace/protocol';
import { LocalLogStore, MemoryFileSystem, MemoryMetadataStore } from '@millrace/storage';
import { Observation } from './observation.ts';
import { startBroker } from './start-broker.ts';

async function get(port: number | null, path: string, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { status: response.status, text: await response.text() };
}

/** The value of one series, written as Prometheus writes it. */
function seriesValue(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

test('what happens in the broker is counted under the names that dashboards know', async (context) => {
  const events = new EventSurface();
  const broker = await startBroker({ httpPort: 0, events });
  context.after(() => broker.close());
  const topic = 'orders';
  events.emit('records-produced', { topic, records: 3, bytes: 300 });
  events.emit('records-produced', { topic, records: 2, bytes: 200 });
  events.emit('records-fetched', { topic, bytes: 700 });
  const error = ErrorCode.CORRUPT_MESSAGE;
  events.emit('partition-failed', { apiKey: ApiKey.Produce, topic, error });
  const request = { apiVersion: 12, requestBytes: 10, responseBytes: 10, durationMs: 4 };
  const errorCounts = new Map([[error, 1]]);
  events.emit('request-completed', { apiKey: ApiKey.Produce, ...request, errorCounts });
  const { status, text } = await get(broker.httpPort, '/metrics');
  assert.equal(status, 200);
  const prefix = 'kafka_server_brokertopicmetrics';
  assert.equal(seriesValue(text, `${prefix}_messagesin_total`), 5);
  assert.equal(seriesValue(text, `${prefix}_bytesin_total`), 500);
  assert.equal(seriesValue(text, `${prefix}_bytesout_total`), 700);
  assert.equal(seriesValue(text, `${prefix}_totalproducerequests_total`), 3);
  assert.equal(seriesValue(text, `${prefix}_failedproducerequests_total`), 1);
  const requests = 'kafka_network_requestmetrics';
  const labels = '{request="Produce",error="CORRUPT_MESSAGE"}';
  assert.equal(seriesValue(text, `${requests}_errors_total${labels}`), 1);
  const connections = 'kafka_server_socket_server_metrics_connection_count';
  assert.equal(seriesValue(text, `${connections}{listener="PLAINTEXT"}`), 0);
  assert.match(text, /^# TYPE process_cpu_seconds_total counter$/m);
  assert.ok(seriesValue(text, 'process_cpu_seconds_total')! > 0);
  const handlers = 'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent';
  const idle = seriesValue(text, handlers)!;
  assert.ok(idle >= 0 && idle <= 1, `${idle}`);
  const processors = 'kafka_network_socketserver_networkprocessoravgidle_percent';
  assert.equal(seriesValue(text, processors), idle);
  assert.ok(seriesValue(text, 'process_resident_memory_bytes')! > 10_000_000);
});

test('health, and what is not there', async (context) => {
  const broker = await startBroker({ httpPort: 0 });
  context.after(() => broker.close());
  assert.equal((await get(broker.httpPort, '/health/live')).status, 200);
  assert.deepEqual(await get(broker.httpPort, '/health/ready'), {
    status: 200,
    text: '{"status":"ready"}\n',
  });
  assert.equal((await get(broker.httpPort, '/nothing')).status, 404);
  assert.equal((await get(broker.httpPort, '/metrics', 'POST')).status, 405);
});

test('a broker that does not serve says why', async () => {
  const observation = await Observation.create(new EventSurface(), '127.0.0.1', 0);
  const starting = await get(observation.port, '/health/ready');
  assert.deepEqual(
    [starting.status, JSON.parse(starting.text).reason],
    [503, 'the broker is starting'],
  );
  assert.equal((await get(observation.port, '/metrics')).status, 200);
  observation.announceClosing();
  const closing = await get(observation.port, '/health/ready');
  assert.deepEqual(
    [closing.status, JSON.parse(closing.text).reason],
    [503, 'the broker is closing'],
  );
  await observation.close();
});

test('a broker whose log has stopped is not ready, and live', async (context) => {
  const fileSystem = new MemoryFileSystem();
  const metadata = new MemoryMetadataStore();
  await metadata.open();
  const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ';
  const topic = { topicId, name: 'orders', partitionCount: 1, createdAtMs: 0, configs: new Map() };
  await metadata.createTopic(topic);
  const logStore = new LocalLogStore({ dataDir: '/data', fileSystem });
  const address = { name: 'PLAINTEXT', host: '127.0.0.1', port: 0 };
  const listeners = [{ ...address, advertisedHost: null, advertisedPort: null }];
  const broker = new Broker({ logStore, metadata, listeners });
  const observation = await Observation.create(broker.events, '127.0.0.1', 0);
  context.after(() => observation.close());
  await broker.start();
  context.after(() => broker.close());
  observation.start(broker.status);
  assert.equal((await get(observation.port, '/health/ready')).status, 200);
  fileSystem.failNext('datasync', 'EIO');
  const batch = new BatchBuilder({});
  batch.add({ timestampMs: Date.now(), value: Buffer.from('a') });
  await logStore.get(topicId, 0)!.append(batch.build());
  const { status, text } = await get(observation.port, '/health/ready');
  assert.equal(status, 503);
  assert.match(JSON.parse(text).reason, /^1 of 1 logs .* orders-0: .*EIO/);
  assert.equal((await get(observation.port, '/health/live')).status, 200);
});

test('without the option nothing is served, and a taken port leaves nothing behind', async (context) => {
  const quiet = await startBroker();
  assert.equal(quiet.httpPort, null);
  await quiet.close();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  context.after(() => server.close());
  const { port } = server.address() as { port: number };
  await assert.rejects(startBroker({ httpPort: port }), { code: 'EADDRINUSE', port });
});
