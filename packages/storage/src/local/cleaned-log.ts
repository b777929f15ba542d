import type { FileSystem } from '../file-system.ts';
import type { LogConfig } from '../log-store.ts';
import type { IndexCache } from './index-cache.ts';
import type { CleanedLog } from './log-cleaning.ts';
import type { LogReader } from './log-reader.ts';
import type { LogStart } from './log-start.ts';
import type { OpenFiles } from './open-files.ts';
import type { ProducerStates } from './producer-states.ts';
import { replaceSegments, type SwappedLog } from './replace-segments.ts';
import type { Segment, SegmentList } from './segment.ts';

/** What a log is made of, as far as compaction touches it. */
export interface CleanedLogParts {
  readonly fileSystem: FileSystem;
  readonly openFiles: OpenFiles;
  readonly indexes: IndexCache;
  readonly directory: string;
  readonly segments: SegmentList;
  readonly start: LogStart;
  readonly reader: LogReader;
  readonly producers: ProducerStates;
  readonly log: {
    readonly config: LogConfig;
    readonly logEndOffset: number;
    readonly lastStableOffset: number;
  };
  /** The list holds the new segment now. */
  replaced(old: readonly Segment[], cleaned: Segment): void;
}

/** A log as compaction sees it. */
export function cleanedLog(parts: CleanedLogParts): CleanedLog {
  const { log, segments, start, reader, producers } = parts;
  const swapped: SwappedLog = { ...parts, deleted: start.deleted };
  return {
    directory: parts.directory,
    get config() {
      return log.config;
    },
    get segments() {
      return segments.all;
    },
    get logStartOffset() {
      return start.offset;
    },
    get logEndOffset() {
      return log.logEndOffset;
    },
    get lastStableOffset() {
      return log.lastStableOffset;
    },
    timestampOf: (segment) => start.timestampOf(segment),
    firstTimestampOf: (segment) => reader.firstTimestampOf(segment),
    lastOffsets: () => producers.lastOffsets(),
    openFile: (segment) => reader.openFile(segment),
    indexOf: (segment) => reader.indexOf(segment),
    replaceSegments: (old, cleaned) => replaceSegments(swapped, old, cleaned),
  };
}
