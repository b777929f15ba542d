// docs/benchmarks.md, made from a result.

import type { MachineDescription } from '../machine.ts';
import {
  type ComparisonResult,
  doesSinkMiss,
  type ScenarioResult,
  type TargetOutcome,
  targetOutcome,
} from '../result.ts';
import { groupsOf, groupTable, targetTable } from './table.ts';

const FEWEST_PAIRS = 5;

/** `name` is that of the files beside it, `<name>.svg` and `<name>.json`. */
export function page(result: ComparisonResult, name: string): string {
  return [
    `<!-- Written by \`npm run bench -- compare --docs\`; do not edit. -->`,
    '# Millrace and Apache Kafka on one machine',
    introduction(result, name),
    '## The targets',
    verdict(result),
    targetTable(result),
    `![The ratios of the table above, drawn on one scale](${name}.svg)`,
    '## How it is measured',
    METHOD,
    '## The machine',
    machineText(result.machine, result),
    '## Everything',
    'What has no target is here as well. Figures of one run depend on the machine; the ratios are what counts.',
    ...groupsOf(result).flatMap((group) => [`### ${heading(group)}`, groupTable(result, group)]),
    '## Commands',
    'What the clients were started with, in one of the runs; ports and topics differ from run to run.',
    commands(result),
    ...failuresText(result),
    '',
  ].join('\n\n');
}

function introduction(result: ComparisonResult, name: string): string {
  const day = result.startedAt.slice(0, 10);
  const cautions = [
    ...(result.pairs < FEWEST_PAIRS
      ? [`**A first look with ${count(result.pairs, 'pair')} of runs: expect other ratios.**`]
      : []),
    ...(result.machine.loadAverage > result.machine.cores / 2
      ? ['**The machine was busy with other work while this was measured.**']
      : []),
    ...result.notes.map((note) => `Left out: ${note}.`),
  ];
  return [
    `${result.peers.join(' and ')}, each as one broker, driven by the same clients in turn, run by run. Made on ${day} by`,
    '',
    '```sh',
    'npm run bench                     # everything: an hour or more; Java, Maven and kcat must be there, or apt to install kcat',
    'npm run bench -- --quick          # a few minutes, to try it',
    'npm run bench -- --list           # the scenarios; --only=NAME,… runs some of them',
    '```',
    '',
    `which installs Apache Kafka through Maven. Every run is in [${name}.json](${name}.json).`,
    ...cautions.flatMap((caution) => ['', caution]),
  ].join('\n');
}

function verdict(result: ComparisonResult): string {
  const all = result.scenarios.flatMap(({ figures }) => figures);
  const outcomes = all.map(targetOutcome);
  const byAll = all.filter((figure) => targetOutcome(figure) === 'missed' && doesSinkMiss(figure));
  const how = (outcome: TargetOutcome) => outcomes.filter((other) => other === outcome).length;
  const [met, limited, missed] = [how('met'), how('the client is the limit'), how('missed')];
  return (
    `${met} of ${met + limited + missed} targets are met; at ${limited} the client is the limit; missed: ${missed}, ${byAll.length} of them by the sink too. A ratio is Millrace's figure divided by Kafka's: the median over ` +
    `${count(result.pairs, 'pair')} of runs, and in brackets the smallest and the largest. ` +
    '“Against the sink” is what the same client does against a broker that does nothing: it acknowledges and drops what it ' +
    'gets, serves made-up records, or hands on the last record from memory (latency). “The limit” stands where Millrace comes ' +
    'within 10 % of it, so that no broker could do much better. The sink runs on Node as Millrace does: what it costs is the ' +
    'least that a broker on Node can cost.'
  );
}

const METHOD = `- **Pairs.** Both brokers run through all scenarios, one idle while the other is measured. A pair is a run of one and then of
  the other; who goes first changes from pair to pair. Each run has a topic of its own that is deleted afterwards.
- **Durability.** *Neither syncs* is \`flush.messages=9223372036854775807\` on both topics, Kafka's default: acknowledged from the
  page cache. *Both sync* is \`flush.messages=1\` on both, Millrace's default: acknowledged when it is on the disk. *Own defaults*
  sets nothing, so that Millrace syncs and Kafka does not.
- **Brokers.** Kafka runs in KRaft mode with the settings of its own \`config/server.properties\` and the JVM flags of its own
  scripts (1 GB of heap, G1); Millrace with its defaults. Both have \`log.segment.delete.delay.ms=500\` and
  \`group.initial.rebalance.delay.ms=0\`, so that one run does not meet what the one before left behind.
- **Clients.** Kafka's tools run in a JVM that has run them before, one for all brokers: one that has just started compiles for ten
  seconds and more, in which it is slower than any broker. Who repeats a figure by hand gives \`kafka-producer-perf-test\` a
  large \`--warmup-records\`. kcat starts anew for each run and is timed as a whole.
- **Warm-up.** Each broker takes rounds of 400 MB until that gets no faster, and gives 400 MB, before anything is measured; and
  runs at the start of a scenario find out how many records fill the time of a run. \`kafka-producer-perf-test\` sends 20 % more before what is measured.
  The rate of \`kafka-consumer-perf-test\` is that of fetching (\`fetch.nMsg.sec\`), without the time in which its group comes
  together.
- **Many producers** are many \`kafka-producer-perf-test\` in one JVM, timed together after a first round that is not.
- **Latency** is that of the loop of \`kafka-e2e-latency\`: one record is sent, acknowledged, polled, and then the next. That tool
  prints whole milliseconds; ours does the same and prints microseconds (\`interop/java\`). The load beside it is
  \`kafka-producer-perf-test\` on another topic, at a part of what Kafka takes from it at most; both brokers get the same.
- **At the end of a topic**: consumers wait at its end while prepared batches come in as fast as the broker takes them; the rate is
  what reached all of them, until the last has all.
- **From the disk**: the topic's segments are synced and taken out of the page cache before each run.
- **Start**: from an empty directory (for Kafka \`kafka-storage format\` and the start) until a connection that tries every 5 ms has
  made a topic and has its first record acknowledged.
- **Memory** is resident memory (\`VmRSS\`): three seconds after the first record, and right after 10 GB went in and out.
- **Processor time** is the broker's own (\`/proc/PID/stat\`, user and system) around a run, the client's warm-up included, for each
  10⁹ bytes of record values.
- Client and broker share the cores, so a rate also says what the client left to the broker.`;

function machineText(machine: MachineDescription, result: ComparisonResult): string {
  const gigabytes = (bytes: number) => `${Math.round(bytes / 1e9)} GB`;
  return [
    `${machine.cores} cores of ${machine.processor}, ${gigabytes(machine.memoryBytes)} of memory, ${machine.kernel}; data on ` +
      `${machine.disk}, ${gigabytes(machine.freeDiskBytes)} free. Node ${machine.node}, Java ${machine.java}, librdkafka ` +
      `${machine.librdkafka}. Load average of the minute before: ${machine.loadAverage}. ` +
      `${count(result.pairs, 'pair')} of runs of about ${result.seconds} s, ${Math.round(result.tookSeconds / 60)} minutes in all.`,
  ].join('\n');
}

function commands({ scenarios }: ComparisonResult): string {
  const lines = scenarios
    .filter(({ command }) => command !== '')
    .map(({ name, command }) => `${name}: ${command}`);
  return ['```', ...lines, '```'].join('\n');
}

function failuresText({ scenarios }: ComparisonResult): string[] {
  const lines = scenarios.flatMap(({ name, failures }: ScenarioResult) =>
    failures.map((failure) => `- ${name}: ${failure}`),
  );
  if (lines.length === 0) return [];
  return ['## Runs that failed', `They count for nothing above.\n\n${lines.join('\n')}`];
}

function heading(group: string): string {
  return group.charAt(0).toUpperCase() + group.slice(1);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
