// OffsetDelete, version 0 (KIP-496): committed offsets of a group, except for topics that its members subscribe to.

import { ErrorCode } from '@millrace/protocol';
import { OffsetDeleteRequest } from '@millrace/protocol/messages/offset-delete-request';
import {
  createOffsetDeleteResponse,
  createOffsetDeleteResponsePartition,
  createOffsetDeleteResponseTopic,
  OffsetDeleteResponse,
} from '@millrace/protocol/messages/offset-delete-response';
import type { MetadataStore } from '@millrace/storage';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';
import { mergedTopics } from '../merged-topics.ts';

export function offsetDeleteHandler(dependencies: {
  readonly coordinator: GroupCoordinator;
  readonly metadata: MetadataStore;
}): Handler<OffsetDeleteRequest, OffsetDeleteResponse> {
  const { coordinator, metadata } = dependencies;
  return {
    apiKey: OffsetDeleteRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: OffsetDeleteRequest,
    response: OffsetDeleteResponse,
    async handle(request) {
      if (request.groupId === '') {
        return createOffsetDeleteResponse({ errorCode: ErrorCode.INVALID_GROUP_ID });
      }
      const { topicsByName } = metadata.image;
      const topics = mergedTopics(request.topics, ({ name }) => name);
      const partitions = topics.flatMap(({ name, partitions }) => {
        const topic = topicsByName.get(name);
        const count = topic?.partitionCount ?? 0;
        return partitions.map(({ partitionIndex: partition }) => ({
          name,
          topicId: partition >= 0 && partition < count ? topic!.topicId : null,
          partition,
        }));
      });
      const { error, errors } = await coordinator.deleteOffsets(request.groupId, partitions);
      if (error !== ErrorCode.NONE) return createOffsetDeleteResponse({ errorCode: error });
      let next = 0;
      return createOffsetDeleteResponse({
        topics: topics.map(({ name, partitions }) =>
          createOffsetDeleteResponseTopic({
            name,
            partitions: partitions.map(({ partitionIndex }) =>
              createOffsetDeleteResponsePartition({ partitionIndex, errorCode: errors[next++]! }),
            ),
          }),
        ),
      });
    },
    failure(_request, errorCode) {
      return createOffsetDeleteResponse({ errorCode });
    },
  };
}
