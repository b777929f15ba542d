import * as path from 'node:path';
import { type FileSystem, readSmallFile, writeSyncedFile } from '../file-system.ts';

// Kafka's small text files. Each begins with the version of its format, always 0, on a line of its own.

export const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown';
export const RECOVERY_POINT_FILE = 'recovery-point-offset-checkpoint';
export const LOG_START_FILE = 'log-start-offset-checkpoint';
export const CLEANER_OFFSET_FILE = 'cleaner-offset-checkpoint';
export const LEADER_EPOCH_FILE = 'leader-epoch-checkpoint';
export const PARTITION_METADATA_FILE = 'partition.metadata';

/** One line of an offset checkpoint. */
export interface PartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** The first offset that was written in a leader epoch. */
export interface EpochStart {
  readonly epoch: number;
  readonly startOffset: number;
}

/**
 * Replaces a small file in one step: after a crash it holds either the old or the new content, whole. Durable when
 * the promise resolves.
 */
export async function replaceFile(
  fileSystem: FileSystem,
  filePath: string,
  content: string | Buffer,
): Promise<void> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const temporary = `${filePath}.tmp`;
  try {
    await writeSyncedFile(fileSystem, temporary, bytes);
  } catch (error) {
    // On a full disk the room that it took is needed.
    await fileSystem.unlink(temporary).catch(() => {});
    throw error;
  }
  await fileSystem.rename(temporary, filePath);
  await fileSystem.syncDirectory(path.dirname(filePath));
}

export function formatPartitionOffsets(entries: readonly PartitionOffset[]): string {
  const lines = entries.map((entry) => `${entry.topic} ${entry.partition} ${entry.offset}\n`);
  return `0\n${entries.length}\n${lines.join('')}`;
}

/** Null when the text is not a whole checkpoint. */
export function parsePartitionOffsets(text: string): PartitionOffset[] | null {
  const rows = parseCheckpoint(text, /^(\S+) ([0-9]+) ([0-9]+)$/);
  return (
    rows?.map((row) => ({
      topic: row[1]!,
      partition: Number(row[2]),
      offset: Number(row[3]),
    })) ?? null
  );
}

export function formatEpochStarts(entries: readonly EpochStart[]): string {
  const lines = entries.map((entry) => `${entry.epoch} ${entry.startOffset}\n`);
  return `0\n${entries.length}\n${lines.join('')}`;
}

/** Null when the text is not a whole checkpoint, or its entries are not in order. */
export function parseEpochStarts(text: string): EpochStart[] | null {
  const rows = parseCheckpoint(text, /^([0-9]+) ([0-9]+)$/);
  if (rows === null) return null;
  const entries = rows.map((row) => ({ epoch: Number(row[1]), startOffset: Number(row[2]) }));
  for (let index = 1; index < entries.length; index++) {
    const previous = entries[index - 1]!;
    const entry = entries[index]!;
    if (entry.epoch <= previous.epoch || entry.startOffset <= previous.startOffset) return null;
  }
  return entries;
}

function parseCheckpoint(text: string, row: RegExp): RegExpExecArray[] | null {
  const lines = text.split('\n');
  if (lines[0] !== '0') return null;
  const count = Number(lines[1]);
  const rows = lines.slice(2).filter((line) => line !== '');
  if (rows.length !== count) return null;
  const parsed = rows.map((line) => row.exec(line));
  return parsed.every((match) => match !== null) ? parsed : null;
}

export function formatPartitionMetadata(topicId: string): string {
  return `version: 0\ntopic_id: ${topicId}\n`;
}

/** The topic id, or null when the text is not a partition's metadata. */
export function parsePartitionMetadata(text: string): string | null {
  return /^version: 0\ntopic_id: ([A-Za-z0-9_-]{22})\n?$/.exec(text)?.[1] ?? null;
}

export async function readText(fileSystem: FileSystem, filePath: string): Promise<string | null> {
  const content = await readSmallFile(fileSystem, filePath);
  return content === null ? null : content.toString('utf8');
}
