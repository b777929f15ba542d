import { BATCH_HEADER_BYTES, batchHeader, checkBatch, checkBatchHeader } from '@millrace/protocol';
import type { OpenFile } from '../file-system.ts';
import { readFully } from '../file-system.ts';

/** Why a scan ended where it did. */
export interface ScanEnd {
  /** Of the batch that the scan did not go past; the end of the range when all of it was scanned. */
  readonly position: number;
  /** Null, or what is wrong with the bytes at `position`. */
  readonly problem: string | null;
}

export interface ScanRange {
  readonly start: number;
  readonly end: number;
  /** Bytes read at once: small to find one batch, large to go through a file. */
  readonly chunkBytes: number;
  /** Whether every batch is read whole and its CRC checked, or only its header. */
  readonly whole: boolean;
}

/**
 * Sees one batch, whose header (with `whole`: all of it) starts at `at` in `buffer`, and which stands at `position`
 * in the file. `buffer` is used again after the call. False ends the scan before this batch.
 */
export type BatchVisitor = (
  buffer: Buffer,
  at: number,
  position: number,
  sizeBytes: number,
) => boolean;

/**
 * Goes through the batches of a file in order, reading in chunks. Memory is one chunk, or with `whole` one batch
 * where that is larger (never more than the range holds). A read that fails rejects.
 */
export async function scanBatches(
  file: OpenFile,
  range: ScanRange,
  visit: BatchVisitor,
): Promise<ScanEnd> {
  let buffer = Buffer.allocUnsafe(Math.min(range.chunkBytes, range.end - range.start));
  let chunkStart = range.start;
  let chunkBytes = 0;
  let position = range.start;
  while (position < range.end) {
    const wanted = neededBytes(
      buffer,
      position - chunkStart,
      chunkBytes,
      range.end - position,
      range.whole,
    );
    if (position - chunkStart + wanted > chunkBytes) {
      const left = range.end - position;
      // A batch cut at the end of the range needs no more than what is left of it.
      if (wanted > left) return { position, problem: cutProblem(wanted, left) };
      if (wanted > buffer.length) buffer = Buffer.allocUnsafe(wanted);
      chunkStart = position;
      chunkBytes = Math.min(buffer.length, left);
      await readFully(file, buffer, 0, chunkBytes, chunkStart);
      continue;
    }
    const at = position - chunkStart;
    // In a scan of headers the batch may end past the chunk: its bounds are those of the file.
    const problem = range.whole
      ? checkBatch(buffer, at, Math.min(chunkBytes, at + range.end - position))
      : checkBatchHeader(buffer, at, at + range.end - position);
    if (problem !== null) return { position, problem };
    const sizeBytes = batchHeader.batchSizeBytes(buffer, at);
    if (!visit(buffer, at, position, sizeBytes)) return { position, problem: null };
    position += sizeBytes;
  }
  return { position, problem: null };
}

/** Bytes of the batch at `at` that must be in the buffer before it can be looked at. */
function neededBytes(
  buffer: Buffer,
  at: number,
  chunkBytes: number,
  leftBytes: number,
  whole: boolean,
): number {
  if (!whole || at + BATCH_HEADER_BYTES > chunkBytes) return BATCH_HEADER_BYTES;
  const sizeBytes = batchHeader.batchSizeBytes(buffer, at);
  // A length that cannot be right is for the check to find; it must not decide how much memory is taken.
  return sizeBytes < BATCH_HEADER_BYTES || sizeBytes > leftBytes ? BATCH_HEADER_BYTES : sizeBytes;
}

function cutProblem(wantedBytes: number, leftBytes: number): string {
  return `Only ${leftBytes} bytes are left, and a batch header has ${wantedBytes}.`;
}
