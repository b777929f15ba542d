import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHeartbeatResponse, HeartbeatResponse } from './messages/heartbeat-response.ts';
import { Reader } from './reader.ts';
import { decodeResponseHeader } from './request-header.ts';
import { encodeResponseFrame } from './response-frame.ts';
import { Writer } from './writer.ts';

const response = createHeartbeatResponse({ errorCode: 27, throttleTimeMs: 5 });

test('a frame has its length, the header of its version and the answer', () => {
  const writer = new Writer();
  for (const apiVersion of [1, 4]) {
    const context = { apiVersion, correlationId: 41 };
    const { parts, sizeBytes } = encodeResponseFrame(writer, HeartbeatResponse, response, context);
    const reader = new Reader(Buffer.concat(parts as Buffer[]));
    assert.equal(reader.readInt32(), sizeBytes - 4);
    assert.equal(decodeResponseHeader(reader, HeartbeatResponse.apiKey, apiVersion), 41);
    assert.deepEqual(HeartbeatResponse.decode(reader, apiVersion), response);
    assert.equal(reader.remaining, 0);
  }
});

test('an answer that cannot be encoded leaves nothing behind', () => {
  const writer = new Writer();
  const failing = {
    apiKey: HeartbeatResponse.apiKey,
    encode(to: Writer) {
      to.writeInt32(1);
      throw new Error('it has no such field');
    },
  };
  const context = { apiVersion: 1, correlationId: 1 };
  assert.throws(() => encodeResponseFrame(writer, failing, response, context), /no such field/);
  const { sizeBytes } = encodeResponseFrame(writer, HeartbeatResponse, response, context);
  assert.equal(sizeBytes, 4 + 4 + 4 + 2);
});
