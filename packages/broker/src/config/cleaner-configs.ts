import type { LogCleanerConfig } from '@millrace/storage';
import type { BrokerConfig } from './broker-configs.ts';
import { type ConfigDefinition, LONG_MAX } from './config-definition.ts';

/** The broker's configs of compaction: how it is done, and the defaults of topics that say nothing else. */
export const CLEANER_CONFIGS: readonly ConfigDefinition[] = [
  {
    name: 'log.cleaner.enable',
    type: 'BOOLEAN',
    defaultValue: 'true',
    documentation: 'Whether logs are compacted at all.',
  },
  {
    name: 'log.cleaner.threads',
    type: 'INT',
    isDynamic: true,
    defaultValue: '1',
    min: 0,
    documentation: 'Logs that are compacted at the same time, each on a thread of its own.',
  },
  {
    name: 'log.cleaner.dedupe.buffer.size',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '134217728',
    min: 1048576,
    documentation:
      "Memory for tables of keys, over all threads, 24 bytes a key; taken while a log is compacted, as far as the log's " +
      'records need it.',
  },
  {
    name: 'log.cleaner.io.buffer.load.factor',
    type: 'DOUBLE',
    isDynamic: true,
    defaultValue: '0.9',
    min: 0.01,
    max: 1,
    documentation:
      'How full a table of keys may get; then the rest of the log is left to the next pass.',
  },
  {
    name: 'log.cleaner.io.buffer.size',
    type: 'INT',
    isDynamic: true,
    defaultValue: '524288',
    min: 0,
    documentation: 'Bytes of a log that are read and written at once, over all threads.',
  },
  {
    name: 'log.cleaner.io.max.bytes.per.second',
    type: 'DOUBLE',
    isDynamic: true,
    defaultValue: '1.7976931348623157E308',
    min: 1,
    documentation: 'The most bytes that compaction reads and writes in a second, over all threads.',
  },
  {
    name: 'log.cleaner.backoff.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '15000',
    min: 0,
    documentation: 'How long compaction rests when no log needs it.',
  },
  {
    name: 'log.cleaner.min.cleanable.ratio',
    type: 'DOUBLE',
    isDynamic: true,
    defaultValue: '0.5',
    min: 0,
    max: 1,
    documentation: 'Share of uncompacted bytes from which compaction starts.',
  },
  {
    name: 'log.cleaner.delete.retention.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '86400000',
    min: 0,
    documentation: 'How long a tombstone is kept in a compacted topic.',
  },
  {
    name: 'log.cleaner.min.compaction.lag.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '0',
    min: 0,
    documentation: 'The shortest time a record stays uncompacted.',
  },
  {
    name: 'log.cleaner.max.compaction.lag.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: LONG_MAX,
    min: 1,
    documentation: 'The longest time a record stays uncompacted.',
  },
];

/** How the logs of a store are to be compacted. */
export function logCleanerConfig(broker: BrokerConfig): LogCleanerConfig {
  return {
    isEnabled: broker.boolean('log.cleaner.enable'),
    threads: broker.number('log.cleaner.threads'),
    dedupeBufferBytes: broker.number('log.cleaner.dedupe.buffer.size'),
    loadFactor: broker.number('log.cleaner.io.buffer.load.factor'),
    ioBufferBytes: broker.number('log.cleaner.io.buffer.size'),
    maxBytesPerSecond: broker.number('log.cleaner.io.max.bytes.per.second'),
    backoffMs: broker.number('log.cleaner.backoff.ms'),
  };
}
