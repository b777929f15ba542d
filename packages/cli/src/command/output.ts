import type { OutputStream, ProcessContext } from '../process-context.ts';
import { type Column, printable, tableLines } from './table.ts';

/** Colours and weights, as the terminal knows them. */
const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export type Style = keyof typeof STYLES;

/**
 * What a command has to say: a result on standard output, either as text for people or as JSON for programs, and
 * remarks on standard error. Control codes only go to a terminal, and not there with `NO_COLOR` set.
 */
export class Output {
  readonly isJson: boolean;
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  readonly #isStyled: boolean;

  constructor(context: Pick<ProcessContext, 'stdout' | 'stderr' | 'environment'>, isJson: boolean) {
    this.#stdout = context.stdout;
    this.#stderr = context.stderr;
    this.isJson = isJson;
    this.#isStyled = context.stdout.isTTY === true && !isUnstyled(context.environment);
  }

  /** The document with `--json`, else the lines. */
  result(document: unknown, lines: () => readonly string[]): void {
    if (this.isJson) this.json(document);
    else this.lines(lines());
  }

  /** One JSON document on a line of its own. */
  json(document: unknown): void {
    this.#stdout.write(`${JSON.stringify(document)}\n`);
  }

  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.#stdout.write(`${lines.join('\n')}\n`);
  }

  /** A table with bold titles; nothing but the titles for no rows. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
    const [titles, ...lines] = tableLines(columns, rows);
    return [this.styled('bold', titles!), ...lines];
  }

  /** A remark for people, on standard error, so that it never gets into a result. */
  remark(line: string): void {
    this.#stderr.write(`${line.split('\n').map(printable).join('\n')}\n`);
  }

  styled(style: Style, text: string): string {
    return this.#isStyled ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  }

  /** Bytes as they are. Resolves once the reader has taken enough of them, so that a slow one costs no memory. */
  async bytes(chunk: string | Uint8Array): Promise<void> {
    this.#stdout.write(chunk);
    if (this.#stdout.writableNeedDrain !== true) return;
    await new Promise<void>((resolve) => this.#stdout.once?.('drain', resolve));
  }
}

function isUnstyled(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
}
