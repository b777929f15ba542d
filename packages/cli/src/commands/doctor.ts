import { lookup } from 'node:dns/promises';
import { connectionOptions, parseBootstrap } from '@millrace/client';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { flag } from '../command/option.ts';
import type { Output, Style } from '../command/output.ts';
import { counted } from '../command/quantities.ts';
import { printable } from '../command/table.ts';
import { examine } from '../doctor/examine.ts';
import { type Finding, Findings, type Status } from '../doctor/findings.ts';
import type { World } from '../doctor/probe.ts';
import { checkRoundTrip } from '../doctor/round-trip.ts';

const STYLES: Readonly<Record<Status, Style>> = { ok: 'green', warning: 'yellow', problem: 'red' };
const INDENT = ' '.repeat(9);

export const doctor = defineCommand({
  description:
    'Connects like a client, from here, and looks at each step: the names resolve, somebody listens, it is a Kafka broker, the ' +
    'addresses that the cluster tells clients to use work from here and lead to the right brokers, there is a controller, ' +
    'every partition has its leader and replicas. Each finding says what was seen, what was expected and what to change.\n\n' +
    'It changes nothing, unless --write lets it make a topic, write a record, read it back and delete the topic. Exit code 1 ' +
    'means that there is a problem; warnings alone leave it at 0.',
  options: {
    write: flag({
      summary: 'also write and read a record in a topic of its own, and compare the clocks',
    }),
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: 'doctor', what: 'the broker on this machine' },
    {
      line: 'doctor -b broker.example:9092 --write',
      what: 'from the machine of a client that cannot connect',
    },
    { line: 'doctor --json', what: 'for a monitor' },
  ],
  async run({ options }, output, context) {
    const bootstrap = parseBootstrap(options.bootstrap);
    const findings = new Findings((finding) => {
      if (!output.isJson) output.lines(findingLines(finding, output));
    });
    const clusterOptions = {
      bootstrap: options.bootstrap,
      clientId: 'millrace-doctor',
      connectTimeoutMs: options.timeout,
      requestTimeoutMs: options.timeout,
      retryTimeoutMs: options.timeout,
    };
    const world: World = {
      lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
      connections: connectionOptions(clusterOptions),
      elapsedMs: () => performance.now(),
      nowMs: () => context.now(),
    };
    const cluster = await examine(bootstrap, world, findings);
    if (options.write && cluster !== null) {
      await checkRoundTrip(clusterOptions, world, findings);
    }
    const problems = findings.count('problem');
    const warnings = findings.count('warning');
    const report = { healthy: problems === 0, problems, warnings, cluster, findings: findings.all };
    output.result(report, () => ['', summary(problems, warnings, output)]);
    return problems === 0 ? 0 : 1;
  },
});

function findingLines(
  { status, check, seen, expected, change }: Finding,
  output: Output,
): string[] {
  const lines = [
    `${output.styled(STYLES[status], status.padEnd(7))}  ${check}: ${printable(seen)}`,
  ];
  if (expected !== null) lines.push(`${INDENT}expected: ${printable(expected)}`);
  if (change !== null) lines.push(`${INDENT}change: ${printable(change)}`);
  return lines;
}

function summary(problems: number, warnings: number, output: Output): string {
  if (problems > 0)
    return output.styled(
      'red',
      `${counted(problems, 'problem')}, ${counted(warnings, 'warning')}.`,
    );
  return warnings === 0 ? 'All is well.' : `No problem, ${counted(warnings, 'warning')}.`;
}
