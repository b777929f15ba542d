/** The command line cannot be understood; the program ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for could not be done; the program ends with 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** For programs, such as `UNKNOWN_TOPIC_OR_PARTITION`; Kafka's name where the broker gave one. */
  readonly code: string;
  /** What to try next, a sentence; null when there is nothing to say. */
  readonly hint: string | null;

  constructor(code: string, message: string, hint: string | null = null) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
