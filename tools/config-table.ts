// Writes docs/configs.md from the definitions that the broker itself uses. With --check it writes nothing and fails when
// what is there differs from what it would write.

import {
  BROKER_CONFIGS,
  CLIENT_METRICS_CONFIGS,
  type ConfigDefinition,
  GROUP_CONFIGS,
  INERT_BROKER_CONFIGS,
  KAFKA_BROKER_DEFAULTS,
  KAFKA_TOPIC_DEFAULTS,
  TOPIC_CONFIGS,
} from '@millrace/broker';
import { writePage } from './written-page.ts';

const COMMAND = 'node tools/with-project-node.mjs tools/config-table.ts';

type Defaults = ReadonlyMap<string, string | null>;

function page(): string {
  return `# Configs

Every config of Kafka 4.3, but for the internal ones that Kafka itself does not show. Names are Kafka's. Defaults are those
of Kafka except where the third column shows Kafka's. **fixed** means that this version does not act on another value:
setting one is refused with the reason, and the config is shown as read-only. All others work as in Kafka. A name that
Kafka does not know is refused, and the error names the nearest known one.

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

\`listeners\` and \`advertised.listeners\` take any number of plaintext listeners, named through
\`listener.security.protocol.map\`; those in \`controller.listener.names\` are passed over. The options \`--host\`, \`--port\`,
\`--advertised-host\` and \`--advertised-port\` describe one listener and count more. As in Kafka, two listeners share a port only
where one has an IPv4 and the other an IPv6 address, and 0.0.0.0 is not advertised. Differently from Kafka:

- Without \`listeners\` 127.0.0.1:9092 is bound, since there is no security yet; Kafka binds all addresses. With
  \`advertised.listeners\` alone it is as in Kafka (all addresses, port 9092), and as in its image
  (\`KAFKA_ADVERTISED_LISTENERS\`: the same names and ports on all addresses).
- Where all addresses are bound and no host is advertised, a client is told the address of this machine that it reached.
  Kafka tells the canonical host name, which often only the machine itself can resolve, or refuses to start (0.0.0.0).

\`log.dirs\` stands for \`--data-dir\`: one directory. A config that is not here (below) is named in a warning; a name that Kafka does
not know is refused, in the environment reported.

${table(BROKER_CONFIGS, KAFKA_BROKER_DEFAULTS)}

### Broker configs that are not here

They concern what is not built yet, or what a single process without a JVM does not have. DescribeConfigs shows them as
read-only with the value in the second column; changing one is refused with the reason.

${inertTables()}

## Group configs

Of single groups (\`kafka-configs --entity-type groups\`). Where a broker config of the same name after \`group.\` exists, it gives
the default.

${table(GROUP_CONFIGS, defaultsOf(GROUP_CONFIGS))}

## Client metrics

Of a subscription to the metrics of clients (KIP-714; \`kafka-client-metrics\` or \`kafka-configs --entity-type client-metrics\`),
which is there from its first config to its last. A change is in force at once.

${table(CLIENT_METRICS_CONFIGS, defaultsOf(CLIENT_METRICS_CONFIGS))}

## Broker loggers

The levels of the log, by subject (\`kafka-configs --entity-type broker-loggers --entity-name 1\`): \`root\`, which the others follow
until they have a level of their own, \`kafka.network.SocketServer\` (connections), \`kafka.request.logger\` (at DEBUG, every
request), \`kafka.server.KafkaApis\` (requests that failed inside), \`kafka.log.LogManager\` (the store) and \`state.change.logger\`
(topics and configs that change). Levels are Kafka's. A change is in force at once and, as in Kafka, lasts until the broker ends.

## Quotas and credentials

\`producer_byte_rate\`, \`consumer_byte_rate\`, \`request_percentage\`, \`controller_mutation_rate\` (users and client ids),
\`connection_creation_rate\` (addresses), \`SCRAM-SHA-256\` and \`SCRAM-SHA-512\` (users): not here, since this version has no quotas
and no SASL. They are described as by a Kafka on which none was set, and setting one is refused. So are
\`leader.replication.throttled.rate\`, \`follower.replication.throttled.rate\` and \`replica.alter.log.dirs.io.max.bytes.per.second\` of a
broker: a single broker holds the only replica.
`;
}

/** One table for each reason, in the order in which they are defined. */
function inertTables(): string {
  const byReason = Map.groupBy(INERT_BROKER_CONFIGS, ({ fixedBecause }) => fixedBecause!);
  return [...byReason]
    .map(([reason, definitions]) => {
      const head = [
        "| config | here | Kafka's default, if it differs | what it does in Kafka |",
        '| --- ',
      ];
      const rows = definitions.map((definition) =>
        row([
          code(definition.name),
          valueText(definition.defaultValue),
          kafkaDefault(definition, KAFKA_BROKER_DEFAULTS),
          definition.documentation,
        ]),
      );
      const title = `**${reason[0]!.toUpperCase()}${reason.slice(1)}**`;
      return [title, '', head[0], `${head[1]!.repeat(4)}|`, ...rows].join('\n');
    })
    .join('\n\n');
}

/** Of those that have Kafka's defaults. */
function defaultsOf(definitions: readonly ConfigDefinition[]): Defaults {
  return new Map(definitions.map(({ name, defaultValue }) => [name, defaultValue]));
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(definitions: readonly ConfigDefinition[], kafka: Defaults): string {
  const rows = [...definitions]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => {
      const { name, defaultValue, documentation } = definition;
      return row([
        code(name),
        valueText(defaultValue),
        kafkaDefault(definition, kafka),
        acceptedText(definition),
        documentation,
      ]);
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

writePage('configs.md', page(), COMMAND);
