import {
  createFetchRequest,
  createFetchRequestFetchPartition,
  createFetchRequestFetchTopic,
  FetchRequest,
} from '@millrace/protocol/messages/fetch-request';
import {
  FetchResponse,
  type FetchResponsePartitionData,
} from '@millrace/protocol/messages/fetch-response';
import { api } from './api.ts';
import { type Isolation, isolationLevel } from './isolation.ts';

export const fetchApi = api(FetchRequest, FetchResponse);

/** From this version on topics go by their id (KIP-516). */
const FIRST_WITH_TOPIC_IDS = 13;

/** One partition of a fetch, and the id of its topic (null when the broker does not tell). */
export interface FetchItem {
  readonly topic: string;
  readonly topicId: string | null;
  readonly partition: number;
  readonly offset: number;
}

export interface FetchLimits {
  readonly isolation: Isolation;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
}

/** The versions that can ask for these partitions. */
export function fetchVersions(items: readonly FetchItem[]) {
  const isKnownById = items.every(({ topicId }) => topicId !== null);
  return { min: 0, max: isKnownById ? 0x7fff : FIRST_WITH_TOPIC_IDS - 1 };
}

/** A fetch without a session. */
export function fetchRequest(
  items: readonly FetchItem[],
  limits: FetchLimits,
  version: number,
): FetchRequest {
  const topics = [...Map.groupBy(items, ({ topic }) => topic)].map(([topic, ofTopic]) => {
    const partitions = ofTopic.map(({ partition, offset }) =>
      createFetchRequestFetchPartition({
        partition,
        fetchOffset: offset,
        partitionMaxBytes: limits.maxPartitionBytes,
      }),
    );
    return version >= FIRST_WITH_TOPIC_IDS
      ? createFetchRequestFetchTopic({ topicId: ofTopic[0]!.topicId!, partitions })
      : createFetchRequestFetchTopic({ topic, partitions });
  });
  const { maxWaitMs, minBytes, maxBytes, isolation } = limits;
  return createFetchRequest({
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: isolationLevel(isolation),
    topics,
  });
}

/** What the answer says of one partition; null where it says nothing. */
export function answerFor(
  response: FetchResponse,
  { topic, topicId, partition }: FetchItem,
): FetchResponsePartitionData | null {
  for (const answer of response.responses) {
    if (answer.topic !== topic && (answer.topic !== '' || answer.topicId !== topicId)) continue;
    const found = answer.partitions.find(({ partitionIndex }) => partitionIndex === partition);
    if (found !== undefined) return found;
  }
  return null;
}
