/**
 * Bytes that do not follow the protocol: truncated, with a length that cannot be, or with a value that must not be
 * there. The only error that decoding throws.
 */
export class MalformedError extends Error {
  /** What the protocol asks for at this place, such as `int32`. */
  readonly expected: string;
  /** Where in the buffer it was expected. */
  readonly offset: number;

  constructor(expected: string, offset: number, found?: string) {
    super(
      `expected ${expected} at offset ${offset}${found === undefined ? '' : `, found ${found}`}`,
    );
    this.name = 'MalformedError';
    this.expected = expected;
    this.offset = offset;
  }
}

/** What a generated decoder throws for a version that it does not know. */
export function unknownVersionToDecode(
  message: string,
  version: number,
  known: string,
  offset: number,
): MalformedError {
  return new MalformedError(`${message} of version ${known}`, offset, `version ${version}`);
}
