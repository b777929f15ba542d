import { ErrorCode } from '@millrace/protocol';
import { didYouMean } from '../nearest-name.ts';
import { Refusal } from '../refusal.ts';

/** What to do with a config, with Kafka's codes in IncrementalAlterConfigs (KIP-339). */
export const ConfigOperation = {
  SET: 0,
  DELETE: 1,
  APPEND: 2,
  SUBTRACT: 3,
} as const;

export interface ConfigChange {
  readonly name: string;
  /** A `ConfigOperation`. */
  readonly operation: number;
  /** Null only with DELETE, which does not look at it. */
  readonly value: string | null;
}

/** Rows to write: null removes one. */
export type ConfigRows = Map<string, string | null>;

type Configs = ReadonlyMap<string, string>;

/** What a kind of resource accepts. */
export interface ConfigRules {
  /** Throws `Refusal` when a resource cannot have these configs, all that it would have. */
  check(configs: Configs): void;
  /** The list that APPEND and SUBTRACT start from; throws `Refusal` for what is no list. */
  list(name: string, operation: number, current: Configs): string;
}

/**
 * The rows to write so that `changes` are applied to a resource's configs. Throws `Refusal` when they cannot be. As in
 * Kafka all of a resource's changes hold or none does, what they lead to is checked as a whole, and removing what is not
 * set is no error.
 */
export function changedConfigRows(
  current: Configs,
  changes: readonly ConfigChange[],
  rules: ConfigRules,
): ConfigRows {
  const rows: ConfigRows = new Map();
  const next = new Map(current);
  for (const { name, operation, value } of changes) {
    if (operation === ConfigOperation.DELETE) {
      rows.set(name, null);
      next.delete(name);
      continue;
    }
    const given = value!.trim();
    const changed =
      operation === ConfigOperation.SET
        ? given
        : changedList(rules.list(name, operation, current), operation, given);
    rows.set(name, changed);
    next.set(name, changed);
  }
  rules.check(next);
  return rows;
}

/** The rows that leave a resource with `wanted` and nothing else: AlterConfigs replaces all. */
export function replacedConfigRows(
  current: Configs,
  wanted: readonly ConfigChange[],
  rules: ConfigRules,
): ConfigRows {
  const kept = new Set(wanted.map(({ name }) => name));
  const removed = [...current.keys()]
    .filter((name) => !kept.has(name))
    .map((name) => ({ name, operation: ConfigOperation.DELETE, value: null }));
  return changedConfigRows(current, [...removed, ...wanted], rules);
}

/** `known`: the names that may have been meant, where the given one is unknown. */
export function notAList(name: string, operation: number, known: Iterable<string>): Refusal {
  const verb = operation === ConfigOperation.APPEND ? 'APPEND' : 'SUBTRACT';
  return new Refusal(
    ErrorCode.INVALID_CONFIG,
    `Can't ${verb} to key ${name} because its type is not LIST.${didYouMean(name, known)}`,
  );
}

function changedList(current: string, operation: number, given: string): string {
  const parts = new Set(partsOf(current));
  for (const part of partsOf(given)) {
    if (operation === ConfigOperation.APPEND) parts.add(part);
    else parts.delete(part);
  }
  return [...parts].join(',');
}

/** The elements of a list config; empty ones are left out. */
export function partsOf(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
