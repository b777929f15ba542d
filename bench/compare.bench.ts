// Millrace and Apache Kafka on this machine, run by run in turn, with the same clients.
//
//   npm run bench [-- compare --only=produce-1k,… --pairs=5 --seconds=5 --quick --list]
//
// docs/benchmarks.md says what is measured, and how.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArguments } from './compare/arguments.ts';
import { compare } from './compare/compare.ts';
import { groupsOf, groupTable, targetTable } from './compare/report/table.ts';
import { scenarios } from './compare/scenarios/index.ts';

async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(3), scenarios, new Date());
  if (options.list) {
    for (const { name, group, title } of scenarios) console.log(`${name}  ${group}: ${title}`);
    return;
  }
  const result = await compare({ ...options, say: (line) => console.log(line) });
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(`${options.out}.json`, `${JSON.stringify(result, null, 1)}\n`);
  console.log(`\n${targetTable(result)}\n`);
  for (const group of groupsOf(result)) console.log(`${group}\n\n${groupTable(result, group)}\n`);
  console.log(`${options.out}.json has every run.`);
}

// Brokers and their data go when this process exits, which a signal alone would not make it do in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

try {
  await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
