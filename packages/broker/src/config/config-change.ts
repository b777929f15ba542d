import { nearestName } from '../nearest-name.ts';
import type { BrokerConfig } from './broker-configs.ts';
import { TOPIC_CONFIGS, topicConfigsProblem, topicConfigValue } from './topic-configs.ts';

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

const DEFINITIONS = new Map(TOPIC_CONFIGS.map((definition) => [definition.name, definition]));

/**
 * The rows to write so that `changes` are applied to a topic's configs (null removes one), or one sentence why they
 * cannot be (INVALID_CONFIG). As in Kafka all of a topic's changes hold or none does, what they lead to is
 * checked as a whole, and removing what is not set is no error.
 */
export function topicConfigRows(
  current: ReadonlyMap<string, string>,
  changes: readonly ConfigChange[],
  broker: BrokerConfig,
): Map<string, string | null> | string {
  const rows = new Map<string, string | null>();
  const next = new Map(current);
  for (const { name, operation, value } of changes) {
    if (operation === ConfigOperation.DELETE) {
      rows.set(name, null);
      next.delete(name);
      continue;
    }
    const problem = operation === ConfigOperation.SET ? null : notAList(name, operation);
    if (problem !== null) return problem;
    const given = value!.trim();
    const changed =
      operation === ConfigOperation.SET
        ? given
        : changedList(topicConfigValue(name, current, broker), operation, given);
    rows.set(name, changed);
    next.set(name, changed);
  }
  return topicConfigsProblem(next) ?? rows;
}

/** The rows that leave a topic with `wanted` and nothing else, or the problem: AlterConfigs replaces all. */
export function replacedTopicConfigRows(
  current: ReadonlyMap<string, string>,
  wanted: readonly ConfigChange[],
  broker: BrokerConfig,
): Map<string, string | null> | string {
  const kept = new Set(wanted.map(({ name }) => name));
  const removed = [...current.keys()]
    .filter((name) => !kept.has(name))
    .map((name) => ({ name, operation: ConfigOperation.DELETE, value: null }));
  return topicConfigRows(current, [...removed, ...wanted], broker);
}

function notAList(name: string, operation: number): string | null {
  const definition = DEFINITIONS.get(name);
  if (definition?.type === 'LIST') return null;
  const verb = operation === ConfigOperation.APPEND ? 'APPEND' : 'SUBTRACT';
  const near = definition === undefined ? nearestName(name, DEFINITIONS.keys()) : null;
  const hint = near === null ? '' : ` Did you mean ${near}?`;
  return `Can't ${verb} to key ${name} because its type is not LIST.${hint}`;
}

function changedList(current: string, operation: number, given: string): string {
  const parts = new Set(partsOf(current));
  for (const part of partsOf(given)) {
    if (operation === ConfigOperation.APPEND) parts.add(part);
    else parts.delete(part);
  }
  return [...parts].join(',');
}

function partsOf(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
