// Writes docs/configs.md from the definitions that the broker itself uses. With --check it writes nothing and fails when
// what is there differs from what it would write.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BROKER_CONFIGS,
  type ConfigDefinition,
  KAFKA_BROKER_DEFAULTS,
  KAFKA_TOPIC_DEFAULTS,
  TOPIC_CONFIGS,
} from '@millrace/broker';

const PATH = join(import.meta.dirname, '..', 'docs', 'configs.md');
const COMMAND = 'node tools/with-project-node.mjs tools/config-table.ts';

type Defaults = ReadonlyMap<string, string | null>;

function page(): string {
  return `<!-- Written by \`${COMMAND}\`; do not edit. -->

# Configs

Names are Kafka's. Defaults are those of Kafka 4.3 except where the third column shows Kafka's. **fixed** means that
this version does not act on another value: setting one is refused with the reason, and the config is shown as read-only.
All others work as in Kafka.

## Topic configs

Set them when a topic is created (\`kafka-topics --create --config\`) or later (\`kafka-configs --alter --entity-type topics\`);
a change is in force for the next record.

${table(TOPIC_CONFIGS, KAFKA_TOPIC_DEFAULTS)}

## Broker configs

**Dynamic** ones can be changed while the broker runs, as in Kafka: for one broker (\`kafka-configs --alter --entity-type brokers
--entity-name 1\`) or for all (\`--entity-default\`). Such a change is in force at once, is kept over restarts, and counts more
than what the broker was started with. A change of any other one is refused.

\`millrace config\` prints the value that each has at the start and where it came from. From the strongest to the weakest:

1. \`--set NAME=VALUE\`
2. the environment, as in Kafka's image: \`KAFKA_NUM_PARTITIONS\` is \`num.partitions\` (\`_\` is a dot, \`__\` an underscore, \`___\` a dash)
3. \`--config FILE\`, a property file like Kafka's \`server.properties\`

\`listeners\`, \`advertised.listeners\` and \`log.dirs\` stand for \`--host\`, \`--port\`, \`--advertised-host\` and \`--data-dir\`, which
count more: one plaintext listener, its advertised port the same, and one directory. Listeners in
\`controller.listener.names\` are passed over. The other broker configs of Kafka 4.3 are not acted on: they concern what is
not built yet, or what a single process without a JVM does not have. They are named in a warning; names that Kafka does not
know are refused, in the environment reported.

${table(BROKER_CONFIGS, KAFKA_BROKER_DEFAULTS)}
`;
}

function table(definitions: readonly ConfigDefinition[], kafka: Defaults): string {
  const rows = [...definitions]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => {
      const { name, defaultValue, documentation } = definition;
      const cells = [
        code(name),
        valueText(defaultValue),
        kafkaDefault(definition, kafka),
        acceptedText(definition),
        documentation,
      ];
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    });
  const head = ["| config | default | Kafka's, if it differs | values | what it does |", '| --- '];
  return [head[0], `${head[1]!.repeat(5)}|`, ...rows].join('\n');
}

function kafkaDefault({ name, defaultValue }: ConfigDefinition, kafka: Defaults): string {
  const theirs = kafka.get(name);
  if (theirs === undefined) return 'unknown to Kafka';
  return (theirs ?? '') === (defaultValue ?? '') ? '' : valueText(theirs);
}

function acceptedText(definition: ConfigDefinition): string {
  return `${definition.isDynamic === true ? '**dynamic** ' : ''}${valuesText(definition)}`;
}

function valuesText(definition: ConfigDefinition): string {
  const { type, min, max, orElse, allowed, fixedBecause } = definition;
  if (fixedBecause !== undefined) return `**fixed**: ${fixedBecause}`;
  if (allowed !== undefined) return allowed.map(code).join(', ');
  if (min !== undefined && min === max) return `only ${code(String(min))}`;
  const range = [min === undefined ? '' : ` ≥ ${min}`, max === undefined ? '' : ` ≤ ${max}`];
  const other = orElse === undefined ? '' : `, or ${orElse}`;
  return `${type}${range.filter((bound) => bound !== '').join(',')}${other}`;
}

function valueText(value: string | null): string {
  return value === null ? 'none' : value === '' ? 'empty' : code(value);
}

function code(text: string): string {
  return `\`${text}\``;
}

const wanted = page();
if (!process.argv.includes('--check')) {
  writeFileSync(PATH, wanted);
} else if (readFileSync(PATH, 'utf8') !== wanted) {
  console.error(`docs/configs.md is not what the definitions say: run ${COMMAND}`);
  process.exitCode = 1;
}
