import { CLIENT_OPTIONS } from './command/client-options.ts';
import { type Command, type CommandGroup, isGroup, shownCommands } from './command/command.ts';
import { EXIT_CODES, optionSpelling, optionText, usageLine } from './command/help.ts';
import type { Option, Options } from './command/option.ts';
import { withOutputOptions } from './command/output-options.ts';
import { COMMANDS } from './command-tree.ts';

/** The command line as a page of Markdown, from the declarations that the program itself goes by. */
export async function commandReference(): Promise<string> {
  return [
    introduction(),
    '## Brokers',
    'Every command that talks to a broker works with any Kafka, and takes:',
    optionTable(CLIENT_OPTIONS),
    ...(await groupSections(COMMANDS, ['millrace'])),
  ].join('\n\n');
}

function introduction(): string {
  const codes = EXIT_CODES.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return `# The command line

\`millrace COMMAND --help\` shows the same as this page. \`millrace completion bash|zsh|fish\` makes a shell complete it.

- \`--json\` prints one JSON document, or one a line where things happen one after the other. Fields may be added; those there
  are keep their names. What failed has an \`error\` with \`code\` (Kafka's name of it), \`message\` and \`hint\`; a command that
  failed as a whole writes \`{"error": …}\` to standard error.
- Tables are for people: they are aligned, and only coloured on a terminal, not with \`NO_COLOR\` set.
- What destroys something asks first, and takes \`--yes\` where there is no terminal; what changes a group shows what it would
  do until it is given \`--execute\`.

| exit code | |
| --- | --- |
${codes.join('\n')}`;
}

async function groupSections(group: CommandGroup, path: readonly string[]): Promise<string[]> {
  const sections: string[] = [];
  for (const node of shownCommands(group)) {
    const name = [...path, node.name];
    if (isGroup(node)) {
      sections.push(`## ${name.join(' ')}`, `${sentence(node.summary)}`);
      sections.push(...(await groupSections(node, name)));
    } else {
      const level = path.length === 1 ? '##' : '###';
      sections.push(`${level} ${name.join(' ')}`, ...commandSections(name, await node.load()));
    }
  }
  return sections;
}

function commandSections(path: readonly string[], declared: Command): string[] {
  const command = withOutputOptions(declared);
  const shared = new Set<Option<unknown>>(Object.values(CLIENT_OPTIONS));
  const own = Object.entries(command.options).filter(([, option]) => !shared.has(option));
  const isClient = own.length < Object.keys(command.options).length;
  const examples = command.examples.flatMap(({ line, what }) => [`# ${what}`, `millrace ${line}`]);
  return [
    `\`${usageLine(path, command)}\`${isClient ? ' and the options for [brokers](#brokers)' : ''}`,
    command.description,
    ...(own.length === 0 ? [] : [optionTable(Object.fromEntries(own))]),
    ['```sh', ...examples, '```'].join('\n'),
  ];
}

function optionTable(options: Options): string {
  const rows = Object.entries(options).map(([key, option]) => {
    const text = optionText(option).replaceAll('|', '\\|');
    return `| \`${optionSpelling(key, option).trim()}\` | ${text} |`;
  });
  return ['| option | |', '| --- | --- |', ...rows].join('\n');
}

function sentence(summary: string): string {
  return `${summary[0]!.toUpperCase()}${summary.slice(1)}.`;
}
