// ElectLeaders, versions 0 to 2: preferred and unclean elections. A partition has one replica, which leads whenever its
// log is open, so that an election is never needed, or cannot help.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import {
  ElectLeadersRequest,
  type ElectLeadersRequestTopicPartitions,
} from '@millrace/protocol/messages/elect-leaders-request';
import {
  createElectLeadersResponse,
  createElectLeadersResponsePartitionResult,
  createElectLeadersResponseReplicaElectionResult,
  ElectLeadersResponse,
  type ElectLeadersResponsePartitionResult,
} from '@millrace/protocol/messages/elect-leaders-response';
import type { TopicRecord } from '@millrace/storage';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

export interface ElectLeadersDependencies {
  readonly topics: Topics;
  readonly placement: Placement;
}

/** Why a leaderless partition gets no leader, by election type. */
const ELECTION_ERRORS = new Map<number, number>([
  [0, ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE],
  [1, ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE],
]);

export function electLeadersHandler(
  dependencies: ElectLeadersDependencies,
): Handler<ElectLeadersRequest, ElectLeadersResponse> {
  return {
    apiKey: ElectLeadersRequest.apiKey,
    minVersion: 0,
    maxVersion: 2,
    request: ElectLeadersRequest,
    response: ElectLeadersResponse,
    handle(request) {
      const leaderlessError = ELECTION_ERRORS.get(request.electionType);
      if (leaderlessError === undefined) return failure(request, ErrorCode.INVALID_REQUEST);
      return request.topicPartitions === null
        ? electAll(dependencies, leaderlessError)
        : electSome(dependencies, request.topicPartitions, leaderlessError);
    },
    failure,
  };
}

function failure(request: ElectLeadersRequest, errorCode: number): ElectLeadersResponse {
  return createElectLeadersResponse({
    errorCode,
    replicaElectionResults: (request.topicPartitions ?? []).map(({ topic, partitions }) =>
      createElectLeadersResponseReplicaElectionResult({
        topic,
        partitionResult: partitions.map((partition) => result(partition, errorCode)),
      }),
    ),
  });
}

function electSome(
  { topics, placement }: ElectLeadersDependencies,
  wanted: readonly ElectLeadersRequestTopicPartitions[],
  leaderlessError: number,
): ElectLeadersResponse {
  return createElectLeadersResponse({
    replicaElectionResults: wanted.map(({ topic: name, partitions }) => {
      const topic = topics.byName(name);
      return createElectLeadersResponseReplicaElectionResult({
        topic: name,
        partitionResult: partitions.map((partition) =>
          result(partition, electionError(placement, topic, partition, leaderlessError)),
        ),
      });
    }),
  });
}

/** As Kafka, all topics by name, and of their partitions only those that need a leader. */
function electAll(
  { topics, placement }: ElectLeadersDependencies,
  leaderlessError: number,
): ElectLeadersResponse {
  const response = createElectLeadersResponse({});
  for (const topic of topics.all()) {
    const partitionResult: ElectLeadersResponsePartitionResult[] = [];
    for (let partition = 0; partition < topic.partitionCount; partition++) {
      const error = electionError(placement, topic, partition, leaderlessError);
      if (error === leaderlessError) partitionResult.push(result(partition, error));
    }
    response.replicaElectionResults.push(
      createElectLeadersResponseReplicaElectionResult({ topic: topic.name, partitionResult }),
    );
  }
  return response;
}

function electionError(
  placement: Placement,
  topic: TopicRecord | undefined,
  partition: number,
  leaderlessError: number,
): number {
  const leadership = topic === undefined ? null : placement.leadership(topic.topicId, partition);
  if (leadership === null) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return leadership.leaderId < 0 ? leaderlessError : ErrorCode.ELECTION_NOT_NEEDED;
}

function result(partitionId: number, errorCode: number): ElectLeadersResponsePartitionResult {
  return createElectLeadersResponsePartitionResult({
    partitionId,
    errorCode,
    errorMessage: errorMessage(errorCode),
  });
}
