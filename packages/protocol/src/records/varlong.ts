// Zigzag varints as record batches use them: seven bits a byte, lowest first. The int32 and the int64 form of a
// value are the same bytes, so one pair of functions serves both.

/** Bytes that `writeVarlong` takes for a safe integer: 1 to 8. */
export function varlongBytes(value: number): number {
  let bytes = 1;
  let rest = Math.floor(magnitude(value) / 0x40);
  for (; rest > 0; rest = Math.floor(rest / 0x80)) bytes++;
  return bytes;
}

/** Writes a safe integer at `at` and gives the position after it. The caller made sure of the room. */
export function writeVarlong(buffer: Buffer, at: number, value: number): number {
  // The zigzag form has one bit more than a number holds exactly: the sign goes straight into the first byte.
  const whole = magnitude(value);
  let byte = (whole % 0x40) * 2 + (value < 0 ? 1 : 0);
  let next = at;
  for (let rest = Math.floor(whole / 0x40); rest > 0; rest = Math.floor(rest / 0x80)) {
    buffer[next++] = byte | 0x80;
    byte = rest % 0x80;
  }
  buffer[next++] = byte;
  return next;
}

/** What zigzag encoding doubles: 0, 1, 2 for 0, 1, 2 and for −1, −2, −3. */
function magnitude(value: number): number {
  return value < 0 ? -(value + 1) : value;
}
