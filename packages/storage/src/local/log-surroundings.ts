import type { Clock, NextTurn } from '../clock.ts';
import type { FileSystem } from '../file-system.ts';
import type { ExpiredRecords } from '../log-store.ts';
import type { Recompressor } from '../recompression/recompressor.ts';
import type { PartitionOffset } from './checkpoint-files.ts';
import type { IndexCache } from './index-cache.ts';
import type { LocalLog } from './local-log.ts';
import type { LogCheckpoints } from './log-checkpoints.ts';
import type { OpenFiles } from './open-files.ts';
import type { PageCache } from './page-cache.ts';
import type { ReadAhead } from './read-ahead.ts';

/** What all logs of a store share. */
export interface LogSurroundings {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly nextTurn: NextTurn;
  readonly pageCache: PageCache;
  readonly openFiles: OpenFiles;
  /** Of active segments. */
  readonly activeFiles: OpenFiles;
  readonly indexes: IndexCache;
  readonly readAhead: ReadAhead;
  readonly recompressor: Recompressor;
  readonly producerIdExpirationMs: number;
  readonly onNotice: (notice: string) => void;
  readonly onExpired: (expired: ExpiredRecords) => void;
  readonly checkpoints: LogCheckpoints;
  /** The log is not as its summary says. */
  readonly noteChanged: (log: LocalLog) => void;
  /** The log's retention has become narrower, or may have. */
  readonly onRetentionChange: (log: LocalLog) => void;
  /** Resolves when the log is not being compacted any more; it is stopped, so that it is not begun anew. */
  readonly abandonCleaning: (log: LocalLog) => Promise<void>;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
  /** Resolves when the log's start is durable. */
  readonly keepLogStart: (start: PartitionOffset) => Promise<void>;
}
