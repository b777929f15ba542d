import { api, type Cluster, commitEachOffset, committedOffsets } from '@millrace/client';
import {
  createOffsetDeleteRequest,
  createOffsetDeleteRequestPartition,
  createOffsetDeleteRequestTopic,
  OffsetDeleteRequest,
} from '@millrace/protocol/messages/offset-delete-request';
import { OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete-response';
import { byTopic, PartitionMap, type TopicPartition } from './partition-map.ts';

export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string;
}

const offsetDeleteApi = api(OffsetDeleteRequest, OffsetDeleteResponse);

/** All that the group has committed; empty for a group that there is not. */
export async function offsetsOfGroup(
  cluster: Cluster,
  group: string,
): Promise<PartitionMap<CommittedOffset>> {
  const committed = new PartitionMap<CommittedOffset>();
  for (const one of await committedOffsets(cluster, group, null)) {
    committed.set(one.topic, one.partition, one);
  }
  return committed;
}

/** Commits for a group without members. Gives the error code of each partition. */
export async function setOffsets(
  cluster: Cluster,
  group: string,
  offsets: readonly (TopicPartition & { readonly offset: number })[],
): Promise<PartitionMap<number>> {
  // Who commits is not one of the group.
  const nobody = { groupId: group, memberId: '', generationId: -1, groupInstanceId: null };
  return errorCodes(await commitEachOffset(cluster, nobody, offsets));
}

/** Forgets what the group has committed. Gives the error code of each partition. */
export async function deleteOffsets(
  cluster: Cluster,
  group: string,
  partitions: readonly TopicPartition[],
): Promise<PartitionMap<number>> {
  const topics = byTopic(partitions).map(({ topic, partitions: ones }) =>
    createOffsetDeleteRequestTopic({
      name: topic,
      partitions: ones.map(({ partition }) =>
        createOffsetDeleteRequestPartition({ partitionIndex: partition }),
      ),
    }),
  );
  const response = await cluster.send(
    offsetDeleteApi,
    createOffsetDeleteRequest({ groupId: group, topics }),
    {
      node: { coordinator: group },
      errorCode: ({ errorCode }) => errorCode,
      subject: `group ${group}`,
    },
  );
  const answered = response.topics.flatMap(({ name: topic, partitions: ones }) =>
    ones.map(({ partitionIndex: partition, errorCode }) => ({ topic, partition, errorCode })),
  );
  return errorCodes(answered);
}

function errorCodes(
  answered: readonly (TopicPartition & { readonly errorCode: number })[],
): PartitionMap<number> {
  const codes = new PartitionMap<number>();
  for (const { topic, partition, errorCode } of answered) codes.set(topic, partition, errorCode);
  return codes;
}
