// ListPartitionReassignments, version 0 (KIP-455). A partition stands on one broker and never moves, so the list is
// empty, also for topics that are not there, as in Kafka.

import { errorMessage } from '@millrace/protocol';
import { ListPartitionReassignmentsRequest } from '@millrace/protocol/messages/list-partition-reassignments-request';
import {
  createListPartitionReassignmentsResponse,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments-response';
import type { Handler } from '../handler.ts';

export function listPartitionReassignmentsHandler(): Handler<
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse
> {
  return {
    apiKey: ListPartitionReassignmentsRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: ListPartitionReassignmentsRequest,
    response: ListPartitionReassignmentsResponse,
    handle() {
      return createListPartitionReassignmentsResponse({ errorMessage: null });
    },
    failure(_request, errorCode) {
      return createListPartitionReassignmentsResponse({
        errorCode,
        errorMessage: errorMessage(errorCode),
      });
    },
  };
}
