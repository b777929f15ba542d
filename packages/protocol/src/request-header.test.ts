import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ApiKey, apis } from './api-keys.ts';
import { MalformedError } from './malformed-error.ts';
import { RequestHeader as RequestHeaderMessage } from './messages/request-header.ts';
import { Reader } from './reader.ts';
import {
  decodeRequestHeader,
  decodeResponseHeader,
  encodeRequestHeader,
  encodeResponseHeader,
  requestHeaderVersion,
  responseHeaderVersion,
} from './request-header.ts';
import { Writer } from './writer.ts';

test('flexible versions have headers with tagged fields', () => {
  assert.equal(requestHeaderVersion(ApiKey.Fetch, 11), 1);
  assert.equal(requestHeaderVersion(ApiKey.Fetch, 12), 2);
  assert.equal(responseHeaderVersion(ApiKey.Fetch, 11), 0);
  assert.equal(responseHeaderVersion(ApiKey.Fetch, 12), 1);
  assert.equal(requestHeaderVersion(ApiKey.SaslHandshake, 1), 1);
});

test('ApiVersions answers with header 0 in all versions', () => {
  assert.equal(requestHeaderVersion(ApiKey.ApiVersions, 3), 2);
  assert.equal(responseHeaderVersion(ApiKey.ApiVersions, 3), 0);
});

test('the header of an unknown API is read as version 1', () => {
  const reader = new Reader(Buffer.from('03e70001000000070002616200', 'hex'));
  assert.deepEqual(decodeRequestHeader(reader), {
    apiKey: 999,
    apiVersion: 1,
    correlationId: 7,
    clientId: 'ab',
  });
  assert.equal(reader.remaining, 1);
});

test('headers of all APIs come back, and are what the generated message says', () => {
  for (const { apiKey, minVersion, maxVersion } of apis()) {
    for (const apiVersion of [minVersion, maxVersion]) {
      for (const clientId of ['a client', '', null]) {
        const header = { apiKey, apiVersion, correlationId: -5, clientId };
        const writer = new Writer();
        encodeRequestHeader(writer, header);
        const reader = new Reader(writer.toBuffer());
        assert.deepEqual(decodeRequestHeader(reader), header);
        assert.equal(reader.remaining, 0);
        const version = requestHeaderVersion(apiKey, apiVersion);
        assert.deepEqual(RequestHeaderMessage.decode(new Reader(writer.toBuffer()), version), {
          requestApiKey: apiKey,
          requestApiVersion: apiVersion,
          correlationId: -5,
          clientId,
        });
      }
    }
  }
});

test('response headers come back', () => {
  for (const { apiKey, maxVersion } of apis()) {
    const writer = new Writer();
    encodeResponseHeader(writer, apiKey, maxVersion, 41);
    const reader = new Reader(writer.toBuffer());
    assert.equal(decodeResponseHeader(reader, apiKey, maxVersion), 41);
    assert.equal(reader.remaining, 0);
  }
});

test('tagged fields in a header are skipped', () => {
  const reader = new Reader(Buffer.from('00120003000000010001610105026768ff', 'hex'));
  assert.equal(decodeRequestHeader(reader).clientId, 'a');
  assert.equal(reader.remaining, 1);
});

test('negative keys and versions, and headers cut short, are malformed', () => {
  for (const hex of ['ffff000000000001ffff', '0001ffff00000001ffff', '00', '0001000400000001']) {
    assert.throws(() => decodeRequestHeader(new Reader(Buffer.from(hex, 'hex'))), MalformedError);
  }
});
