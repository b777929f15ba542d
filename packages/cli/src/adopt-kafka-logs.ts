import { join } from 'node:path';
import { topicConfigsProblem } from '@millrace/broker';
import {
  copyKafkaLogs,
  type KafkaTopic,
  nodeFileSystem,
  readKafkaLogs,
  SqliteMetadataStore,
} from '@millrace/storage';
import { CommandError, UsageError } from './command/errors.ts';
import { DataDirectoryError, DataDirectoryLock } from './data-directory-lock.ts';

export interface Adoption {
  /** One of a Kafka broker's `log.dirs`. */
  readonly from: string;
  readonly dataDir: string;
  /** Names of topics; none for all but Kafka's own. */
  readonly topics: readonly string[];
  readonly configs: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

export interface AdoptedTopic {
  readonly topic: string;
  readonly topicId: string;
  /** The highest partition that was found, and one. */
  readonly partitions: number;
  /** Those below it that were not: they begin empty. */
  readonly missing: readonly number[];
}

/**
 * Copies a stopped Kafka's partitions into the data directory of a stopped broker, and makes their topics known there,
 * under their own ids. Throws `CommandError` before anything is changed.
 */
export async function adoptKafkaLogs(adoption: Adoption): Promise<AdoptedTopic[]> {
  const { from, dataDir, configs } = adoption;
  const problem = topicConfigsProblem(configs);
  if (problem !== null) throw new UsageError(problem);
  const chosen = await chosenTopics(adoption);
  const lock = await locked(dataDir);
  const metadata = new SqliteMetadataStore({ path: join(dataDir, 'metadata.sqlite') });
  try {
    await metadata.open();
    for (const { name } of chosen) {
      if (metadata.image.topicsByName.has(name)) {
        throw new CommandError('TOPIC_ALREADY_EXISTS', `There is a topic ${name} in ${dataDir}.`);
      }
    }
    await copyKafkaLogs(nodeFileSystem, from, dataDir, chosen);
    const adopted: AdoptedTopic[] = [];
    for (const topic of chosen) {
      const one = adoptedTopic(topic);
      await metadata.createTopic({
        topicId: topic.topicId,
        name: topic.name,
        partitionCount: one.partitions,
        createdAtMs: adoption.nowMs,
        configs,
      });
      adopted.push(one);
    }
    return adopted;
  } finally {
    await metadata.close();
    await lock.release();
  }
}

async function chosenTopics({ from, topics }: Adoption): Promise<KafkaTopic[]> {
  const logs = await readKafkaLogs(nodeFileSystem, from).catch((error: unknown) => {
    throw new CommandError('NO_LOG_DIRECTORY', `${from} cannot be read: ${String(error)}`);
  });
  if (!logs.isClean) {
    throw new CommandError(
      'NOT_STOPPED_CLEANLY',
      `${from} has no .kafka_cleanshutdown: its broker runs, or was not stopped cleanly.`,
      'Stop the Kafka broker with kafka-server-stop, after a start if it crashed.',
    );
  }
  if (topics.length === 0) return logs.topics.filter(({ name }) => !name.startsWith('__'));
  return topics.map((wanted) => {
    const found = logs.topics.find(({ name }) => name === wanted);
    if (found !== undefined) return found;
    throw new CommandError('UNKNOWN_TOPIC', `${from} has no partition of a topic ${wanted}.`);
  });
}

async function locked(dataDir: string): Promise<DataDirectoryLock> {
  try {
    return await DataDirectoryLock.acquire(dataDir);
  } catch (error) {
    if (!(error instanceof DataDirectoryError)) throw error;
    throw new CommandError('DATA_DIRECTORY', error.message);
  }
}

function adoptedTopic({ name, topicId, partitions }: KafkaTopic): AdoptedTopic {
  const found = new Set(partitions.map(({ partition }) => partition));
  const count = Math.max(...found) + 1;
  const missing = Array.from({ length: count }, (_, partition) => partition).filter(
    (partition) => !found.has(partition),
  );
  return { topic: name, topicId, partitions: count, missing };
}
