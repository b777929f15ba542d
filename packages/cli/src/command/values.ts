import { ValueError } from './option.ts';

export function text(value: string): string {
  return value;
}

/** A whole number within the bounds, both included. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return (value: string): number => {
    const number = Number(value);
    if (/^[+-]?\d+$/.test(value) && number >= min && number <= max) return number;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new ValueError(`expected a number ${range}`);
  };
}

/** One of the words. */
export function word<const W extends string>(words: readonly W[]) {
  return (value: string): W => {
    const found = words.find((one) => one === value);
    if (found !== undefined) return found;
    throw new ValueError(`expected ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
  };
}

/** `NAME=VALUE`, cut at the first `=`. */
export function pair(value: string): readonly [name: string, value: string] {
  const at = value.indexOf('=');
  if (at <= 0) throw new ValueError('expected NAME=VALUE');
  return [value.slice(0, at), value.slice(at + 1)];
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `500ms`, `30s`, `5m`, `2h`, `7d`, in milliseconds. */
export function durationMs(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value);
  if (match === null) throw new ValueError('expected a duration such as 500ms, 30s, 5m, 2h or 7d');
  return Math.round(Number(match[1]) * UNITS_MS[match[2]!]!);
}
