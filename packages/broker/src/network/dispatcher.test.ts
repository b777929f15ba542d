import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  ApiVersionsRequest,
  createApiVersionsRequest,
} from '@millrace/protocol/messages/api-versions-request';
import {
  ApiVersionsResponse,
  createApiVersionsResponse,
} from '@millrace/protocol/messages/api-versions-response';
import {
  createMetadataRequest,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import {
  createMetadataResponse,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';
import { frameOf } from '../../test/raw-client.ts';
import { EventSurface } from '../events.ts';
import type { ConnectionInfo, Handler } from '../handler.ts';
import { Dispatcher } from './dispatcher.ts';

const connection = {} as ConnectionInfo;
const SIZE_BYTES = 4;

test('answers that grow with what the broker holds are begun one at a time', () => {
  const handler = (request: unknown, response: unknown, answer: unknown, apiKey: number) =>
    ({
      apiKey,
      minVersion: 0,
      maxVersion: 3,
      request,
      response,
      handle: () => answer,
      failure: () => answer,
    }) as Handler;
  const { apiKey } = MetadataRequest;
  const metadata = handler(MetadataRequest, MetadataResponse, createMetadataResponse({}), apiKey);
  const versions = handler(
    ApiVersionsRequest,
    ApiVersionsResponse,
    createApiVersionsResponse({}),
    ApiVersionsRequest.apiKey,
  );
  const dispatcher = new Dispatcher([metadata, versions], new EventSurface(), () => 0);
  const metadataFrame = frameOf(MetadataRequest, createMetadataRequest({ topics: [] }), 3, 1);
  const versionsFrame = frameOf(ApiVersionsRequest, createApiVersionsRequest({}), 0, 2);
  assert.equal(dispatcher.begin(metadataFrame.subarray(SIZE_BYTES), connection).bulk, true);
  assert.equal(dispatcher.begin(versionsFrame.subarray(SIZE_BYTES), connection).bulk, false);
});

test('an ApiVersions request of a version to come is told, with its error', () => {
  const events = new EventSurface();
  const { apiKey } = ApiVersionsRequest;
  const unserved = createApiVersionsResponse({ errorCode: ErrorCode.UNSUPPORTED_VERSION });
  const handler = {
    apiKey,
    minVersion: 0,
    maxVersion: 3,
    request: ApiVersionsRequest,
    response: ApiVersionsResponse,
    handle: () => unserved,
    failure: () => unserved,
  } as unknown as Handler;
  const dispatcher = new Dispatcher([handler], events, () => 0);
  const told: unknown[] = [];
  events.on('request-completed', ({ apiVersion, errorCounts }) => {
    told.push([apiVersion, ...errorCounts]);
  });
  const frame = frameOf(ApiVersionsRequest, createApiVersionsRequest({}), 3, 1);
  frame.writeInt16BE(99, SIZE_BYTES + 2);
  dispatcher.begin(frame.subarray(SIZE_BYTES), connection);
  assert.deepEqual(told, [[0, [ErrorCode.UNSUPPORTED_VERSION, 1]]]);
});
