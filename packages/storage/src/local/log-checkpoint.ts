import type { FileSystem } from '../file-system.ts';
import { ActiveIndexFiles, type IndexBytes } from './active-index-files.ts';
import { messageOf } from './disk-errors.ts';
import type { LeaderEpochs } from './leader-epochs.ts';
import type { CheckpointedLog, LogCheckpoints } from './log-checkpoints.ts';
import { writeProducerSnapshot } from './log-files.ts';
import { LOG_SUFFIX } from './log-names.ts';
import type { LogState } from './log-summary.ts';
import type { LogWriter } from './log-writer.ts';
import { producersBefore } from './pending-append.ts';
import { encodeProducerSnapshot } from './producer-snapshot.ts';
import type { ProducerEntry, ProducerStates } from './producer-states.ts';
import type { Segment, SegmentList } from './segment.ts';

/** A checkpoint follows after so many bytes: what an unclean start reads of a log, if the disk keeps up. */
const CHECKPOINT_BYTES = 32 * 1024 * 1024;
/** A log with more producers has no summary: those of thousands of logs are in memory and in one file. */
const MAX_SUMMARIZED_PRODUCERS = 16;

/** What the checkpoints need of their log. */
export interface CheckpointParts {
  readonly topic: string;
  readonly partition: number;
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly checkpoints: LogCheckpoints;
  readonly onNotice: (notice: string) => void;
  /** The log is not as its summary says. */
  readonly noteChanged: () => void;
  readonly segments: SegmentList;
  readonly producers: ProducerStates;
  readonly writer: LogWriter;
}

/** What a summary needs of the log beside what the checkpoints know. */
export interface SummaryParts {
  readonly topicId: string;
  readonly epochs: LeaderEpochs;
  readonly isSaved: boolean;
}

/** A log at one moment between two rounds, when all of it was synced. */
interface SyncedState {
  readonly offset: number;
  readonly bytes: number;
  readonly index: IndexBytes;
  readonly producers: readonly ProducerEntry[];
}

/**
 * The checkpoints of one log, and what a roll or a clean stop saves of it. The state of a checkpoint is taken in one
 * step between two rounds of the writer, and written beside what the writer does then.
 */
export class LogCheckpoint implements CheckpointedLog {
  readonly #log: CheckpointParts;
  /** Of the active segment. */
  #indexFiles: ActiveIndexFiles;
  /** Written since the last state was taken. */
  #bytes = 0;
  #isWanted = false;
  #state: SyncedState | null = null;
  /** Settles, without an error, when no state is being written. */
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;

  /** `uncheckpointedBytes`: of the log, behind its recovery point. */
  constructor(log: CheckpointParts, indexFiles: ActiveIndexFiles, uncheckpointedBytes: number) {
    this.#log = log;
    this.#indexFiles = indexFiles;
    this.#add(uncheckpointedBytes);
  }

  /** A round has ended, in which `bytes` were written, or the last one has come to rest. */
  noteRound(bytes: number): void {
    this.#add(bytes);
    if (this.#bytes >= CHECKPOINT_BYTES) this.#isWanted = true;
    if (this.#isWanted && this.#log.writer.isSynced && !this.#isStopped) this.#take();
  }

  requestCheckpoint(): void {
    if (this.#isStopped || this.#bytes === 0) return;
    this.#isWanted = true;
    const { writer } = this.#log;
    if (writer.isIdle && writer.isSynced) this.#take();
  }

  get #isStopped(): boolean {
    return this.#log.writer.refusal !== null;
  }

  #add(bytes: number): void {
    if (bytes === 0) return;
    if (this.#bytes === 0) {
      this.#log.checkpoints.noteDirty(this);
      this.#log.noteChanged();
    }
    this.#bytes += bytes;
  }

  /** Entries of an index are never changed, nor are those of producers, so the state needs no copy. */
  #take(): void {
    const { segments, writer, producers, checkpoints } = this.#log;
    const { segment, index } = segments.active;
    this.#state = {
      offset: segment.nextOffset,
      bytes: this.#bytes + (this.#state?.bytes ?? 0),
      index: { offsets: index.offsetBytes(), times: index.timeBytes() },
      producers: producersBefore(writer.waiting, producers),
    };
    this.#bytes = 0;
    this.#isWanted = false;
    checkpoints.write(this);
  }

  async writeCheckpoint(): Promise<void> {
    const state = this.#state;
    this.#state = null;
    if (state === null || this.#isStopped) return;
    this.#isWriting = true;
    this.#writing = this.#write(state).finally(() => {
      this.#isWriting = false;
    });
    await this.#writing;
  }

  async #write(state: SyncedState): Promise<void> {
    const { fileSystem, directory } = this.#log;
    const { offset, producers } = state;
    try {
      await this.#indexFiles.save(state.index, false);
      await writeProducerSnapshot(fileSystem, directory, offset, producers);
    } catch (error) {
      this.#log.onNotice(`No checkpoint of ${directory} could be written: ${messageOf(error)}`);
      this.#add(state.bytes);
      return;
    }
    this.#raise(offset);
  }

  #raise(offset: number): void {
    const { topic, partition, checkpoints } = this.#log;
    // Of a log that is deleted nothing must stay, and one that failed is read anew.
    if (!this.#isStopped) checkpoints.raise({ topic, partition, offset });
  }

  /**
   * Completes the files of the active segment's index, and writes a snapshot of the producers as of `offset`, which is
   * synced; the directory is the caller's to sync. Not while a round is under way.
   */
  async save(offset: number): Promise<void> {
    await this.stop();
    const { segments, writer, producers, fileSystem, directory } = this.#log;
    const { index } = segments.active;
    index.seal();
    await this.#indexFiles.save({ offsets: index.offsetBytes(), times: index.timeBytes() }, true);
    const entries = producersBefore(writer.waiting, producers);
    await writeProducerSnapshot(fileSystem, directory, offset, entries);
  }

  /** The log as it is, where all of it is durable, at rest, and as a start would find it; else null. */
  summarize(parts: SummaryParts): LogState | null {
    const { segments, producers, writer } = this.#log;
    const isAtRest = writer.isIdle && writer.isSynced && this.#bytes === 0 && this.#state === null;
    if (!isAtRest || this.#isWriting || producers.size > MAX_SUMMARIZED_PRODUCERS) return null;
    if (!segments.all.every(isPlain)) return null;
    const { segment, index } = segments.active;
    // The stand-in of an index that was not read has the state of what stands in the files.
    if (segments.isReady && !this.#indexFiles.hold(index)) return null;
    const entries = [...producers.entries()];
    return {
      ...{ topicId: parts.topicId, isSaved: parts.isSaved },
      segments: segments.all.map(({ baseOffset, sizeBytes }) => [baseOffset, sizeBytes]),
      endOffset: segment.nextOffset,
      epochs: parts.epochs.starts.map(({ epoch, startOffset }) => [epoch, startOffset]),
      index: { ...this.#indexFiles.sizes, ...index.state },
      firstTimestampMs: segment.firstTimestampMs,
      producers: entries.length === 0 ? '' : encodeProducerSnapshot(entries).toString('base64'),
    };
  }

  /** The active segment, which was saved, is another one now. */
  noteRoll(): void {
    const { segments, fileSystem } = this.#log;
    const { segment } = segments.active;
    this.#indexFiles = new ActiveIndexFiles(fileSystem, segment);
    this.#raise(segment.baseOffset);
  }

  /** No checkpoint is written until after the next round; resolves when none is being written. */
  async stop(): Promise<void> {
    this.#state = null;
    this.#bytes = 0;
    this.#isWanted = false;
    this.#log.checkpoints.forget(this);
    await this.#writing;
  }
}

/** Nothing is known of the segment that its file and name do not tell. */
function isPlain(segment: Segment): boolean {
  const { damage, moving, filePath, sizeBytes, readableBytes } = segment;
  const isWhole = damage.length === 0 && readableBytes === sizeBytes;
  return isWhole && moving === null && filePath.endsWith(LOG_SUFFIX);
}
