import { createInterface } from 'node:readline';
import type { ProcessContext } from '../process-context.ts';
import { CommandError, UsageError } from './errors.ts';
import { flag } from './option.ts';

/** For commands that destroy something. */
export const YES_OPTION = {
  yes: flag({ short: 'y', summary: 'do it without asking' }),
};

/** For commands that show what they would do unless they are told to do it. */
export const EXECUTE_OPTION = {
  execute: flag({ summary: 'do it, instead of showing what would be done' }),
};

/**
 * Returns when it may be done: `--yes` was given, or the person at the terminal typed "yes". Throws `UsageError` where nobody
 * can be asked, and `CommandError` for any other answer.
 */
export async function confirm(
  isAgreed: boolean,
  question: string,
  context: ProcessContext,
): Promise<void> {
  if (isAgreed) return;
  if (context.stdin.isTTY !== true || context.stderr.isTTY !== true) {
    throw new UsageError(
      'this cannot be undone, and there is no terminal to ask; add --yes to do it',
    );
  }
  context.stderr.write(`${question} Type "yes" to go on: `);
  const answer = await nextLine(context);
  if (answer?.trim().toLowerCase() !== 'yes') {
    throw new CommandError('NOT_CONFIRMED', 'not confirmed; nothing was changed');
  }
}

/** Null at the end of the input. */
async function nextLine({ stdin }: ProcessContext): Promise<string | null> {
  const reader = createInterface({ input: stdin });
  try {
    for await (const line of reader) return line;
    return null;
  } finally {
    reader.close();
  }
}
