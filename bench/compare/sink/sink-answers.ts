import { ApiKey, ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions-request';
import {
  ApiVersionsResponse,
  createApiVersionsResponse,
  createApiVersionsResponseApiVersion,
} from '@millrace/protocol/messages/api-versions-response';
import { CreateTopicsRequest } from '@millrace/protocol/messages/create-topics-request';
import {
  CreateTopicsResponse,
  createCreateTopicsResponse,
  createCreateTopicsResponseCreatableTopicResult,
} from '@millrace/protocol/messages/create-topics-response';
import { DeleteTopicsRequest } from '@millrace/protocol/messages/delete-topics-request';
import {
  createDeleteTopicsResponse,
  createDeleteTopicsResponseDeletableTopicResult,
  DeleteTopicsResponse,
} from '@millrace/protocol/messages/delete-topics-response';
import { InitProducerIdRequest } from '@millrace/protocol/messages/init-producer-id-request';
import {
  createInitProducerIdResponse,
  InitProducerIdResponse,
} from '@millrace/protocol/messages/init-producer-id-response';
import { MetadataRequest } from '@millrace/protocol/messages/metadata-request';
import {
  createMetadataResponse,
  createMetadataResponseBroker,
  createMetadataResponsePartition,
  createMetadataResponseTopic,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';
import { ProduceRequest } from '@millrace/protocol/messages/produce-request';
import {
  createProduceResponse,
  createProduceResponsePartitionProduceResponse,
  createProduceResponseTopicProduceResponse,
  ProduceResponse,
} from '@millrace/protocol/messages/produce-response';
import { Relay } from './relay.ts';
import { HOST, NODE_ID, type SinkApi, sinkApi } from './sink-api.ts';
import { groupApis } from './sink-groups.ts';
import { sourceApis } from './source.ts';

/** By API key. Topics are kept by their names alone, so versions that name them by id are not announced. */
export function sinkAnswers(port: number): ReadonlyMap<number, SinkApi> {
  /** Partitions of each topic; bounded by what one run of the benchmark makes. */
  const topics = new Map<string, number>();
  const relay = new Relay();
  const apis: SinkApi[] = [
    ...topicApis(topics, relay, port),
    ...groupApis(port),
    ...sourceApis(relay),
    sinkApi(ProduceRequest, ProduceResponse, 12, (request) => acknowledge(request, relay)),
    sinkApi(InitProducerIdRequest, InitProducerIdResponse, 4, () =>
      createInitProducerIdResponse({ producerId: 1, producerEpoch: 0 }),
    ),
  ];
  const announced = sinkApi(ApiVersionsRequest, ApiVersionsResponse, 3, (request) =>
    createApiVersionsResponse({
      errorCode: request === null ? ErrorCode.UNSUPPORTED_VERSION : ErrorCode.NONE,
      apiKeys: apis.map(({ request: { apiKey, minVersion }, maxVersion }) =>
        createApiVersionsResponseApiVersion({
          apiKey,
          minVersion: apiKey === ApiKey.Produce ? 0 : minVersion,
          maxVersion,
        }),
      ),
    }),
  );
  apis.push(announced);
  return new Map(apis.map((api) => [api.request.apiKey, api]));
}

function topicApis(topics: Map<string, number>, relay: Relay, port: number): SinkApi[] {
  return [
    sinkApi(MetadataRequest, MetadataResponse, 9, (request) => metadata(request, topics, port)),
    sinkApi(CreateTopicsRequest, CreateTopicsResponse, 5, (request) =>
      createCreateTopicsResponse({
        topics: request.topics.map(({ name, numPartitions }) => {
          topics.set(name, numPartitions);
          return createCreateTopicsResponseCreatableTopicResult({ name });
        }),
      }),
    ),
    sinkApi(DeleteTopicsRequest, DeleteTopicsResponse, 5, (request) =>
      createDeleteTopicsResponse({
        responses: request.topicNames.map((name) => {
          topics.delete(name);
          relay.drop(name);
          return createDeleteTopicsResponseDeletableTopicResult({ name });
        }),
      }),
    ),
  ];
}

function metadata(
  request: MetadataRequest,
  topics: ReadonlyMap<string, number>,
  port: number,
): MetadataResponse {
  const names = request.topics?.map(({ name }) => name!) ?? [...topics.keys()];
  return createMetadataResponse({
    clusterId: 'sink',
    controllerId: NODE_ID,
    brokers: [createMetadataResponseBroker({ nodeId: NODE_ID, host: HOST, port })],
    topics: names.map((name) =>
      createMetadataResponseTopic({
        name,
        partitions: Array.from({ length: topics.get(name) ?? 1 }, (_, partitionIndex) =>
          createMetadataResponsePartition({
            partitionIndex,
            leaderId: NODE_ID,
            leaderEpoch: 0,
            replicaNodes: [NODE_ID],
            isrNodes: [NODE_ID],
          }),
        ),
      }),
    ),
  });
}

/** The records lie in the frame, which nobody looks at where the topic is not followed. */
function acknowledge(request: ProduceRequest, relay: Relay): ProduceResponse | null {
  if (request.acks === 0) return null;
  return createProduceResponse({
    responses: request.topicData.map(({ name, partitionData }) =>
      createProduceResponseTopicProduceResponse({
        name,
        partitionResponses: partitionData.map(({ index, records }) => {
          const baseOffset = relay.write(name, records as Buffer | null);
          return createProduceResponsePartitionProduceResponse({ index, baseOffset });
        }),
      }),
    ),
  });
}
