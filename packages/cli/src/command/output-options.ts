import type { Command } from './command.ts';
import { flag } from './option.ts';

/** The command with `--json`, where it has something to say to programs. */
export function withOutputOptions(command: Command): Command {
  if (command.output === 'text') return command;
  const summary =
    command.output === 'document' ? 'print one JSON document' : 'print JSON, one document a line';
  return { ...command, options: { ...command.options, json: flag({ summary }) } };
}
