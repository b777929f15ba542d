import { ErrorCode } from '@millrace/protocol';
import {
  createOffsetCommitRequest,
  createOffsetCommitRequestPartition,
  createOffsetCommitRequestTopic,
  OffsetCommitRequest,
} from '@millrace/protocol/messages/offset-commit-request';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit-response';
import {
  createOffsetFetchRequest,
  createOffsetFetchRequestGroup,
  createOffsetFetchRequestTopic,
  createOffsetFetchRequestTopics,
  OffsetFetchRequest,
} from '@millrace/protocol/messages/offset-fetch-request';
import {
  OffsetFetchResponse,
  type OffsetFetchResponseGroup,
} from '@millrace/protocol/messages/offset-fetch-response';
import { api } from './api.ts';
import type { Cluster, SendOptions } from './cluster.ts';
import { KafkaError } from './kafka-error.ts';
import type { TopicPartition } from './topic-partition.ts';

/** Who commits: a member of the group in its generation, or nobody of an empty group. */
export interface Committer {
  readonly groupId: string;
  readonly memberId: string;
  readonly generationId: number;
  readonly groupInstanceId: string | null;
}

const offsetCommitApi = api(OffsetCommitRequest, OffsetCommitResponse);
const offsetFetchApi = api(OffsetFetchRequest, OffsetFetchResponse);

/** Later versions name topics by their ids. */
const LAST_BY_NAME = 9;
const FIRST_WITH_GROUPS = 8;
const FIRST_WITH_STABLE = 7;
/** Null for all topics. */
const FIRST_WITH_ALL = 2;

/** An offset that a group has committed: that of the record to be read next. */
export interface CommittedOffset extends TopicPartition {
  readonly offset: number;
  readonly metadata: string;
}

type NewOffset = TopicPartition & { readonly offset: number };

/** Commits offsets, by partition the one of the record to be read next. Rejects when one is not taken. */
export async function commitOffsets(
  cluster: Cluster,
  committer: Committer,
  offsets: readonly NewOffset[],
  retryTimeoutMs?: number,
): Promise<void> {
  await sendCommit(cluster, committer, offsets, {
    repeat: true,
    errorCode: firstError,
    ...(retryTimeoutMs === undefined ? {} : { retryTimeoutMs }),
  });
}

/** The same, and gives the error code of each partition. */
export async function commitEachOffset(
  cluster: Cluster,
  committer: Committer,
  offsets: readonly NewOffset[],
): Promise<readonly (TopicPartition & { readonly errorCode: number })[]> {
  const { topics } = await sendCommit(cluster, committer, offsets, {});
  return topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: partition, errorCode }) => {
      return { topic, partition, errorCode };
    }),
  );
}

function sendCommit(
  cluster: Cluster,
  { groupId, memberId, generationId, groupInstanceId }: Committer,
  offsets: readonly NewOffset[],
  options: Pick<SendOptions<OffsetCommitResponse>, 'repeat' | 'errorCode' | 'retryTimeoutMs'>,
): Promise<OffsetCommitResponse> {
  const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([name, ofTopic]) =>
    createOffsetCommitRequestTopic({
      name,
      partitions: ofTopic.map(({ partition, offset }) =>
        createOffsetCommitRequestPartition({
          partitionIndex: partition,
          committedOffset: offset,
          committedMetadata: '',
        }),
      ),
    }),
  );
  const request = createOffsetCommitRequest({
    groupId,
    memberId,
    generationIdOrMemberEpoch: generationId,
    groupInstanceId,
    topics,
  });
  return cluster.send(offsetCommitApi, request, {
    node: { coordinator: groupId },
    versions: { min: 2, max: LAST_BY_NAME },
    subject: `group ${groupId}`,
    ...options,
  });
}

/** Of the partitions, in their order; NONE when all went well. */
function firstError({
  topics,
}: {
  readonly topics: readonly {
    readonly partitions: readonly { readonly errorCode: number }[];
  }[];
}): number {
  const codes = topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
  return codes.find((code) => code !== ErrorCode.NONE) ?? ErrorCode.NONE;
}

/**
 * What a group has committed, of these partitions, or all of it where they are null; nothing for a group that there is
 * not. Rejects when one partition's offset cannot be told.
 */
export async function committedOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[] | null,
): Promise<readonly CommittedOffset[]> {
  const byTopic =
    partitions &&
    [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, ofTopic]) => ({
      name,
      partitionIndexes: ofTopic.map(({ partition }) => partition),
    }));
  const response = await cluster.send(
    offsetFetchApi,
    (version) => offsetFetchRequest(groupId, byTopic, version),
    {
      node: { coordinator: groupId },
      versions: { min: byTopic === null ? FIRST_WITH_ALL : 1, max: LAST_BY_NAME },
      subject: `offsets of group ${groupId}`,
      errorCode: (answer) => {
        const code = ofGroup(answer).errorCode || firstError(ofGroup(answer));
        return code === ErrorCode.GROUP_ID_NOT_FOUND ? ErrorCode.NONE : code;
      },
    },
  );
  return ofGroup(response).topics.flatMap(({ name: topic, partitions: committed }) =>
    committed
      .filter(({ committedOffset }) => committedOffset >= 0)
      .map(({ partitionIndex: partition, committedOffset: offset, metadata }) => {
        return { topic, partition, offset, metadata: metadata ?? '' };
      }),
  );
}

function offsetFetchRequest(
  groupId: string,
  topics: readonly { readonly name: string; readonly partitionIndexes: number[] }[] | null,
  version: number,
): OffsetFetchRequest {
  const requireStable = version >= FIRST_WITH_STABLE;
  if (version < FIRST_WITH_GROUPS) {
    const named = topics?.map(createOffsetFetchRequestTopic) ?? null;
    return createOffsetFetchRequest({ groupId, topics: named, requireStable });
  }
  const group = createOffsetFetchRequestGroup({
    groupId,
    topics: topics?.map(createOffsetFetchRequestTopics) ?? null,
  });
  return createOffsetFetchRequest({ groups: [group], requireStable });
}

/** The one group that was asked for, in whichever form the version has it. */
function ofGroup(response: OffsetFetchResponse): Pick<OffsetFetchResponseGroup, 'errorCode'> & {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: OffsetFetchResponse['topics'][number]['partitions'];
  }[];
} {
  return response.groups[0] ?? response;
}

/** Whether an error says that the member is no longer one in this generation, so that it has to join again. */
export function isFenced(error: unknown): boolean {
  return (
    error instanceof KafkaError &&
    ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'].includes(error.code)
  );
}
