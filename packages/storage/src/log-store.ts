import type { RecordSlice } from '@millrace/protocol';
import type { TargetCompression } from './recompression/recompressor.ts';

/**
 * `LogStore`: record batches by partition and offset. One of the two seams between one machine and many
 * (the other is `MetadataStore`). It moves bytes, never records.
 */
export interface LogStore {
  /**
   * Opens the logs of all `partitions`, recovers what an unclean stop left, and sets aside what belongs to no
   * partition in the list. Called once, before anything else.
   */
  open(partitions: readonly LogSpec[]): Promise<RecoverySummary>;
  /** Creates the empty log of a new partition, durably; gives the existing one when it is there already. */
  create(spec: LogSpec): Promise<PartitionLog>;
  get(topicId: string, partition: number): PartitionLog | undefined;
  /** Grows whenever `get` comes to answer something else, or the `leaderEpoch` of a log changes. */
  readonly version: number;
  /** Removes the log: it refuses all further calls at once; its bytes go in the background. */
  delete(topicId: string, partition: number): Promise<void>;
  /** How compaction goes; null for a store that leaves it to others. */
  readonly cleanerStatus: LogCleanerStatus | null;
  /** Makes everything durable, marks the stop as clean and closes all files. */
  close(): Promise<void>;
}

/** What there is to see of compaction, in the terms of Kafka's metrics (LogCleanerManager, LogCleaner). */
export interface LogCleanerStatus {
  /** Logs that could not be compacted, and are left alone until the next start. */
  readonly uncleanablePartitions: number;
  readonly uncleanableBytes: number;
  /** The largest dirty ratio of all logs at the last look, 0 to 1. */
  readonly maxDirtyRatio: number;
  /** How much longer than `max.compaction.lag.ms` a record had waited then, at most. */
  readonly maxCompactionDelayMs: number;
  /** Since that look; null before the first. */
  readonly timeSinceLastRunMs: number | null;
  readonly passes: number;
  /** Of the last pass: share of the key map that was used, of what was read that was written again, and its time. */
  readonly bufferUtilization: number;
  readonly recopyRatio: number;
  readonly cleanTimeMs: number;
}

export interface LogSpec {
  readonly topicId: string;
  readonly topic: string;
  readonly partition: number;
  readonly config: LogConfig;
}

/** What of a topic's configuration a log needs. Names are Kafka's topic configs in camel case. */
export interface LogConfig {
  /** `segment.bytes` */
  readonly segmentBytes: number;
  /** `segment.ms` */
  readonly segmentMs: number;
  /** `index.interval.bytes` */
  readonly indexIntervalBytes: number;
  /** `segment.index.bytes` */
  readonly segmentIndexBytes: number;
  /** `flush.messages`: 1 (our default) acknowledges after `fdatasync`; larger values as in Kafka. */
  readonly flushMessages: number;
  /** `flush.ms` */
  readonly flushMs: number;
  /** `max.message.bytes`: bound of one batch, header included. */
  readonly maxMessageBytes: number;
  /** `compression.type`: null (Kafka's "producer") stores batches as they come. */
  readonly compression: TargetCompression | null;
  /** `message.timestamp.type` */
  readonly messageTimestampType: 'CreateTime' | 'LogAppendTime';
  /** `message.timestamp.before.max.ms`; `Infinity` for no bound. */
  readonly messageTimestampBeforeMaxMs: number;
  /** `message.timestamp.after.max.ms`; `Infinity` for no bound. */
  readonly messageTimestampAfterMaxMs: number;
  /** `cleanup.policy`; with neither, records are kept for ever (KIP-1170's empty policy). */
  readonly cleanupPolicy: CleanupPolicy;
  /** `retention.ms`; `Infinity` for no bound. */
  readonly retentionMs: number;
  /** `retention.bytes`; `Infinity` for no bound. */
  readonly retentionBytes: number;
  /** `segment.jitter.ms` */
  readonly segmentJitterMs: number;
  /** `file.delete.delay.ms` */
  readonly fileDeleteDelayMs: number;
  /** `delete.retention.ms` */
  readonly deleteRetentionMs: number;
  /** `min.cleanable.dirty.ratio`, 0 to 1. */
  readonly minCleanableDirtyRatio: number;
  /** `min.compaction.lag.ms` */
  readonly minCompactionLagMs: number;
  /** `max.compaction.lag.ms`; `Infinity` for no bound. */
  readonly maxCompactionLagMs: number;
}

export interface CleanupPolicy {
  readonly delete: boolean;
  readonly compact: boolean;
}

export interface RecoverySummary {
  readonly partitions: number;
  /** False when the last stop was not clean. */
  readonly wasClean: boolean;
  /** Bytes cut from torn tails. */
  readonly truncatedBytes: number;
  /** What an operator should read: torn tails cut, damaged ranges, directories set aside. */
  readonly notices: readonly string[];
}

/** What retention let go of. */
export interface ExpiredRecords {
  readonly topic: string;
  readonly partition: number;
  readonly segments: number;
  readonly bytes: number;
  /** Where the log begins now. */
  readonly logStartOffset: number;
}

/** One partition's ordered log. All offsets are Kafka's. */
export interface PartitionLog {
  readonly topicId: string;
  readonly topic: string;
  readonly partition: number;
  /** First offset that can be read. Moves by `deleteRecordsBefore` and by retention. */
  readonly logStartOffset: number;
  /** Offset after the last durable (see `flushMessages`) record: consumers see nothing at or past it. */
  readonly highWatermark: number;
  /** `highWatermark` until transactions come; never past it. */
  readonly lastStableOffset: number;
  /** Offset that the next record gets. */
  readonly logEndOffset: number;
  readonly leaderEpoch: number;
  /** Bytes of all segments (`.log` files). */
  readonly sizeBytes: number;
  /** Bytes appended and not answered yet: what the caller bounds, since `append` itself never waits. */
  readonly pendingBytes: number;
  /** Why the log takes no records, after a write or sync that failed; null while it takes them. */
  readonly failure: string | null;

  /**
   * Validates and appends the record batches in `records` (a `records` field as it came: one or more v2
   * batches), and resolves when they are as durable as `flushMessages` asks. The order is fixed before this returns
   * its promise, and so are the offsets, unless a batch has to be recompressed first (`compression`) or comes
   * behind one. The log copies `records`, whose memory is the caller's again when this returns.
   * Never rejects for what a producer sent or a disk did: the outcome is in `AppendResult.error`.
   */
  append(records: Buffer): Promise<AppendResult>;

  /**
   * Record batches from the one that holds `offset` on, below the isolation bound, at most `maxBytes`, but at
   * least one whole batch when `minOneBatch`. The slice starts on a batch boundary; its end may cut a batch,
   * as in Kafka, only when a whole batch precedes the cut. The caller owns the slice and must release it.
   * A promise only where a file has to be read. Never rejects for what a disk did: that is in `ReadResult.error`.
   */
  read(offset: number, maxBytes: number, options: ReadOptions): ReadResult | Promise<ReadResult>;

  /**
   * Moves the log start to `offset` (−1: to the high watermark), and resolves when that is durable; before that nobody
   * sees it. An offset at or before the log start changes nothing. Bytes that nobody can read any more go in the
   * background; a slice that was given out stays readable. Never rejects (DeleteRecords, KIP-107).
   */
  deleteRecordsBefore(offset: number): Promise<DeleteRecordsResult>;

  /** The idempotent producers that the log remembers, in no particular order (DescribeProducers, KIP-664). */
  activeProducers(): readonly ActiveProducer[];

  /**
   * First record with timestamp >= `timestampMs` between log start and high watermark, or null (ListOffsets by time).
   */
  offsetForTimestamp(timestampMs: number): Promise<TimestampedOffset | null>;
  /**
   * First record with the largest timestamp between log start and high watermark, or null when none has one
   * (ListOffsets −3).
   */
  offsetForMaxTimestamp(): Promise<TimestampedOffset | null>;
  /**
   * End offset of the largest epoch that is at most `leaderEpoch` (OffsetForLeaderEpoch, KIP-320);
   * epoch −1 and offset −1 when there is none.
   */
  endOffsetForEpoch(leaderEpoch: number): {
    readonly leaderEpoch: number;
    readonly endOffset: number;
  };

  /**
   * Calls `listener` after every move of the high watermark or the log start, and once when the log is deleted or
   * fails.
   */
  onAdvance(listener: () => void): () => void;
  /** Takes effect at once for what comes after; a narrower retention also for what is there. */
  configure(config: LogConfig): void;
  /** Writes and syncs all that was appended. */
  flush(): Promise<void>;
}

export interface ReadOptions {
  readonly minOneBatch: boolean;
  readonly isolation: 'read_uncommitted' | 'read_committed';
  /**
   * The caller holds much memory already: give file parts rather than buffers where there is a file. A hint; a store
   * without files ignores it.
   */
  readonly preferFile?: boolean;
}

/** Errors are Kafka's codes (`ErrorCode` of `@millrace/protocol`); NONE is 0. */
export interface AppendResult {
  readonly error: number;
  /** What happened and what was expected; null when there is no error. */
  readonly errorMessage: string | null;
  /** Offset of the first record; −1 with an error; the original one for a duplicate. */
  readonly baseOffset: number;
  /** Broker time with LogAppendTime, else −1. */
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  /** The records that a batch was refused for, where single ones are to blame (KIP-467). */
  readonly recordErrors?: readonly RecordError[];
}

/** A record that made its batch be refused. */
export interface RecordError {
  /** Its place in the batch, from 0 on. */
  readonly index: number;
  readonly message: string;
}

export interface DeleteRecordsResult {
  /**
   * NONE; OFFSET_OUT_OF_RANGE past the high watermark; UNKNOWN_TOPIC_OR_PARTITION when the log was deleted;
   * KAFKA_STORAGE_ERROR when it could not be made durable, and then a restart may find the records gone or not.
   */
  readonly error: number;
  /** The log start afterwards; −1 with an error. */
  readonly logStartOffset: number;
}

/** What a log remembers of one producer. */
export interface ActiveProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Of the last batch in this epoch. */
  readonly lastSequence: number;
  /** The last batch's largest timestamp. */
  readonly lastTimestampMs: number;
}

export interface ReadResult {
  readonly error: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly records: RecordSlice;
}

export interface TimestampedOffset {
  readonly offset: number;
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}
