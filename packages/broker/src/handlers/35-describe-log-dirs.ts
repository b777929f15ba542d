// DescribeLogDirs, versions 1 to 5: one directory, which holds every log of this broker. There are no followers, so no
// lag, and no moves between directories, so no future logs; a directory is never cordoned.

import { ErrorCode } from '@millrace/protocol';
import { DescribeLogDirsRequest } from '@millrace/protocol/messages/describe-log-dirs-request';
import {
  createDescribeLogDirsResponse,
  createDescribeLogDirsResponseDescribeLogDirsPartition,
  createDescribeLogDirsResponseDescribeLogDirsResult,
  createDescribeLogDirsResponseDescribeLogDirsTopic,
  DescribeLogDirsResponse,
  type DescribeLogDirsResponseDescribeLogDirsPartition,
  type DescribeLogDirsResponseDescribeLogDirsResult,
  type DescribeLogDirsResponseDescribeLogDirsTopic,
} from '@millrace/protocol/messages/describe-log-dirs-response';
import type { LogStore, TopicRecord } from '@millrace/storage';
import type { Handler } from '../handler.ts';
import type { LogDirectory } from '../log-directory.ts';
import type { Topics } from '../topics.ts';

export interface DescribeLogDirsDependencies {
  readonly topics: Topics;
  readonly logStore: LogStore;
  readonly logDirectory: LogDirectory;
}

export function describeLogDirsHandler(
  dependencies: DescribeLogDirsDependencies,
): Handler<DescribeLogDirsRequest, DescribeLogDirsResponse> {
  return {
    apiKey: DescribeLogDirsRequest.apiKey,
    minVersion: 1,
    maxVersion: 5,
    request: DescribeLogDirsRequest,
    response: DescribeLogDirsResponse,
    async handle(request) {
      return createDescribeLogDirsResponse({
        results: [await describeDirectory(dependencies, request)],
      });
    },
    failure(_request, errorCode) {
      return createDescribeLogDirsResponse({ errorCode });
    },
  };
}

/** A directory whose disk does not answer is told with KAFKA_STORAGE_ERROR and without its logs, as in Kafka. */
async function describeDirectory(
  dependencies: DescribeLogDirsDependencies,
  request: DescribeLogDirsRequest,
): Promise<DescribeLogDirsResponseDescribeLogDirsResult> {
  const { logDirectory } = dependencies;
  const logDir = logDirectory.path;
  let space: Awaited<ReturnType<LogDirectory['space']>>;
  try {
    space = await logDirectory.space();
  } catch {
    const errorCode = ErrorCode.KAFKA_STORAGE_ERROR;
    return createDescribeLogDirsResponseDescribeLogDirsResult({ logDir, errorCode });
  }
  return createDescribeLogDirsResponseDescribeLogDirsResult({
    logDir,
    topics: describeTopics(dependencies, request),
    totalBytes: space.totalBytes,
    usableBytes: space.usableBytes,
  });
}

/** Topics and partitions without a log here are left out. */
function describeTopics(
  dependencies: DescribeLogDirsDependencies,
  request: DescribeLogDirsRequest,
): DescribeLogDirsResponseDescribeLogDirsTopic[] {
  const answers: DescribeLogDirsResponseDescribeLogDirsTopic[] = [];
  for (const [topic, indexes] of wantedPartitions(dependencies.topics, request)) {
    const partitions = describePartitions(dependencies.logStore, topic, indexes);
    if (partitions.length === 0) continue;
    answers.push(
      createDescribeLogDirsResponseDescribeLogDirsTopic({ name: topic.name, partitions }),
    );
  }
  return answers;
}

function describePartitions(
  logStore: LogStore,
  { topicId }: TopicRecord,
  indexes: Iterable<number>,
): DescribeLogDirsResponseDescribeLogDirsPartition[] {
  const partitions: DescribeLogDirsResponseDescribeLogDirsPartition[] = [];
  for (const partitionIndex of indexes) {
    const log = logStore.get(topicId, partitionIndex);
    if (log === undefined) continue;
    const partitionSize = log.sizeBytes;
    partitions.push(
      createDescribeLogDirsResponseDescribeLogDirsPartition({ partitionIndex, partitionSize }),
    );
  }
  return partitions;
}

/** Each topic and partition once, however often it is asked for. */
function wantedPartitions(
  topics: Topics,
  request: DescribeLogDirsRequest,
): Iterable<readonly [TopicRecord, Iterable<number>]> {
  if (request.topics === null) {
    return Array.from(topics.all(), (topic) => [topic, Array(topic.partitionCount).keys()]);
  }
  const wanted = new Map<TopicRecord, Set<number>>();
  for (const { topic: name, partitions } of request.topics) {
    const topic = topics.byName(name);
    if (topic === undefined) continue;
    const indexes = wanted.get(topic) ?? new Set();
    for (const partition of partitions) indexes.add(partition);
    wanted.set(topic, indexes);
  }
  return wanted;
}
