// DescribeClientQuotas, versions 0 and 1 (KIP-546). There are no quotas: a filter that Kafka takes finds none, another one is
// refused as in Kafka.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import {
  DescribeClientQuotasRequest,
  type DescribeClientQuotasRequestComponentData,
} from '@millrace/protocol/messages/describe-client-quotas-request';
import {
  createDescribeClientQuotasResponse,
  DescribeClientQuotasResponse,
} from '@millrace/protocol/messages/describe-client-quotas-response';
import type { Handler } from '../handler.ts';
import { QUOTA_ENTITY_TYPES } from '../quota-entities.ts';
import { invalidRequest, Refusal } from '../refusal.ts';
import { repeated } from '../repeated.ts';

type Component = DescribeClientQuotasRequestComponentData;

/** What a component of a filter matches, with Kafka's codes: one name, the default entity, any name. */
const MATCH_TYPES = ['EXACT', 'DEFAULT', 'SPECIFIED'] as const;

export function describeClientQuotasHandler(): Handler<
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse
> {
  return {
    apiKey: DescribeClientQuotasRequest.apiKey,
    minVersion: 0,
    maxVersion: 1,
    request: DescribeClientQuotasRequest,
    response: DescribeClientQuotasResponse,
    handle({ components }) {
      const refusal = filterRefusal(components);
      return refusal === null
        ? createDescribeClientQuotasResponse({ entries: [] })
        : refused(refusal.error, refusal.message);
    },
    failure(_request, error) {
      return refused(error, errorMessage(error));
    },
  };
}

function refused(errorCode: number, message: string | null): DescribeClientQuotasResponse {
  return createDescribeClientQuotasResponse({ errorCode, errorMessage: message, entries: null });
}

function filterRefusal(components: readonly Component[]): Refusal | null {
  const twice = repeated(components.map(({ entityType }) => entityType));
  for (const component of components) {
    const refusal = componentRefusal(component);
    if (refusal !== null) return refusal;
  }
  for (const entityType of twice) {
    return invalidRequest(`Entity type ${entityType} cannot appear more than once in the filter.`);
  }
  if (components.length > 1 && components.some(({ entityType }) => entityType === 'ip')) {
    return invalidRequest(
      'Invalid entity filter component combination. IP filter component should not be used with user or ' +
        'clientId filter component.',
    );
  }
  return null;
}

function componentRefusal({ entityType, matchType, match }: Component): Refusal | null {
  if (entityType === '') return invalidRequest('Invalid empty entity type.');
  if (!QUOTA_ENTITY_TYPES.includes(entityType)) {
    return new Refusal(ErrorCode.UNSUPPORTED_VERSION, `Unsupported entity type ${entityType}`);
  }
  const kind = MATCH_TYPES[matchType];
  if (kind === undefined) return invalidRequest(`Unknown match type ${matchType}`);
  if (kind === 'EXACT') {
    return match === null
      ? invalidRequest('Request specified MATCH_TYPE_EXACT, but set match string to null.')
      : null;
  }
  return match === null
    ? null
    : invalidRequest(`Request specified MATCH_TYPE_${kind}, but also specified a match string.`);
}
