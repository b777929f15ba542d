// The sink's other half: topics that no consumer gets to the end of, since every fetch gets the same records at once. Behind
// that end, for who begins there, are the records that producers write (`Relay`).

import type { RecordSlice } from '@millrace/protocol';
import { FetchRequest } from '@millrace/protocol/messages/fetch-request';
import {
  createFetchResponse,
  createFetchResponseFetchableTopicResponse,
  createFetchResponsePartitionData,
  FetchResponse,
} from '@millrace/protocol/messages/fetch-response';
import { ListOffsetsRequest } from '@millrace/protocol/messages/list-offsets-request';
import {
  createListOffsetsResponse,
  createListOffsetsResponseListOffsetsPartitionResponse,
  createListOffsetsResponseListOffsetsTopicResponse,
  ListOffsetsResponse,
} from '@millrace/protocol/messages/list-offsets-response';
import { preparedBatch, RECORDS_A_BATCH } from '../clients/prepared-batch.ts';
import { END, type Relay } from './relay.ts';
import { type SinkApi, sinkApi } from './sink-api.ts';

const EARLIEST = -2;
/** Above all that is ever read. */
const MAX_OFFSET = Number.MAX_SAFE_INTEGER;
/** Just below the 1 MiB that consumers ask of a partition by default. */
const BATCHES_AN_ANSWER = 60;
const RECORD_BYTES = 1024;

/** Topics are named by name up to version 12 of Fetch. */
export function sourceApis(relay: Relay): SinkApi[] {
  const answers = new AnswerPool();
  return [
    sinkApi(ListOffsetsRequest, ListOffsetsResponse, 5, (request) => listOffsets(request, relay)),
    sinkApi(FetchRequest, FetchResponse, 12, (request) => fetched(request, answers, relay)),
  ];
}

/** Buffers that all hold the same batches. One is used again when it was sent, so that nothing is copied but offsets. */
class AnswerPool {
  readonly #batch = preparedBatch(RECORD_BYTES);
  readonly #template = Buffer.concat(Array.from({ length: BATCHES_AN_ANSWER }, () => this.#batch));
  /** As many as were under way at once. */
  readonly #free: Buffer[] = [];

  /** The batches at other offsets, which their checksums do not cover. */
  from(fetchOffset: number): RecordSlice {
    const batches = this.#free.pop() ?? Buffer.from(this.#template);
    let offset = BigInt(fetchOffset);
    for (let at = 0; at < batches.length; at += this.#batch.length) {
      batches.writeBigInt64BE(offset, at);
      offset += BigInt(RECORDS_A_BATCH);
    }
    return {
      sizeBytes: batches.length,
      parts: [batches],
      release: () => this.#free.push(batches),
    };
  }
}

function listOffsets({ topics }: ListOffsetsRequest, relay: Relay): ListOffsetsResponse {
  return createListOffsetsResponse({
    topics: topics.map(({ name, partitions }) =>
      createListOffsetsResponseListOffsetsTopicResponse({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) =>
          createListOffsetsResponseListOffsetsPartitionResponse({
            partitionIndex,
            offset: timestamp === EARLIEST ? 0 : relay.follow(name),
          }),
        ),
      }),
    ),
  });
}

function fetched(request: FetchRequest, answers: AnswerPool, relay: Relay): FetchResponse {
  return createFetchResponse({
    responses: request.topics.map(({ topic, partitions }) =>
      createFetchResponseFetchableTopicResponse({
        topic,
        partitions: partitions.map(({ partition, fetchOffset }) =>
          createFetchResponsePartitionData({
            partitionIndex: partition,
            ...{ highWatermark: MAX_OFFSET, lastStableOffset: MAX_OFFSET, logStartOffset: 0 },
            abortedTransactions: null,
            records: fetchOffset < END ? answers.from(fetchOffset) : relay.read(topic, fetchOffset),
          }),
        ),
      }),
    ),
  });
}
