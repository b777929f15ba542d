import { parseArgs } from 'node:util';
import { nearestName } from '@millrace/broker/nearest-name';
import type { Command, Given, Operand } from './command.ts';
import { UsageError } from './errors.ts';
import { type Option, type Options, optionName, ValueError } from './option.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One option by one of its names. */
interface Named {
  readonly key: string;
  readonly option: Option<unknown>;
}

/** Throws `UsageError` for what the command does not take. */
export function readArguments<O extends Options>(
  command: Pick<Command<O>, 'options' | 'operands'>,
  args: readonly string[],
  environment: Environment,
): Given<O> {
  const named = namesOf(command.options);
  const { tokens } = tokenize(named, args);
  const texts = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const found = named.get(token.name);
    if (found === undefined) throw new UsageError(unknownOption(token.rawName, named));
    const text = textOf(token, found.option, named);
    texts.set(found.key, [...(texts.get(found.key) ?? []), text]);
  }
  checkOperands(command.operands ?? [], operands);
  const values = Object.entries(command.options).map(([key, option]) => [
    key,
    readOption(key, option, texts.get(key) ?? [], environment),
  ]);
  return { options: Object.fromEntries(values), operands };
}

function tokenize(named: ReadonlyMap<string, Named>, args: readonly string[]) {
  const options = [...named].filter(([name]) => name.length > 1);
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    // What it finds wrong is told in our words, with the nearest name.
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      options.map(([name, { key, option }]) => [
        name,
        {
          type: option.value === null ? 'boolean' : 'string',
          ...(option.short === undefined || name !== optionName(key)
            ? {}
            : { short: option.short }),
        },
      ]),
    ),
  });
}

function namesOf(options: Options): Map<string, Named> {
  const names = new Map<string, Named>();
  for (const [key, option] of Object.entries(options)) {
    for (const name of [optionName(key), ...(option.aliases ?? [])]) {
      names.set(name, { key, option });
    }
  }
  return names;
}

function unknownOption(rawName: string, named: ReadonlyMap<string, Named>): string {
  const near = nearestName(rawName.replace(/^-+/, ''), named.keys());
  return `unknown option ${rawName}${near === null ? '' : `; did you mean --${near}?`}`;
}

function textOf(
  token: { rawName: string; value: string | undefined; inlineValue: boolean | undefined },
  option: Option<unknown>,
  named: ReadonlyMap<string, Named>,
): string {
  const { rawName, value } = token;
  if (option.value === null) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
    return '';
  }
  if (value === undefined)
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}`);
  if (token.inlineValue !== true && value.startsWith('--') && named.has(value.slice(2))) {
    throw new UsageError(
      `${rawName} needs a value: ${rawName} ${option.value}, but ${value} follows`,
    );
  }
  return value;
}

function checkOperands(wanted: readonly Operand[], given: readonly string[]): void {
  const needed = wanted.filter(({ isOptional }) => isOptional !== true);
  if (given.length < needed.length) {
    throw new UsageError(`${needed[given.length]!.name} is missing`);
  }
  const extra = given[wanted.length];
  if (extra !== undefined && wanted.at(-1)?.isRepeated !== true) {
    throw new UsageError(`unexpected argument "${extra}"`);
  }
}

function readOption(
  key: string,
  option: Option<unknown>,
  given: readonly string[],
  environment: Environment,
): unknown {
  const variable = option.environment;
  const fallback = variable === undefined ? '' : (environment[variable] ?? '');
  const isFromEnvironment = given.length === 0 && fallback !== '';
  const texts = isFromEnvironment ? [fallback] : given;
  try {
    return option.read(texts);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const name = isFromEnvironment ? variable : `--${optionName(key)}`;
    const what =
      texts.length === 0 ? `${name} ${error.message}` : `${name} ${texts.at(-1)}: ${error.message}`;
    throw new UsageError(what);
  }
}
