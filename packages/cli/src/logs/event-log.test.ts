import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSurface } from '@millrace/broker';
import { ApiKey } from '@millrace/protocol';
import { ManualClock } from '@millrace/storage';
import { EventLog, eventLoggers } from './event-log.ts';
import type { LogEntry, LogLevel } from './log-entry.ts';

function start(level: LogLevel = 'info') {
  const events = new EventSurface();
  const clock = new ManualClock();
  const written: LogEntry[] = [];
  const loggers = eventLoggers(level);
  const log = new EventLog({ events, loggers, clock, write: (entry) => written.push(entry) });
  return { events, loggers, clock, written, log };
}

const from = { listener: 'PLAINTEXT', remoteAddress: '10.0.0.1:5000' };

test('an event is an entry with fields that programs read and a sentence for people', () => {
  const { events, written } = start();
  events.emit('topic-created', { topic: 't', partitions: 3, auto: true });
  events.emit('topic-configs-changed', {
    topic: 't',
    configs: new Map([
      ['a', null],
      ['b', '1'],
    ]),
  });
  const closed = { ...from, connectionId: 1, cause: 'malformed', reason: 'no header' } as const;
  events.emit('connection-closed', closed);
  const error = new Error('broken');
  events.emit('request-failed', { apiKey: ApiKey.Fetch, apiVersion: 1, clientId: 'c', error });
  assert.deepEqual(
    written.map(({ level, event }) => [level, event]),
    [
      ['info', 'topic-created'],
      ['info', 'topic-configs-changed'],
      ['warn', 'connection-closed'],
      ['error', 'request-failed'],
    ],
  );
  assert.deepEqual(written[0]!.fields, { topic: 't', partitions: 3, auto: true });
  assert.deepEqual(written[1]!.fields, { topic: 't', configs: { a: null, b: '1' } });
  assert.equal(written[1]!.message, 'topic t configured: a to its default, b=1');
  assert.deepEqual(written[2]!.fields, closed);
  assert.equal(written[2]!.message, 'connection from 10.0.0.1:5000 closed: no header');
  assert.equal(written[3]!.fields.api, 'Fetch');
  assert.match(String(written[3]!.fields.error), /broken/);
});

test('what retention let go of is told', () => {
  const { events, written } = start();
  const fields = { topic: 't', partition: 3, segments: 2, bytes: 700, logStartOffset: 9 };
  events.emit('records-expired', fields);
  assert.deepEqual(written[0]!.fields, fields);
  const line = 't-3: retention let go of 2 segment(s), 700 bytes; it begins at offset 9 now';
  assert.equal(written[0]!.message, line);
});

test('what is below the level is not written', () => {
  const { events, written } = start('warn');
  const closed = { ...from, connectionId: 1, cause: 'client', reason: null } as const;
  events.emit('topic-deleted', { topic: 't' });
  events.emit('connection-closed', closed);
  assert.deepEqual(written, []);
  const all = start('debug');
  all.events.emit('connection-closed', closed);
  assert.equal(all.written[0]!.level, 'debug');
});

test('a logger that is turned up or down writes more or less at once', () => {
  const { events, loggers, written } = start();
  const messages = () => written.splice(0).map(({ message }) => message);
  assert.ok(!events.hears('request-completed'));
  loggers.set(new Map([['kafka.request.logger', 'DEBUG']]));
  const answer = { requestBytes: 40, responseBytes: 200, errorCounts: new Map() };
  events.emit('request-completed', { apiKey: 3, apiVersion: 12, ...answer, durationMs: 1.25 });
  assert.deepEqual(messages(), ['Metadata v12: 40 bytes in, 200 bytes out, 1.3 ms']);
  loggers.set(new Map([['kafka.request.logger', null]]));
  assert.ok(!events.hears('request-completed'));
  loggers.set(new Map([['root', 'WARN']]));
  events.emit('topic-deleted', { topic: 't' });
  events.emit('storage-notice', { message: 'm' });
  assert.deepEqual(messages(), ['storage: m']);
});

test('a flood is a few lines and a sum, and hides nothing else', () => {
  const { events, clock, written, log } = start();
  for (let count = 0; count < 5000; count++) {
    const limit = 'max.connections';
    events.emit('connection-refused', { ...from, limit, reason: 'full' });
    const closed = {
      ...from,
      connectionId: count,
      cause: 'malformed',
      reason: 'no header',
    } as const;
    events.emit('connection-closed', closed);
  }
  const limit = 'max.connections.per.ip';
  events.emit('connection-refused', { ...from, limit, reason: 'too many' });
  assert.equal(written.length, 10 + 10 + 1);
  clock.advance(10_000);
  assert.equal(written.length, 21 + 2);
  assert.equal(written[21]!.fields.suppressed, 4990);
  events.emit('connection-refused', { ...from, limit, reason: 'too many' });
  log.close();
  assert.equal(written.length, 24);
});
