import * as path from 'node:path';
import type { FileSystem } from '../file-system.ts';
import {
  CLEAN_SHUTDOWN_FILE,
  CLEANER_OFFSET_FILE,
  formatPartitionOffsets,
  LOG_START_FILE,
  type PartitionOffset,
  parsePartitionOffsets,
  RECOVERY_POINT_FILE,
  readText,
  replaceFile,
} from './checkpoint-files.ts';
import { removeFile } from './log-files.ts';

/** The files that stand beside the logs' directories and speak of all of them. */
export class StoreCheckpoints {
  readonly #fileSystem: FileSystem;
  readonly #dataDir: string;

  constructor(fileSystem: FileSystem, dataDir: string) {
    this.#fileSystem = fileSystem;
    this.#dataDir = dataDir;
  }

  /** Whether the last stop was clean. The mark is taken away, so that only another clean stop brings it back. */
  async takeCleanMark(): Promise<boolean> {
    const markPath = path.join(this.#dataDir, CLEAN_SHUTDOWN_FILE);
    const isClean = (await readText(this.#fileSystem, markPath)) !== null;
    if (!isClean) return false;
    await removeFile(this.#fileSystem, markPath);
    await this.#fileSystem.syncDirectory(this.#dataDir);
    return true;
  }

  /** Kafka's content of the mark: a version and the broker's epoch, which only a cluster has. */
  async writeCleanMark(): Promise<void> {
    const markPath = path.join(this.#dataDir, CLEAN_SHUTDOWN_FILE);
    await replaceFile(this.#fileSystem, markPath, '{"version":0,"brokerEpoch":-1}');
  }

  readRecoveryPoints(): Promise<readonly PartitionOffset[]> {
    return this.#read(RECOVERY_POINT_FILE);
  }

  writeRecoveryPoints(offsets: readonly PartitionOffset[]): Promise<void> {
    return this.#write(RECOVERY_POINT_FILE, offsets);
  }

  async removeRecoveryPoints(): Promise<void> {
    await removeFile(this.#fileSystem, path.join(this.#dataDir, RECOVERY_POINT_FILE));
    await this.#fileSystem.syncDirectory(this.#dataDir);
  }

  readLogStarts(): Promise<readonly PartitionOffset[]> {
    return this.#read(LOG_START_FILE);
  }

  /** As in Kafka only those that begin after 0. */
  writeLogStarts(offsets: readonly PartitionOffset[]): Promise<void> {
    return this.#write(
      LOG_START_FILE,
      offsets.filter((entry) => entry.offset > 0),
    );
  }

  readCleanerOffsets(): Promise<readonly PartitionOffset[]> {
    return this.#read(CLEANER_OFFSET_FILE);
  }

  writeCleanerOffsets(offsets: readonly PartitionOffset[]): Promise<void> {
    return this.#write(CLEANER_OFFSET_FILE, offsets);
  }

  /** A file that is missing or damaged says nothing: the logs are checked from their first segment then. */
  async #read(name: string): Promise<readonly PartitionOffset[]> {
    const text = await readText(this.#fileSystem, path.join(this.#dataDir, name));
    return (text === null ? null : parsePartitionOffsets(text)) ?? [];
  }

  async #write(name: string, offsets: readonly PartitionOffset[]): Promise<void> {
    const content = formatPartitionOffsets(offsets);
    await replaceFile(this.#fileSystem, path.join(this.#dataDir, name), content);
  }
}
