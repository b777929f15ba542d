// OffsetCommit, versions 2 to 10: leader epochs (v6), static members (v7, KIP-345), topic ids (v10). The retention time of
// versions 2 to 4 is read and not used, as in Kafka: offsets live as long as offsets.retention.minutes says.

import { ErrorCode } from '@millrace/protocol';
import {
  OffsetCommitRequest,
  type OffsetCommitRequestPartition,
  type OffsetCommitRequestTopic,
} from '@millrace/protocol/messages/offset-commit-request';
import {
  createOffsetCommitResponse,
  createOffsetCommitResponsePartition,
  createOffsetCommitResponseTopic,
  OffsetCommitResponse,
} from '@millrace/protocol/messages/offset-commit-response';
import type { MetadataStore } from '@millrace/storage';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { OffsetToCommit } from '../coordinator/group-offsets.ts';
import type { Handler } from '../handler.ts';
import { mergedTopics } from '../merged-topics.ts';

const FIRST_WITH_GROUP_ID_NOT_FOUND = 9;
const FIRST_WITH_TOPIC_IDS = 10;

export function offsetCommitHandler(dependencies: {
  readonly coordinator: GroupCoordinator;
  readonly metadata: MetadataStore;
}): Handler<OffsetCommitRequest, OffsetCommitResponse> {
  const { coordinator, metadata } = dependencies;
  return {
    apiKey: OffsetCommitRequest.apiKey,
    minVersion: 2,
    maxVersion: 10,
    request: OffsetCommitRequest,
    response: OffsetCommitResponse,
    async handle(request, { apiVersion }) {
      const byId = apiVersion >= FIRST_WITH_TOPIC_IDS;
      const topics = mergedByTopic(request, byId);
      const topicIds = topics.map((topic) => knownTopicId(metadata, topic, byId));
      const offsets = topics.flatMap((topic, index) => {
        const topicId = topicIds[index];
        if (topicId === undefined || topicId === null) return [];
        return topic.partitions.map((partition) => offsetToCommit(topicId, partition));
      });
      const errors = await coordinator.commitOffsets({
        groupId: request.groupId,
        claim: {
          generation: request.generationIdOrMemberEpoch,
          memberId: request.memberId,
          groupInstanceId: request.groupInstanceId,
        },
        offsets,
      });
      const unknown = byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      let next = 0;
      return response(topics, (topicIndex) =>
        topicIds[topicIndex] === null ? unknown : errorFor(errors[next++]!, apiVersion),
      );
    },
    failure(request, error, { apiVersion }) {
      const topics = mergedByTopic(request, apiVersion >= FIRST_WITH_TOPIC_IDS);
      return response(topics, () => error);
    },
  };
}

function mergedByTopic({ topics }: OffsetCommitRequest, byId: boolean): OffsetCommitRequestTopic[] {
  return mergedTopics(topics, ({ name, topicId }) => (byId ? topicId : name));
}

/** Asks for the error of each partition in the order of the request. */
function response(
  topics: readonly OffsetCommitRequestTopic[],
  errorOf: (topicIndex: number) => number,
): OffsetCommitResponse {
  return createOffsetCommitResponse({
    topics: topics.map((topic, topicIndex) =>
      createOffsetCommitResponseTopic({
        name: topic.name,
        topicId: topic.topicId,
        partitions: topic.partitions.map(({ partitionIndex }) =>
          createOffsetCommitResponsePartition({
            partitionIndex,
            errorCode: errorOf(topicIndex),
          }),
        ),
      }),
    ),
  });
}

/** Older clients do not know that a group can be missing; to them their generation is over. */
function errorFor(error: number, version: number): number {
  return error === ErrorCode.GROUP_ID_NOT_FOUND && version < FIRST_WITH_GROUP_ID_NOT_FOUND
    ? ErrorCode.ILLEGAL_GENERATION
    : error;
}

function knownTopicId(
  { image }: MetadataStore,
  topic: OffsetCommitRequestTopic,
  byId: boolean,
): string | null {
  const known = byId ? image.topicsById.get(topic.topicId) : image.topicsByName.get(topic.name);
  return known?.topicId ?? null;
}

function offsetToCommit(topicId: string, partition: OffsetCommitRequestPartition): OffsetToCommit {
  return {
    topicId,
    partition: partition.partitionIndex,
    offset: partition.committedOffset,
    leaderEpoch: partition.committedLeaderEpoch,
    metadata: partition.committedMetadata ?? '',
  };
}
