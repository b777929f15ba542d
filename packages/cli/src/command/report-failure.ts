import type { KafkaError } from '@millrace/client';
import type { ProcessContext } from '../process-context.ts';
import { CommandError, UsageError } from './errors.ts';
import { printable } from './table.ts';

export interface FailureReport {
  /** One JSON document on standard error instead of sentences. */
  readonly isJson: boolean;
  /** The command, from `millrace` on. */
  readonly path: readonly string[];
}

/** Tells on standard error what went wrong, in one place for all commands; returns the exit code. */
export function reportFailure(
  error: unknown,
  { isJson, path }: FailureReport,
  { stderr }: ProcessContext,
): number {
  const { code, message, hint, exitCode } = failureOf(error, path);
  if (isJson) stderr.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
  else {
    stderr.write(`millrace: ${message.split('\n').map(printable).join('\n')}\n`);
    if (hint !== null) stderr.write(`${hint}\n`);
  }
  return exitCode;
}

function failureOf(error: unknown, path: readonly string[]) {
  if (error instanceof UsageError) {
    const hint = `Try: ${path.join(' ')} --help`;
    return { code: 'USAGE', message: error.message, hint, exitCode: 2 };
  }
  if (error instanceof CommandError) {
    return { code: error.code, message: error.message, hint: error.hint, exitCode: 1 };
  }
  if (isKafkaError(error)) {
    const { code, summary, hint } = error;
    return { code, message: summary, hint, exitCode: code === 'INVALID_BOOTSTRAP' ? 2 : 1 };
  }
  // A defect of ours: where it happened is what a report of it needs.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'DEFECT', message, hint: null, exitCode: 1 };
}

/** By its name, since only commands that talk to a broker load the client. */
function isKafkaError(error: unknown): error is KafkaError {
  return error instanceof Error && error.name === 'KafkaError';
}
