// DescribeCluster, versions 0 to 2. Endpoint type 2 (controllers) is refused: clients reach brokers here.

import { ErrorCode } from '@millrace/protocol';
import { DescribeClusterRequest } from '@millrace/protocol/messages/describe-cluster-request';
import {
  createDescribeClusterResponse,
  createDescribeClusterResponseDescribeClusterBroker,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster-response';
import type { MetadataStore } from '@millrace/storage';
import { CLUSTER_OPERATIONS } from '../authorized-operations.ts';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';

const BROKERS = 1;
const CONTROLLERS = 2;

export function describeClusterHandler(dependencies: {
  readonly placement: Placement;
  readonly metadata: MetadataStore;
}): Handler<DescribeClusterRequest, DescribeClusterResponse> {
  const { placement, metadata } = dependencies;
  return {
    apiKey: DescribeClusterRequest.apiKey,
    minVersion: 0,
    maxVersion: 2,
    request: DescribeClusterRequest,
    response: DescribeClusterResponse,
    handle(request, context) {
      if (request.endpointType !== BROKERS) {
        const isKnown = request.endpointType === CONTROLLERS;
        return createDescribeClusterResponse({
          errorCode: isKnown
            ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
            : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE,
          errorMessage: `Endpoint type ${request.endpointType} was asked for on a broker listener; expected ${BROKERS}.`,
        });
      }
      const response = createDescribeClusterResponse({
        clusterId: metadata.image.clusterId,
        controllerId: placement.controllerId(),
        brokers: placement.brokers(context.connection).map(({ nodeId, host, port, rack }) =>
          createDescribeClusterResponseDescribeClusterBroker({
            brokerId: nodeId,
            host,
            port,
            rack,
          }),
        ),
      });
      if (request.includeClusterAuthorizedOperations) {
        response.clusterAuthorizedOperations = CLUSTER_OPERATIONS;
      }
      return response;
    },
    failure(_request, errorCode) {
      return createDescribeClusterResponse({ errorCode });
    },
  };
}
