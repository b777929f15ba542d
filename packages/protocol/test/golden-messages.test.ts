import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  ApiVersionsRequest,
  createApiVersionsRequest,
} from '../src/messages/api-versions-request.ts';
import {
  createFetchResponse,
  createFetchResponseFetchableTopicResponse,
  createFetchResponseNodeEndpoint,
  createFetchResponsePartitionData,
  FetchResponse,
} from '../src/messages/fetch-response.ts';
import { createMetadataRequest, MetadataRequest } from '../src/messages/metadata-request.ts';
import { Reader } from '../src/reader.ts';
import { Writer } from '../src/writer.ts';
import { allMessages } from './all-messages.ts';

/** Lines of name, version and bytes that Kafka's own classes wrote (interop/java-codec/write-golden.ts). */
const golden = readFileSync(join(import.meta.dirname, 'golden-messages.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [name: string, version: string, hex: string]);

test('messages that Kafka encoded are decoded and encoded to the same bytes', () => {
  const names = new Set<string>();
  for (const [name, versionText, hex] of golden) {
    const message = allMessages.find(({ schema }) => schema.name === name);
    assert.ok(message, name);
    names.add(name);
    const version = Number(versionText);
    const reader = new Reader(Buffer.from(hex, 'hex'));
    const value = message.codec.decode(reader, version);
    assert.equal(reader.remaining, 0, `${name} ${version}`);
    const writer = new Writer();
    message.codec.encode(writer, value, version);
    assert.equal(writer.toBuffer().toString('hex'), hex, `${name} ${version}`);
  }
  assert.equal(names.size, allMessages.length, 'every message has a golden line');
});

test('ApiVersionsRequest 3: compact strings and no tagged fields', () => {
  const writer = new Writer();
  const message = createApiVersionsRequest({
    clientSoftwareName: 'millrace',
    clientSoftwareVersion: '1',
  });
  ApiVersionsRequest.encode(writer, message, 3);
  assert.equal(writer.toBuffer().toString('hex'), `09${hexOf('millrace')}02${hexOf('1')}00`);
});

test('MetadataRequest 1: null topics ask for all, and are not allowed in version 0', () => {
  const message = createMetadataRequest({ topics: null });
  const writer = new Writer();
  MetadataRequest.encode(writer, message, 1);
  assert.equal(writer.toBuffer().toString('hex'), 'ffffffff');
  assert.throws(() => MetadataRequest.encode(new Writer(), message, 0), /topics is null/);
});

test('FetchResponse 16: tagged fields in the order of their tags, defaults left out', () => {
  const partition = createFetchResponsePartitionData({
    highWatermark: 258,
    abortedTransactions: null,
    records: Buffer.from('abcd', 'hex'),
    snapshotId: { endOffset: 5, epoch: 6 },
    currentLeader: { leaderId: 1, leaderEpoch: 2 },
  });
  const topic = createFetchResponseFetchableTopicResponse({ partitions: [partition] });
  const message = createFetchResponse({
    responses: [topic],
    nodeEndpoints: [createFetchResponseNodeEndpoint({ nodeId: 1, host: 'h', port: 9092 })],
  });
  const writer = new Writer();
  FetchResponse.encode(writer, message, 16);
  const expected = [
    '00000000 0000 00000000', // throttleTimeMs, errorCode, sessionId
    '02 00000000000000000000000000000000', // one topic: its id
    '02 00000000 0000 0000000000000102', // one partition: index, errorCode, highWatermark
    'ffffffffffffffff ffffffffffffffff', // lastStableOffset, logStartOffset
    '00 ffffffff 03 abcd', // abortedTransactions, preferredReadReplica, records
    '02', // tagged fields of the partition
    '01 09 00000001 00000002 00', // 1: currentLeader, 9 bytes
    '02 0d 0000000000000005 00000006 00', // 2: snapshotId, 13 bytes
    '00', // tagged fields of the topic
    '01 00 0d 02 00000001 0268 00002384 00 00', // 0: nodeEndpoints, 13 bytes
  ];
  assert.equal(writer.toBuffer().toString('hex'), expected.join('').replaceAll(' ', ''));
});

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}
