export interface Column<Row> {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly isNumber?: boolean;
  cell(row: Row): string | number | null;
}

/** Lines of a table for people, columns aligned by spaces; null is shown as `-`. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = rows.map((row) => columns.map((column) => printable(column.cell(row))));
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    [titles, ...cells].reduce((widest, line) => Math.max(widest, widthOf(line[index]!)), 0),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const padding = ' '.repeat(widths[index]! - widthOf(text));
        return columns[index]!.isNumber === true ? padding + text : text + padding;
      })
      .join('  ')
      .trimEnd();
  return [titles, ...cells].map(line);
}

/** Names from outside, without the control characters that could steer a terminal. */
export function printable(value: string | number | null): string {
  if (value === null) return '-';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
  return String(value).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

function widthOf(text: string): number {
  return [...text].length;
}
