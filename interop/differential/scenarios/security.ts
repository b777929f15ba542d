// ACLs and delegation tokens, as a broker without an authorizer and without authentication answers them.

import { CreateAclsRequest } from '@millrace/protocol/messages/create-acls-request';
import { CreateAclsResponse } from '@millrace/protocol/messages/create-acls-response';
import { CreateDelegationTokenRequest } from '@millrace/protocol/messages/create-delegation-token-request';
import { CreateDelegationTokenResponse } from '@millrace/protocol/messages/create-delegation-token-response';
import { DeleteAclsRequest } from '@millrace/protocol/messages/delete-acls-request';
import { DeleteAclsResponse } from '@millrace/protocol/messages/delete-acls-response';
import { DescribeAclsRequest } from '@millrace/protocol/messages/describe-acls-request';
import { DescribeAclsResponse } from '@millrace/protocol/messages/describe-acls-response';
import { DescribeDelegationTokenRequest } from '@millrace/protocol/messages/describe-delegation-token-request';
import { DescribeDelegationTokenResponse } from '@millrace/protocol/messages/describe-delegation-token-response';
import { ExpireDelegationTokenRequest } from '@millrace/protocol/messages/expire-delegation-token-request';
import { ExpireDelegationTokenResponse } from '@millrace/protocol/messages/expire-delegation-token-response';
import { RenewDelegationTokenRequest } from '@millrace/protocol/messages/renew-delegation-token-request';
import { RenewDelegationTokenResponse } from '@millrace/protocol/messages/renew-delegation-token-response';
import { api } from '../api.ts';
import { Scenarios } from '../scenario.ts';

/** Kafka's codes: any resource, pattern, operation and permission. */
const anything = { resourceTypeFilter: 1, patternTypeFilter: 1, operation: 1, permissionType: 1 };
/** Topic `t`, for all principals: read, allow. */
const allowRead = {
  resourceType: 2,
  resourceName: 't',
  resourcePatternType: 3,
  principal: 'User:*',
  host: '*',
  operation: 3,
  permissionType: 3,
};

/** Every code of a filter and of a binding set to what Kafka calls unknown, and to what it has never heard of. */
const strangeCodes = [0, 99, -1];
const codesOfFilter = ['resourceTypeFilter', 'patternTypeFilter', 'operation', 'permissionType'];
const codesOfBinding = ['resourceType', 'resourcePatternType', 'operation', 'permissionType'];

export const describingAcls = new Scenarios(api(DescribeAclsRequest, DescribeAclsResponse))
  .ask('all', anything)
  .ask('all, by nulls', {
    ...anything,
    resourceNameFilter: null,
    principalFilter: null,
    hostFilter: null,
  })
  .ask('of a topic', { ...anything, resourceTypeFilter: 2, resourceNameFilter: 'read' });
for (const name of codesOfFilter) {
  for (const code of strangeCodes) {
    describingAcls.ask(`${name} ${code}`, { ...anything, [name]: code });
  }
}

export const creatingAcls = new Scenarios(api(CreateAclsRequest, CreateAclsResponse))
  .ask('one', { creations: [allowRead] })
  .ask('two', { creations: [allowRead, allowRead] })
  .ask('on the cluster under another name', {
    creations: [{ ...allowRead, resourceType: 4, resourceName: 'x' }],
  })
  .ask('on nothing', { creations: [{ ...allowRead, resourceName: '' }] })
  .ask('for a principal that is none', { creations: [{ ...allowRead, principal: 'nobody' }] })
  .ask('with a pattern for filters only', {
    creations: [{ ...allowRead, resourcePatternType: 1 }],
  });
for (const name of codesOfBinding) {
  for (const code of strangeCodes) {
    creatingAcls.ask(`${name} ${code}`, { creations: [{ ...allowRead, [name]: code }] });
  }
}

export const deletingAcls = new Scenarios(api(DeleteAclsRequest, DeleteAclsResponse))
  .ask('all', { filters: [anything] })
  .ask('two', { filters: [anything, { ...anything, resourceNameFilter: null }] })
  .ask('of a principal from a host', {
    filters: [{ ...anything, principalFilter: 'User:x', hostFilter: '127.0.0.1' }],
  });
for (const name of codesOfFilter) {
  for (const code of strangeCodes) {
    deletingAcls.ask(`${name} ${code}`, { filters: [{ ...anything, [name]: code }] });
  }
}

const somebody = { principalType: 'User', principalName: 'somebody' };
const hmac = Buffer.from('0123456789abcdef');

export const creatingTokens = new Scenarios(
  api(CreateDelegationTokenRequest, CreateDelegationTokenResponse),
)
  .ask('for oneself', { maxLifetimeMs: 1000 })
  .ask('with renewers', { renewers: [somebody], maxLifetimeMs: -1 })
  .ask('with a renewer of no kind', { renewers: [{ principalType: 'Robot', principalName: 'r' }] })
  .ask(
    'for somebody else',
    { ownerPrincipalType: 'User', ownerPrincipalName: 'somebody', maxLifetimeMs: -5 },
    3,
  )
  .ask('for half an owner', { ownerPrincipalType: 'User', ownerPrincipalName: '' }, 3);

export const renewingTokens = new Scenarios(
  api(RenewDelegationTokenRequest, RenewDelegationTokenResponse),
)
  .ask('one', { hmac, renewPeriodMs: 1000 })
  .ask('for a negative time', { hmac, renewPeriodMs: -1 });

export const expiringTokens = new Scenarios(
  api(ExpireDelegationTokenRequest, ExpireDelegationTokenResponse),
)
  .ask('later', { hmac, expiryTimePeriodMs: 1000 })
  .ask('now', { hmac, expiryTimePeriodMs: -1 });

export const describingTokens = new Scenarios(
  api(DescribeDelegationTokenRequest, DescribeDelegationTokenResponse),
)
  .ask('all', { owners: null })
  .ask('of some owners', { owners: [somebody] });
