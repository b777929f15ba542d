// Data made from a seed: the same seed gives the same bytes on every machine, and a failure names its seed.

/** Small, fast and good enough for test data (the mulberry32 construction, 32 bits of state). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** An integer in [from, to). */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from));
  }

  pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length)]!;
  }

  bytes(sizeBytes: number): Buffer {
    const bytes = Buffer.allocUnsafe(sizeBytes);
    for (let at = 0; at < sizeBytes; at++) bytes[at] = this.integer(0, 256);
    return bytes;
  }
}

/** A seed from the environment, else from the clock; print it, so that a failure can be had again. */
export function chooseSeed(variable: string): number {
  const given = process.env[variable];
  return given === undefined ? Date.now() % 0x7fff_ffff : Number(given);
}

const METHODS = ['GET', 'GET', 'GET', 'GET', 'POST', 'PUT', 'HEAD'] as const;
const PATHS = ['/', '/login', '/basket', '/search', '/item', '/static/app.js', '/api/orders'];
const STATUSES = [200, 200, 200, 200, 304, 404, 500] as const;
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
  'curl/8.14.1',
] as const;

/**
 * One line of a web server's access log in the combined format, without its newline. The visitor's address is what
 * a user would key by; `index` makes every line different from every other.
 */
export function accessLogLine(random: Random, index: number): { key: string; line: string } {
  const visitor = random.integer(0, 5000);
  const key = `10.${visitor >> 8}.${visitor & 255}.${(visitor * 7) & 255}`;
  const time = new Date(1_780_000_000_000 + index * 20).toISOString();
  const path = `${random.pick(PATHS)}?n=${index}`;
  const line =
    `${key} - - [${time}] "${random.pick(METHODS)} ${path} HTTP/1.1" ` +
    `${random.pick(STATUSES)} ${random.integer(120, 90_000)} "-" "${random.pick(AGENTS)}"`;
  return { key, line };
}
