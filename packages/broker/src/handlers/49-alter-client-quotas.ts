// AlterClientQuotas, versions 0 and 1 (KIP-546). There are no quotas: what Kafka would refuse is refused as in Kafka,
// removing one that is not set is no change, and setting one is refused with UNSUPPORTED_VERSION.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import {
  AlterClientQuotasRequest,
  type AlterClientQuotasRequestEntryData,
} from '@millrace/protocol/messages/alter-client-quotas-request';
import {
  AlterClientQuotasResponse,
  createAlterClientQuotasResponse,
  createAlterClientQuotasResponseEntryData,
} from '@millrace/protocol/messages/alter-client-quotas-response';
import type { Handler } from '../handler.ts';
import { type QuotaEntity, quotaEntityProblem, quotaProblem } from '../quota-entities.ts';
import { invalidRequest, Refusal } from '../refusal.ts';
import { repeated } from '../repeated.ts';

type Entry = AlterClientQuotasRequestEntryData;

export function alterClientQuotasHandler(): Handler<
  AlterClientQuotasRequest,
  AlterClientQuotasResponse
> {
  return {
    apiKey: AlterClientQuotasRequest.apiKey,
    minVersion: 0,
    maxVersion: 1,
    request: AlterClientQuotasRequest,
    response: AlterClientQuotasResponse,
    handle({ entries }) {
      const keys = entries.map((entry) => keyOf(entityOf(entry)));
      const twice = repeated(keys);
      // Kafka answers an entity that is named twice once.
      const once = new Map(entries.map((entry, index) => [keys[index]!, entry]));
      return createAlterClientQuotasResponse({
        entries: [...once].map(([key, entry]) => {
          const refusal = twice.has(key) ? duplicate() : entryRefusal(entry);
          return answered(entry, refusal?.error ?? ErrorCode.NONE, refusal?.message ?? null);
        }),
      });
    },
    failure({ entries }, error) {
      return createAlterClientQuotasResponse({
        entries: entries.map((entry) => answered(entry, error, errorMessage(error))),
      });
    },
  };
}

/** Of two names for one type the last counts, as in Kafka. */
function entityOf({ entity }: Entry): QuotaEntity {
  return new Map(entity.map(({ entityType, entityName }) => [entityType, entityName]));
}

function keyOf(entity: QuotaEntity): string {
  return JSON.stringify([...entity].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function answered(entry: Entry, errorCode: number, message: string | null) {
  return createAlterClientQuotasResponseEntryData({
    errorCode,
    errorMessage: message,
    entity: [...entityOf(entry)].map(([entityType, entityName]) => ({ entityType, entityName })),
  });
}

function duplicate(): Refusal {
  return invalidRequest('The entity, or one of its quotas, appears more than once in the request.');
}

function entryRefusal(entry: Entry): Refusal | null {
  const entity = entityOf(entry);
  if (repeated(entry.ops.map(({ key }) => key)).size > 0) return duplicate();
  const problem = quotaEntityProblem(entity);
  if (problem !== null) return invalidRequest(problem);
  const wanted = entry.ops.filter(({ remove }) => !remove);
  for (const { key, value } of wanted) {
    const quota = quotaProblem(entity, key, value);
    if (quota !== null) return invalidRequest(quota);
  }
  if (wanted.length === 0) return null;
  return new Refusal(
    ErrorCode.UNSUPPORTED_VERSION,
    'This version has no quotas: none can be set. See docs/configs.md.',
  );
}
