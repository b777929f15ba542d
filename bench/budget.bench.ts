// What a request costs the broker, in things that can be counted: system calls, copies, allocations, collections of garbage,
// hand-overs between threads. It fails when something costs more than bench/budget/limits.ts allows.
//
//   npm run bench -- budget [--only=NAME] [--docs]
//
// The program runs in a process of its own; a few fixed workloads are driven through it, so many requests of each. System
// calls are counted where perf or strace may. With --docs it writes docs/budget.md.

import { writePage } from '../tools/written-page.ts';
import { excessesOf, measureBudget } from './budget/budget.ts';
import { budgetPage } from './budget/page.ts';
import { findCallCounter } from './budget/system-calls.ts';
import { workloads } from './budget/workloads.ts';

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7) ?? '';
const isForDocs = process.argv.includes('--docs');

const found = await findCallCounter();
const counter = typeof found === 'string' ? null : found;
console.log(counter === null ? found : `system calls are counted by ${counter.tool}`);
const budget = await measureBudget({
  // The first one warms the broker for the others.
  workloads: workloads.filter(({ name }, index) => index === 0 || name.includes(only)),
  counter,
  share: 1,
  say: (line) => console.log(line),
});
if (isForDocs && (only !== '' || counter === null)) {
  console.error('bench: the page is of all workloads, with their system calls: it was not written');
  process.exitCode = 2;
} else if (isForDocs) {
  writePage('budget.md', budgetPage(budget, counter!.tool), 'npm run bench -- budget --docs');
}
const excesses = excessesOf(budget, () => true);
for (const sentence of excesses) console.error(`over the budget: ${sentence}`);
if (excesses.length > 0) process.exitCode = 1;
