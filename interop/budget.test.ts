// What a request costs the broker, counted and held below limits (docs/budget.md): system calls, copies, allocations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Budget, excessesOf, measureBudget } from '../bench/budget/budget.ts';
import { CALL_FIGURES, type FigureName } from '../bench/budget/figures.ts';
import { findCallCounter } from '../bench/budget/system-calls.ts';
import { workloads } from '../bench/budget/workloads.ts';
import { externalBootstrap } from './harness/broker.ts';

/** Of the requests that the benchmark counts, so that it is over within half a minute. */
const SHARE = 0.25;
const LEFT_OUT: readonly string[] = ['produce-debtor', 'produce-connections', 'produce-large'];
const short = workloads.filter(({ name }) => !LEFT_OUT.includes(name));

const foreign =
  externalBootstrap === undefined
    ? false
    : 'measures a broker of its own, and MILLRACE_INTEROP_BOOTSTRAP names a foreign one';
const found = await findCallCounter();
const counter = typeof found === 'string' ? null : found;
const lines: string[] = [];
let budget: Budget | null = null;

test('copies, allocations and collections are within the budget', {
  skip: foreign,
  timeout: 240_000,
}, async () => {
  const say = (line: string) => lines.push(line);
  budget = await measureBudget({ workloads: short, counter, share: SHARE, say });
  assertWithin((name) => !CALL_FIGURES.includes(name));
});

test('system calls are within the budget', {
  skip: foreign || (typeof found === 'string' ? found : false),
}, () => {
  assertWithin((name) => CALL_FIGURES.includes(name));
});

function assertWithin(isMeant: (name: FigureName) => boolean): void {
  assert.ok(budget !== null, 'it was not measured');
  assert.deepEqual(excessesOf(budget, isMeant), [], lines.join('\n'));
}
