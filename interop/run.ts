// `npm run interop [-- NAME… --kills=N --tour-bytes=N]`: installs the foreign clients, then runs the suites whose
// file name contains one of the names, all of them without a name. interop/README.md says what each one tries.

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run as runTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { installTools } from './harness/install.ts';
import { killMarked } from './harness/leftovers.ts';
import { allTools, interopRoot, type Tool } from './harness/tools.ts';

/** Two suites at a time: the broker and the JVMs beside it keep two cores busy already. */
const CONCURRENCY = 2;
/** For a suite that hangs between its tests, which have shorter limits of their own. */
const SUITE_TIMEOUT_MS = 15 * 60_000;

interface Arguments {
  readonly names: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const flags: Readonly<Record<string, string>> = {
  '--kills': 'MILLRACE_KILLS',
  '--tour-bytes': 'MILLRACE_TOUR_BYTES',
  '--seed': 'MILLRACE_SEED',
  '--attack-seconds': 'MILLRACE_ATTACK_SECONDS',
  '--attack-topics': 'MILLRACE_ATTACK_TOPICS',
  '--storm-seconds': 'MILLRACE_STORM_SECONDS',
  '--bootstrap': 'MILLRACE_INTEROP_BOOTSTRAP',
};

function parseArguments(args: readonly string[]): Arguments {
  const names: string[] = [];
  const environment: Record<string, string> = {};
  for (const arg of args) {
    if (!arg.startsWith('--')) {
      names.push(arg);
      continue;
    }
    const [flag, value] = arg.split('=', 2) as [string, string | undefined];
    const variable = flags[flag];
    if (variable === undefined || value === undefined) {
      console.error(`interop: ${arg} is not known; there are ${Object.keys(flags).join('=…, ')}=…`);
      process.exit(2);
    }
    environment[variable] = value;
  }
  return { names, environment };
}

function suiteFiles(names: readonly string[]): string[] {
  return readdirSync(interopRoot)
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort()
    .map((file) => join(interopRoot, file));
}

/** The tools a suite names in its `needs: [...]` or its "// Needs: …" line. */
function toolsOf(files: readonly string[]): Tool[] {
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  return allTools.filter((tool) =>
    texts.some((text) =>
      [...text.matchAll(/needs: \[([^\]]*)\]|\/\/ Needs: (.*)/g)].some((match) =>
        (match[1] ?? match[2])!.match(/[\w-]+/g)?.includes(tool),
      ),
    ),
  );
}

async function main(): Promise<void> {
  const { names, environment } = parseArguments(process.argv.slice(2));
  const files = suiteFiles(names);
  if (files.length === 0) {
    console.error(`interop: no suite's file name contains ${names.join(' or ')}`);
    process.exit(2);
  }
  // Everything started from here on carries this mark in its environment, so that leftovers can be told for sure.
  const mark = randomUUID();
  Object.assign(process.env, environment, { MILLRACE_INTEROP_RUN: mark });
  const end = (code: number): never => {
    const killed = killMarked(mark);
    if (killed.length > 0) console.error(`interop: killed what was left: ${killed.join(', ')}`);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(130));

  const failures = await installTools(toolsOf(files));
  for (const reason of failures.values()) {
    const meaning = process.env.CI === 'true' ? 'its suites fail' : 'its suites are skipped';
    console.log(`interop: ${meaning}: ${reason}`);
  }

  let failed = false;
  const stream = runTests({
    files,
    concurrency: CONCURRENCY,
    // Who asks for more kills or a larger tour waits for them.
    timeout: Object.keys(environment).length === 0 ? SUITE_TIMEOUT_MS : Number.POSITIVE_INFINITY,
    execArgv: ['--conditions=@millrace/source'],
  });
  stream.on('test:fail', () => {
    failed = true;
  });
  stream.compose(spec).pipe(process.stdout);
  stream.on('end', () => {
    // The reporter still has its summary to write.
    setImmediate(() => process.stdout.write('', () => end(failed ? 1 : 0)));
  });
}

await main();
