import { api, type Cluster, KafkaError } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import {
  createOffsetCommitRequest,
  createOffsetCommitRequestPartition,
  createOffsetCommitRequestTopic,
  OffsetCommitRequest,
} from '@millrace/protocol/messages/offset-commit-request';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit-response';
import {
  createOffsetDeleteRequest,
  createOffsetDeleteRequestPartition,
  createOffsetDeleteRequestTopic,
  OffsetDeleteRequest,
} from '@millrace/protocol/messages/offset-delete-request';
import { OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete-response';
import {
  createOffsetFetchRequest,
  createOffsetFetchRequestGroup,
  OffsetFetchRequest,
} from '@millrace/protocol/messages/offset-fetch-request';
import { OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch-response';
import { byTopic, PartitionMap, type TopicPartition } from './partition-map.ts';

export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string;
}

const offsetFetchApi = api(OffsetFetchRequest, OffsetFetchResponse);
const offsetCommitApi = api(OffsetCommitRequest, OffsetCommitResponse);
const offsetDeleteApi = api(OffsetDeleteRequest, OffsetDeleteResponse);
/** From version 10 on topics are named by their ids. Null for all topics came with 2. */
const VERSIONS = { min: 2, max: 9 };
const GROUPS_VERSION = 8;

/** All that the group has committed; empty for a group that there is not. */
export async function committedOffsets(
  cluster: Cluster,
  group: string,
): Promise<PartitionMap<CommittedOffset>> {
  const body = (version: number) =>
    version >= GROUPS_VERSION
      ? createOffsetFetchRequest({
          groups: [createOffsetFetchRequestGroup({ groupId: group, topics: null })],
        })
      : createOffsetFetchRequest({ groupId: group, topics: null });
  const response = await cluster.send(offsetFetchApi, body, {
    node: { coordinator: group },
    versions: VERSIONS,
    errorCode: (answer) => {
      const code = answer.groups[0]?.errorCode ?? answer.errorCode;
      return code === ErrorCode.GROUP_ID_NOT_FOUND ? ErrorCode.NONE : code;
    },
    subject: `offsets of group ${group}`,
  });
  const committed = new PartitionMap<CommittedOffset>();
  for (const { name, partitions } of response.groups[0]?.topics ?? response.topics) {
    for (const { partitionIndex, committedOffset, metadata, errorCode } of partitions) {
      if (errorCode !== ErrorCode.NONE) {
        throw KafkaError.ofBroker(errorCode, `offset of ${name}, partition ${partitionIndex}`);
      }
      if (committedOffset < 0) continue;
      committed.set(name, partitionIndex, { offset: committedOffset, metadata: metadata ?? '' });
    }
  }
  return committed;
}

/** Commits for a group without members. Gives the error code of each partition. */
export async function commitOffsets(
  cluster: Cluster,
  group: string,
  offsets: readonly (TopicPartition & { readonly offset: number })[],
): Promise<PartitionMap<number>> {
  const topics = byTopic(offsets).map(({ topic, partitions }) =>
    createOffsetCommitRequestTopic({
      name: topic,
      partitions: partitions.map(({ partition, offset }) =>
        createOffsetCommitRequestPartition({
          partitionIndex: partition,
          committedOffset: offset,
          committedMetadata: '',
        }),
      ),
    }),
  );
  const request = createOffsetCommitRequest({
    groupId: group,
    // No generation and no member: who commits is not one of the group.
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics,
  });
  const { topics: answered } = await cluster.send(offsetCommitApi, request, {
    node: { coordinator: group },
    versions: VERSIONS,
  });
  return errorCodes(answered);
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
  return errorCodes(response.topics);
}

function errorCodes(
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[],
): PartitionMap<number> {
  const codes = new PartitionMap<number>();
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      codes.set(name, partitionIndex, errorCode);
    }
  }
  return codes;
}
