/**
 * Why data was not decompressed. `corrupt`: it is not what the codec calls valid. `too-large`: it holds more than the
 * caller's bound. `unknown-codec`: no codec has that code.
 */
export type CompressionFailure = 'corrupt' | 'too-large' | 'unknown-codec';

/** The one error that decompressing hostile bytes ends in. */
export class CompressionError extends Error {
  readonly reason: CompressionFailure;

  constructor(reason: CompressionFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CompressionError';
    this.reason = reason;
  }
}

export function corrupt(codec: string, what: string, cause?: unknown): CompressionError {
  return new CompressionError('corrupt', `The ${codec} data is corrupt: ${what}.`, { cause });
}

export function tooLarge(codec: string, maxBytes: number): CompressionError {
  return new CompressionError(
    'too-large',
    `The ${codec} data decompresses to more than the ${maxBytes} bytes allowed.`,
  );
}
