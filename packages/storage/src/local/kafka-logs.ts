import * as path from 'node:path';
import { type FileSystem, type OpenFile, writeFully } from '../file-system.ts';
import {
  CLEAN_SHUTDOWN_FILE,
  LOG_START_FILE,
  PARTITION_METADATA_FILE,
  parsePartitionMetadata,
  parsePartitionOffsets,
  readText,
} from './checkpoint-files.ts';
import { makeDataDirectory, removeDirectory } from './log-files.ts';
import { logDirectoryName, parseLogDirectoryName } from './log-names.ts';
import { StoreCheckpoints } from './store-checkpoints.ts';

/** Read and written at once while a file is copied. */
const COPY_CHUNK_BYTES = 1024 * 1024;

/** A topic of which a Kafka's log directory holds partitions. */
export interface KafkaTopic {
  readonly name: string;
  readonly topicId: string;
  /** Ascending. One of several brokers may not have all of them. */
  readonly partitions: readonly KafkaPartition[];
}

export interface KafkaPartition {
  readonly partition: number;
  /** Where the records begin that were not deleted. */
  readonly logStartOffset: number;
}

export interface KafkaLogs {
  readonly topics: readonly KafkaTopic[];
  /** Whether the broker that had the directory was stopped cleanly. */
  readonly isClean: boolean;
  /** Names of directories that look like a partition's and do not say of which topic. */
  readonly unknown: readonly string[];
}

/** What one of Kafka's `log.dirs` holds. Nothing is changed. */
export async function readKafkaLogs(fileSystem: FileSystem, directory: string): Promise<KafkaLogs> {
  const text = await readText(fileSystem, path.join(directory, LOG_START_FILE));
  const starts = new Map(
    (text === null ? null : parsePartitionOffsets(text))?.map((entry) => [
      logDirectoryName(entry.topic, entry.partition),
      entry.offset,
    ]),
  );
  const topics = new Map<string, { name: string; topicId: string; partitions: KafkaPartition[] }>();
  const unknown: string[] = [];
  for (const { name, isDirectory } of await fileSystem.readdir(directory)) {
    const parsed = isDirectory ? parseLogDirectoryName(name) : null;
    if (parsed === null) continue;
    const metadata = await readText(
      fileSystem,
      path.join(directory, name, PARTITION_METADATA_FILE),
    );
    const topicId = metadata === null ? null : parsePartitionMetadata(metadata);
    if (topicId === null) {
      unknown.push(name);
      continue;
    }
    const topic = topics.get(topicId) ?? { name: parsed.topic, topicId, partitions: [] };
    topics.set(topicId, topic);
    topic.partitions.push({
      partition: parsed.partition,
      logStartOffset: starts.get(name) ?? 0,
    });
  }
  for (const { partitions } of topics.values()) {
    partitions.sort((a, b) => a.partition - b.partition);
  }
  const mark = await readText(fileSystem, path.join(directory, CLEAN_SHUTDOWN_FILE));
  return {
    topics: [...topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    isClean: mark !== null,
    unknown: unknown.sort(),
  };
}

/**
 * Copies the partitions' directories as they are into a data directory that no broker has open, durably, with where their
 * logs start. Who calls makes the topics known afterwards; until then a start sets the copies aside. The start after that
 * checks each active segment.
 */
export async function copyKafkaLogs(
  fileSystem: FileSystem,
  from: string,
  dataDir: string,
  topics: readonly KafkaTopic[],
): Promise<void> {
  await makeDataDirectory(fileSystem, dataDir);
  const here = new Set((await fileSystem.readdir(dataDir)).map((entry) => entry.name));
  for (const topic of topics) {
    for (const { partition } of topic.partitions) {
      const name = logDirectoryName(topic.name, partition);
      const target = path.join(dataDir, name);
      // A copy that was cut short: of a topic that is known there is none here.
      if (here.has(name)) await removeDirectory(fileSystem, target);
      await copyDirectory(fileSystem, path.join(from, name), target);
    }
  }
  await fileSystem.syncDirectory(dataDir);
  await keepStarts(fileSystem, dataDir, topics);
}

/** What an earlier log of one of the names left in the files of all logs must not count for the new one. */
async function keepStarts(
  fileSystem: FileSystem,
  dataDir: string,
  topics: readonly KafkaTopic[],
): Promise<void> {
  const adopted = topics.flatMap((topic) =>
    topic.partitions.map(({ partition, logStartOffset }) => ({
      topic: topic.name,
      partition,
      offset: logStartOffset,
    })),
  );
  const names = new Set(adopted.map((entry) => logDirectoryName(entry.topic, entry.partition)));
  const isOther = (entry: { readonly topic: string; readonly partition: number }) =>
    !names.has(logDirectoryName(entry.topic, entry.partition));
  const files = new StoreCheckpoints(fileSystem, dataDir);
  const points = await files.readRecoveryPoints();
  if (!points.every(isOther)) await files.writeRecoveryPoints(points.filter(isOther));
  const cleaned = await files.readCleanerOffsets();
  if (!cleaned.every(isOther)) await files.writeCleanerOffsets(cleaned.filter(isOther));
  const starts = (await files.readLogStarts()).filter(isOther);
  await files.writeLogStarts([...starts, ...adopted]);
}

async function copyDirectory(fileSystem: FileSystem, from: string, to: string): Promise<void> {
  await fileSystem.mkdir(to);
  for (const { name, isDirectory } of await fileSystem.readdir(from)) {
    if (isDirectory) continue;
    await copyFile(fileSystem, path.join(from, name), path.join(to, name));
  }
  await fileSystem.syncDirectory(to);
}

async function copyFile(fileSystem: FileSystem, from: string, to: string): Promise<void> {
  const source = await fileSystem.open(from, 'read');
  try {
    const target = await fileSystem.open(to, 'replace');
    try {
      await copyBytes(source, target);
      await target.datasync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyBytes(source: OpenFile, target: OpenFile): Promise<void> {
  const chunk = Buffer.allocUnsafe(COPY_CHUNK_BYTES);
  for (let position = 0; ; ) {
    const count = await source.read(chunk, 0, chunk.length, position);
    if (count === 0) return;
    await writeFully(target, [chunk.subarray(0, count)], position);
    position += count;
  }
}
