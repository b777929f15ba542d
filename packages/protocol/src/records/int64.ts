/**
 * int64 as a `number`, without a BigInt in between. A value past 2^53 − 1 comes back rounded, and
 * `Number.isSafeInteger` is false for it: no such value rounds into the safe range. The caller decides whether
 * that is an error.
 */
export function readInt64(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * 0x1_0000_0000 + buffer.readUInt32BE(at + 4);
}

/** Writes a safe integer as int64; throws RangeError for any other number. */
export function writeInt64(buffer: Buffer, at: number, value: number): void {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(
      `${value} is not an integer within 2^53 - 1, so it cannot be written as int64`,
    );
  }
  const high = Math.floor(value / 0x1_0000_0000);
  buffer.writeInt32BE(high, at);
  buffer.writeUInt32BE(value - high * 0x1_0000_0000, at + 4);
}
