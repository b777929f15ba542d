import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cluster, KafkaError, type TopicMetadata } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import type { DeleteRecordsRequest } from '@millrace/protocol/messages/delete-records-request';
import type { ListOffsetsRequest } from '@millrace/protocol/messages/list-offsets-request';
import { deleteRecords } from './delete-records.ts';
import { listOffsets } from './list-offsets.ts';

/** Topic `t`: a partition for each leader, −1 for none. */
function topicLedBy(leaders: readonly number[]): TopicMetadata {
  const partitions = leaders.map((leaderId, partition) => ({
    partition,
    leaderId,
    leaderEpoch: 0,
    replicas: [],
    inSyncReplicas: [],
    offlineReplicas: [],
    errorCode: 0,
  }));
  return { name: 't', topicId: null, isInternal: false, partitions, error: null };
}

/** A cluster of which a node answers as it is told. */
function clusterOf<Request>(
  leaders: readonly number[],
  answer: (node: number, request: Request) => unknown,
): Cluster {
  const cluster: Pick<Cluster, 'metadata' | 'retrying'> & { send: unknown } = {
    metadata: async () => ({
      clusterId: null,
      controllerId: 1,
      nodes: [],
      topics: [topicLedBy(leaders)],
    }),
    retrying: (attempt) => attempt(),
    send: async (
      _api: unknown,
      body: Request | ((version: number) => Request),
      { node }: { node: number },
    ) => answer(node, body instanceof Function ? body(1) : body),
  };
  return cluster as unknown as Cluster;
}

test('records are deleted by their leaders, whatever becomes of the others', async () => {
  const asked: [node: number, partition: number, offset: number][] = [];
  const cluster = clusterOf<DeleteRecordsRequest>([1, 2, -1, 1, 1], (node, { topics }) => {
    const partitions = topics[0]!.partitions;
    for (const { partitionIndex, offset } of partitions) asked.push([node, partitionIndex, offset]);
    if (node === 2) throw new KafkaError('CONNECTION_REFUSED', 'node 2 is down.');
    // Nothing of partition 4.
    const answered = partitions.slice(0, 2).map(({ partitionIndex, offset }) => ({
      partitionIndex,
      lowWatermark: offset,
      errorCode: partitionIndex === 3 ? ErrorCode.OFFSET_OUT_OF_RANGE : ErrorCode.NONE,
    }));
    return { topics: [{ name: 't', partitions: answered }] };
  });
  const wanted = [0, 1, 2, 3, 4].map((partition) => ({ topic: 't', partition, offset: 7 }));
  const deleted = await deleteRecords(cluster, wanted, 1000);
  assert.deepEqual(asked, [
    [1, 0, 7],
    [1, 3, 7],
    [1, 4, 7],
    [2, 1, 7],
  ]);
  assert.deepEqual(
    deleted.entries().map(({ value }) => [value.lowWatermark, value.error?.code]),
    [
      [7, undefined],
      [null, 'CONNECTION_REFUSED'],
      [null, 'LEADER_NOT_AVAILABLE'],
      [null, 'OFFSET_OUT_OF_RANGE'],
      [null, 'UNKNOWN_SERVER_ERROR'],
    ],
  );
});

test('offsets are asked of their leaders, and a partition without one has an error', async () => {
  const leaders = [1, 2, -1, 2];
  const cluster = clusterOf<ListOffsetsRequest>(leaders, (node, { topics }) => ({
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => ({
        partitionIndex,
        offset: node * 100 + partitionIndex,
        timestamp,
        errorCode: 0,
      })),
    })),
  }));
  const listed = await listOffsets(cluster, [topicLedBy(leaders)], 'end');
  assert.deepEqual(
    listed.entries().map(({ value }) => [value.offset, value.timestamp, value.errorCode]),
    [
      [100, -1, 0],
      [201, -1, 0],
      [-1, -1, ErrorCode.LEADER_NOT_AVAILABLE],
      [203, -1, 0],
    ],
  );
});
