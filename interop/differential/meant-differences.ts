// The differences that are meant, each with its reason. One that no longer occurs fails the test: take it out. They are
// shown in docs/compatibility.md.

import {
  ALL_BROKER_CONFIGS,
  type ConfigDefinition,
  GROUP_CONFIGS,
  KAFKA_BROKER_DEFAULTS,
  KAFKA_TOPIC_DEFAULTS,
  TOPIC_CONFIGS,
} from '@millrace/broker';
import type { Difference } from './compare.ts';

export interface MeantDifference {
  /** The API, or several that differ in the same way; every one where this is left out. */
  readonly apis?: readonly string[];
  /** Matches the path of the field; see `Difference`. */
  readonly path: RegExp;
  /** The scenario it is in; every one where this is left out. */
  readonly scenario?: string;
  /** What Kafka answers there; anything where this is left out. */
  readonly kafka?: readonly unknown[];
  /** For an operator: what is different, and why that is better or cannot be otherwise. */
  readonly reason: string;
}

const definitions: readonly ConfigDefinition[] = [
  ...TOPIC_CONFIGS,
  ...ALL_BROKER_CONFIGS.values(),
  ...GROUP_CONFIGS,
];

/** Matches this field of the configs for which `holds` is true. */
function ofConfigs(field: string, holds: (config: ConfigDefinition) => boolean): RegExp {
  const names = definitions.filter(holds).map(({ name }) => name.replaceAll('.', '\\.'));
  return new RegExp(`\\.configs(\\.|\\[)(${names.join('|')})\\]?\\.${field}$`);
}

function hasOwnDefault({ name, defaultValue }: ConfigDefinition): boolean {
  const theirs = KAFKA_TOPIC_DEFAULTS.get(name) ?? KAFKA_BROKER_DEFAULTS.get(name);
  return theirs !== undefined && (theirs ?? '') !== (defaultValue ?? '');
}

/** What the Kafka of this suite is started with (kafka.ts), and what follows from it. */
const givenToKafka: readonly string[] = [
  'advertised.listeners',
  'broker.id',
  'controller.listener.names',
  'controller.quorum.voters',
  'listener.security.protocol.map',
  'listeners',
  'log.dirs',
  'node.id',
  'offsets.topic.num.partitions',
  'offsets.topic.replication.factor',
  'process.roles',
  'share.coordinator.state.topic.min.isr',
  'share.coordinator.state.topic.replication.factor',
  'transaction.state.log.min.isr',
  'transaction.state.log.num.partitions',
  'transaction.state.log.replication.factor',
];

export const meantDifferences: readonly MeantDifference[] = [
  {
    apis: ['ApiVersions'],
    path: /^apiKeys\[\d+\]$/,
    reason: 'Only what is served is announced; the table of APIs says what is not, and why.',
  },
  {
    apis: ['ApiVersions'],
    path: /^((supported|finalized)Features\[|finalizedFeaturesEpoch$)/,
    reason: 'There is no KRaft quorum whose features could be upgraded.',
  },
  {
    apis: ['Metadata', 'DescribeTopicPartitions', 'ListConfigResources'],
    path: /^(topics|configResources)\[(2 )?__consumer_offsets( |\])/,
    reason: 'Committed offsets are in the metadata store, so there is no topic for them.',
  },
  {
    apis: ['Metadata'],
    path: /^topics\[auto-/,
    scenario: 'made as it is asked for',
    reason:
      'A topic that is made as it is asked for is there at once; Kafka first answers that it has no leader.',
  },
  {
    apis: ['Metadata'],
    path: /^topics\[on_demand-.+\]\.errorCode$/,
    scenario: 'made, where it would collide',
    kafka: [3],
    reason:
      'A topic that cannot be made as it is asked for is refused with the reason; Kafka says that it is unknown, and clients ask on until they time out.',
  },
  {
    apis: ['CreateTopics'],
    path: /^topics\[col_lides-/,
    scenario: 'names that collide',
    reason:
      'Of two names that collide the second is refused also when both come in one request; Kafka makes both.',
  },
  {
    apis: ['CreateTopics'],
    path: /\.value$/,
    scenario: 'configs at their ends',
    kafka: [' 1048576 '],
    reason:
      'Spaces around the value of a config are dropped; Kafka keeps them and does not mind them.',
  },
  {
    apis: ['CreatePartitions', 'DeleteTopics', 'ElectLeaders', 'AlterPartitionReassignments'],
    path: /(^|\.)errorCode$/,
    kafka: [7],
    reason:
      'A request that gives no time at all is carried out and answered; there is no controller elsewhere to wait for. Kafka answers REQUEST_TIMED_OUT.',
  },
  {
    path: /\.?errorMessage$/,
    kafka: [null, ''],
    reason: 'Every refusal says why; Kafka says it for some.',
  },
  {
    path: ofConfigs('readOnly', ({ fixedBecause }) => fixedBecause !== undefined),
    reason: 'A config that has no effect here is read-only; docs/configs.md says why for each.',
  },
  {
    path: ofConfigs('(synonyms\\[\\d\\]\\.)?value', hasOwnDefault),
    reason: 'Some defaults are our own; docs/configs.md shows Kafka’s beside them.',
  },
  {
    apis: ['DescribeConfigs'],
    path: ofConfigs('(value|configSource|synonyms.*)', ({ name }) => givenToKafka.includes(name)),
    reason: 'Each broker shows the settings that it was started with.',
  },
  {
    apis: ['DescribeConfigs'],
    path: /configs\[ssl\.(key|trust)manager\.algorithm\]\.(value|synonyms.*)$/,
    reason: 'Some defaults are those of the JVM, which is not there.',
  },
  {
    apis: ['CreateTopics', 'DescribeConfigs'],
    path: /\.configs\[min\.insync\.replicas\]\.(configSource|synonyms.*)$/,
    reason:
      'With its feature eligible.leader.replicas.version Kafka sets min.insync.replicas for the cluster; here it is the default.',
  },
  {
    path: /(^|\.)errorCode$/,
    kafka: [-1],
    reason:
      'Where Kafka stumbles over a value that cannot be and says no more than UNKNOWN_SERVER_ERROR, the mistake is named, or the nearest value taken.',
  },
  {
    apis: ['Produce'],
    path: /^$/,
    scenario: 'null',
    kafka: ['<not in time>'],
    reason: 'Records that are null are refused; Kafka fails inside and never answers.',
  },
  {
    apis: ['Produce'],
    path: /^responses\[.+\]\.partitionResponses\[0( #2\]$|\]\.baseOffset$)/,
    scenario: 'to a partition twice',
    reason:
      'Two batches for one partition in one request are both appended and answered; Kafka keeps the last and drops the first.',
  },
  {
    apis: ['Produce'],
    path: /\.(errorCode|baseOffset)$/,
    scenario: 'a delete horizon',
    reason:
      'A delete horizon is set by compaction in the broker; a producer that sets it is refused, where Kafka stores it.',
  },
  {
    apis: ['Produce'],
    path: /logAppendTimeMs$/,
    scenario: 'sequences',
    reason:
      'A batch that was sent twice is answered twice alike: with −1, since its times are the producer’s. ' +
      'Kafka gives the second answer the time of the last record, which clients then show for all of them.',
  },
  {
    apis: ['ListOffsets'],
    path: /\.(timestamp|offset|leaderEpoch)$/,
    scenario: 'a log that was emptied',
    reason:
      'A log whose records were all deleted has no largest timestamp; Kafka names that of a deleted record.',
  },
  {
    apis: ['ListGroups'],
    path: /^groups\[(never-joined|nothing-left)-.+\]$/,
    reason:
      'A group of which there is nothing left, or never was anything, is gone; Kafka keeps it for a while, empty.',
  },
  {
    apis: ['DescribeGroups'],
    path: /^groups\[0\]\.(groupState|errorCode)$/,
    scenario: 'of which nothing is left',
    kafka: ['Empty', 0],
    reason:
      'A group of which there is nothing left, or never was anything, is gone; Kafka keeps it for a while, empty.',
  },
  {
    apis: ['DescribeConfigs'],
    path: /\.documentation$/,
    scenario: 'of a logger',
    kafka: [''],
    reason: 'Documentation that was not asked for is null; Kafka leaves that of loggers empty.',
  },
  {
    apis: ['IncrementalAlterConfigs'],
    path: /errorCode$/,
    scenario: 'of a broker, an unknown one',
    kafka: [0],
    reason:
      'An unknown broker config is refused; Kafka takes any name, for the plugins that it may have.',
  },
  {
    apis: ['IncrementalAlterConfigs'],
    path: /errorCode$/,
    scenario: 'of a subscription, a pattern that looks ahead',
    kafka: [0],
    reason:
      'Patterns of clients have the syntax of RE2, whose time to match is bounded; Java’s look-around and back ' +
      'references are refused.',
  },
  {
    apis: ['IncrementalAlterConfigs'],
    path: /errorCode$/,
    scenario: 'of a broker, one without effect here',
    kafka: [0],
    reason: 'A config that has no effect here is refused; docs/configs.md says why for each.',
  },
  {
    apis: ['IncrementalAlterConfigs'],
    path: /errorCode$/,
    scenario: 'of a group, another value',
    kafka: [0],
    reason:
      'Group configs belong to the consumer, share and streams protocols, which are not served yet.',
  },
  {
    apis: ['AlterClientQuotas'],
    path: /errorCode$/,
    scenario: 'one that is set',
    kafka: [0],
    reason: 'There are no quotas yet, so setting one is refused.',
  },
  {
    apis: ['AlterUserScramCredentials'],
    path: /errorCode$/,
    scenario: 'a new one',
    kafka: [0],
    reason: 'There is no SASL yet, so setting a credential is refused.',
  },
];

export function matches(meant: MeantDifference, difference: Difference): boolean {
  const { apis, path, scenario, kafka } = meant;
  return (
    (apis === undefined || apis.includes(difference.api)) &&
    path.test(difference.path) &&
    (scenario === undefined || scenario === difference.scenario) &&
    (kafka === undefined || kafka.includes(difference.kafka))
  );
}
