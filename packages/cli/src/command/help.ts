import { type Command, type CommandGroup, type Operand, shownCommands } from './command.ts';
import { type Option, type Options, optionName } from './option.ts';

/** The exit codes, for help and for the documentation. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'it could not be done, or what was checked is not as it should be'],
  [2, 'the command line cannot be understood'],
];

const LINE_WIDTH = 120;

/** What a group of commands shows: its commands. `path` begins with `millrace`. */
export function groupHelp(path: readonly string[], group: CommandGroup): string {
  const name = path.join(' ');
  const rows = shownCommands(group).map((one) => [`${name} ${one.name}`, one.summary] as const);
  const blocks = [[`${name}: ${group.summary}`], aligned(rows)];
  if (path.length === 1) {
    blocks.push(aligned(EXIT_CODES.map(([code, meaning]) => [`exit ${code}`, meaning] as const)));
  }
  blocks.push([`${name} COMMAND --help tells more about one of them.`]);
  return page(blocks);
}

export function commandHelp(path: readonly string[], command: Command): string {
  const paragraphs = command.description.split('\n\n');
  const blocks = [[usageLine(path, command)], ...paragraphs.map((one) => wrapped(one, LINE_WIDTH))];
  const options = Object.entries(command.options).map(
    ([key, option]) => [optionSpelling(key, option), optionText(option)] as const,
  );
  if (options.length > 0) blocks.push(aligned(options));
  for (const { line, what } of command.examples) blocks.push([`  # ${what}`, `  millrace ${line}`]);
  return page(blocks);
}

/** `millrace topic create TOPIC… [options]`. */
export function usageLine(path: readonly string[], command: Command): string {
  const required = Object.entries(command.options)
    .filter(([, option]) => option.isRequired)
    .map(([key, option]) => `--${optionName(key)} ${option.value}`);
  const operands = (command.operands ?? []).map(operandText);
  return [...path, ...operands, ...required, '[options]'].join(' ');
}

function operandText({ name, isOptional, isRepeated }: Operand): string {
  const text = isRepeated === true ? `${name}…` : name;
  return isOptional === true ? `[${text}]` : text;
}

/** `-b, --bootstrap HOST:PORT`. */
export function optionSpelling(key: string, option: Option<unknown>): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.value === null ? '' : ` ${option.value}`;
  return `${short}--${optionName(key)}${value}`;
}

/** The summary with what else is to be known: the variable, the default, whether it can be repeated. */
export function optionText(option: Options[string]): string {
  const notes = [
    option.isRepeatable ? 'may be repeated' : null,
    option.environment === undefined ? null : `else ${option.environment}`,
    option.defaultText === undefined ? null : `default ${option.defaultText}`,
  ].filter((note) => note !== null);
  return notes.length === 0 ? option.summary : `${option.summary} (${notes.join('; ')})`;
}

function aligned(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  const indent = ' '.repeat(width + 4);
  return rows.flatMap(([left, right]) => {
    const [first, ...more] = wrapped(right, LINE_WIDTH - indent.length);
    return [`  ${left.padEnd(width)}  ${first}`, ...more.map((line) => indent + line)];
  });
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function page(blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
