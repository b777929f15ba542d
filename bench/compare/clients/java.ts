// How Kafka's own programs are run: with the flags of its scripts, from the jars that interop/java installs.

import { readdirSync } from 'node:fs';
import { classpath, paths } from '../../../interop/harness/tools.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** `KAFKA_JVM_PERFORMANCE_OPTS` of `kafka-run-class.sh`. */
const PERFORMANCE_FLAGS = [
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-XX:MaxInlineLevel=15',
  '-Djava.awt.headless=true',
];

export function javaCommand(
  heap: readonly string[],
  mainClass: string,
  args: readonly string[],
): Command {
  return {
    command: 'java',
    args: [...heap, ...PERFORMANCE_FLAGS, '-cp', classpath, mainClass, ...args],
  };
}

/** Of the jars, brokers and tools alike. */
export function kafkaVersion(): string {
  const jars = readdirSync(paths.javaLibraries);
  const version = jars.map((jar) => /^kafka-clients-(.*)\.jar$/.exec(jar)?.[1]).find(Boolean);
  if (version === undefined) throw new Error(`no kafka-clients in ${paths.javaLibraries}`);
  return version;
}
