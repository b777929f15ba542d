// AlterReplicaLogDirs, versions 1 and 2 (KIP-113). There is one log directory: a log that is to move to where it stands is
// where it shall be, and every other directory is not found.

import { ErrorCode } from '@millrace/protocol';
import { AlterReplicaLogDirsRequest } from '@millrace/protocol/messages/alter-replica-log-dirs-request';
import {
  AlterReplicaLogDirsResponse,
  createAlterReplicaLogDirsResponse,
  createAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult,
  createAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult,
} from '@millrace/protocol/messages/alter-replica-log-dirs-response';
import type { Handler } from '../handler.ts';
import type { LogDirectory } from '../log-directory.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

export interface AlterReplicaLogDirsDependencies {
  readonly topics: Topics;
  readonly placement: Placement;
  readonly logDirectory: Pick<LogDirectory, 'path'>;
}

export function alterReplicaLogDirsHandler(
  dependencies: AlterReplicaLogDirsDependencies,
): Handler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> {
  return {
    apiKey: AlterReplicaLogDirsRequest.apiKey,
    minVersion: 1,
    maxVersion: 2,
    request: AlterReplicaLogDirsRequest,
    response: AlterReplicaLogDirsResponse,
    handle(request) {
      return respond(request, (path, topic, partition) =>
        moveError(dependencies, path, topic, partition),
      );
    },
    failure(request, error) {
      return respond(request, () => error);
    },
  };
}

function moveError(
  { topics, placement, logDirectory }: AlterReplicaLogDirsDependencies,
  path: string,
  topicName: string,
  partition: number,
): number {
  if (path !== logDirectory.path) return ErrorCode.LOG_DIR_NOT_FOUND;
  const topic = topics.byName(topicName);
  const leadership = topic === undefined ? null : placement.leadership(topic.topicId, partition);
  const isHere = leadership?.replicas.includes(placement.nodeId) ?? false;
  return isHere ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
}

/**
 * As in Kafka each partition is answered once, however many directories it was to move to: the last one counts. A topic
 * without partitions is not answered.
 */
function respond(
  { dirs }: AlterReplicaLogDirsRequest,
  errorOf: (path: string, topic: string, partition: number) => number,
): AlterReplicaLogDirsResponse {
  const byTopic = new Map<string, Map<number, number>>();
  for (const { path, topics } of dirs) {
    for (const { name, partitions } of topics) {
      if (partitions.length === 0) continue;
      const errors = byTopic.get(name) ?? new Map<number, number>();
      byTopic.set(name, errors);
      for (const partition of partitions) errors.set(partition, errorOf(path, name, partition));
    }
  }
  return createAlterReplicaLogDirsResponse({
    results: Array.from(byTopic, ([topicName, errors]) =>
      createAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult({
        topicName,
        partitions: Array.from(errors, ([partitionIndex, errorCode]) =>
          createAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult({
            partitionIndex,
            errorCode,
          }),
        ),
      }),
    ),
  });
}
