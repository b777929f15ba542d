// The sink's other half: a topic without an end, of which every fetch gets the same records at once.

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
  const batch = preparedBatch(RECORD_BYTES);
  const answer = Buffer.concat(Array.from({ length: BATCHES_AN_ANSWER }, () => batch));
  return [
    sinkApi(ListOffsetsRequest, ListOffsetsResponse, 5, listOffsets),
    sinkApi(FetchRequest, FetchResponse, 12, (request) => fetched(request, answer, batch.length)),
  ];
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

function fetched(request: FetchRequest, answer: Buffer, batchBytes: number): FetchResponse {
  return createFetchResponse({
    responses: request.topics.map(({ topic, partitions }) =>
      createFetchResponseFetchableTopicResponse({
        topic,
        partitions: partitions.map(({ partition, fetchOffset }) =>
          createFetchResponsePartitionData({
            partitionIndex: partition,
            ...{ highWatermark: END, lastStableOffset: END, logStartOffset: 0 },
            abortedTransactions: null,
            records: from(fetchOffset, answer, batchBytes),
          }),
        ),
      }),
    ),
  });
}

/** The same batches at other offsets, which their checksums do not cover. */
function from(fetchOffset: number, answer: Buffer, batchBytes: number): Buffer {
  const batches = Buffer.allocUnsafeSlow(answer.length);
  answer.copy(batches);
  let offset = BigInt(fetchOffset);
  for (let at = 0; at < batches.length; at += batchBytes) {
    batches.writeBigInt64BE(offset, at);
    offset += BigInt(RECORDS_A_BATCH);
  }
  return batches;
}
