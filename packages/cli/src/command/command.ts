import type { ProcessContext } from '../process-context.ts';
import type { Completion, Options, OptionValues } from './option.ts';
import type { Output } from './output.ts';

/** What a command takes beside its options. */
export interface Operand {
  /** As help shows it, such as `TOPIC`. */
  readonly name: string;
  readonly isOptional?: boolean;
  /** One or more; only the last operand can be. */
  readonly isRepeated?: boolean;
  readonly completion?: Completion;
}

export interface Example {
  /** Without the `millrace` in front. */
  readonly line: string;
  readonly what: string;
}

/** What was given on the command line. */
export interface Given<O extends Options> {
  readonly options: OptionValues<O>;
  /** As many as the operands ask for. */
  readonly operands: readonly string[];
}

/**
 * A command as it is declared, once: it is read, explained, completed and documented from this. What `--json` gives:
 * `document` is one JSON document, `lines` one a line as things happen; commands with `text` have no `--json`.
 */
export interface Command<O extends Options = Options> {
  /** What it does, in full sentences; blank lines part paragraphs. */
  readonly description: string;
  readonly operands?: readonly Operand[];
  readonly options: O;
  readonly output: 'document' | 'lines' | 'text';
  readonly examples: readonly Example[];
  /** Resolves to the exit code. Throws `UsageError`, `CommandError` or an error of the client. */
  run(given: Given<O>, output: Output, context: ProcessContext): Promise<number>;
}

/** So that the types of the options reach `run`. */
export function defineCommand<O extends Options>(command: Command<O>): Command<O> {
  return command;
}

/** A command in the tree: enough for help, and how to get at the rest. */
export interface CommandEntry {
  readonly name: string;
  /** A line of help, without a full stop. */
  readonly summary: string;
  /** For scripts: neither help nor completion shows it. */
  readonly isHidden?: boolean;
  /** Commands are loaded when they run, so that none pays for the others. */
  load(): Promise<Command>;
}

export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly (CommandEntry | CommandGroup)[];
}

/** The commands of a group that people are shown. */
export function shownCommands({
  commands,
}: CommandGroup): readonly (CommandEntry | CommandGroup)[] {
  return commands.filter((one) => isGroup(one) || one.isHidden !== true);
}

export function isGroup(node: CommandEntry | CommandGroup): node is CommandGroup {
  return 'commands' in node;
}
