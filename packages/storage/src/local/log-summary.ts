import { crc32c } from '@millrace/protocol';
import type { IndexState } from './segment-index.ts';

/**
 * What a start has to know of a log in order to serve it without reading its directory. True as long as the directory's
 * names have not changed since and the active segment has the same size: a log is written in no other way.
 */
export interface LogSummary extends LogState {
  /** When the names in the log's directory last changed, as the file system has it. */
  readonly directoryModifiedMs: number;
  /**
   * Whether that was long enough ago for a later change to have another time. Else the summary counts after a clean stop
   * only.
   */
  readonly isSettled: boolean;
}

/** A log at rest, all of which is durable. */
export interface LogState {
  readonly topicId: string;
  /** Base offset and size of each segment, oldest first; the last is the active one. */
  readonly segments: readonly (readonly [baseOffset: number, sizeBytes: number])[];
  readonly endOffset: number;
  /** Epoch and start offset of each leader epoch. */
  readonly epochs: readonly (readonly [epoch: number, startOffset: number])[];
  readonly index: IndexSummary;
  readonly firstTimestampMs: number | null;
  /** A producer snapshot in base64; empty when no producer is known. */
  readonly producers: string;
  /** The files that a clean stop leaves are there. */
  readonly isSaved: boolean;
}

/** The active segment's index, of which the entries stand in its files. */
export interface IndexSummary extends IndexState {
  readonly offsetBytes: number;
  readonly timeBytes: number;
}

const HEADER = /^millrace-log-manifest 1 ([0-9a-f]{8})\n/;

/** One line for each log, by the name of its directory, behind a CRC over all of them. */
export function formatManifest(lines: Iterable<string>): Buffer {
  const body = Buffer.from([...lines].join('\n'), 'utf8');
  const crc = crc32c(body, 0).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`millrace-log-manifest 1 ${crc}\n`), body]);
}

export function formatSummary(name: string, summary: LogSummary): string {
  return JSON.stringify([name, summary]);
}

/** By directory name. Empty where the content is not a whole manifest. */
export function parseManifest(content: Buffer): Map<string, LogSummary> {
  const header = HEADER.exec(content.toString('latin1', 0, 64));
  if (header === null) return new Map();
  const body = content.subarray(header[0].length);
  if (crc32c(body, 0) !== Number.parseInt(header[1]!, 16)) return new Map();
  // The CRC has passed, so the lines are as they were written.
  const lines = body.toString('utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as readonly [name: string, LogSummary]),
  );
}
