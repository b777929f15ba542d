import { EventSurface } from '@millrace/broker';
import { BrokerMetrics } from './broker-metrics.ts';
import type { MetricDefinition } from './metric-text.ts';

const SECTIONS: readonly {
  readonly title: string;
  readonly text: string;
  readonly names: RegExp;
}[] = [
  {
    title: 'Topics, partitions and groups',
    text: `In the names of [kafka_exporter](https://github.com/danielqsj/kafka_exporter), whose dashboards and alerts work
without it.`,
    names: /^kafka_(brokers|topic|consumergroup)/,
  },
  {
    title: 'The broker',
    text: `In the names that Strimzi's rules for the JMX exporter give to Kafka's beans, where there is a counterpart.
\`kafka_server_brokertopicmetrics_*\` have Kafka's series without a topic beside those of each topic: ask for \`topic=""\` or for
\`topic!=""\`, or what you sum up is counted twice. As in Kafka their requests are counted partition by partition.`,
    names: /^kafka_/,
  },
  {
    title: 'What only Millrace has',
    text: 'Names may be added; those there are keep their meaning.',
    names: /^millrace_/,
  },
  { title: 'The process', text: 'As client libraries of Prometheus name them.', names: /^/ },
];

/** The metrics as a page of Markdown, from what is served. */
export function metricReference(): string {
  const metrics = new BrokerMetrics(new EventSurface(), () => null);
  const definitions = metrics.definitions;
  metrics.close();
  const left = new Set(definitions);
  const sections = SECTIONS.map(({ title, text, names }) => {
    const own = [...left].filter(({ name }) => names.test(name));
    for (const one of own) left.delete(one);
    return `## ${title}\n\n${text}\n\n${table(own)}`;
  });
  return [INTRODUCTION, ...sections, CLIENT_METRICS, HEALTH].join('\n\n');
}

const INTRODUCTION = `# Metrics and health

\`--http-port 9404\` serves \`/metrics\` in Prometheus' text format, \`/health/live\` and \`/health/ready\`, on the address of the first
listener. There is no password yet: who reaches the port reads them.

\`\`\`yaml
scrape_configs:
  - job_name: millrace
    static_configs: [{ targets: ['127.0.0.1:9404'] }]
\`\`\`

A scrape of 10,000 partitions is about 8 MB of text; the broker makes it in slices between which clients are served, four
scrapes at most at a time. Series of topics, partitions and groups that are gone are gone with them.

What a single process without a JVM and without followers does not have is not here: \`jvm_*\`, replica fetchers, ISR shrinks and
expands, the KRaft quorum. Rates and their averages over minutes (\`OneMinuteRate\`) are left to \`rate()\` of the counters.`;

const CLIENT_METRICS = `## Metrics of clients

With the HTTP port clients are asked for their own metrics as a subscription says (\`kafka-client-metrics\`, KIP-714). They are
shown under the client's name of them with underscores, such as \`org_apache_kafka_producer_record_send_rate\`, with the labels
\`client_id\` and \`client_instance_id\`, until the client ends or is silent for three of its intervals. A name that begins like
one of the broker's has \`client_\` in front.`;

const HEALTH = `## Health

| path | answer |
| --- | --- |
| \`/health/live\` | 200 for as long as the process answers at all |
| \`/health/ready\` | 200 while the broker serves; 503 with the \`reason\` in JSON while it starts or closes, while a log has stopped after a failed write or sync, and while writes of metadata fail |

Ready follows what is so at the moment. A full disk is no reason: producers are told, and it passes without a restart.`;

function table(definitions: readonly MetricDefinition[]): string {
  const rows = definitions
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, labels, help }) => {
      const labelText = labels.map((label) => `\`${label}\``).join(', ');
      return `| \`${name}\` | ${type} | ${labelText} | ${help} |`;
    });
  return ['| metric | type | labels | what it is |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
