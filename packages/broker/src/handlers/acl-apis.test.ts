// Without an authorizer. The answers are those that a Kafka 4.3.1 without one gave to the same requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  CreateAclsRequest,
  createCreateAclsRequest,
  createCreateAclsRequestAclCreation,
} from '@millrace/protocol/messages/create-acls-request';
import { CreateAclsResponse } from '@millrace/protocol/messages/create-acls-response';
import {
  createDeleteAclsRequest,
  createDeleteAclsRequestDeleteAclsFilter,
  DeleteAclsRequest,
} from '@millrace/protocol/messages/delete-acls-request';
import { DeleteAclsResponse } from '@millrace/protocol/messages/delete-acls-response';
import {
  createDescribeAclsRequest,
  DescribeAclsRequest,
} from '@millrace/protocol/messages/describe-acls-request';
import { DescribeAclsResponse } from '@millrace/protocol/messages/describe-acls-response';
import type { RawClient } from '../../test/raw-client.ts';
import { TestBroker } from '../../test/test-broker.ts';

/** Kafka's codes: any resource, any pattern, any operation, any permission. */
const ANYTHING = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
};

/** User `x` may read topic `t`. */
const ALLOW_READ = {
  resourceType: 2,
  resourceName: 't',
  resourcePatternType: 3,
  principal: 'User:x',
  host: '*',
  operation: 3,
  permissionType: 3,
};

const VERSIONS = [1, 2, 3];

test('ACLs cannot be described', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const version of VERSIONS) {
    const request = createDescribeAclsRequest(ANYTHING);
    const response = await client.request(
      DescribeAclsRequest,
      DescribeAclsResponse,
      request,
      version,
    );
    assert.equal(response.errorCode, ErrorCode.SECURITY_DISABLED);
    assert.ok(response.errorMessage);
    assert.deepEqual(response.resources, []);
  }
});

test('every ACL to create has its refusal', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const version of VERSIONS) {
    for (const count of [0, 2]) {
      const creations = Array.from({ length: count }, () =>
        createCreateAclsRequestAclCreation(ALLOW_READ),
      );
      const request = createCreateAclsRequest({ creations });
      const { results } = await client.request(
        CreateAclsRequest,
        CreateAclsResponse,
        request,
        version,
      );
      const errors = results.map(({ errorCode }) => errorCode);
      assert.deepEqual(errors, Array(count).fill(ErrorCode.SECURITY_DISABLED));
    }
  }
});

test('every filter of ACLs to delete has its refusal', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const version of VERSIONS) {
    for (const count of [0, 2]) {
      const filters = Array.from({ length: count }, () =>
        createDeleteAclsRequestDeleteAclsFilter(ANYTHING),
      );
      const request = createDeleteAclsRequest({ filters });
      const { filterResults } = await client.request(
        DeleteAclsRequest,
        DeleteAclsResponse,
        request,
        version,
      );
      const answers = filterResults.map(({ errorCode, matchingAcls }) => [errorCode, matchingAcls]);
      assert.deepEqual(answers, Array(count).fill([ErrorCode.SECURITY_DISABLED, []]));
    }
  }
});

test('a client that writes "unknown" into an ACL or a filter has its connection closed', async (context) => {
  const broker = await TestBroker.start(context);
  const filters = ['resourceTypeFilter', 'patternTypeFilter', 'operation', 'permissionType'];
  const bindings = ['resourceType', 'resourcePatternType', 'operation', 'permissionType'];
  const expectClosed = async (field: string, send: (client: RawClient) => void) => {
    const client = await broker.connect();
    send(client);
    assert.equal(await client.nextFrame(), null);
    assert.match(broker.closed.at(-1)?.reason ?? '', new RegExp(`${field} is 0 \\(UNKNOWN\\)`));
  };
  for (const field of filters) {
    const filter = { ...ANYTHING, [field]: 0 };
    await expectClosed(field, (client) =>
      client.send(DescribeAclsRequest, createDescribeAclsRequest(filter), 3),
    );
    const deletion = createDeleteAclsRequestDeleteAclsFilter(filter);
    await expectClosed(field, (client) =>
      client.send(DeleteAclsRequest, createDeleteAclsRequest({ filters: [deletion] }), 3),
    );
  }
  for (const field of bindings) {
    const creation = createCreateAclsRequestAclCreation({ ...ALLOW_READ, [field]: 0 });
    await expectClosed(field, (client) =>
      client.send(CreateAclsRequest, createCreateAclsRequest({ creations: [creation] }), 3),
    );
  }
});
