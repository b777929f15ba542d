export interface PropertyLine {
  readonly name: string;
  readonly value: string;
  /** Where the property begins, from 1. */
  readonly line: number;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/**
 * Reads the file format of `java.util.Properties`, in which Kafka keeps its configs: comments begin with `#` or `!`, a
 * name ends at `=`, `:` or white space, a line that ends in a backslash goes on in the next, and backslashes escape.
 * All lines in their order; where a name comes twice, the last one counts.
 */
export function parseProperties(text: string): PropertyLine[] {
  return logicalLines(text).map(({ content, line }) => {
    // A name is made of characters that separate nothing, or of escaped ones.
    const [name] = /^(?:[^\\=:\s]|\\.)*/s.exec(content)!;
    const value = content.slice(name.length).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '');
    return { name: unescaped(name), value: unescaped(value), line };
  });
}

/** Lines as they are meant: joined where a backslash says so, without comments and blank lines. */
function logicalLines(text: string): { content: string; line: number }[] {
  const lines: { content: string; line: number }[] = [];
  let unfinished: { content: string; line: number } | null = null;
  for (const [index, natural] of text.split(/\r\n|\r|\n/).entries()) {
    const content = natural.replace(/^[ \t\f]+/, '');
    if (unfinished === null && (content === '' || /^[#!]/.test(content))) continue;
    const current: { content: string; line: number } = unfinished ?? {
      content: '',
      line: index + 1,
    };
    // An even number of backslashes at the end are escaped backslashes.
    const goesOn = /\\*$/.exec(content)![0].length % 2 === 1;
    current.content += goesOn ? content.slice(0, -1) : content;
    if (!goesOn) lines.push(current);
    unfinished = goesOn ? current : null;
  }
  if (unfinished !== null) lines.push(unfinished);
  return lines;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.)|$)/gs, (_, hex?: string, character?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return character === undefined ? '' : (ESCAPES[character] ?? character);
  });
}
