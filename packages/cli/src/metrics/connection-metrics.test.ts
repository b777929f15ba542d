import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSurface } from '@millrace/broker';
import { Registry } from 'prom-client';
import { ConnectionMetrics } from './connection-metrics.ts';

test('connections by listener: opened, closed by cause, refused by limit, delayed', async () => {
  const registry = new Registry();
  const events = new EventSurface();
  const metrics = new ConnectionMetrics(registry, events);
  const from = { listener: 'PLAINTEXT', remoteAddress: '127.0.0.1:5' };
  events.emit('listener-bound', { listener: 'PLAINTEXT', host: '', port: 1 });
  events.emit('connection-delayed', { ...from, delayMs: 10 });
  for (const cause of ['idle', 'malformed', 'idle'] as const) {
    events.emit('connection-opened', { ...from, connectionId: 1 });
    events.emit('connection-closed', { ...from, connectionId: 1, cause, reason: null });
  }
  events.emit('connection-refused', { ...from, limit: 'max.connections', reason: 'full' });
  events.emit('connection-refused', { ...from, limit: null, reason: 'EMFILE' });
  metrics.close();
  events.emit('connection-opened', { ...from, connectionId: 2 });
  const series = (await registry.metrics()).split('\n').filter((line) => /^\w/.test(line));
  const socketServer = 'kafka_server_socket_server_metrics_connection';
  assert.deepEqual(series, [
    `${socketServer}_creation_total{listener="PLAINTEXT"} 3`,
    `${socketServer}_close_total{listener="PLAINTEXT"} 3`,
    'millrace_connections_closed_total{listener="PLAINTEXT",cause="idle"} 2',
    'millrace_connections_closed_total{listener="PLAINTEXT",cause="malformed"} 1',
    'millrace_connections_refused_total{listener="PLAINTEXT",limit="max.connections"} 1',
    'millrace_connections_refused_total{listener="PLAINTEXT",limit="system"} 1',
    'millrace_connections_delayed_total{listener="PLAINTEXT"} 1',
  ]);
});
