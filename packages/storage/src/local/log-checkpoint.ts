import type { FileSystem } from '../file-system.ts';
import { ActiveIndexFiles, type IndexBytes } from './active-index-files.ts';
import { messageOf } from './disk-errors.ts';
import type { CheckpointedLog, LogCheckpoints } from './log-checkpoints.ts';
import { writeProducerSnapshot } from './log-files.ts';
import type { LogWriter } from './log-writer.ts';
import { producersBefore } from './pending-append.ts';
import type { ProducerEntry, ProducerStates } from './producer-states.ts';
import type { SegmentList } from './segment.ts';

/** A checkpoint follows after so many bytes: what an unclean start reads of a log, if the disk keeps up. */
const CHECKPOINT_BYTES = 32 * 1024 * 1024;

/** What the checkpoints need of their log. */
export interface CheckpointParts {
  readonly topic: string;
  readonly partition: number;
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly checkpoints: LogCheckpoints;
  readonly onNotice: (notice: string) => void;
  readonly segments: SegmentList;
  readonly producers: ProducerStates;
  readonly writer: LogWriter;
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
    if (this.#bytes === 0) this.#log.checkpoints.noteDirty(this);
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
    this.#writing = this.#write(state);
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
