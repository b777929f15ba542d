// On a listener without authentication. The answers are those that a Kafka 4.3.1 gave to the same requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  CreateDelegationTokenRequest,
  createCreateDelegationTokenRequest,
} from '@millrace/protocol/messages/create-delegation-token-request';
import { CreateDelegationTokenResponse } from '@millrace/protocol/messages/create-delegation-token-response';
import {
  createDescribeDelegationTokenRequest,
  DescribeDelegationTokenRequest,
} from '@millrace/protocol/messages/describe-delegation-token-request';
import { DescribeDelegationTokenResponse } from '@millrace/protocol/messages/describe-delegation-token-response';
import {
  createExpireDelegationTokenRequest,
  ExpireDelegationTokenRequest,
} from '@millrace/protocol/messages/expire-delegation-token-request';
import { ExpireDelegationTokenResponse } from '@millrace/protocol/messages/expire-delegation-token-response';
import {
  createRenewDelegationTokenRequest,
  RenewDelegationTokenRequest,
} from '@millrace/protocol/messages/renew-delegation-token-request';
import { RenewDelegationTokenResponse } from '@millrace/protocol/messages/renew-delegation-token-response';
import { TestBroker } from '../../test/test-broker.ts';

const NOT_ALLOWED = ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;

test('no token is created', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const version of [1, 2, 3]) {
    const response = await client.request(
      CreateDelegationTokenRequest,
      CreateDelegationTokenResponse,
      createCreateDelegationTokenRequest({ maxLifetimeMs: -1 }),
      version,
    );
    const requester = version < 3 ? ['', ''] : ['User', 'ANONYMOUS'];
    assert.deepEqual(response, {
      errorCode: NOT_ALLOWED,
      principalType: 'User',
      principalName: 'ANONYMOUS',
      tokenRequesterPrincipalType: requester[0],
      tokenRequesterPrincipalName: requester[1],
      issueTimestampMs: -1,
      expiryTimestampMs: -1,
      maxTimestampMs: -1,
      tokenId: '',
      hmac: Buffer.alloc(0),
      throttleTimeMs: 0,
    });
  }
});

test('the refusal names the owner that was asked for', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const ownerOf = async (ownerPrincipalType: string | null, ownerPrincipalName: string | null) => {
    const response = await client.request(
      CreateDelegationTokenRequest,
      CreateDelegationTokenResponse,
      createCreateDelegationTokenRequest({ ownerPrincipalType, ownerPrincipalName }),
      3,
    );
    return `${response.principalType}:${response.principalName}`;
  };
  assert.equal(await ownerOf('User', 'alice'), 'User:alice');
  for (const nobody of ['', null]) assert.equal(await ownerOf(nobody, nobody), 'User:ANONYMOUS');
});

test('no token is renewed or expired', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const hmac = Buffer.from('secret');
  for (const version of [1, 2]) {
    const renewed = await client.request(
      RenewDelegationTokenRequest,
      RenewDelegationTokenResponse,
      createRenewDelegationTokenRequest({ hmac }),
      version,
    );
    assert.deepEqual([renewed.errorCode, renewed.expiryTimestampMs], [NOT_ALLOWED, -1]);
    const expired = await client.request(
      ExpireDelegationTokenRequest,
      ExpireDelegationTokenResponse,
      createExpireDelegationTokenRequest({ hmac }),
      version,
    );
    assert.deepEqual([expired.errorCode, expired.expiryTimestampMs], [NOT_ALLOWED, -1]);
  }
});

test('no token is described', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const version of [1, 2, 3]) {
    for (const owners of [null, [], [{ principalType: 'User', principalName: 'alice' }]]) {
      const response = await client.request(
        DescribeDelegationTokenRequest,
        DescribeDelegationTokenResponse,
        createDescribeDelegationTokenRequest({ owners }),
        version,
      );
      assert.deepEqual([response.errorCode, response.tokens], [NOT_ALLOWED, []]);
    }
  }
});
