// Client quotas and SCRAM credentials, of which neither broker has any.

import { AlterClientQuotasRequest } from '@millrace/protocol/messages/alter-client-quotas-request';
import { AlterClientQuotasResponse } from '@millrace/protocol/messages/alter-client-quotas-response';
import { AlterUserScramCredentialsRequest } from '@millrace/protocol/messages/alter-user-scram-credentials-request';
import { AlterUserScramCredentialsResponse } from '@millrace/protocol/messages/alter-user-scram-credentials-response';
import { DescribeClientQuotasRequest } from '@millrace/protocol/messages/describe-client-quotas-request';
import { DescribeClientQuotasResponse } from '@millrace/protocol/messages/describe-client-quotas-response';
import { DescribeUserScramCredentialsRequest } from '@millrace/protocol/messages/describe-user-scram-credentials-request';
import { DescribeUserScramCredentialsResponse } from '@millrace/protocol/messages/describe-user-scram-credentials-response';
import { api, type Sparse } from '../api.ts';
import { Scenarios } from '../scenario.ts';

const [EXACT, DEFAULT, SPECIFIED] = [0, 1, 2] as const;

type Component = readonly [entityType: string, matchType: number, match: string | null];

const filter = (
  components: readonly Component[],
  strict = false,
): Sparse<DescribeClientQuotasRequest> => ({
  components: components.map(([entityType, matchType, match]) => ({
    entityType,
    matchType,
    match,
  })),
  strict,
});

export const describingQuotas = new Scenarios(
  api(DescribeClientQuotasRequest, DescribeClientQuotasResponse),
)
  .ask('all', filter([]))
  .ask('strictly none', filter([], true))
  .ask('of a user', filter([['user', EXACT, 'a']]))
  .ask('of a user without a name', filter([['user', EXACT, '']]))
  .ask('of the default user', filter([['user', DEFAULT, null]]))
  .ask('of any user', filter([['user', SPECIFIED, null]], true))
  .ask(
    'of a user and a client',
    filter([
      ['user', EXACT, 'a'],
      ['client-id', DEFAULT, null],
    ]),
  )
  .ask('of an address', filter([['ip', EXACT, '10.0.0.1']]))
  .ask('of what is no address', filter([['ip', EXACT, 'no address']]))
  .ask('of an exact user without a match', filter([['user', EXACT, null]]))
  .ask('of the default user with a match', filter([['user', DEFAULT, 'a']]))
  .ask('of any user with a match', filter([['user', SPECIFIED, 'a']]))
  .ask('by a match that is not', filter([['user', 3, 'a']]))
  .ask('by a negative match', filter([['user', -1, 'a']]))
  .ask('of a kind that is not', filter([['group', EXACT, 'a']]))
  .ask('of no kind', filter([['', EXACT, 'a']]))
  .ask(
    'of a kind twice',
    filter([
      ['user', EXACT, 'a'],
      ['user', DEFAULT, null],
    ]),
  )
  .ask(
    'of an address and a user',
    filter([
      ['ip', DEFAULT, null],
      ['user', DEFAULT, null],
    ]),
  );

type Op = readonly [key: string, value: number, remove?: boolean];

const entry = (entity: Readonly<Record<string, string | null>>, ...ops: readonly Op[]) => ({
  entity: Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName })),
  ops: ops.map(([key, value, remove = false]) => ({ key, value, remove })),
});
const user = { user: 'a' };
const address = { ip: '10.0.0.1' };

/** Nothing is stored: what Kafka takes is only validated. */
const validated = (
  ...entries: readonly ReturnType<typeof entry>[]
): Sparse<AlterClientQuotasRequest> => ({ entries, validateOnly: true });

export const alteringQuotas = new Scenarios(
  api(AlterClientQuotasRequest, AlterClientQuotasResponse),
)
  .ask('nothing', validated())
  .ask('an entity, not at all', validated(entry(user)))
  .ask('one that is set', validated(entry(user, ['producer_byte_rate', 1000])))
  .ask('one that is removed', validated(entry(user, ['producer_byte_rate', 0, true])))
  .ask('an unknown one', validated(entry(user, ['nope', 1])))
  .ask('an unknown one that is removed', validated(entry(user, ['nope', 1, true])))
  .ask('below zero', validated(entry(user, ['producer_byte_rate', -1])))
  .ask('zero', validated(entry(user, ['request_percentage', 0])))
  .ask('a fraction', validated(entry(user, ['consumer_byte_rate', 1.5])))
  .ask('too much', validated(entry(user, ['consumer_byte_rate', 1e30])))
  .ask('one of addresses for a user', validated(entry(user, ['connection_creation_rate', 5])))
  .ask('one of users for an address', validated(entry(address, ['producer_byte_rate', 5])))
  .ask('a fraction for an address', validated(entry(address, ['connection_creation_rate', 5.5])))
  .ask(
    'of what is no address',
    validated(entry({ ip: 'no address' }, ['connection_creation_rate', 5])),
  )
  .ask('of an empty address', validated(entry({ ip: '' }, ['connection_creation_rate', 5])))
  .ask('of an empty user', validated(entry({ user: '' }, ['producer_byte_rate', 5])))
  .ask('of no entity', validated(entry({}, ['producer_byte_rate', 5])))
  .ask('of a kind that is not', validated(entry({ group: 'a' }, ['producer_byte_rate', 5])))
  .ask(
    'of an address and a user',
    validated(entry({ ...address, ...user }, ['producer_byte_rate', 5])),
  )
  .ask('one twice', validated(entry(user, ['producer_byte_rate', 5], ['producer_byte_rate', 6])))
  .ask(
    'an entity twice',
    validated(entry(user, ['producer_byte_rate', 5]), entry(user, ['consumer_byte_rate', 5])),
  )
  .ask('a credential', validated(entry(user, ['SCRAM-SHA-256', 5])));

const named = (...names: readonly string[]) => ({ users: names.map((name) => ({ name })) });

export const describingCredentials = new Scenarios(
  api(DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse),
)
  .ask('of all users', { users: null })
  .ask('of no users', named())
  .ask('of a user', named('a'))
  .ask('of a user without a name', named(''))
  .ask('of a user twice', named('a', 'a', 'b'));

const deletion = (name: string, mechanism: number) => ({ name, mechanism });
const upsertion = (name: string, mechanism: number, iterations = 4096) => ({
  name,
  mechanism,
  iterations,
  salt: Buffer.alloc(16, 1),
  saltedPassword: Buffer.alloc(32, 2),
});

export const alteringCredentials = new Scenarios(
  api(AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse),
)
  .ask('nothing', {})
  .ask('one that is not there', { deletions: [deletion('a', 1)] })
  .ask('one of a user without a name', { deletions: [deletion('', 1)] })
  .ask('one of no mechanism', { deletions: [deletion('a', 0)] })
  .ask('one of an unknown mechanism', { deletions: [deletion('a', 3)] })
  .ask('a new one of an unknown mechanism', { upsertions: [upsertion('a', 9)] })
  .ask('a new one of a user without a name', { upsertions: [upsertion('', 1)] })
  .ask('too few iterations', { upsertions: [upsertion('a', 1, 100)] })
  .ask('too many iterations', { upsertions: [upsertion('a', 2, 20_000)] })
  .ask('one twice', { deletions: [deletion('a', 1), deletion('a', 1)] })
  .ask('two of one user', { upsertions: [upsertion('a', 1), upsertion('a', 2)] })
  .ask('one deleted and set', { deletions: [deletion('a', 1)], upsertions: [upsertion('a', 1)] })
  .ask('two that are wrong', {
    deletions: [deletion('a', 0)],
    upsertions: [upsertion('a', 1, 100)],
  })
  .ask('two users', { deletions: [deletion('b', 2)], upsertions: [upsertion('c', 1, 100)] })
  .ask('a new one', { upsertions: [upsertion('a', 1)] });
