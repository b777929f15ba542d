import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSurface } from '@millrace/broker';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { MetricText } from './metric-text.ts';
import { TOPIC_TRAFFIC_METRICS, TopicTraffic } from './topic-traffic.ts';

async function series(traffic: TopicTraffic): Promise<string[]> {
  const text = new MetricText(TOPIC_TRAFFIC_METRICS);
  await traffic.tell(text, async () => {});
  return Buffer.concat([...text.chunks()])
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.endsWith(' 0'))
    .map((line) => line.replace('kafka_server_brokertopicmetrics_', ''));
}

test('by topic and over all; a deleted topic keeps its part of the sum', async () => {
  const events = new EventSurface();
  const topics = new Set(['a', 'b']);
  const traffic = new TopicTraffic(events, (topic) => topics.has(topic));
  events.emit('records-produced', { topic: 'a', records: 3, bytes: 300 });
  events.emit('records-produced', { topic: 'b', records: 1, bytes: 100 });
  events.emit('records-fetched', { topic: 'a', bytes: 700 });
  assert.deepEqual(await series(traffic), [
    'messagesin_total 4',
    'messagesin_total{topic="a"} 3',
    'messagesin_total{topic="b"} 1',
    'bytesin_total 400',
    'bytesin_total{topic="a"} 300',
    'bytesin_total{topic="b"} 100',
    'bytesout_total 700',
    'bytesout_total{topic="a"} 700',
    'totalproducerequests_total 2',
    'totalproducerequests_total{topic="a"} 1',
    'totalproducerequests_total{topic="b"} 1',
    'totalfetchrequests_total 1',
    'totalfetchrequests_total{topic="a"} 1',
  ]);
  topics.delete('a');
  events.emit('topic-deleted', { topic: 'a' });
  // A batch that was under way meanwhile.
  events.emit('records-produced', { topic: 'a', records: 5, bytes: 500 });
  const after = await series(traffic);
  assert.ok(after.includes('messagesin_total 9'));
  assert.ok(!after.some((line) => line.includes('topic="a"')), after.join());
  traffic.close();
  events.emit('records-produced', { topic: 'b', records: 5, bytes: 500 });
  assert.ok((await series(traffic)).includes('messagesin_total 9'));
});

test('failures are counted, and names that clients make up are no labels', async () => {
  const events = new EventSurface();
  const traffic = new TopicTraffic(events, (topic) => topic === 'a');
  const error = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  for (const topic of ['a', 'made-up-1', 'made-up-2', '']) {
    events.emit('partition-failed', { apiKey: ApiKey.Produce, topic, error });
  }
  events.emit('partition-failed', { apiKey: ApiKey.Fetch, topic: 'a', error });
  assert.deepEqual(await series(traffic), [
    'totalproducerequests_total 4',
    'totalproducerequests_total{topic="a"} 1',
    'totalfetchrequests_total 1',
    'totalfetchrequests_total{topic="a"} 1',
    'failedproducerequests_total 4',
    'failedproducerequests_total{topic="a"} 1',
    'failedfetchrequests_total 1',
    'failedfetchrequests_total{topic="a"} 1',
  ]);
});
