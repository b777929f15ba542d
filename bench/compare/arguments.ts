import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import type { Scenario } from './scenario.ts';

export interface CompareArguments {
  readonly scenarios: readonly Scenario[];
  readonly pairs: number;
  readonly seconds: number;
  readonly place: string;
  /** Where the result is written, as `<out>.json` and the like. */
  readonly out: string;
  /** A result that is there, of which page and picture are made; null to measure. */
  readonly from: string | null;
  /** Names the scenarios and does nothing else. */
  readonly list: boolean;
}

export const USAGE = `npm run bench [-- compare OPTIONS]: Millrace and Apache Kafka, run by run in turn
  --only=NAME,…    scenarios, by name, group or pattern (produce-*); all without it
  --pairs=N        runs of each broker (5)
  --seconds=N      how long a measured run takes, about (5)
  --quick          one pair of short runs of a few scenarios, to try it
  --data=DIR       where the brokers' data goes (below ${tmpdir()})
  --out=PREFIX     results go to PREFIX.json, .md and .svg (bench/results/compare-<time>)
  --docs           results go to docs/benchmarks
  --from=FILE      runs nothing: makes page and picture of a result that is there
  --list           names the scenarios`;

const results = join(import.meta.dirname, '..', 'results');
const docs = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks');

const ALL = '*';
/** One of each kind that is done in a few minutes. */
const QUICK = 'produce-1k,produce-defaults,consume-java,tail-kcat,latency-idle,start';

/** Throws with a sentence for the user. `now` names the files. */
export function parseArguments(
  args: readonly string[],
  all: readonly Scenario[],
  now: Date,
): CompareArguments {
  const given = new Map<string, string>();
  for (const argument of args) {
    const [name = '', value = 'true'] = argument.split(/=(.*)/s, 2);
    if (!KNOWN.has(name)) throw new Error(`${argument} is not known.\n${USAGE}`);
    given.set(name, value);
  }
  const quick = given.has('--quick');
  const only = given.get('--only');
  const stamp = now.toISOString().slice(0, 16).replaceAll(':', '');
  return {
    scenarios: chosen(all, (only ?? (quick ? QUICK : ALL)).split(',')),
    pairs: positive(given, '--pairs', quick ? 1 : 5),
    seconds: positive(given, '--seconds', quick ? 2 : 5),
    place: join(given.get('--data') ?? tmpdir(), `millrace-bench-${process.pid}`),
    out: given.has('--docs') ? docs : (given.get('--out') ?? join(results, `compare-${stamp}`)),
    from: given.get('--from') ?? null,
    list: given.has('--list'),
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['--only', '--pairs', '--seconds', '--quick', '--data', '--out', '--docs', '--from', '--list'],
]);

function chosen(all: readonly Scenario[], patterns: readonly string[]): Scenario[] {
  for (const pattern of patterns) {
    if (all.some((scenario) => isMeant(scenario, pattern))) continue;
    throw new Error(`there is no scenario ${pattern}; --list names them`);
  }
  return all.filter((scenario) => patterns.some((pattern) => isMeant(scenario, pattern)));
}

function isMeant({ name, group }: Scenario, pattern: string): boolean {
  return pattern === name || pattern === group || matchesGlob(name, pattern);
}

function positive(given: ReadonlyMap<string, string>, name: string, fallback: number): number {
  const text = given.get(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`${name}=${text}: a number above 0 was expected`);
}
