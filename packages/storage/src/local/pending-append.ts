import type { AppendResult, RecordError } from '../log-store.ts';
import type { ProducerEntry, ProducerStates } from './producer-states.ts';
import type { KeptRecords } from './record-memory.ts';

/** What a producer's state was before an append, so that a failed one can be undone. */
export interface ProducerUndo {
  readonly producerId: number;
  readonly previous: ProducerEntry | undefined;
}

/**
 * Something that waits in a log's queue: an append with its offsets assigned, a duplicate that waits until its
 * original is durable, or a flush. The last two write nothing: their `records` are null.
 */
export interface PendingAppend {
  readonly records: KeptRecords | null;
  /** First offset, and the offset after the last; both the log's end where nothing is written. */
  readonly baseOffset: number;
  readonly nextOffset: number;
  /** Largest timestamp of its batches. */
  readonly maxTimestampMs: number;
  /** Whether it asks for a sync, whatever `flush.messages` says. */
  readonly mustSync: boolean;
  /** Whether it asks for the active segment, when that holds something, to be closed before it. */
  readonly mustRoll: boolean;
  readonly undo: ProducerUndo | null;
  /** The answer when all went well. */
  readonly success: AppendResult;
  readonly resolve: (result: AppendResult) => void;
}

/** Why an append is refused. */
export interface Refusal {
  /** One of Kafka's codes. */
  readonly error: number;
  readonly message: string;
  /** The records it is for, where single ones are to blame. */
  readonly recordErrors?: readonly RecordError[];
}

/** An answer with an error never carries an offset. */
export function refusedAppend(refusal: Refusal, logStartOffset: number): AppendResult {
  return {
    error: refusal.error,
    errorMessage: refusal.message,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset,
    ...(refusal.recordErrors === undefined ? {} : { recordErrors: refusal.recordErrors }),
  };
}

/** The producers as they were before the first of `waiting`, which is not in the log yet. */
export function producersBefore(
  waiting: readonly PendingAppend[],
  producers: ProducerStates,
): ProducerEntry[] {
  const earlier = new Map<number, ProducerEntry | undefined>();
  for (const { undo } of waiting.toReversed()) {
    if (undo !== null) earlier.set(undo.producerId, undo.previous);
  }
  const entries: ProducerEntry[] = [];
  for (const entry of producers.entries()) {
    if (!earlier.has(entry.producerId)) entries.push(entry);
  }
  for (const entry of earlier.values()) if (entry !== undefined) entries.push(entry);
  return entries;
}
