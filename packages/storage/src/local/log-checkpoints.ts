import type { Clock } from '../clock.ts';
import type { PartitionOffset } from './checkpoint-files.ts';
import { messageOf } from './disk-errors.ts';
import { inParallel } from './parallel-logs.ts';
import type { SharedOffsets } from './shared-offsets.ts';

/** Kafka's `log.flush.offset.checkpoint.interval.ms`: what was synced for longer is not read again after a crash. */
const INTERVAL_MS = 60_000;
/**
 * Logs that the timer has checkpointed at a time, those first that wait longest: each costs up to four syncs, and where
 * thousands are written to, these must not take the disk from the records.
 */
const MAX_LOGS_AN_INTERVAL = 1000;

/** A log as far as its checkpoints are concerned. */
export interface CheckpointedLog {
  /** Has `LogCheckpoints.write` called with the next state of the log that is synced, now or later. */
  requestCheckpoint(): void;
  /** Writes the state that was taken, durably, and raises the recovery point. Never rejects. */
  writeCheckpoint(): Promise<void>;
}

/**
 * Moves the recovery points of logs inside their active segments, so that an unclean start reads only what was
 * written last. A checkpoint is the index of the active segment and a snapshot of the producers, durable before the
 * recovery point; those of many logs share one write of the recovery points. Idle logs cost nothing.
 */
export class LogCheckpoints {
  readonly #clock: Clock;
  readonly #recoveryPoints: SharedOffsets;
  readonly #onNotice: (notice: string) => void;
  /** Written to since their last checkpoint, longest first. Bounded by the number of logs, as is the other. */
  readonly #dirty = new Set<CheckpointedLog>();
  /** Those whose state has been taken. */
  readonly #ready = new Set<CheckpointedLog>();
  #hasNewPoints = false;
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #isStopped = false;

  constructor(clock: Clock, recoveryPoints: SharedOffsets, onNotice: (notice: string) => void) {
    this.#clock = clock;
    this.#recoveryPoints = recoveryPoints;
    this.#onNotice = onNotice;
  }

  /** From now on logs that were written to are checkpointed every minute. */
  start(): void {
    this.#cancelTimer = this.#clock.schedule(INTERVAL_MS, () => {
      this.#requestDue();
      this.start();
    });
  }

  /** The log has been written to behind its recovery point. */
  noteDirty(log: CheckpointedLog): void {
    this.#dirty.add(log);
  }

  #requestDue(): void {
    let count = 0;
    for (const log of [...this.#dirty]) {
      if (count++ === MAX_LOGS_AN_INTERVAL) break;
      // It goes to the end, and stays there until its state can be taken.
      this.#dirty.delete(log);
      this.#dirty.add(log);
      log.requestCheckpoint();
    }
  }

  /** The log's state has been taken, and all that is synced with it. */
  write(log: CheckpointedLog): void {
    this.#dirty.delete(log);
    this.#ready.add(log);
    this.#wake();
  }

  /** What lets the next start trust the log up to here is durable. */
  raise(point: PartitionOffset): void {
    this.#recoveryPoints.raise(point);
    this.#hasNewPoints = true;
    this.#wake();
  }

  /** There is nothing to write for it, until it is dirty again. */
  forget(log: CheckpointedLog): void {
    this.#dirty.delete(log);
    this.#ready.delete(log);
  }

  /** Begins no more; resolves when nothing is being written. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }

  #wake(): void {
    if (!this.#isStopped) this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped && (this.#hasNewPoints || this.#ready.size > 0)) {
      const logs = [...this.#ready];
      this.#ready.clear();
      try {
        await inParallel(logs, (log) => log.writeCheckpoint());
        this.#hasNewPoints = false;
        await this.#recoveryPoints.settle();
      } catch (error) {
        // Only the next recovery takes longer for it.
        this.#onNotice(`The recovery points could not be written: ${messageOf(error)}`);
      }
    }
    this.#running = null;
  }
}
