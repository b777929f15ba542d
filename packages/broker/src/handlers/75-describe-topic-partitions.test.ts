// The answers are those that a Kafka 4.3.1 gave to the same requests.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  createDescribeTopicPartitionsRequest,
  createDescribeTopicPartitionsRequestCursor,
  createDescribeTopicPartitionsRequestTopicRequest,
  DescribeTopicPartitionsRequest,
} from '@millrace/protocol/messages/describe-topic-partitions-request';
import { DescribeTopicPartitionsResponse } from '@millrace/protocol/messages/describe-topic-partitions-response';
import { TestBroker } from '../../test/test-broker.ts';

type Position = readonly [topic: string, partition: number];

interface Page {
  /** `name: partitions`, or `name! error`. */
  readonly topics: readonly string[];
  readonly next: Position | null;
}

/** A broker with `b` (3 partitions), `a` (2) and `c.d` (1), and a way to ask it for a page. */
async function start(context: TestContext, config: Readonly<Record<string, string>> = {}) {
  const broker = await TestBroker.start(context, config);
  await broker.withTopic('b', 3);
  await broker.withTopic('a', 2);
  const client = await broker.withTopic('c.d', 1);
  const ask = (names: readonly string[], limit = 2000, cursor: Position | null = null) =>
    client.request(
      DescribeTopicPartitionsRequest,
      DescribeTopicPartitionsResponse,
      createDescribeTopicPartitionsRequest({
        topics: names.map((name) => createDescribeTopicPartitionsRequestTopicRequest({ name })),
        responsePartitionLimit: limit,
        cursor:
          cursor &&
          createDescribeTopicPartitionsRequestCursor({
            topicName: cursor[0],
            partitionIndex: cursor[1],
          }),
      }),
      0,
    );
  const page = async (...wanted: Parameters<typeof ask>): Promise<Page> => {
    const { topics, nextCursor } = await ask(...wanted);
    return {
      topics: topics.map(({ name, errorCode, partitions }) =>
        errorCode === ErrorCode.NONE
          ? `${name}: ${partitions.map(({ partitionIndex }) => partitionIndex)}`
          : `${name}! ${errorCode}`,
      ),
      next: nextCursor && [nextCursor.topicName, nextCursor.partitionIndex],
    };
  };
  return { ask, page };
}

test('a partition is described with its leader and replicas', async (context) => {
  const { ask } = await start(context);
  const { topics, nextCursor } = await ask(['c.d']);
  assert.equal(nextCursor, null);
  const [topic] = topics;
  assert.match(topic!.topicId, /^[\w-]{22}$/);
  assert.notEqual(topic!.topicId, ZERO_UUID);
  assert.equal(topic!.topicAuthorizedOperations, 3576);
  assert.deepEqual(topic!.partitions, [
    {
      errorCode: ErrorCode.NONE,
      partitionIndex: 0,
      leaderId: 1,
      leaderEpoch: 0,
      replicaNodes: [1],
      isrNodes: [1],
      eligibleLeaderReplicas: [],
      lastKnownElr: [],
      offlineReplicas: [],
    },
  ]);
});

test('topics come in the order of their names, each once; none asks for all', async (context) => {
  const { page } = await start(context);
  const all = { topics: ['a: 0,1', 'b: 0,1,2', 'c.d: 0'], next: null };
  assert.deepEqual(await page([]), all);
  assert.deepEqual(await page(['b', 'c.d', 'a', 'b']), all);
});

test('an answer ends at the limit and says where to go on', async (context) => {
  const { page } = await start(context);
  assert.deepEqual(await page([], 1), { topics: ['a: 0'], next: ['a', 1] });
  assert.deepEqual(await page([], 2), { topics: ['a: 0,1'], next: ['b', 0] });
  assert.deepEqual(await page([], 3), { topics: ['a: 0,1', 'b: 0'], next: ['b', 1] });
  assert.deepEqual(await page(['a'], 2), { topics: ['a: 0,1'], next: null });
  assert.deepEqual(await page([], 0), { topics: ['a: 0'], next: ['a', 1] });
  assert.deepEqual(await page([], -5), { topics: ['a: 0'], next: ['a', 1] });
});

test("the broker's own limit holds when the client's is larger", async (context) => {
  const { page } = await start(context, { 'max.request.partition.size.limit': '4' });
  assert.deepEqual(await page([], 2000), { topics: ['a: 0,1', 'b: 0,1'], next: ['b', 2] });
});

test('following the cursor gives every partition once', async (context) => {
  const { page } = await start(context);
  for (const limit of [1, 2, 3, 4, 5, 6]) {
    const seen: string[] = [];
    let next: Position | null = null;
    // Six partitions need no more than six pages.
    for (let pages = 0; pages < 6; pages++) {
      const answer: Page = await page([], limit, next);
      seen.push(...answer.topics.flatMap(expand));
      next = answer.next;
      if (next === null) break;
    }
    assert.equal(next, null);
    assert.deepEqual(seen, ['a-0', 'a-1', 'b-0', 'b-1', 'b-2', 'c.d-0']);
  }
});

function expand(topic: string): string[] {
  const [name, partitions] = topic.split(': ');
  return partitions!.split(',').map((partition) => `${name}-${partition}`);
}

test('a cursor may stand on a topic that is gone, and past the last partition', async (context) => {
  const { page } = await start(context);
  assert.deepEqual(await page([], 9, ['aa', 1]), { topics: ['b: 0,1,2', 'c.d: 0'], next: null });
  assert.deepEqual(await page([], 9, ['b', 50]), { topics: ['b: ', 'c.d: 0'], next: null });
  assert.deepEqual(await page([], 9, ['zzz', 0]), { topics: [], next: null });
});

test('a cursor outside of what is asked for is an invalid request', async (context) => {
  const { page } = await start(context);
  const invalid = ErrorCode.INVALID_REQUEST;
  assert.deepEqual(await page(['a', 'b'], 9, ['aa', 1]), {
    topics: [`a! ${invalid}`, `b! ${invalid}`],
    next: null,
  });
  assert.deepEqual(await page(['a'], 9, ['a', -1]), { topics: [`a! ${invalid}`], next: null });
  assert.deepEqual(await page([], 9, ['a', -1]), { topics: [], next: null });
});

test('topics that are not there take their place in the order, not in the limit', async (context) => {
  const { page } = await start(context);
  const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  assert.deepEqual(await page(['nowhere', 'a', 'bad name'], 3), {
    topics: ['a: 0,1', `bad name! ${ErrorCode.INVALID_TOPIC_EXCEPTION}`, `nowhere! ${unknown}`],
    next: null,
  });
  assert.deepEqual(await page(['a', 'nowhere'], 2), { topics: ['a: 0,1'], next: ['nowhere', 0] });
  assert.deepEqual(await page(['a', 'nowhere', 'zz'], 1, ['nowhere', 1]), {
    topics: [`nowhere! ${unknown}`, `zz! ${unknown}`],
    next: null,
  });
});
