import { ValueError } from '../command/option.ts';

/** Text in which `\t`, `\n`, `\r`, `\0`, `\\` and `\x41` stand for bytes that are hard to type. Throws `ValueError`. */
export function unescaped(text: string): Buffer {
  const parts: Buffer[] = [];
  for (const [whole, hex, letter] of text.matchAll(/\\x([0-9A-Fa-f]{2})|\\(.?)|[^\\]+/gsu)) {
    if (hex !== undefined) parts.push(Buffer.from(hex, 'hex'));
    else if (letter !== undefined) parts.push(Buffer.from(escaped(letter)));
    else parts.push(Buffer.from(whole));
  }
  return Buffer.concat(parts);
}

function escaped(letter: string): string {
  const found = { n: '\n', r: '\r', t: '\t', 0: '\0', '\\': '\\' }[letter];
  if (found !== undefined) return found;
  throw new ValueError(`\\${letter} is no escape; there are \\n, \\t, \\r, \\0, \\\\ and \\x41`);
}
