import { nearestName } from '@millrace/broker/nearest-name';
import type { Cluster, TopicMetadata } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import { CommandError } from '../command/errors.ts';
import { isPattern, namePattern } from '../command/name-pattern.ts';
import type { PartitionSelection } from '../command/partition-selection.ts';
import type { TopicPartition } from './partition-map.ts';

/**
 * The topics of these names and patterns, each once, by name. Patterns leave out internal topics. Throws `CommandError` for
 * a name that there is not and for a pattern that matches none.
 */
export async function topicsNamed(
  cluster: Cluster,
  wanted: readonly string[],
): Promise<TopicMetadata[]> {
  const isListed = wanted.some(isPattern);
  const { topics } = await cluster.metadata(isListed ? null : [...new Set(wanted)]);
  const found = new Map<string, TopicMetadata>();
  for (const text of wanted) {
    const matches = isPattern(text) ? namePattern(text) : (name: string) => name === text;
    const matched = topics.filter(
      ({ name, isInternal }) => matches(name) && !(isInternal && isPattern(text)),
    );
    if (matched.length === 0) throw await noSuchTopic(cluster, text);
    for (const topic of matched) {
      if (topic.error?.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
        throw await noSuchTopic(cluster, text);
      }
      if (topic.error !== null) throw topic.error;
      found.set(topic.name, topic);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws `CommandError` for a topic or a partition that there is not. */
export async function partitionsSelected(
  cluster: Cluster,
  selections: readonly PartitionSelection[],
): Promise<{ topics: TopicMetadata[]; partitions: TopicPartition[] }> {
  const topics = await topicsNamed(
    cluster,
    selections.map(({ topic }) => topic),
  );
  const partitions = topics.flatMap((topic) => {
    const of = selections.filter((one) => namePattern(one.topic)(topic.name));
    const isWhole = of.some((one) => one.partitions === null);
    const all = topic.partitions.map(({ partition }) => partition);
    const numbers = isWhole ? all : of.flatMap((one) => one.partitions ?? []);
    const missing = numbers.find((partition) => !all.includes(partition));
    if (missing !== undefined) {
      throw new CommandError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `topic ${topic.name} has no partition ${missing}: its partitions are 0 to ${all.length - 1}.`,
      );
    }
    return [...new Set(numbers)].map((partition) => ({ topic: topic.name, partition }));
  });
  return { topics, partitions };
}

async function noSuchTopic(cluster: Cluster, wanted: string): Promise<CommandError> {
  const { topics } = await cluster.metadata(null);
  const near = nearestName(
    wanted,
    topics.map(({ name }) => name),
  );
  const message = isPattern(wanted)
    ? `no topic matches ${wanted}.`
    : `there is no topic ${wanted}.`;
  const hint = near === null || isPattern(wanted) ? null : `Did you mean ${near}?`;
  return new CommandError('UNKNOWN_TOPIC_OR_PARTITION', message, hint);
}
