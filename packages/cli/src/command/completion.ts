import {
  type Command,
  type CommandEntry,
  type CommandGroup,
  isGroup,
  type Operand,
  shownCommands,
} from './command.ts';
import { type Completion, type Option, type Options, optionName } from './option.ts';
import { withOutputOptions } from './output-options.ts';

/** Something that can stand where the cursor is. */
export interface Candidate {
  readonly text: string;
  /** A line for shells that show one; empty for none. */
  readonly summary: string;
}

/** What a shell is to offer: candidates, or names of files or directories, which it knows better how to list. */
export type Offer = readonly Candidate[] | 'files' | 'directories';

/** Names from a cluster. `words` are what was typed so far, which may say where that is. */
export type LookUp = (
  kind: 'topic' | 'group',
  words: readonly string[],
) => Promise<readonly string[]>;

/** Completes a command line. `words` are those after the program's name; the last is the one under the cursor. */
export async function complete(
  root: CommandGroup,
  words: readonly string[],
  lookUp: LookUp,
): Promise<Offer> {
  const typed = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const { node, rest } = follow(root, typed);
  if (isGroup(node)) return startingWith(current, groupCandidates(node, current));
  const command = withOutputOptions(await node.load());
  const ask = async (completion: Completion | undefined, prefix: string, text: string) => {
    const offer = await valuesOf(completion, (kind) => lookUp(kind, words));
    if (!Array.isArray(offer)) return offer as Offer;
    const candidates = offer.map((one) => ({ ...one, text: prefix + one.text }));
    return startingWith(prefix + text, candidates);
  };
  const inline = /^(--[^=]+)=(.*)$/s.exec(current);
  if (inline !== null) {
    const option = optionNamed(command.options, inline[1]!);
    return option === null ? [] : ask(option.completion, `${inline[1]}=`, inline[2]!);
  }
  const pending = optionNamed(command.options, rest.at(-1) ?? '');
  if (pending !== null && pending.value !== null) return ask(pending.completion, '', current);
  if (current.startsWith('-')) {
    return startingWith(current, optionCandidates(command.options, rest));
  }
  return ask(operandAt(command, rest)?.completion, '', current);
}

/** Options before a command are passed over, as the command line itself does. */
function follow(root: CommandGroup, typed: readonly string[]) {
  let node: CommandEntry | CommandGroup = root;
  let index = 0;
  for (; isGroup(node) && index < typed.length; index++) {
    const word = typed[index]!;
    const next: CommandEntry | CommandGroup | undefined = node.commands.find(
      ({ name }) => name === word,
    );
    if (next !== undefined) node = next;
  }
  return { node, rest: typed.slice(index) };
}

function groupCandidates(group: CommandGroup, current: string): Candidate[] {
  if (current.startsWith('-')) return [{ text: '--help', summary: 'explain it' }];
  return shownCommands(group).map(({ name, summary }) => ({ text: name, summary }));
}

/** Those that can still be given. */
function optionCandidates(options: Options, rest: readonly string[]): Candidate[] {
  const candidates = Object.entries(options)
    .filter(([key, option]) => option.isRepeatable || !isGiven(key, option, rest))
    .map(([key, { summary }]) => ({ text: `--${optionName(key)}`, summary }));
  return [...candidates, { text: '--help', summary: 'explain it' }];
}

function isGiven(key: string, option: Option<unknown>, rest: readonly string[]): boolean {
  return spellings(key, option).some((spelling) =>
    rest.some((word) => word === spelling || word.startsWith(`${spelling}=`)),
  );
}

function optionNamed(options: Options, word: string): Option<unknown> | null {
  const found = Object.entries(options).find(([key, option]) =>
    spellings(key, option).includes(word),
  );
  return found?.[1] ?? null;
}

function spellings(key: string, { short, aliases }: Option<unknown>): string[] {
  const long = [optionName(key), ...(aliases ?? [])].map((name) => `--${name}`);
  return short === undefined ? long : [...long, `-${short}`];
}

/** The operand that the next word is. */
function operandAt(command: Command, rest: readonly string[]): Operand | undefined {
  const operands = command.operands ?? [];
  const given = rest.filter((word, index) => {
    if (word.startsWith('-') && word !== '-') return false;
    const before = optionNamed(command.options, rest[index - 1] ?? '');
    return before === null || before.value === null;
  }).length;
  return operands[given] ?? (operands.at(-1)?.isRepeated === true ? operands.at(-1) : undefined);
}

async function valuesOf(
  completion: Completion | undefined,
  lookUp: (kind: 'topic' | 'group') => Promise<readonly string[]>,
): Promise<Offer> {
  if (completion === undefined) return [];
  if (completion === 'file') return 'files';
  if (completion === 'directory') return 'directories';
  const texts = typeof completion === 'string' ? await lookUp(completion) : completion.words;
  return texts.map((text) => ({ text, summary: '' }));
}

function startingWith(current: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ text }) => text.startsWith(current));
}
