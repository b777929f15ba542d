import { api, type Cluster, KafkaError } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import {
  createDeleteRecordsRequest,
  createDeleteRecordsRequestDeleteRecordsPartition,
  createDeleteRecordsRequestDeleteRecordsTopic,
  DeleteRecordsRequest,
} from '@millrace/protocol/messages/delete-records-request';
import { DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records-response';
import { type ItemError, itemError } from './item-error.ts';
import { byTopic, PartitionMap, type TopicPartition } from './partition-map.ts';

/** The first record of a partition to be kept. The request has −1 for none at all, which is not to be had by mistake. */
export interface RecordsBefore extends TopicPartition {
  /** 0 or more. */
  readonly offset: number;
}

/** Where a partition begins now, or why that is still where it was. */
export type DeletedRecords =
  | { readonly lowWatermark: number; readonly error: null }
  | { readonly lowWatermark: null; readonly error: ItemError };

const deleteRecordsApi = api(DeleteRecordsRequest, DeleteRecordsResponse);

/** Asks each leader for its own partitions. One that fails takes nothing away from what the others did. */
export async function deleteRecords(
  cluster: Cluster,
  wanted: readonly RecordsBefore[],
  timeoutMs: number,
): Promise<PartitionMap<DeletedRecords>> {
  const { topics } = await cluster.metadata([...new Set(wanted.map(({ topic }) => topic))]);
  const leaders = new PartitionMap<number>();
  for (const { name, partitions } of topics) {
    for (const { partition, leaderId } of partitions) leaders.set(name, partition, leaderId);
  }
  const deleted = new PartitionMap<DeletedRecords>();
  const fail = ({ topic, partition }: TopicPartition, error: ItemError) =>
    deleted.set(topic, partition, { lowWatermark: null, error });
  const byLeader = Map.groupBy(wanted, ({ topic, partition }) => leaders.get(topic, partition));
  for (const [leader, own] of byLeader) {
    // What no answer speaks of.
    for (const one of own) fail(one, errorOf(ErrorCode.UNKNOWN_SERVER_ERROR, one));
    if (leader === undefined || leader < 0) {
      for (const one of own) fail(one, errorOf(ErrorCode.LEADER_NOT_AVAILABLE, one));
      continue;
    }
    try {
      await askLeader(cluster, leader, own, timeoutMs, deleted);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      const { code, summary: message, hint } = error;
      for (const one of own) fail(one, { code, message, hint });
    }
  }
  return deleted;
}

async function askLeader(
  cluster: Cluster,
  node: number,
  wanted: readonly RecordsBefore[],
  timeoutMs: number,
  deleted: PartitionMap<DeletedRecords>,
): Promise<void> {
  const topics = byTopic(wanted).map(({ topic, partitions }) =>
    createDeleteRecordsRequestDeleteRecordsTopic({
      name: topic,
      partitions: partitions.map(({ partition, offset }) =>
        createDeleteRecordsRequestDeleteRecordsPartition({ partitionIndex: partition, offset }),
      ),
    }),
  );
  const request = createDeleteRecordsRequest({ topics, timeoutMs });
  const answer = await cluster.send(deleteRecordsApi, request, { node });
  for (const { name: topic, partitions } of answer.topics) {
    for (const { partitionIndex: partition, lowWatermark, errorCode } of partitions) {
      const isDone = errorCode === ErrorCode.NONE;
      deleted.set(
        topic,
        partition,
        isDone
          ? { lowWatermark, error: null }
          : { lowWatermark: null, error: errorOf(errorCode, { topic, partition }) },
      );
    }
  }
}

function errorOf(errorCode: number, { topic, partition }: TopicPartition): ItemError {
  return itemError(errorCode, `topic ${topic}, partition ${partition}`)!;
}
