import { BATCH_HEADER_BYTES, batchHeader, checkBatchHeader } from '@millrace/protocol';
import { type OpenFile, readFully } from '../file-system.ts';
import { DamagedLogError } from './log-reader.ts';

/**
 * Reads the bytes from `start` to `end` of a segment in pieces of whole batches, each at most `chunkBytes` but with one
 * batch at least, and each the whole of its memory, so that it can be given away. Reads one piece ahead. Throws
 * `DamagedLogError` where no batch can follow.
 */
export async function* batchChunks(
  file: OpenFile,
  start: number,
  end: number,
  chunkBytes: number,
): AsyncGenerator<Buffer> {
  let position = start;
  let ahead = readChunk(file, position, end, chunkBytes);
  try {
    while (position < end) {
      const chunk = await ahead;
      position += chunk.length;
      ahead = readChunk(file, position, end, chunkBytes);
      // It is looked at later, or never when the consumer stops here.
      ahead.catch(() => {});
      yield chunk;
    }
  } finally {
    // The file may be closed after this.
    await ahead.catch(() => {});
  }
}

async function readChunk(
  file: OpenFile,
  position: number,
  end: number,
  chunkBytes: number,
): Promise<Buffer> {
  // A header at least, or there is no telling how much its batch needs.
  const length = Math.min(Math.max(chunkBytes, BATCH_HEADER_BYTES), end - position);
  if (length === 0) return Buffer.alloc(0);
  const buffer = Buffer.allocUnsafeSlow(length);
  await readFully(file, buffer, 0, length, position);
  const { wholeBytes, neededBytes } = measure(buffer, position, end);
  if (wholeBytes === length) return buffer;
  if (wholeBytes > 0) return ownCopy(buffer.subarray(0, wholeBytes));
  const larger = Buffer.allocUnsafeSlow(neededBytes);
  await readFully(file, larger, 0, neededBytes, position);
  return larger;
}

/** Bytes of the whole batches in the buffer, and what the first one needs when that is none. */
function measure(buffer: Buffer, position: number, end: number) {
  let at = 0;
  let sizeBytes = BATCH_HEADER_BYTES;
  while (at + BATCH_HEADER_BYTES <= buffer.length) {
    const problem = checkBatchHeader(buffer, at, at + end - (position + at));
    if (problem !== null) throw damaged(position + at, problem);
    sizeBytes = batchHeader.batchSizeBytes(buffer, at);
    if (at + sizeBytes > buffer.length) break;
    at += sizeBytes;
  }
  const left = end - (position + at);
  if (left > 0 && left < BATCH_HEADER_BYTES) {
    throw damaged(position + at, `Only ${left} bytes are left, less than a batch header.`);
  }
  return { wholeBytes: at, neededBytes: sizeBytes };
}

function damaged(position: number, problem: string): DamagedLogError {
  return new DamagedLogError(`damaged at byte ${position}: ${problem}`);
}

function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
