import assert from 'node:assert/strict';
import { test } from 'node:test';
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
