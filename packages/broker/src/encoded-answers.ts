import type { EncodedBody } from './handler.ts';

/**
 * Answers that many clients ask for again and again, encoded once: all that wait for the same one share its bytes. They
 * are dropped when what they tell has changed. Bound: `maxBytes`, past which those not asked for the longest go, and an
 * answer larger than that is not kept.
 */
export class EncodedAnswers {
  readonly #maxBytes: number;
  /** Least recently asked for first. */
  readonly #bodies = new Map<string, EncodedBody>();
  #bytes = 0;
  #version = '';

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * The answer to what `key` asks. `version` is that of everything that answers tell: with another one than the last
   * time none of them is true any more.
   */
  get(version: string, key: string, encode: () => EncodedBody): EncodedBody {
    if (version !== this.#version) this.#startAnew(version);
    const kept = this.#bodies.get(key);
    const body = kept ?? encode();
    if (kept !== undefined) this.#bodies.delete(key);
    else this.#makeRoom(body.bytes.length);
    if (body.bytes.length <= this.#maxBytes) this.#bodies.set(key, body);
    return body;
  }

  #startAnew(version: string): void {
    this.#version = version;
    this.#bodies.clear();
    this.#bytes = 0;
  }

  #makeRoom(bytes: number): void {
    if (bytes > this.#maxBytes) return;
    this.#bytes += bytes;
    for (const [key, body] of this.#bodies) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#bodies.delete(key);
      this.#bytes -= body.bytes.length;
    }
  }
}
