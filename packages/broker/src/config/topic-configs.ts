import type { LogConfig, TargetCompression } from '@millrace/storage';
import { didYouMean } from '../nearest-name.ts';
import { invalidConfig } from '../refusal.ts';
import type { BrokerConfig } from './broker-configs.ts';
import { cleanupPolicy, cleanupPolicyProblem } from './cleanup-policy.ts';
import { type ConfigRules, notAList } from './config-change.ts';
import {
  COMPRESSION_TYPES,
  type ConfigDefinition,
  configNumber,
  configProblem,
  LONG_MAX,
} from './config-definition.ts';

const ONE_LZ4_LEVEL = "the lz4 library here has one level, the one that Kafka's default means.";
const NO_REMOTE_STORAGE = 'this version has no tiered storage.';
const ONE_REPLICA = 'a single broker holds the only replica.';

/** Every topic config of Kafka 4.3. `fixedBecause` marks those that this version does not act on. */
export const TOPIC_CONFIGS: readonly ConfigDefinition[] = [
  {
    name: 'cleanup.policy',
    type: 'LIST',
    defaultValue: 'delete',
    problemOf: cleanupPolicyProblem,
    brokerName: 'log.cleanup.policy',
    documentation: 'What happens to old segments: "delete", or nothing (empty).',
  },
  {
    name: 'compression.type',
    type: 'STRING',
    defaultValue: 'producer',
    allowed: COMPRESSION_TYPES,
    brokerName: 'compression.type',
    documentation: 'The codec of the stored batches; "producer" keeps what the producer chose.',
  },
  {
    name: 'compression.gzip.level',
    type: 'INT',
    defaultValue: '-1',
    min: 1,
    max: 9,
    orElse: -1,
    brokerName: 'compression.gzip.level',
    documentation: 'Level used when compression.type is gzip.',
  },
  {
    name: 'compression.lz4.level',
    type: 'INT',
    defaultValue: '9',
    brokerName: 'compression.lz4.level',
    documentation: 'Level used when compression.type is lz4.',
    fixedBecause: ONE_LZ4_LEVEL,
  },
  {
    name: 'compression.zstd.level',
    type: 'INT',
    defaultValue: '3',
    min: -131072,
    max: 22,
    brokerName: 'compression.zstd.level',
    documentation: 'Level used when compression.type is zstd.',
  },
  {
    name: 'delete.retention.ms',
    type: 'LONG',
    defaultValue: '86400000',
    min: 0,
    brokerName: 'log.cleaner.delete.retention.ms',
    documentation: 'How long a tombstone is kept in a compacted topic.',
  },
  {
    name: 'file.delete.delay.ms',
    type: 'LONG',
    defaultValue: '60000',
    min: 0,
    brokerName: 'log.segment.delete.delay.ms',
    documentation: 'How long the files of deleted segments and topics are kept.',
  },
  {
    name: 'flush.messages',
    type: 'LONG',
    defaultValue: '1',
    min: 1,
    brokerName: 'log.flush.interval.messages',
    documentation:
      'Sync the log to disk after this many records. 1, the default here, acknowledges only what is on disk; ' +
      `${LONG_MAX}, Kafka's default, acknowledges from the page cache.`,
  },
  {
    name: 'flush.ms',
    type: 'LONG',
    defaultValue: LONG_MAX,
    min: 0,
    brokerName: 'log.flush.interval.ms',
    documentation: 'Sync the log to disk at the latest this long after a record was written.',
  },
  {
    name: 'follower.replication.throttled.replicas',
    type: 'LIST',
    defaultValue: '',
    documentation: 'Replicas whose replication is throttled on the follower.',
    fixedBecause: ONE_REPLICA,
  },
  {
    name: 'index.interval.bytes',
    type: 'INT',
    defaultValue: '4096',
    min: 0,
    brokerName: 'log.index.interval.bytes',
    documentation: 'Bytes of log between two entries of the offset index.',
  },
  {
    name: 'leader.replication.throttled.replicas',
    type: 'LIST',
    defaultValue: '',
    documentation: 'Replicas whose replication is throttled on the leader.',
    fixedBecause: ONE_REPLICA,
  },
  {
    name: 'local.retention.bytes',
    type: 'LONG',
    defaultValue: '-2',
    brokerName: 'log.local.retention.bytes',
    documentation: 'Bytes kept on local disk before tiered storage alone holds them.',
    fixedBecause: NO_REMOTE_STORAGE,
  },
  {
    name: 'local.retention.ms',
    type: 'LONG',
    defaultValue: '-2',
    brokerName: 'log.local.retention.ms',
    documentation: 'Time kept on local disk before tiered storage alone holds it.',
    fixedBecause: NO_REMOTE_STORAGE,
  },
  {
    name: 'max.compaction.lag.ms',
    type: 'LONG',
    defaultValue: LONG_MAX,
    min: 1,
    brokerName: 'log.cleaner.max.compaction.lag.ms',
    documentation: 'The longest time a record stays uncompacted.',
  },
  {
    name: 'max.message.bytes',
    type: 'INT',
    defaultValue: '1048588',
    min: 0,
    brokerName: 'message.max.bytes',
    documentation: 'The largest record batch, header included, that may be produced.',
  },
  {
    name: 'message.timestamp.after.max.ms',
    type: 'LONG',
    defaultValue: '3600000',
    min: 0,
    brokerName: 'log.message.timestamp.after.max.ms',
    documentation: "How far a record's timestamp may lie after the broker's clock.",
  },
  {
    name: 'message.timestamp.before.max.ms',
    type: 'LONG',
    defaultValue: LONG_MAX,
    min: 0,
    brokerName: 'log.message.timestamp.before.max.ms',
    documentation: "How far a record's timestamp may lie before the broker's clock.",
  },
  {
    name: 'message.timestamp.type',
    type: 'STRING',
    defaultValue: 'CreateTime',
    allowed: ['CreateTime', 'LogAppendTime'],
    brokerName: 'log.message.timestamp.type',
    documentation: 'Whether a record carries the time the producer gave it or that of the append.',
  },
  {
    name: 'min.cleanable.dirty.ratio',
    type: 'DOUBLE',
    defaultValue: '0.5',
    min: 0,
    max: 1,
    brokerName: 'log.cleaner.min.cleanable.ratio',
    documentation: 'Share of uncompacted bytes from which compaction starts.',
  },
  {
    name: 'min.compaction.lag.ms',
    type: 'LONG',
    defaultValue: '0',
    min: 0,
    brokerName: 'log.cleaner.min.compaction.lag.ms',
    documentation: 'The shortest time a record stays uncompacted.',
  },
  {
    name: 'min.insync.replicas',
    type: 'INT',
    defaultValue: '1',
    min: 1,
    brokerName: 'min.insync.replicas',
    documentation:
      'Replicas that must hold a record before acks=all is answered; no more than there are, and there is one.',
  },
  {
    name: 'preallocate',
    type: 'BOOLEAN',
    defaultValue: 'false',
    brokerName: 'log.preallocate',
    documentation: 'Whether a segment file gets its full size when it is created.',
    fixedBecause: 'segment files grow as they are written.',
  },
  {
    name: 'remote.log.copy.disable',
    type: 'BOOLEAN',
    defaultValue: 'false',
    documentation: 'Stops the copy to tiered storage.',
    fixedBecause: NO_REMOTE_STORAGE,
  },
  {
    name: 'remote.log.delete.on.disable',
    type: 'BOOLEAN',
    defaultValue: 'false',
    documentation: 'Whether turning tiered storage off deletes what it holds.',
    fixedBecause: NO_REMOTE_STORAGE,
  },
  {
    name: 'remote.storage.enable',
    type: 'BOOLEAN',
    defaultValue: 'false',
    documentation: 'Turns tiered storage on.',
    fixedBecause: NO_REMOTE_STORAGE,
  },
  {
    name: 'retention.bytes',
    type: 'LONG',
    defaultValue: '-1',
    brokerName: 'log.retention.bytes',
    documentation: 'Bytes a partition keeps; −1 for no bound.',
  },
  {
    name: 'retention.ms',
    type: 'LONG',
    defaultValue: '604800000',
    min: -1,
    brokerName: 'log.retention.ms',
    documentation: 'How long records are kept; −1 for ever.',
  },
  {
    name: 'segment.bytes',
    type: 'INT',
    defaultValue: '1073741824',
    min: 1048576,
    brokerName: 'log.segment.bytes',
    documentation: 'Size of one segment file.',
  },
  {
    name: 'segment.index.bytes',
    type: 'INT',
    defaultValue: '10485760',
    min: 4,
    brokerName: 'log.index.size.max.bytes',
    documentation: 'Size of the index file of one segment; a full index starts a new segment.',
  },
  {
    name: 'segment.jitter.ms',
    type: 'LONG',
    defaultValue: '0',
    min: 0,
    brokerName: 'log.roll.jitter.ms',
    documentation: 'Random time taken off segment.ms so that segments do not roll all at once.',
  },
  {
    name: 'segment.ms',
    type: 'LONG',
    defaultValue: '604800000',
    min: 1,
    brokerName: 'log.roll.ms',
    documentation: 'Age at which a segment is closed even when it is not full.',
  },
  {
    name: 'unclean.leader.election.enable',
    type: 'BOOLEAN',
    defaultValue: 'false',
    brokerName: 'unclean.leader.election.enable',
    documentation: 'Whether a replica that is not in sync may become leader.',
    fixedBecause: ONE_REPLICA,
  },
];

const BY_NAME = new Map(TOPIC_CONFIGS.map((definition) => [definition.name, definition]));

/** Null when all may be set, else the first problem (INVALID_CONFIG). */
export function topicConfigsProblem(configs: ReadonlyMap<string, string>): string | null {
  for (const [name, value] of configs) {
    const definition = BY_NAME.get(name);
    if (definition === undefined) {
      return `Unknown topic config name: ${name}.${didYouMean(name, BY_NAME.keys())}`;
    }
    const problem = configProblem(definition, value);
    if (problem !== null) return problem;
  }
  return null;
}

/** Null, or which of the values that hold for a topic do not go together (INVALID_CONFIG). */
export function topicConfigsConflict(
  configs: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): string | null {
  const [min, max] = ['min.compaction.lag.ms', 'max.compaction.lag.ms'].map((name) =>
    topicConfigValue(name, configs, broker),
  );
  if (configNumber(min!) <= configNumber(max!)) return null;
  return `min.compaction.lag.ms (${min}) must not be more than max.compaction.lag.ms (${max}).`;
}

/** What a topic's configs may be. */
export function topicConfigRules(broker: BrokerConfig): ConfigRules {
  return {
    check(configs) {
      const problem = topicConfigsProblem(configs) ?? topicConfigsConflict(configs, broker);
      if (problem !== null) throw invalidConfig(problem);
    },
    list(name, operation, current) {
      const definition = BY_NAME.get(name);
      if (definition?.type === 'LIST') return topicConfigValue(name, current, broker);
      throw notAList(name, operation, definition === undefined ? BY_NAME.keys() : []);
    },
  };
}

/** The value that holds for a topic: its own, else the broker's default. */
export function topicConfigValue(
  name: string,
  configs: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): string {
  const definition = BY_NAME.get(name)!;
  const own = configs.get(name);
  if (own !== undefined) return own;
  const inherited = definition.brokerName === undefined ? null : broker.text(definition.brokerName);
  return inherited ?? definition.defaultValue ?? '';
}

/** What the log needs to know of a topic's configuration. */
export function logConfig(configs: ReadonlyMap<string, string>, broker: BrokerConfig): LogConfig {
  const text = (name: string) => topicConfigValue(name, configs, broker);
  const number = (name: string) => configNumber(text(name));
  return {
    segmentBytes: number('segment.bytes'),
    segmentMs: number('segment.ms'),
    indexIntervalBytes: number('index.interval.bytes'),
    segmentIndexBytes: number('segment.index.bytes'),
    flushMessages: number('flush.messages'),
    flushMs: number('flush.ms'),
    maxMessageBytes: number('max.message.bytes'),
    compression: targetCompression(text),
    messageTimestampType:
      text('message.timestamp.type') === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    messageTimestampBeforeMaxMs: number('message.timestamp.before.max.ms'),
    messageTimestampAfterMaxMs: number('message.timestamp.after.max.ms'),
    cleanupPolicy: cleanupPolicy(text('cleanup.policy')),
    retentionMs: numberOrNone(text('retention.ms')),
    retentionBytes: numberOrNone(text('retention.bytes')),
    segmentJitterMs: number('segment.jitter.ms'),
    fileDeleteDelayMs: number('file.delete.delay.ms'),
    deleteRetentionMs: number('delete.retention.ms'),
    minCleanableDirtyRatio: number('min.cleanable.dirty.ratio'),
    minCompactionLagMs: number('min.compaction.lag.ms'),
    maxCompactionLagMs: number('max.compaction.lag.ms'),
  };
}

/** Negative numbers mean "no limit". */
function numberOrNone(text: string): number {
  const value = configNumber(text);
  return value < 0 ? Number.POSITIVE_INFINITY : value;
}

function targetCompression(text: (name: string) => string): TargetCompression | null {
  const type = text('compression.type').trim();
  switch (type) {
    case 'uncompressed':
      return { codec: 'none' };
    case 'gzip':
    case 'zstd':
      return { codec: type, level: configNumber(text(`compression.${type}.level`)) };
    case 'lz4':
    case 'snappy':
      return { codec: type };
    default:
      return null;
  }
}
