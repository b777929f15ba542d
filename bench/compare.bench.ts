// Millrace and Apache Kafka on this machine, run by run in turn, with the same clients.
//
//   npm run bench [-- compare --only=produce-1k,… --pairs=5 --seconds=5 --quick --list]
//
// docs/benchmarks.md says what is measured, and how.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { installTools } from '../interop/harness/install.ts';
import { type CompareArguments, parseArguments } from './compare/arguments.ts';
import { compare } from './compare/compare.ts';
import { page } from './compare/report/page.ts';
import { picture } from './compare/report/picture.ts';
import { groupsOf, groupTable, targetTable } from './compare/report/table.ts';
import { type ComparisonResult, resultText } from './compare/result.ts';
import { scenarios } from './compare/scenarios/index.ts';

async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(3), scenarios, new Date());
  if (options.list) {
    for (const { name, group, title } of scenarios) console.log(`${name}  ${group}: ${title}`);
    return;
  }
  const result = await resultOf(options);
  write(options.out, result);
  print(result);
  console.log(`${options.out}.json has every run, ${options.out}.md and .svg what it comes to.`);
}

async function resultOf(options: CompareArguments): Promise<ComparisonResult> {
  if (options.from !== null) return JSON.parse(readFileSync(options.from, 'utf8'));
  const failures = await installTools(['java', 'kcat']);
  const java = failures.get('java');
  if (java !== undefined) throw new Error(`the clients are Kafka's own, and ${java}`);
  const notes = [...failures.values()];
  return compare({
    ...{ ...options, notes },
    say: (line) => console.log(line),
    onProgress: (soFar) => write(options.out, soFar),
  });
}

function write(out: string, result: ComparisonResult): void {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(`${out}.json`, resultText(result));
  writeFileSync(`${out}.md`, page(result, basename(out)));
  writeFileSync(`${out}.svg`, picture(result));
}

function print(result: ComparisonResult): void {
  for (const group of groupsOf(result)) console.log(`\n${group}\n\n${groupTable(result, group)}`);
  console.log(`\nwhat has a target\n\n${targetTable(result)}\n`);
}

// Brokers and their data go when this process exits, which a signal alone would not make it do in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

try {
  await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
