import { api, type Connection, KafkaError } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import {
  createDescribeConfigsRequest,
  createDescribeConfigsRequestDescribeConfigsResource,
  DescribeConfigsRequest,
} from '@millrace/protocol/messages/describe-configs-request';
import { DescribeConfigsResponse } from '@millrace/protocol/messages/describe-configs-response';
import {
  createMetadataRequest,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import type { Identity } from './check-advertised.ts';

const metadataApi = api(MetadataRequest, MetadataResponse);
const describeConfigsApi = api(DescribeConfigsRequest, DescribeConfigsResponse);
const BROKER_RESOURCE = 4;
/** From here on no topics can be asked for, and the cluster has an id. */
const METADATA_VERSIONS = { min: 4, max: 0x7fff };
/** Round trips of which the median is taken. */
const ROUND_TRIPS = 5;

/** Which cluster answers on this connection, and whether the broker is the one of this id. */
export async function identify(connection: Connection, nodeId: number): Promise<Identity> {
  const { clusterId } = await askMetadata(connection);
  return { clusterId, isNode: await isNode(connection, nodeId) };
}

/** The median time of an answer that costs the broker next to nothing. */
export async function latencyOf(connection: Connection, elapsedMs: () => number): Promise<number> {
  const times: number[] = [];
  for (let trip = 0; trip < ROUND_TRIPS; trip++) {
    const startMs = elapsedMs();
    await askMetadata(connection);
    times.push(elapsedMs() - startMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUND_TRIPS / 2)]!;
}

function askMetadata(connection: Connection): Promise<MetadataResponse> {
  const request = createMetadataRequest({ topics: [], allowAutoTopicCreation: false });
  return connection.request(metadataApi, request, { versions: METADATA_VERSIONS });
}

/** A broker only tells its own configs and refuses for those of another; null where it may not be asked. */
async function isNode(connection: Connection, nodeId: number): Promise<boolean | null> {
  const resource = createDescribeConfigsRequestDescribeConfigsResource({
    resourceType: BROKER_RESOURCE,
    resourceName: String(nodeId),
    configurationKeys: ['log.dirs'],
  });
  const request = createDescribeConfigsRequest({ resources: [resource] });
  try {
    const { results } = await connection.request(describeConfigsApi, request);
    const errorCode = results[0]?.errorCode;
    if (errorCode === ErrorCode.NONE) return true;
    return errorCode === ErrorCode.INVALID_REQUEST ? false : null;
  } catch (error) {
    if (error instanceof KafkaError) return null;
    throw error;
  }
}
