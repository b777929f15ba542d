// The sink's other half: a topic without an end, of which every fetch gets the same records at once.

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
import { type SinkApi, sinkApi } from './sink-api.ts';

const END = 2 ** 50;
const EARLIEST = -2;
/** Just below the 1 MiB that consumers ask of a partition by default. */
const BATCHES_AN_ANSWER = 60;
const RECORD_BYTES = 1024;

/** Topics are named by name up to version 12 of Fetch. */
export function sourceApis(): SinkApi[] {
  const answers = new AnswerPool();
  return [
    sinkApi(ListOffsetsRequest, ListOffsetsResponse, 5, listOffsets),
    sinkApi(FetchRequest, FetchResponse, 12, (request) => fetched(request, answers)),
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

function listOffsets({ topics }: ListOffsetsRequest): ListOffsetsResponse {
  return createListOffsetsResponse({
    topics: topics.map(({ name, partitions }) =>
      createListOffsetsResponseListOffsetsTopicResponse({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) =>
          createListOffsetsResponseListOffsetsPartitionResponse({
            partitionIndex,
            offset: timestamp === EARLIEST ? 0 : END,
          }),
        ),
      }),
    ),
  });
}

function fetched(request: FetchRequest, answers: AnswerPool): FetchResponse {
  return createFetchResponse({
    responses: request.topics.map(({ topic, partitions }) =>
      createFetchResponseFetchableTopicResponse({
        topic,
        partitions: partitions.map(({ partition, fetchOffset }) =>
          createFetchResponsePartitionData({
            partitionIndex: partition,
            ...{ highWatermark: END, lastStableOffset: END, logStartOffset: 0 },
            abortedTransactions: null,
            records: answers.from(fetchOffset),
          }),
        ),
      }),
    ),
  });
}
