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
import type { Cluster } from './cluster.ts';
import { KafkaError } from './kafka-error.ts';
import { partitionKey, type TopicPartition } from './topic-partition.ts';

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

/** Commits offsets, by partition the one of the record to be read next. Rejects when one is not taken. */
export async function commitOffsets(
  cluster: Cluster,
  committer: Committer,
  offsets: readonly (TopicPartition & { readonly offset: number })[],
  retryTimeoutMs?: number,
): Promise<void> {
  const { groupId, memberId, generationId, groupInstanceId } = committer;
  const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([name, ofTopic]) =>
    createOffsetCommitRequestTopic({
      name,
      partitions: ofTopic.map(({ partition, offset }) =>
        createOffsetCommitRequestPartition({ partitionIndex: partition, committedOffset: offset }),
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
  await cluster.send(offsetCommitApi, request, {
    node: { coordinator: groupId },
    versions: { min: 2, max: LAST_BY_NAME },
    subject: `group ${groupId}`,
    repeat: true,
    errorCode: firstError,
    ...(retryTimeoutMs === undefined ? {} : { retryTimeoutMs }),
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

/** Committed offsets of a group by `partitionKey`, without those that have none. */
export async function committedOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<string, number>> {
  const byTopic = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, ofTopic]) => ({
    name,
    partitionIndexes: ofTopic.map(({ partition }) => partition),
  }));
  const response = await cluster.send(
    offsetFetchApi,
    (version) => offsetFetchRequest(groupId, byTopic, version),
    {
      node: { coordinator: groupId },
      versions: { min: 1, max: LAST_BY_NAME },
      subject: `group ${groupId}`,
      errorCode: (answer) => ofGroup(answer).errorCode || firstError(ofGroup(answer)),
    },
  );
  const found = new Map<string, number>();
  for (const { name: topic, partitions: committed } of ofGroup(response).topics) {
    for (const { partitionIndex: partition, committedOffset } of committed) {
      if (committedOffset >= 0) found.set(partitionKey({ topic, partition }), committedOffset);
    }
  }
  return found;
}

function offsetFetchRequest(
  groupId: string,
  topics: readonly { readonly name: string; readonly partitionIndexes: number[] }[],
  version: number,
): OffsetFetchRequest {
  const requireStable = version >= FIRST_WITH_STABLE;
  if (version < FIRST_WITH_GROUPS) {
    const named = topics.map(createOffsetFetchRequestTopic);
    return createOffsetFetchRequest({ groupId, topics: named, requireStable });
  }
  const group = createOffsetFetchRequestGroup({
    groupId,
    topics: topics.map(createOffsetFetchRequestTopics),
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
