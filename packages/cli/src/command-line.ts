import { readFile } from 'node:fs/promises';
import { nearestName } from '@millrace/broker/nearest-name';
import { readArguments } from './command/arguments.ts';
import { CLIENT_OPTIONS } from './command/client-options.ts';
import {
  type Command,
  type CommandEntry,
  type CommandGroup,
  isGroup,
  shownCommands,
} from './command/command.ts';
import { UsageError } from './command/errors.ts';
import { Output } from './command/output.ts';
import { withOutputOptions } from './command/output-options.ts';
import { reportFailure } from './command/report-failure.ts';
import { COMMANDS } from './command-tree.ts';
import type { ProcessContext } from './process-context.ts';

/** Where on the command line a command was found. */
interface Found {
  /** From `millrace` on. */
  readonly path: readonly string[];
  readonly node: CommandEntry | CommandGroup;
  /** What is not part of the path, in order. */
  readonly rest: readonly string[];
}

/**
 * Runs one command line. Resolves to the exit code: 0 for a clean end, 1 for a failure, 2 for a command line that cannot be
 * understood.
 */
export async function run(args: readonly string[], context: ProcessContext): Promise<number> {
  const found = findCommand(COMMANDS, args[0] === 'help' ? [...args.slice(1), '--help'] : args);
  const isHelp = asksForHelp(found.rest);
  if (isGroup(found.node)) return runGroup(found, found.node, isHelp, context);
  const command = withOutputOptions(await found.node.load());
  if (isHelp) {
    const { commandHelp } = await import('./command/help.ts');
    context.stdout.write(commandHelp(found.path, command));
    return 0;
  }
  return runCommand(found, command, context);
}

async function runCommand(
  found: Found,
  command: Command,
  context: ProcessContext,
): Promise<number> {
  const { rest, path } = found;
  const isJson = command.output !== 'text' && rest.includes('--json');
  try {
    const given = readArguments(command, rest, context.environment);
    return await command.run(given, new Output(context, isJson), context);
  } catch (error) {
    return reportFailure(error, { isJson, path }, context);
  }
}

/** A group alone does nothing: it explains itself, or says which of its commands is missing or misspelt. */
async function runGroup(
  found: Found,
  group: CommandGroup,
  isHelp: boolean,
  context: ProcessContext,
): Promise<number> {
  const { path, rest } = found;
  if (path.length === 1 && rest.includes('--version')) {
    context.stdout.write(`${await version()}\n`);
    return 0;
  }
  if (isHelp) {
    const { groupHelp } = await import('./command/help.ts');
    context.stdout.write(groupHelp(path, group));
    return 0;
  }
  const names = shownCommands(group).map(({ name }) => name);
  const word = rest.find((arg) => !arg.startsWith('-'));
  const near = word === undefined ? null : nearestName(word, names);
  const problem =
    word === undefined
      ? `no command given; there are: ${names.join(', ')}`
      : `unknown command "${[...path.slice(1), word].join(' ')}"; ` +
        (near === null ? `there are: ${names.join(', ')}` : `did you mean ${near}?`);
  return reportFailure(new UsageError(problem), { isJson: false, path }, context);
}

/** Follows the words down the tree. Options may stand before them: they are the command's. */
function findCommand(root: CommandGroup, args: readonly string[]): Found {
  const path = [root.name];
  const leading: string[] = [];
  let node: CommandEntry | CommandGroup = root;
  let index = 0;
  while (isGroup(node) && index < args.length) {
    const arg = args[index]!;
    if (arg.startsWith('-')) {
      const length: number = takesValue(arg) ? 2 : 1;
      leading.push(...args.slice(index, index + length));
      index += length;
      continue;
    }
    const next: CommandEntry | CommandGroup | undefined = node.commands.find(
      ({ name }) => name === arg,
    );
    if (next === undefined) break;
    node = next;
    path.push(arg);
    index++;
  }
  return { path, node, rest: [...leading, ...args.slice(index)] };
}

/** Of the options that most commands have, so that `millrace -b HOST:PORT topic list` works. */
function takesValue(arg: string): boolean {
  return Object.entries(CLIENT_OPTIONS).some(([name, { short, aliases }]) =>
    [`--${name}`, `-${short}`, ...(aliases ?? []).map((alias) => `--${alias}`)].includes(arg),
  );
}

function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  const options = end === -1 ? rest : rest.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

async function version(): Promise<string> {
  // The same place from the source and from the build.
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
