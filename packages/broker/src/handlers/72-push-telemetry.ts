// PushTelemetry, version 0 (KIP-714): metrics that a client sends go to the event surface.

import { ApiKey, CompressionError, decompress, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { PushTelemetryRequest } from '@millrace/protocol/messages/push-telemetry-request';
import {
  createPushTelemetryResponse,
  PushTelemetryResponse,
} from '@millrace/protocol/messages/push-telemetry-response';
import type { Clock } from '@millrace/storage';
import type { EventSurface } from '../events.ts';
import type { Handler } from '../handler.ts';
import type { ClientTelemetry } from '../telemetry/client-telemetry.ts';
import { type ClientMetric, decodeOtlpMetrics, OtlpError } from '../telemetry/otlp-metrics.ts';
import { telemetryClient } from '../telemetry/telemetry-client.ts';

/** Metrics are text that repeats itself; a bomb is refused. Decoding 4 MiB takes the event loop a few milliseconds. */
const MAX_RATIO = 4;

export function pushTelemetryHandler(dependencies: {
  readonly telemetry: ClientTelemetry;
  readonly clock: Clock;
  readonly events: EventSurface;
}): Handler<PushTelemetryRequest, PushTelemetryResponse> {
  const { telemetry, clock, events } = dependencies;
  return {
    apiKey: ApiKey.PushTelemetry,
    minVersion: 0,
    maxVersion: 0,
    request: PushTelemetryRequest,
    response: PushTelemetryResponse,
    handle(request, context) {
      const { clientInstanceId, compressionType, terminating } = request;
      if (clientInstanceId === ZERO_UUID) {
        return createPushTelemetryResponse({ errorCode: ErrorCode.INVALID_REQUEST });
      }
      const client = telemetryClient(context);
      const push = { ...request, sizeBytes: request.metrics.length };
      const errorCode = telemetry.admitPush(push, client, clock.nowMs());
      if (errorCode !== ErrorCode.NONE) return createPushTelemetryResponse({ errorCode });
      const metrics = metricsIn(request.metrics, compressionType, telemetry.maxBytes * MAX_RATIO);
      if (metrics === null) {
        return createPushTelemetryResponse({ errorCode: ErrorCode.INVALID_RECORD });
      }
      events.emit('client-metrics-received', {
        clientInstanceId,
        clientId: context.clientId ?? '',
        isTerminating: terminating,
        pushIntervalMs: telemetry.pushIntervalOf(clientInstanceId),
        metrics,
      });
      return createPushTelemetryResponse({});
    },
    failure(_request, errorCode) {
      return createPushTelemetryResponse({ errorCode });
    },
  };
}

/** Null when the bytes are no metrics. */
function metricsIn(bytes: Buffer, codec: number, maxBytes: number): ClientMetric[] | null {
  // The last push of a client may say no more than that it ends.
  if (bytes.length === 0) return [];
  try {
    return decodeOtlpMetrics(decompress(codec, bytes, maxBytes));
  } catch (error) {
    if (error instanceof OtlpError || error instanceof CompressionError) return null;
    throw error;
  }
}
