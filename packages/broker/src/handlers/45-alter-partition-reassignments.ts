// AlterPartitionReassignments, versions 0 and 1 (KIP-455, KIP-860). A partition stands on one broker, and there is no
// other to move it to: what it has already is granted, everything else is an invalid assignment, and no reassignment is
// ever under way that could be cancelled.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { AlterPartitionReassignmentsRequest } from '@millrace/protocol/messages/alter-partition-reassignments-request';
import {
  AlterPartitionReassignmentsResponse,
  createAlterPartitionReassignmentsResponse,
  createAlterPartitionReassignmentsResponseReassignablePartitionResponse,
  createAlterPartitionReassignmentsResponseReassignableTopicResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments-response';
import type { Handler } from '../handler.ts';
import type { PartitionLeadership, Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

interface Refusal {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

const GRANTED: Refusal = { errorCode: ErrorCode.NONE, errorMessage: null };

export function alterPartitionReassignmentsHandler(dependencies: {
  readonly topics: Topics;
  readonly placement: Placement;
}): Handler<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse> {
  const { topics, placement } = dependencies;
  return {
    apiKey: AlterPartitionReassignmentsRequest.apiKey,
    minVersion: 0,
    maxVersion: 1,
    request: AlterPartitionReassignmentsRequest,
    response: AlterPartitionReassignmentsResponse,
    handle({ topics: wanted, allowReplicationFactorChange }) {
      const responses = wanted.map(({ name, partitions }) => {
        const topicId = topics.byName(name)?.topicId;
        const answers = partitions.map(({ partitionIndex, replicas }) => {
          const leadership =
            topicId === undefined ? null : placement.leadership(topicId, partitionIndex);
          const outcome = reassign(leadership, replicas);
          return createAlterPartitionReassignmentsResponseReassignablePartitionResponse({
            partitionIndex,
            ...outcome,
          });
        });
        return createAlterPartitionReassignmentsResponseReassignableTopicResponse({
          name,
          partitions: answers,
        });
      });
      return createAlterPartitionReassignmentsResponse({
        allowReplicationFactorChange,
        // As Kafka: an empty text, not none.
        errorMessage: '',
        responses,
      });
    },
    failure(_request, errorCode) {
      return createAlterPartitionReassignmentsResponse({
        errorCode,
        errorMessage: errorMessage(errorCode),
      });
    },
  };
}

function reassign(
  leadership: PartitionLeadership | null,
  wanted: readonly number[] | null,
): Refusal {
  if (leadership === null) return refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  if (wanted === null) return refused(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS);
  const { replicas } = leadership;
  const isAsBefore =
    wanted.length === replicas.length && wanted.every((broker, at) => broker === replicas[at]);
  if (isAsBefore) return GRANTED;
  return {
    errorCode: ErrorCode.INVALID_REPLICA_ASSIGNMENT,
    errorMessage:
      `The partition cannot be assigned to brokers [${wanted.join(', ')}]: ` +
      `it stands on [${replicas.join(', ')}], and there is no other broker.`,
  };
}

function refused(errorCode: number): Refusal {
  return { errorCode, errorMessage: errorMessage(errorCode) };
}
