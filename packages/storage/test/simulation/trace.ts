/**
 * What happened in a simulation, as one number: runs with the same hash took the same way. With `print` every line
 * is shown as well, which is slow.
 */
export class Trace {
  #hash = 0x811c9dc5;
  #count = 0;
  readonly #print: ((line: string) => void) | null;

  constructor(print: ((line: string) => void) | null) {
    this.#print = print;
  }

  get isPrinted(): boolean {
    return this.#print !== null;
  }

  get count(): number {
    return this.#count;
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  /** Takes one event in: its kind, and numbers that tell it from others. */
  add(kind: string, first: number, second = 0): void {
    this.#count++;
    let hash = this.#hash;
    for (let index = 0; index < kind.length; index++) hash = mix(hash, kind.charCodeAt(index));
    hash = mix(hash, first);
    this.#hash = mix(hash, second);
  }

  /** A line for who reads along; `text` is only made when somebody does. */
  note(text: () => string): void {
    this.#print?.(`${this.#count} ${text()}`);
  }
}

/** FNV-1a, a word at a time. */
function mix(hash: number, value: number): number {
  return Math.imul(hash ^ (value | 0), 0x01000193) ^ (hash >>> 15);
}
