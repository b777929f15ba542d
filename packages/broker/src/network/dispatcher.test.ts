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
  createJoinGroupRequest,
  createJoinGroupRequestProtocol,
  JoinGroupRequest,
} from '@millrace/protocol/messages/join-group-request';
import {
  createJoinGroupResponse,
  JoinGroupResponse,
} from '@millrace/protocol/messages/join-group-response';
import {
  createMetadataRequest,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import {
  createMetadataResponse,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';
import {
  createProduceRequest,
  createProduceRequestPartitionProduceData,
  createProduceRequestTopicProduceData,
  ProduceRequest,
} from '@millrace/protocol/messages/produce-request';
import {
  createProduceResponse,
  ProduceResponse,
} from '@millrace/protocol/messages/produce-response';
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
  assert.equal(dispatcher.begin(metadataFrame.subarray(SIZE_BYTES), connection, false).bulk, true);
  assert.equal(dispatcher.begin(versionsFrame.subarray(SIZE_BYTES), connection, false).bulk, false);
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
  dispatcher.begin(frame.subarray(SIZE_BYTES), connection, false);
  assert.deepEqual(told, [[0, [ErrorCode.UNSUPPORTED_VERSION, 1]]]);
});

test('a request of borrowed memory keeps what it was, and only Produce is not copied for that', () => {
  const requests: unknown[] = [];
  const handler = (request: unknown, response: unknown, apiKey: number, answer: unknown) =>
    ({
      ...{ apiKey, minVersion: 0, maxVersion: 9, request, response },
      handle(decoded: unknown) {
        requests.push(decoded);
        return answer;
      },
      failure: () => answer,
    }) as Handler;
  const joins = handler(
    JoinGroupRequest,
    JoinGroupResponse,
    JoinGroupRequest.apiKey,
    createJoinGroupResponse({}),
  );
  const produces = handler(
    ProduceRequest,
    ProduceResponse,
    ProduceRequest.apiKey,
    createProduceResponse({}),
  );
  const dispatcher = new Dispatcher([joins, produces], new EventSurface(), () => 0);
  const borrowed = (frame: Buffer): Buffer => {
    const lent = Uint8Array.from(frame.subarray(SIZE_BYTES));
    const bytes = Buffer.from(lent.buffer);
    dispatcher.begin(bytes, connection, true);
    return bytes.fill(0);
  };

  const metadata = Buffer.from('metadata of a member');
  const protocols = [createJoinGroupRequestProtocol({ name: 'range', metadata })];
  borrowed(frameOf(JoinGroupRequest, createJoinGroupRequest({ protocols }), 5, 1));
  const [join] = requests as [JoinGroupRequest];
  assert.deepEqual(join.protocols[0]!.metadata, metadata);

  const partitionData = [
    createProduceRequestPartitionProduceData({ records: Buffer.from('records') }),
  ];
  const topicData = [createProduceRequestTopicProduceData({ name: 'events', partitionData })];
  const bytes = borrowed(frameOf(ProduceRequest, createProduceRequest({ topicData }), 9, 2));
  const [, produce] = requests as [JoinGroupRequest, ProduceRequest];
  assert.equal((produce.topicData[0]!.partitionData[0]!.records as Buffer).buffer, bytes.buffer);
});
