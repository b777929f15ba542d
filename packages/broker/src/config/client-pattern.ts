import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

/** Longer patterns are refused, and longer values match none. */
const MAX_LENGTH = 255;
/**
 * Steps of the compiled pattern, a letter of it being about one: for each letter of a value all of them may have to be
 * tried, so that this bounds what a match costs to a few milliseconds.
 */
const MAX_PROGRAM_SIZE = 500;

const load = createRequire(import.meta.url);

/**
 * A pattern for what a client says of itself, which must match the whole of it. The time that a match takes grows with
 * the value, never with the ways in which the pattern could match it: the syntax is RE2's, without look-around and back
 * references.
 */
export class ClientPattern {
  readonly #pattern: Re2.RE2JS;

  /** Throws an Error that says why, for a pattern that cannot be used. */
  constructor(source: string) {
    if (source.length > MAX_LENGTH) {
      throw new Error(`the pattern has more than ${MAX_LENGTH} characters.`);
    }
    // Loaded when the first pattern comes: most brokers never see one.
    const { RE2JS } = load('re2js') as typeof Re2;
    this.#pattern = RE2JS.compile(source);
    if (this.#pattern.programSize() > MAX_PROGRAM_SIZE) {
      throw new Error('the pattern is too large; repeat less in it.');
    }
  }

  matches(value: string): boolean {
    return value.length <= MAX_LENGTH && this.#pattern.testExact(value);
  }
}
