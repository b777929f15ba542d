// OffsetFetch, versions 1 to 10: all topics (v2), leader epochs (v5), require stable (v7), several groups (v8, KIP-709),
// member epochs (v9), topic ids (v10). "Require stable" changes nothing while there are no transactions, and member
// epochs are not checked: they belong to the consumer groups of KIP-848, which are not served yet.

import { ErrorCode } from '@millrace/protocol';
import {
  OffsetFetchRequest,
  type OffsetFetchRequestGroup,
} from '@millrace/protocol/messages/offset-fetch-request';
import {
  createOffsetFetchResponse,
  createOffsetFetchResponseGroup,
  createOffsetFetchResponsePartitions,
  createOffsetFetchResponseTopic,
  createOffsetFetchResponseTopics,
  OffsetFetchResponse,
  type OffsetFetchResponsePartitions,
  type OffsetFetchResponseTopics,
} from '@millrace/protocol/messages/offset-fetch-response';
import type { CommittedOffset, MetadataStore } from '@millrace/storage';
import type { GroupOffsets } from '../coordinator/group-offsets.ts';
import type { Handler } from '../handler.ts';

const FIRST_WITH_GROUPS = 8;
const FIRST_WITH_TOPIC_IDS = 10;

interface Dependencies {
  readonly offsets: GroupOffsets;
  readonly metadata: MetadataStore;
}

interface WantedTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitionIndexes: readonly number[];
}

export function offsetFetchHandler(
  dependencies: Dependencies,
): Handler<OffsetFetchRequest, OffsetFetchResponse> {
  return {
    apiKey: OffsetFetchRequest.apiKey,
    minVersion: 1,
    maxVersion: 10,
    request: OffsetFetchRequest,
    response: OffsetFetchResponse,
    handle(request, { apiVersion }) {
      if (apiVersion < FIRST_WITH_GROUPS) {
        const topics = fetchTopics(dependencies, request.groupId, byName(request.topics), false);
        return createOffsetFetchResponse({ topics: topics.map(createOffsetFetchResponseTopic) });
      }
      const byId = apiVersion >= FIRST_WITH_TOPIC_IDS;
      return createOffsetFetchResponse({
        groups: request.groups.map((group) =>
          createOffsetFetchResponseGroup({
            groupId: group.groupId,
            topics: fetchTopics(dependencies, group.groupId, group.topics, byId),
          }),
        ),
      });
    },
    failure(request, error, { apiVersion }) {
      return apiVersion < FIRST_WITH_GROUPS
        ? failedSingle(request, error, apiVersion)
        : createOffsetFetchResponse({
            groups: request.groups.map(({ groupId }: OffsetFetchRequestGroup) =>
              createOffsetFetchResponseGroup({ groupId, errorCode: error }),
            ),
          });
    },
  };
}

/** Version 1 has no error of its own: every partition carries it. */
function failedSingle(
  request: OffsetFetchRequest,
  errorCode: number,
  version: number,
): OffsetFetchResponse {
  if (version >= 2) return createOffsetFetchResponse({ errorCode });
  return createOffsetFetchResponse({
    topics: (request.topics ?? []).map(({ name, partitionIndexes }) =>
      createOffsetFetchResponseTopic({
        name,
        partitions: partitionIndexes.map((index) => nothing(index, errorCode)),
      }),
    ),
  });
}

function byName(topics: OffsetFetchRequest['topics']): WantedTopic[] | null {
  return topics?.map((topic) => ({ ...topic, topicId: '' })) ?? null;
}

/** Null asks for all that the group has committed. */
function fetchTopics(
  { offsets, metadata }: Dependencies,
  groupId: string,
  wanted: readonly WantedTopic[] | null,
  byId: boolean,
): OffsetFetchResponseTopics[] {
  const { topicsById, topicsByName } = metadata.image;
  if (wanted === null) return allTopics(offsets, metadata, groupId);
  return wanted.map(({ name, topicId, partitionIndexes }) => {
    const topic = byId ? topicsById.get(topicId) : topicsByName.get(name);
    const isUnknownId = byId && topic === undefined;
    const partitions = partitionIndexes.map((index) => {
      if (isUnknownId) return nothing(index, ErrorCode.UNKNOWN_TOPIC_ID);
      const found = topic && offsets.find(groupId, topic.topicId, index);
      return found === undefined ? nothing(index, ErrorCode.NONE) : committed(found);
    });
    return createOffsetFetchResponseTopics({ name, topicId, partitions });
  });
}

function allTopics(
  offsets: GroupOffsets,
  { image }: MetadataStore,
  groupId: string,
): OffsetFetchResponseTopics[] {
  const topics = new Map<string, OffsetFetchResponseTopics>();
  for (const offset of offsets.all(groupId).values()) {
    const name = image.topicsById.get(offset.topicId)?.name;
    if (name === undefined) continue;
    let topic = topics.get(offset.topicId);
    if (topic === undefined) {
      topic = createOffsetFetchResponseTopics({ name, topicId: offset.topicId });
      topics.set(offset.topicId, topic);
    }
    topic.partitions.push(committed(offset));
  }
  return [...topics.values()];
}

function committed(offset: CommittedOffset): OffsetFetchResponsePartitions {
  return createOffsetFetchResponsePartitions({
    partitionIndex: offset.partition,
    committedOffset: offset.offset,
    committedLeaderEpoch: offset.leaderEpoch,
    metadata: offset.metadata,
  });
}

function nothing(partitionIndex: number, errorCode: number): OffsetFetchResponsePartitions {
  return createOffsetFetchResponsePartitions({
    partitionIndex,
    committedOffset: -1,
    committedLeaderEpoch: -1,
    metadata: '',
    errorCode,
  });
}
