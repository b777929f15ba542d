import { UsageError } from './errors.ts';

/** What a shell can offer as a value. */
export type Completion =
  | 'topic'
  | 'group'
  | 'file'
  | 'directory'
  | { readonly words: readonly string[] };

/** An option of a command: what help, completion and the documentation show, and how its value is read. */
export interface Option<T> {
  /** What it is for, without a full stop. */
  readonly summary: string;
  /** How help calls the value, such as `N` or `HOST:PORT`; null for a flag, which has none. */
  readonly value: string | null;
  /** One letter. */
  readonly short?: string;
  /** Other spellings, which help does not show. */
  readonly aliases?: readonly string[];
  /** The environment variable that is read where the option is not given. */
  readonly environment?: string;
  readonly isRepeatable: boolean;
  readonly isRequired: boolean;
  readonly completion?: Completion;
  /** For people; undefined where there is none. */
  readonly defaultText?: string;
  /** Takes what was given, in order, empty for nothing. Throws `ValueError`. */
  read(texts: readonly string[]): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

export type OptionValues<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** A value that cannot be used; the message says what was expected. */
export class ValueError extends UsageError {}

interface Described {
  readonly summary: string;
  readonly short?: string;
  readonly aliases?: readonly string[];
  readonly environment?: string;
}

interface Valued<T> extends Described {
  readonly value: string;
  /** Throws `ValueError`. */
  readonly parse: (text: string) => T;
  readonly completion?: Completion;
}

/** `--json`: true where it is given. */
export function flag(described: Described): Option<boolean> {
  return {
    ...described,
    value: null,
    isRepeatable: false,
    isRequired: false,
    read: (texts) => texts.length > 0,
  };
}

/** `--port N`: the last one given, else undefined. */
export function option<T>(valued: Valued<T>): Option<T | undefined> {
  const { parse, ...described } = valued;
  return {
    ...described,
    isRepeatable: false,
    isRequired: false,
    read: (texts) => (texts.length === 0 ? undefined : parse(texts.at(-1)!)),
  };
}

/** `--port N` with a value for where it is not given, which is written as on the command line. */
export function optionWithDefault<T>(
  valued: Valued<T> & { readonly defaultText: string },
): Option<T> {
  const { parse, ...described } = valued;
  return {
    ...described,
    isRepeatable: false,
    isRequired: false,
    read: (texts) => parse(texts.at(-1) ?? valued.defaultText),
  };
}

/** `--to N` without which the command makes no sense. */
export function requiredOption<T>(valued: Valued<T>): Option<T> {
  const { parse, ...described } = valued;
  return {
    ...described,
    isRepeatable: false,
    isRequired: true,
    read(texts) {
      if (texts.length === 0) throw new ValueError('is missing');
      return parse(texts.at(-1)!);
    },
  };
}

/** `--set A --set B`: all that were given. */
export function repeatedOption<T>(valued: Valued<T>): Option<readonly T[]> {
  const { parse, ...described } = valued;
  return {
    ...described,
    isRepeatable: true,
    isRequired: false,
    read: (texts) => texts.map((text) => parse(text)),
  };
}

/** `dataDir` is `--data-dir`. */
export function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
