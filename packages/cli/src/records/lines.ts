import { CommandError } from '../command/errors.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Cuts a stream into lines, without their ends (`\n` or `\r\n`); a last line without an end counts. Holds one line and one
 * chunk at most. Throws CommandError for a line of more than `maxBytes`.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
): AsyncGenerator<readonly Buffer[]> {
  /** Pieces of the line that goes on in the next chunk. */
  let rest: Buffer[] = [];
  let restBytes = 0;
  let count = 0;
  const check = (sizeBytes: number) => {
    if (sizeBytes <= maxBytes) return;
    const message = `line ${count + 1} has more than ${maxBytes} bytes.`;
    throw new CommandError('LINE_TOO_LONG', message, 'Is this a text file with a record a line?');
  };
  for await (const given of input) {
    const chunk = Buffer.from(given as Uint8Array);
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      check(restBytes + piece.length);
      lines.push(withoutReturn(restBytes === 0 ? piece : Buffer.concat([...rest, piece])));
      count++;
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    check(restBytes);
    if (lines.length > 0) yield lines;
  }
  if (restBytes > 0) yield [withoutReturn(Buffer.concat(rest))];
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
}
