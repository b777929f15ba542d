// Where the foreign clients live once `npm run interop` has installed them, and how each is called.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramOptions } from './program.ts';
import { type Outcome, runOk } from './program.ts';

export const allTools = [
  ...(['kcat', 'java', 'java-old', 'java-compaction'] as const),
  ...(['python', 'python-old', 'go', 'node'] as const),
];
export type Tool = (typeof allTools)[number];

export const interopRoot = join(import.meta.dirname, '..');
/** Everything installed goes here; git ignores it. */
export const installRoot = join(interopRoot, '..', '.interop');

export const paths = {
  javaLibraries: join(installRoot, 'java', 'libs'),
  javaClasses: join(installRoot, 'java', 'classes'),
  /** A folder for each old release of kafka-clients. */
  javaOld: join(installRoot, 'java-old'),
  /** The libraries of Kafka's LogCompactionTester. */
  javaCompaction: join(installRoot, 'java-compaction', 'libs'),
  python: join(installRoot, 'venv', 'bin', 'python'),
  /** For versions that cannot live beside the newest ones. */
  pythonOld: join(installRoot, 'venv-old', 'bin', 'python'),
  goBinary: join(installRoot, 'bin', 'go-driver'),
  nodeModules: join(interopRoot, 'node', 'node_modules'),
} as const;

/** Written by the installer when it succeeded: a digest of what it installed from. */
export function stampFile(tool: Tool): string {
  return join(installRoot, 'stamps', tool);
}

/** Written by the installer when it failed: why. */
export function failureFile(tool: Tool): string {
  return join(installRoot, 'stamps', `${tool}.failed`);
}

/** Null when the tool is there, else a sentence for the skip. */
export function whyMissing(tool: Tool): string | null {
  if (existsSync(stampFile(tool))) return null;
  if (existsSync(failureFile(tool))) return readFileSync(failureFile(tool), 'utf8').trim();
  return `${tool} is not installed; "npm run interop" installs it`;
}

/** Our own programs and the libraries of one folder. */
function classpathWith(libraries: string): string {
  return `${paths.javaClasses}:${join(libraries, '*')}`;
}

export const classpath = classpathWith(paths.javaLibraries);

/** Short-lived JVMs: the quick compiler and the plain collector start fastest, and two cores are all there is. */
const javaFlags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-Xmx512m'];

export function javaArguments(
  mainClass: string,
  args: readonly string[],
  libraries: string = paths.javaLibraries,
): string[] {
  return [...javaFlags, '-cp', classpathWith(libraries), mainClass, ...args];
}

/** Runs one of Kafka's own tools by its class below `org.apache.kafka.tools`. */
export function kafkaTool(
  tool: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Outcome> {
  const mainClass = tool.startsWith('kafka.') ? tool : `org.apache.kafka.tools.${tool}`;
  return runOk('java', javaArguments(mainClass, args), options);
}

export function kcat(args: readonly string[], options: ProgramOptions = {}): Promise<Outcome> {
  return runOk('kcat', args, options);
}
