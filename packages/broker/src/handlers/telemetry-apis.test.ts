// GetTelemetrySubscriptions and PushTelemetry through real sockets.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiKey, Compression, compress, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  ApiVersionsRequest,
  createApiVersionsRequest,
} from '@millrace/protocol/messages/api-versions-request';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions-response';
import {
  createGetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsRequest,
} from '@millrace/protocol/messages/get-telemetry-subscriptions-request';
import { GetTelemetrySubscriptionsResponse } from '@millrace/protocol/messages/get-telemetry-subscriptions-response';
import {
  createIncrementalAlterConfigsRequest,
  createIncrementalAlterConfigsRequestAlterableConfig,
  createIncrementalAlterConfigsRequestAlterConfigsResource,
  IncrementalAlterConfigsRequest,
} from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import {
  createPushTelemetryRequest,
  PushTelemetryRequest,
} from '@millrace/protocol/messages/push-telemetry-request';
import { PushTelemetryResponse } from '@millrace/protocol/messages/push-telemetry-response';
import type { RawClient } from '../../test/raw-client.ts';
import { TestBroker } from '../../test/test-broker.ts';
import { ConfigResource } from '../config/config-resource.ts';
import { type BrokerEvents, EventSurface } from '../events.ts';

const { NONE, INVALID_RECORD, INVALID_REQUEST } = ErrorCode;

/** A gauge `m` of 1.5, by hand: resource metrics, scope metrics, metric, gauge, point. */
const METRICS = Buffer.from('0a14121212100a016d2a0b0a0921000000000000f83f', 'hex');

async function apiKeys(client: RawClient, softwareName = 'a-client'): Promise<number[]> {
  const request = createApiVersionsRequest({
    clientSoftwareName: softwareName,
    clientSoftwareVersion: '1.2',
  });
  const answer = await client.request(ApiVersionsRequest, ApiVersionsResponse, request, 4);
  return answer.apiKeys.map(({ apiKey }) => apiKey);
}

async function subscribe(client: RawClient, configs: Readonly<Record<string, string>>) {
  const request = createIncrementalAlterConfigsRequest({
    resources: [
      createIncrementalAlterConfigsRequestAlterConfigsResource({
        resourceType: ConfigResource.CLIENT_METRICS,
        resourceName: 'all',
        configs: Object.entries(configs).map(([name, value]) =>
          createIncrementalAlterConfigsRequestAlterableConfig({ name, value }),
        ),
      }),
    ],
  });
  const [codecs, response] = [IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse];
  const { responses } = await client.request(codecs, response, request, 1);
  assert.equal(responses[0]?.errorCode, NONE, responses[0]?.errorMessage ?? '');
}

const ask = (client: RawClient, clientInstanceId = ZERO_UUID) =>
  client.request(
    GetTelemetrySubscriptionsRequest,
    GetTelemetrySubscriptionsResponse,
    createGetTelemetrySubscriptionsRequest({ clientInstanceId }),
    0,
  );

const push = async (client: RawClient, fields: Parameters<typeof createPushTelemetryRequest>[0]) =>
  (
    await client.request(
      PushTelemetryRequest,
      PushTelemetryResponse,
      createPushTelemetryRequest(fields),
      0,
    )
  ).errorCode;

test('without anybody who takes metrics the APIs are not announced', async (context) => {
  const broker = await TestBroker.start(context);
  const keys = await apiKeys(await broker.connect());
  assert.ok(!keys.includes(ApiKey.GetTelemetrySubscriptions));
  assert.ok(!keys.includes(ApiKey.PushTelemetry));
});

test('a client learns what to push, and what it pushes is told', async (context) => {
  const received: BrokerEvents['client-metrics-received'][] = [];
  const events = new EventSurface();
  events.on('client-metrics-received', (event) => received.push(event));
  const broker = await TestBroker.start(context, {}, undefined, undefined, events);
  const client = await broker.connect();
  assert.ok((await apiKeys(client)).includes(ApiKey.PushTelemetry));
  await subscribe(client, {
    metrics: 'm',
    'interval.ms': '100000',
    match: 'client_software_name=a-.*,client_source_address=127.0.0.1',
  });

  const { clientInstanceId, subscriptionId, ...rest } = await ask(client);
  assert.notEqual(clientInstanceId, ZERO_UUID);
  assert.deepEqual(rest, {
    throttleTimeMs: 0,
    errorCode: NONE,
    acceptedCompressionTypes: [4, 3, 1, 2],
    pushIntervalMs: 100_000,
    telemetryMaxBytes: 1_048_576,
    deltaTemporality: true,
    requestedMetrics: ['m'],
  });

  assert.equal(await push(client, { subscriptionId, metrics: METRICS }), INVALID_REQUEST);
  const compressionType = Compression.lz4;
  const metrics = compress(compressionType, METRICS);
  assert.equal(
    await push(client, { clientInstanceId, subscriptionId, compressionType, metrics }),
    NONE,
  );
  assert.equal(
    await push(client, { clientInstanceId, subscriptionId, terminating: true, metrics }),
    INVALID_RECORD,
  );
  assert.deepEqual(received, [
    {
      clientInstanceId,
      clientId: received[0]?.clientId,
      isTerminating: false,
      pushIntervalMs: 100_000,
      metrics: [
        {
          name: 'm',
          kind: 'gauge',
          isDelta: false,
          points: [{ attributes: new Map(), value: 1.5 }],
        },
      ],
    },
  ]);
  const other = await broker.connect();
  await apiKeys(other, 'another');
  assert.deepEqual((await ask(other)).requestedMetrics, []);
});
