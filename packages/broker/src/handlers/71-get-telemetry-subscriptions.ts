// GetTelemetrySubscriptions, version 0 (KIP-714): which metrics a client is to push, and how often. Kafka announces it
// only with a plugin that takes the metrics; here the event surface takes them.

import { ApiKey, Compression, ZERO_UUID } from '@millrace/protocol';
import { GetTelemetrySubscriptionsRequest } from '@millrace/protocol/messages/get-telemetry-subscriptions-request';
import {
  createGetTelemetrySubscriptionsResponse,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions-response';
import type { Clock } from '@millrace/storage';
import type { Handler } from '../handler.ts';
import type { ClientTelemetry } from '../telemetry/client-telemetry.ts';
import { telemetryClient } from '../telemetry/telemetry-client.ts';

/** The best first, as Kafka lists them. */
const ACCEPTED_COMPRESSION_TYPES = [
  Compression.zstd,
  Compression.lz4,
  Compression.gzip,
  Compression.snappy,
];

export function getTelemetrySubscriptionsHandler(dependencies: {
  readonly telemetry: ClientTelemetry;
  readonly clock: Clock;
  /** Kafka's text form of a random uuid. */
  readonly newClientInstanceId: () => string;
}): Handler<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse> {
  const { telemetry, clock, newClientInstanceId } = dependencies;
  return {
    apiKey: ApiKey.GetTelemetrySubscriptions,
    minVersion: 0,
    maxVersion: 0,
    request: GetTelemetrySubscriptionsRequest,
    response: GetTelemetrySubscriptionsResponse,
    handle(request, context) {
      const isNew = request.clientInstanceId === ZERO_UUID;
      const clientInstanceId = isNew ? newClientInstanceId() : request.clientInstanceId;
      const client = telemetryClient(context);
      const answer = telemetry.subscriptionFor(clientInstanceId, client, clock.nowMs());
      if (typeof answer === 'number') {
        return createGetTelemetrySubscriptionsResponse({ errorCode: answer });
      }
      return createGetTelemetrySubscriptionsResponse({
        clientInstanceId,
        subscriptionId: answer.subscriptionId,
        acceptedCompressionTypes: [...ACCEPTED_COMPRESSION_TYPES],
        pushIntervalMs: answer.pushIntervalMs,
        telemetryMaxBytes: telemetry.maxBytes,
        deltaTemporality: true,
        requestedMetrics: [...answer.requestedMetrics],
      });
    },
    failure(_request, errorCode) {
      return createGetTelemetrySubscriptionsResponse({ errorCode });
    },
  };
}
