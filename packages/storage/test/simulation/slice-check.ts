import { batchHeader, checkBatch, type RecordSlice } from '@millrace/protocol';
import { nextOffsetOf } from './model-batch.ts';
import type { ModelLog } from './model-log.ts';
import type { SeededRandom } from './seeded-random.ts';
import { expect } from './simulation-failure.ts';

/** All bytes of a slice, in pieces of a size that chance picks. The caller releases it. */
export async function bytesOf(slice: RecordSlice, random: SeededRandom): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const part of slice.parts) {
    if (Buffer.isBuffer(part)) {
      parts.push(part);
      continue;
    }
    const bytes = Buffer.alloc(part.sizeBytes);
    const pieceBytes = random.pick([50, 1000, 100_000]);
    for (let done = 0; done < bytes.length; ) {
      const length = Math.min(pieceBytes, bytes.length - done);
      done += await part.read(bytes, done, length, done);
    }
    parts.push(bytes);
  }
  const bytes = Buffer.concat(parts);
  expect(bytes.length === slice.sizeBytes, () => `a slice of ${slice.sizeBytes} bytes has others`);
  return bytes;
}

/** The whole batch at `at`: its size, or null when the bytes end before it does, as the last of a slice may. */
export function wholeBatchBytes(bytes: Buffer, at: number): number | null {
  if (bytes.length - at < 12) return null;
  const sizeBytes = batchHeader.batchSizeBytes(bytes, at);
  return sizeBytes > bytes.length - at ? null : sizeBytes;
}

/**
 * Checks what a fetch at `offset` gave: the batch that holds it, then the next ones, each as it was appended or compacted,
 * up to `highWatermark` and no further; the last one may be cut. Damage may only be there where a client finds it out.
 */
export function checkFetched(
  log: ModelLog,
  bytes: Buffer,
  offset: number,
  highWatermark: number,
  nowMs: number,
): void {
  let next = offset;
  for (let at = 0; at < bytes.length; ) {
    const sizeBytes = wholeBatchBytes(bytes, at);
    if (log.mayMeetDamage(next) && isFoundOut(bytes, at)) return;
    if (sizeBytes === null) {
      expect(at > 0, () => `${log.name}: a read at ${offset} gave less than one batch`);
      return;
    }
    const base = batchHeader.baseOffset(bytes, at);
    // Torn from its base offset, which no CRC covers: a client passes over what lies behind it.
    if (base < next && at > 0 && log.isBehindDamage(next)) return;
    if (base > next && log.wasCompacted) log.passOver(next, base, nowMs);
    const batch = log.batchAt(log.wasCompacted ? Math.max(next, base) : next);
    expect(batch !== undefined, () => `${log.name}: a read at ${next} gave what nobody appended`);
    const difference = log.differenceTo(bytes, at, batch, nowMs);
    expect(difference === null, () => `${log.name}: at ${batch.baseOffset} there is ${difference}`);
    next = nextOffsetOf(batch);
    expect(
      next <= highWatermark,
      () => `${log.name}: a read gave ${next - 1}, past the high watermark ${highWatermark}`,
    );
    at += sizeBytes;
  }
}

/** Whether a client that gets these bytes learns that they are not what was sent, or has too few to tell. */
function isFoundOut(bytes: Buffer, at: number): boolean {
  return checkBatch(bytes, at, bytes.length) !== null;
}
