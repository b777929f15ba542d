import { isIP } from 'node:net';
import { didYouMean } from './nearest-name.ts';

/** What a quota can be set for. A name of null stands for all that have none of their own. */
export const QUOTA_ENTITY_TYPES: readonly string[] = ['user', 'client-id', 'ip'];

/** Entity names by type. */
export type QuotaEntity = ReadonlyMap<string, string | null>;

const LONG_LIMIT = 2 ** 63;
const INT_LIMIT = 2 ** 31;

/** Quotas by their config names, with the largest value of those that are whole numbers; null for the others. */
const CLIENT_QUOTAS: ReadonlyMap<string, number | null> = new Map([
  ['producer_byte_rate', LONG_LIMIT],
  ['consumer_byte_rate', LONG_LIMIT],
  ['request_percentage', null],
  ['controller_mutation_rate', null],
]);
const IP_QUOTAS: ReadonlyMap<string, number | null> = new Map([
  ['connection_creation_rate', INT_LIMIT],
]);

/** Why there is no such entity, in one sentence; null when there may be. */
export function quotaEntityProblem(entity: QuotaEntity): string | null {
  if (entity.size === 0) return 'Invalid empty client quota entity';
  for (const [type, name] of entity) {
    if (!QUOTA_ENTITY_TYPES.includes(type)) return `Unhandled client quota entity type: ${type}`;
    if (name === '') return `Empty ${type} not supported`;
  }
  const address = entity.get('ip');
  if (address === undefined) return null;
  if (entity.size > 1) {
    return 'Invalid quota entity combination: an ip cannot be combined with a user or a client-id';
  }
  return address === null || isIP(address) !== 0 || /^[\w.-]+$/.test(address)
    ? null
    : `${address} is not a valid IP or resolvable host.`;
}

/** Why this quota cannot be set for this entity, in one sentence; null when it can be. */
export function quotaProblem(entity: QuotaEntity, key: string, value: number): string | null {
  const quotas = entity.has('ip') ? IP_QUOTAS : CLIENT_QUOTAS;
  const limit = quotas.get(key);
  if (limit === undefined) {
    return `Invalid configuration key ${key}.${didYouMean(key, quotas.keys())}`;
  }
  if (value <= 0) return `Quota ${key} must be greater than 0`;
  if (limit === null) return null;
  if (value > limit) return `Proposed value for ${key} is too large.`;
  return Number.isNaN(value) || Number.isInteger(value)
    ? null
    : `${key} cannot be a fractional value.`;
}
