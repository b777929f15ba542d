import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  createDescribeLogDirsRequest,
  createDescribeLogDirsRequestDescribableLogDirTopic,
  DescribeLogDirsRequest,
} from '@millrace/protocol/messages/describe-log-dirs-request';
import { DescribeLogDirsResponse } from '@millrace/protocol/messages/describe-log-dirs-response';
import type { RawClient } from '../../test/raw-client.ts';
import { batchOf, produce, TestBroker } from '../../test/test-broker.ts';

type Wanted = readonly [topic: string, ...partitions: number[]];

async function ask(client: RawClient, wanted: readonly Wanted[] | null, version = 5) {
  const topics =
    wanted?.map(([topic, ...partitions]) =>
      createDescribeLogDirsRequestDescribableLogDirTopic({ topic, partitions }),
    ) ?? null;
  const response = await client.request(
    DescribeLogDirsRequest,
    DescribeLogDirsResponse,
    createDescribeLogDirsRequest({ topics }),
    version,
  );
  assert.equal(response.errorCode, ErrorCode.NONE);
  assert.equal(response.results.length, 1);
  return response.results[0]!;
}

/** `topic-partition: bytes` of each partition in the answer. */
async function sizes(client: RawClient, wanted: readonly Wanted[] | null): Promise<string[]> {
  const { topics } = await ask(client, wanted);
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => {
      assert.deepEqual([offsetLag, isFutureKey], [0, false]);
      return `${name}-${partitionIndex}: ${partitionSize}`;
    }),
  );
}

test('every log is told with its size', async (context) => {
  const broker = await TestBroker.start(context);
  await broker.withTopic('b', 1);
  const client = await broker.withTopic('a', 2);
  const batch = batchOf(['one', 'two']);
  const { length } = batch;
  await produce(client, 'a', batch);
  assert.deepEqual(
    (await sizes(client, null)).sort(),
    [`a-0: ${length}`, 'a-1: 0', 'b-0: 0'].sort(),
  );
});

test('only what is asked for is told, each once, and nothing that is not there', async (context) => {
  const broker = await TestBroker.start(context);
  await broker.withTopic('b', 3);
  const client = await broker.withTopic('a', 2);
  assert.deepEqual(await sizes(client, []), []);
  assert.deepEqual(await sizes(client, [['a']]), []);
  assert.deepEqual(await sizes(client, [['nowhere', 0]]), []);
  const wanted: Wanted[] = [
    ['a', 0, 0, 7, -1],
    ['nowhere', 0],
    ['b', 2],
    ['a', 1],
  ];
  assert.deepEqual(await sizes(client, wanted), ['a-0: 0', 'a-1: 0', 'b-2: 0']);
});

test('the directory is told with its space, from version 4 on', async (context) => {
  const broker = await TestBroker.start(
    context,
    {},
    {
      path: '/data',
      space: async () => ({ totalBytes: 5_000_000_000_000, usableBytes: 3_000_000_000_000 }),
    },
  );
  const client = await broker.withTopic('t');
  for (const version of [1, 2, 3, 4, 5]) {
    const { logDir, totalBytes, usableBytes, isCordoned } = await ask(client, null, version);
    assert.deepEqual([logDir, isCordoned], ['/data', false]);
    const space = version < 4 ? [-1, -1] : [5_000_000_000_000, 3_000_000_000_000];
    assert.deepEqual([totalBytes, usableBytes], space);
  }
});

test('a disk that does not answer is a storage error', async (context) => {
  const broker = await TestBroker.start(
    context,
    {},
    {
      path: '/data',
      space: () => Promise.reject(new Error('EIO')),
    },
  );
  const client = await broker.withTopic('t');
  const { errorCode, logDir, topics, totalBytes } = await ask(client, null);
  assert.deepEqual(
    [errorCode, logDir, topics, totalBytes],
    [ErrorCode.KAFKA_STORAGE_ERROR, '/data', [], -1],
  );
});
