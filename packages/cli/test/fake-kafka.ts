import { createServer, type Server, type Socket } from 'node:net';
import {
  ApiKey,
  decodeRequestHeader,
  ErrorCode,
  encodeResponseFrame,
  FrameReader,
  type MessageCodec,
  Reader,
  type RequestHeader,
  Writer,
} from '@millrace/protocol';
import {
  ApiVersionsResponse,
  createApiVersionsResponse,
  createApiVersionsResponseApiVersion,
} from '@millrace/protocol/messages/api-versions-response';
import { DescribeConfigsRequest } from '@millrace/protocol/messages/describe-configs-request';
import {
  createDescribeConfigsResponse,
  createDescribeConfigsResponseDescribeConfigsResult,
  DescribeConfigsResponse,
} from '@millrace/protocol/messages/describe-configs-response';
import {
  createMetadataResponse,
  createMetadataResponseBroker,
  createMetadataResponsePartition,
  createMetadataResponseTopic,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';

/** What a broker says of itself and its cluster. */
export interface FakeKafkaScript {
  readonly nodeId: number;
  readonly clusterId: string;
  readonly controllerId?: number;
  /** `host:port` by node id, as advertised. */
  readonly nodes: Readonly<Record<number, string>>;
  /** Leader and in-sync replicas of the partitions of topic `t`, which each have the replicas 1 and 2. */
  readonly partitions?: readonly { readonly leader: number; readonly inSync: readonly number[] }[];
}

/** Listens on a free port of 127.0.0.1 and hands over what connects. */
export async function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return server;
}

/** Answers ApiVersions, Metadata and DescribeConfigs by its script. */
export function fakeKafka(script: FakeKafkaScript): Promise<Server> {
  return listen((socket) => {
    const frames = new FrameReader(2 ** 20);
    socket.on('data', (chunk: Buffer) => {
      frames.push(chunk);
      for (let frame = frames.next(); frame !== null; frame = frames.next()) {
        const reader = new Reader(frame);
        const header = decodeRequestHeader(reader);
        socket.write(answer(header, reader, script));
      }
    });
  });
}

function answer(header: RequestHeader, reader: Reader, script: FakeKafkaScript): Buffer {
  switch (header.apiKey) {
    case ApiKey.ApiVersions:
      return framed(header, ApiVersionsResponse, versions());
    case ApiKey.Metadata:
      return framed(header, MetadataResponse, metadata(script));
    case ApiKey.DescribeConfigs:
      return framed(header, DescribeConfigsResponse, configs(header, reader, script));
    default:
      throw new Error(`API ${header.apiKey} is not in the script`);
  }
}

function versions(): ApiVersionsResponse {
  const served = [
    [ApiKey.ApiVersions, 0, 4],
    [ApiKey.Metadata, 0, 12],
    [ApiKey.DescribeConfigs, 1, 4],
  ] as const;
  const apiKeys = served.map(([apiKey, minVersion, maxVersion]) =>
    createApiVersionsResponseApiVersion({ apiKey, minVersion, maxVersion }),
  );
  return createApiVersionsResponse({ apiKeys });
}

function metadata(script: FakeKafkaScript): MetadataResponse {
  const brokers = Object.entries(script.nodes).map(([id, address]) => {
    const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(address)!;
    return createMetadataResponseBroker({ nodeId: Number(id), host: host!, port: Number(port) });
  });
  const partitions = (script.partitions ?? []).map(({ leader, inSync }, partitionIndex) =>
    createMetadataResponsePartition({
      partitionIndex,
      leaderId: leader,
      replicaNodes: [1, 2],
      isrNodes: [...inSync],
    }),
  );
  return createMetadataResponse({
    clusterId: script.clusterId,
    controllerId: script.controllerId ?? script.nodeId,
    brokers,
    topics: [createMetadataResponseTopic({ name: 't', partitions })],
  });
}

/** As Kafka: a broker only tells of itself. */
function configs(
  header: RequestHeader,
  reader: Reader,
  { nodeId }: FakeKafkaScript,
): DescribeConfigsResponse {
  const { resources } = DescribeConfigsRequest.decode(reader, header.apiVersion);
  const results = resources.map(({ resourceType, resourceName }) =>
    createDescribeConfigsResponseDescribeConfigsResult({
      resourceType,
      resourceName,
      errorCode: resourceName === String(nodeId) ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST,
    }),
  );
  return createDescribeConfigsResponse({ results });
}

function framed<Response>(
  header: RequestHeader,
  codec: MessageCodec<Response>,
  message: Response,
): Buffer {
  return Buffer.concat(encodeResponseFrame(new Writer(), codec, message, header).parts as Buffer[]);
}
