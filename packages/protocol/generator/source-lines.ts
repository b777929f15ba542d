const LINE_WIDTH = 100;

/** Source text, line by line, indented by the blocks that are open. */
export class SourceLines {
  readonly #lines: string[] = [];
  #depth = 0;

  line(text = ''): void {
    this.#lines.push(text === '' ? '' : '  '.repeat(this.#depth) + text);
  }

  /** Continues the line that closed a block: `} else …`. */
  otherwise(text: string): void {
    this.#lines.push(`${this.#lines.pop()} ${text}`);
  }

  /** As `block`, continuing the line that closed the last one. */
  otherwiseBlock(head: string, body: () => void): void {
    this.#lines.push(`${this.#lines.pop()} ${head}`);
    this.#indented(body);
    this.line('}');
  }

  /** Writes a function, with its parameters on lines of their own when they do not fit on one. */
  functionBlock(
    name: string,
    parameters: readonly string[],
    result: string,
    body: () => void,
  ): void {
    const head = `${name}(${parameters.join(', ')}): ${result} {`;
    if (head.length <= LINE_WIDTH) {
      this.block(head, body);
      return;
    }
    this.line(`${name}(`);
    for (const parameter of parameters) this.line(`  ${parameter},`);
    this.block(`): ${result} {`, body);
  }

  /** Writes `head`, what `body` writes one level deeper, and `tail`. */
  block(head: string, body: () => void, tail = '}'): void {
    this.line(head);
    this.#indented(body);
    this.line(tail);
  }

  #indented(body: () => void): void {
    this.#depth++;
    body();
    this.#depth--;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
