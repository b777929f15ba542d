// Through real sockets. The answers are those that a Kafka 4.3.1 without quotas and credentials gave to the same requests,
// but that setting one is refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { AlterClientQuotasRequest } from '@millrace/protocol/messages/alter-client-quotas-request';
import { AlterClientQuotasResponse } from '@millrace/protocol/messages/alter-client-quotas-response';
import { AlterUserScramCredentialsRequest } from '@millrace/protocol/messages/alter-user-scram-credentials-request';
import { AlterUserScramCredentialsResponse } from '@millrace/protocol/messages/alter-user-scram-credentials-response';
import { DescribeClientQuotasRequest } from '@millrace/protocol/messages/describe-client-quotas-request';
import { DescribeClientQuotasResponse } from '@millrace/protocol/messages/describe-client-quotas-response';
import { DescribeUserScramCredentialsRequest } from '@millrace/protocol/messages/describe-user-scram-credentials-request';
import { DescribeUserScramCredentialsResponse } from '@millrace/protocol/messages/describe-user-scram-credentials-response';
import { TestBroker } from '../../test/test-broker.ts';

const {
  NONE,
  INVALID_REQUEST,
  UNSUPPORTED_VERSION,
  UNSUPPORTED_SASL_MECHANISM,
  RESOURCE_NOT_FOUND,
  DUPLICATE_RESOURCE,
  UNACCEPTABLE_CREDENTIAL,
} = ErrorCode;
const [EXACT, DEFAULT, SPECIFIED] = [0, 1, 2] as const;

test('DescribeClientQuotas finds none, and refuses filters that cannot be', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  type Component = readonly [entityType: string, matchType: number, match: string | null];
  const cases: readonly [number, ...Component[]][] = [
    [NONE],
    [NONE, ['user', EXACT, '']],
    [NONE, ['user', SPECIFIED, null], ['client-id', DEFAULT, null]],
    [NONE, ['ip', EXACT, 'no address']],
    [INVALID_REQUEST, ['user', EXACT, null]],
    [INVALID_REQUEST, ['user', DEFAULT, 'a']],
    [INVALID_REQUEST, ['user', SPECIFIED, 'a']],
    [INVALID_REQUEST, ['user', 3, null]],
    [INVALID_REQUEST, ['user', -1, null]],
    [INVALID_REQUEST, ['', EXACT, 'a']],
    [INVALID_REQUEST, ['user', EXACT, 'a'], ['user', DEFAULT, null]],
    [INVALID_REQUEST, ['ip', DEFAULT, null], ['user', DEFAULT, null]],
    [UNSUPPORTED_VERSION, ['group', EXACT, 'a']],
  ];
  const [request, response] = [DescribeClientQuotasRequest, DescribeClientQuotasResponse];
  for (const [error, ...components] of cases) {
    const message = {
      components: components.map(([entityType, matchType, match]) => ({
        entityType,
        matchType,
        match,
      })),
      strict: false,
    };
    for (const version of [0, 1]) {
      const answer = await client.request(request, response, message, version);
      const expected = [error, error === NONE ? [] : null];
      assert.deepEqual([answer.errorCode, answer.entries], expected, JSON.stringify(components));
    }
  }
});

test('AlterClientQuotas refuses each entity that would get a quota', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  type Entity = Readonly<Record<string, string | null>>;
  type Op = readonly [key: string, value: number, remove?: boolean];
  const alter = async (...entries: readonly (readonly [Entity, ...Op[]])[]) => {
    const message = {
      entries: entries.map(([entity, ...ops]) => ({
        entity: Object.entries(entity).map(([entityType, entityName]) => ({
          entityType,
          entityName,
        })),
        ops: ops.map(([key, value, remove = false]) => ({ key, value, remove })),
      })),
      validateOnly: false,
    };
    const [request, response] = [AlterClientQuotasRequest, AlterClientQuotasResponse];
    return (await client.request(request, response, message, 1)).entries;
  };
  const user = { user: 'a' };
  const address = { ip: '10.0.0.1' };
  const cases: readonly [number, Entity, ...Op[]][] = [
    [UNSUPPORTED_VERSION, user, ['producer_byte_rate', 1000]],
    [UNSUPPORTED_VERSION, { user: null, 'client-id': 'b' }, ['request_percentage', 1.5]],
    [UNSUPPORTED_VERSION, address, ['connection_creation_rate', 5]],
    [UNSUPPORTED_VERSION, { ip: null }, ['connection_creation_rate', 5]],
    [NONE, user],
    [NONE, user, ['producer_byte_rate', 0, true], ['nope', 0, true]],
    [INVALID_REQUEST, user, ['nope', 1]],
    [INVALID_REQUEST, user, ['producer_byte_rate', 0]],
    [INVALID_REQUEST, user, ['producer_byte_rate', 1.5]],
    [INVALID_REQUEST, user, ['producer_byte_rate', 1e30]],
    [INVALID_REQUEST, user, ['producer_byte_rate', 5], ['producer_byte_rate', 6]],
    [INVALID_REQUEST, user, ['connection_creation_rate', 5]],
    [INVALID_REQUEST, address, ['connection_creation_rate', 5.5]],
    [INVALID_REQUEST, address, ['producer_byte_rate', 5]],
    [INVALID_REQUEST, { ip: 'no address' }, ['connection_creation_rate', 5]],
    [INVALID_REQUEST, { ...address, ...user }, ['connection_creation_rate', 5]],
    [INVALID_REQUEST, { user: '' }, ['producer_byte_rate', 5]],
    [INVALID_REQUEST, { group: 'a' }, ['producer_byte_rate', 5]],
    [INVALID_REQUEST, {}, ['producer_byte_rate', 5]],
  ];
  for (const [error, entity, ...ops] of cases) {
    const [answer] = await alter([entity, ...ops]);
    assert.equal(answer!.errorCode, error, JSON.stringify([entity, ops]));
    const names = answer!.entity.map(({ entityType, entityName }) => [entityType, entityName]);
    assert.deepEqual(Object.fromEntries(names), entity);
  }
  const [misspelt] = await alter([user, ['producer_byte_rat', 1]]);
  assert.match(misspelt!.errorMessage!, /Did you mean producer_byte_rate\?/);
  const twice = await alter([user, ['producer_byte_rate', 1]], [user], [address]);
  assert.deepEqual(
    twice.map(({ errorCode }) => errorCode),
    [INVALID_REQUEST, NONE],
  );
});

test('DescribeUserScramCredentials knows no user', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  const describe = async (...names: string[]) => {
    const message = { users: names.map((name) => ({ name })) };
    const [request, response] = [
      DescribeUserScramCredentialsRequest,
      DescribeUserScramCredentialsResponse,
    ];
    const { errorCode, results } = await client.request(request, response, message, 0);
    assert.equal(errorCode, NONE);
    return Object.fromEntries(results.map((result) => [result.user, result.errorCode]));
  };
  assert.deepEqual(await describe(), {});
  assert.deepEqual(await describe('a', 'b', 'a'), {
    a: DUPLICATE_RESOURCE,
    b: RESOURCE_NOT_FOUND,
  });
});

test('AlterUserScramCredentials refuses every change', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  type Change = readonly [name: string, mechanism: number, iterations?: number];
  const alter = async (deletions: readonly Change[], upsertions: readonly Change[]) => {
    const message = {
      deletions: deletions.map(([name, mechanism]) => ({ name, mechanism })),
      upsertions: upsertions.map(([name, mechanism, iterations = 4096]) => ({
        name,
        mechanism,
        iterations,
        salt: Buffer.alloc(16),
        saltedPassword: Buffer.alloc(32),
      })),
    };
    const [request, response] = [
      AlterUserScramCredentialsRequest,
      AlterUserScramCredentialsResponse,
    ];
    const { results } = await client.request(request, response, message, 0);
    return Object.fromEntries(results.map((result) => [result.user, result.errorCode]));
  };
  assert.deepEqual(await alter([], []), {});
  assert.deepEqual(
    await alter(
      [['a', 1]],
      [
        ['b', 1],
        ['c', 2, 16_384],
      ],
    ),
    {
      a: RESOURCE_NOT_FOUND,
      b: UNSUPPORTED_VERSION,
      c: UNSUPPORTED_VERSION,
    },
  );
  assert.deepEqual(
    await alter(
      [
        ['', 1],
        ['a', 0],
      ],
      [
        ['b', 3],
        ['c', 1, 4095],
        ['d', 1, 16_385],
      ],
    ),
    {
      '': UNACCEPTABLE_CREDENTIAL,
      a: UNSUPPORTED_SASL_MECHANISM,
      b: UNSUPPORTED_SASL_MECHANISM,
      c: UNACCEPTABLE_CREDENTIAL,
      d: UNACCEPTABLE_CREDENTIAL,
    },
  );
  const twice = await alter(
    [
      ['a', 1],
      ['a', 1],
      ['b', 0],
    ],
    [
      ['a', 2],
      ['b', 1],
      ['c', 1],
      ['c', 2],
    ],
  );
  assert.deepEqual(twice, {
    a: RESOURCE_NOT_FOUND,
    b: UNSUPPORTED_SASL_MECHANISM,
    c: DUPLICATE_RESOURCE,
  });
});
