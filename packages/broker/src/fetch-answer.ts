import { ErrorCode, type RecordSlice } from '@millrace/protocol';
import type { FetchRequest } from '@millrace/protocol/messages/fetch-request';
import {
  createFetchResponse,
  createFetchResponseFetchableTopicResponse,
  createFetchResponsePartitionData,
  type FetchResponse,
  type FetchResponseFetchableTopicResponse,
  type FetchResponsePartitionData,
} from '@millrace/protocol/messages/fetch-response';
import type { FetchPartition, FetchScope, FetchSessions } from './fetch-sessions.ts';

/** From this version of Fetch on, topics are named by id only. */
export const FETCH_TOPIC_ID_VERSION = 13;
/** From this version on a client is told who leads instead (KIP-951). */
const LEADER_HINT_VERSION = 16;
/** The logs do not part. */
export const NO_DIVERGENCE = { epoch: -1, endOffset: -1 };
const NO_RECORDS = Buffer.alloc(0);

/** What one partition gives in one attempt. */
export interface FetchOutcome {
  readonly partition: FetchPartition;
  readonly error: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly divergingEpoch: { readonly epoch: number; readonly endOffset: number };
  readonly currentLeader: { readonly leaderId: number; readonly leaderEpoch: number } | null;
  readonly records: RecordSlice | null;
}

/** Turns what the partitions gave into the answer; in a session, leaves out what the client knows already. */
export function fetchAnswer(
  scope: FetchScope,
  outcomes: readonly FetchOutcome[],
  request: FetchRequest,
  version: number,
  sessions: FetchSessions,
): FetchResponse {
  let last: FetchResponseFetchableTopicResponse | undefined;
  const response = createFetchResponse({ sessionId: scope.session?.id ?? 0 });
  for (const outcome of outcomes) {
    const { partition } = outcome;
    const isNew = isNews(outcome);
    partition.sentHighWatermark = outcome.highWatermark;
    partition.sentLogStartOffset = outcome.logStartOffset;
    if (scope.session !== null && (outcome.records?.sizeBytes ?? 0) > 0) {
      sessions.rotate(scope.session, partition);
    }
    if (scope.incremental && !isNew) {
      outcome.records?.release();
      continue;
    }
    // As in Kafka a topic is named again when another came between.
    const { topic, topicId } = partition;
    const isSame =
      version >= FETCH_TOPIC_ID_VERSION ? last?.topicId === topicId : last?.topic === topic;
    if (last === undefined || !isSame) {
      last = createFetchResponseFetchableTopicResponse({ topic, topicId });
      response.responses.push(last);
    }
    last.partitions.push(partitionData(outcome, request.isolationLevel, version));
  }
  return response;
}

/** One error for the whole request; before topics had ids every partition carried it, and before version 7 nothing else. */
export function fetchFailure(
  request: FetchRequest,
  errorCode: number,
  version: number,
): FetchResponse {
  const response = createFetchResponse({ errorCode });
  if (version >= FETCH_TOPIC_ID_VERSION) return response;
  for (const { topic, partitions } of request.topics) {
    response.responses.push(
      createFetchResponseFetchableTopicResponse({
        topic,
        partitions: partitions.map(({ partition }) =>
          createFetchResponsePartitionData({
            partitionIndex: partition,
            errorCode,
            highWatermark: -1,
            abortedTransactions: [],
            records: NO_RECORDS,
          }),
        ),
      }),
    );
  }
  return response;
}

/** Whether an incremental answer must name the partition. */
function isNews(outcome: FetchOutcome): boolean {
  return (
    outcome.error !== ErrorCode.NONE ||
    outcome.divergingEpoch !== NO_DIVERGENCE ||
    (outcome.records?.sizeBytes ?? 0) > 0 ||
    outcome.highWatermark !== outcome.partition.sentHighWatermark ||
    outcome.logStartOffset !== outcome.partition.sentLogStartOffset
  );
}

/** As Kafka: an empty list for read_committed, and for partitions that never reached a log; else none. */
function listsAborted(error: number, isolationLevel: number): boolean {
  if (error === ErrorCode.NONE) return isolationLevel === 1;
  return error === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || error === ErrorCode.UNKNOWN_TOPIC_ID;
}

function partitionData(
  outcome: FetchOutcome,
  isolationLevel: number,
  version: number,
): FetchResponsePartitionData {
  const data = createFetchResponsePartitionData({
    partitionIndex: outcome.partition.partition,
    errorCode: outcome.error,
    highWatermark: outcome.highWatermark,
    lastStableOffset: outcome.lastStableOffset,
    logStartOffset: outcome.logStartOffset,
    abortedTransactions: listsAborted(outcome.error, isolationLevel) ? [] : null,
    records: outcome.records ?? NO_RECORDS,
  });
  data.divergingEpoch.epoch = outcome.divergingEpoch.epoch;
  data.divergingEpoch.endOffset = outcome.divergingEpoch.endOffset;
  if (outcome.currentLeader !== null && version >= LEADER_HINT_VERSION) {
    data.currentLeader.leaderId = outcome.currentLeader.leaderId;
    data.currentLeader.leaderEpoch = outcome.currentLeader.leaderEpoch;
  }
  return data;
}
