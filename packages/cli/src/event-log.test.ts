import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSurface } from '@millrace/broker';
import { eventLoggers, logEvents } from './event-log.ts';

const completed = {
  apiKey: 3,
  apiVersion: 12,
  requestBytes: 40,
  responseBytes: 200,
  durationMs: 1.25,
};

function logged() {
  const events = new EventSurface();
  const loggers = eventLoggers();
  const lines: string[] = [];
  logEvents(events, loggers, (line) => lines.push(line.slice(line.indexOf(' ') + 1)));
  return { events, loggers, take: () => lines.splice(0) };
}

test('by default changes and warnings are logged, connections and requests are not', () => {
  const { events, take } = logged();
  events.emit('topic-created', { topic: 't', partitions: 2, auto: true });
  events.emit('broker-configs-changed', {
    nodeId: null,
    configs: new Map([
      ['log.roll.ms', '5'],
      ['max.connections', null],
    ]),
  });
  events.emit('storage-notice', { message: 'a torn tail was cut' });
  events.emit('request-completed', completed);
  assert.deepEqual(take(), [
    'INFO topic t created with 2 partition(s), on first use',
    'INFO all brokers configured: log.roll.ms=5, max.connections to its default',
    'WARN storage: a torn tail was cut',
  ]);
});

test('a logger that is turned up or down writes more or less at once', () => {
  const { events, loggers, take } = logged();
  assert.ok(!events.hears('request-completed'));
  loggers.set(new Map([['kafka.request.logger', 'DEBUG']]));
  events.emit('request-completed', completed);
  assert.deepEqual(take(), ['DEBUG API 3 v12: 40 bytes in, 200 bytes out, 1.3 ms']);
  loggers.set(new Map([['kafka.request.logger', null]]));
  assert.ok(!events.hears('request-completed'));
  loggers.set(new Map([['root', 'WARN']]));
  events.emit('topic-deleted', { topic: 't' });
  events.emit('storage-notice', { message: 'm' });
  assert.deepEqual(take(), ['WARN storage: m']);
});
