import { setTimeout as pause } from 'node:timers/promises';
import { type Cost, type IdleCost, idleCost, Measured } from './cost.ts';
import { CountedBroker } from './counted-broker.ts';
import { type FigureName, type Figures, figuresOf, leastOf, total } from './figures.ts';
import { excesses, IDLE_CALLS_LIMIT, LIMITS, type Limits, rounded } from './limits.ts';
import type { CallCounter, Calls } from './system-calls.ts';
import type { Workload } from './workload.ts';

export interface BudgetOptions {
  readonly workloads: readonly Workload[];
  readonly counter: CallCounter | null;
  /** Of the steps that are counted in full. */
  readonly share: number;
  readonly say: (line: string) => void;
}

export interface Budget {
  readonly rows: readonly BudgetRow[];
  /** Null where system calls cannot be counted. */
  readonly idle: IdleCost | null;
}

export interface BudgetRow {
  readonly workload: Workload;
  readonly figures: Figures;
  /** In as many requests as `requests`; null where they cannot be counted. */
  readonly calls: Calls | null;
  readonly requests: number;
  readonly recordBytesARequest: number;
}

/** A count that is above its limit is taken again: a machine that is busy with something else adds to it at times. */
const ATTEMPTS = 3;
/** So long all writes go through the threads, after one that took long: see `page-cache.ts` of the storage. */
const CAUTION_MS = 10_000;
const IDLE_CONNECTIONS = 100;
const IDLE_SECONDS = 2;

/** Starts a broker and counts what all of the workloads cost it. */
export async function measureBudget(options: BudgetOptions): Promise<Budget> {
  const broker = await CountedBroker.start();
  try {
    const rows: BudgetRow[] = [];
    for (const workload of options.workloads) {
      const measured = await Measured.open(workload, broker);
      const row = await measureRow(measured, workload, options);
      measured.close();
      rows.push(row);
      options.say(lineOf(row));
    }
    const { counter } = options;
    if (counter === null) return { rows, idle: null };
    const idle = await measureIdle(broker, counter);
    options.say(idleLine(idle));
    return { rows, idle };
  } finally {
    await broker.stop();
  }
}

async function measureRow(
  measured: Measured,
  workload: Workload,
  { counter, share }: BudgetOptions,
): Promise<BudgetRow> {
  let row = rowOf(workload, await measured.cost(counter, share));
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    if (excesses(workload.name, row.figures).length === 0) break;
    if (attempt === ATTEMPTS - 1) await pause(CAUTION_MS);
    const again = rowOf(workload, await measured.cost(counter, share));
    const { calls } = (again.figures.calls ?? 0) < (row.figures.calls ?? 0) ? again : row;
    row = { ...row, figures: leastOf(row.figures, again.figures), calls };
  }
  return row;
}

function rowOf(workload: Workload, cost: Cost): BudgetRow {
  const { calls, requests, recordBytes } = cost;
  const figures = figuresOf(cost);
  return { workload, figures, calls, requests, recordBytesARequest: recordBytes / requests };
}

/** A sentence for each figure among `names` that is above its limit. */
export function excessesOf(budget: Budget, isMeant: (name: FigureName) => boolean): string[] {
  const all = budget.rows.flatMap(({ workload: { name }, figures }) => {
    const limits = Object.entries(LIMITS[name]!) as [FigureName, number][];
    const meant = limits.filter(([figure]) => isMeant(figure));
    return excesses(name, figures, Object.fromEntries(meant) as Limits);
  });
  const { idle } = budget;
  if (idle === null || !isMeant('calls') || isQuiet(idle)) return all;
  return [...all, `${idleLine(idle)}, where ${IDLE_CALLS_LIMIT} are allowed.`];
}

/** Again where something is done that was begun before, such as a checkpoint. */
async function measureIdle(broker: CountedBroker, counter: CallCounter): Promise<IdleCost> {
  for (let attempt = 1; ; attempt++) {
    const idle = await idleCost(broker, counter, IDLE_CONNECTIONS, IDLE_SECONDS);
    if (isQuiet(idle) || attempt === ATTEMPTS) return idle;
  }
}

function isQuiet({ calls, seconds }: IdleCost): boolean {
  return total(calls) / seconds <= IDLE_CALLS_LIMIT;
}

function idleLine({ calls, seconds, connections }: IdleCost): string {
  const aSecond = rounded(total(calls) / seconds);
  return `idle: ${aSecond} system calls a second with ${connections} connections`;
}

/** What a row says, on a line. */
export function lineOf({ workload, figures, calls, requests }: BudgetRow): string {
  const parts = (Object.entries(figures) as [FigureName, number | null][])
    .filter(([, figure]) => figure !== null)
    .map(([name, figure]) => `${name} ${rounded(figure!)}`);
  const names = calls === null ? '' : ` (${callsByName(calls, requests)})`;
  return `${workload.name}: ${parts.join(', ')}${names}`;
}

/** Below this many for each request a call is not named. */
const SELDOM = 0.01;

/** For each request, the most frequent first. */
export function callsByName(calls: Calls, requests: number): string {
  return [...calls]
    .filter(([, count]) => count / requests >= SELDOM)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${rounded(count / requests)}`)
    .join(', ');
}
