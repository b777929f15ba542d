import { KafkaError } from '@millrace/client';
import type { Output } from '../command/output.ts';

/** What is wrong with one of several things, as `--json` shows it. */
export interface ItemError {
  /** Kafka's name of the error. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** Null for no error. `subject` is what it is about, such as `topic orders`. */
export function itemError(
  errorCode: number,
  subject: string,
  brokerMessage: string | null = null,
): ItemError | null {
  if (errorCode === 0) return null;
  const { code, summary, hint } = KafkaError.ofBroker(errorCode, subject, brokerMessage);
  return { code, message: summary, hint };
}

/** Tells people what failed; gives the exit code. With `--json` the errors are part of the result. */
export function remarkErrors(
  items: readonly { readonly error: ItemError | null }[],
  output: Output,
): number {
  const errors = items.map(({ error }) => error).filter((error) => error !== null);
  if (!output.isJson) {
    for (const { message, hint } of errors) {
      output.remark(`millrace: ${message}${hint === null ? '' : ` ${hint}`}`);
    }
  }
  return errors.length === 0 ? 0 : 1;
}
