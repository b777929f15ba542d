import { batchHeader } from '@millrace/protocol';
import type { LogConfig } from '../../src/log-store.ts';
import { DEFAULT_LOG_CONFIG } from '../../src/log-store-testing.ts';
import { lastSequenceOf, type ModelBatch, type ModelRecord, makeBatch } from './model-batch.ts';
import type { ModelLog } from './model-log.ts';
import type { SeededRandom } from './seeded-random.ts';

// What chance gives the logs to do: configs, batches, offsets. Sizes are small, so that all that happens in a large log
// also happens here, and often.

/** What a run is mostly about. */
export type Theme = 'anything' | 'compaction';

export function pickConfig(random: SeededRandom, theme: Theme): LogConfig {
  const config = pickAnyConfig(random);
  if (theme === 'anything') return config;
  return {
    ...config,
    segmentBytes: random.pick([350, 350, 700]),
    cleanupPolicy: { delete: random.chance(0.1), compact: random.chance(0.9) },
    minCleanableDirtyRatio: 0,
    fileDeleteDelayMs: random.pick([0, 1000]),
  };
}

function pickAnyConfig(random: SeededRandom): LogConfig {
  return {
    ...DEFAULT_LOG_CONFIG,
    segmentBytes: random.pick([350, 700, 1500, 6000]),
    segmentMs: random.pick([2000, 604_800_000, 604_800_000]),
    indexIntervalBytes: random.pick([1, 150, 500, 4096]),
    segmentIndexBytes: random.pick([30, 1000, 10_485_760]),
    flushMessages: random.pick([1, 1, 1, 3, 10, 1_000_000]),
    flushMs: random.pick([Number.MAX_SAFE_INTEGER, 300, 5000]),
    messageTimestampType: random.chance(0.2) ? 'LogAppendTime' : 'CreateTime',
    cleanupPolicy: { delete: random.chance(0.4), compact: random.chance(0.4) },
    minCleanableDirtyRatio: random.pick([0, 0, 0.5]),
    minCompactionLagMs: random.pick([0, 0, 3000]),
    maxCompactionLagMs: random.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 5000]),
    deleteRetentionMs: random.pick([0, 1000, 20_000, 86_400_000]),
    retentionMs: random.pick([Number.POSITIVE_INFINITY, 6000, 30_000]),
    retentionBytes: random.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1000, 5000]),
    fileDeleteDelayMs: random.pick([0, 1000, 60_000]),
    segmentJitterMs: random.pick([0, 0, 500]),
  };
}

/** A change of some configs: mostly the policy stays, so that it can do its work. */
export function changeConfig(random: SeededRandom, theme: Theme, config: LogConfig): LogConfig {
  const { cleanupPolicy } = config;
  const changed = pickConfig(random, theme);
  return random.chance(0.8) ? { ...changed, cleanupPolicy } : changed;
}

/** One or more records; each batch has other bytes than all others of its run, told by `serial`. */
export function pickRecords(
  random: SeededRandom,
  serial: number,
  nowMs: number,
  isCompacted: boolean,
): ModelRecord[] {
  const withoutKey = random.chance(isCompacted ? 0.03 : 0.3) ? 0.3 : 0;
  const count = random.pick([1, 1, 1, 2, 3, 7]);
  const hasTimes = !random.chance(0.05);
  const longest = random.pick([5, 40, 200]);
  return Array.from({ length: count }, (_, index) => ({
    timestampMs: hasTimes ? nowMs - random.below(5000) : -1,
    key: random.chance(withoutKey) ? null : `key-${random.below(6)}`,
    value: random.chance(isCompacted ? 0.3 : 0.1)
      ? null
      : `${serial}/${index} ${'.'.repeat(random.below(longest))}`,
  }));
}

/** First sequence numbers; the last one makes them start again at 0 soon. */
const FIRST_SEQUENCES = [0, 0, 0, 5, 0x7fffffff - 2];

/** What an idempotent producer sends: mostly its next batch, else one of its last again, or one out of order. */
export function pickIdempotentBatch(
  random: SeededRandom,
  log: ModelLog,
  serial: number,
  nowMs: number,
): ModelBatch {
  const id = random.between(1000, 1002);
  const isOwn = (batch: ModelBatch) => batch.producer?.id === id;
  const known = log.batches.filter(isOwn);
  const last = known.at(-1);
  const records = pickRecords(random, serial, nowMs, log.config.cleanupPolicy.compact);
  if (last === undefined) {
    return makeBatch(records, { id, epoch: 0, baseSequence: random.pick(FIRST_SEQUENCES) });
  }
  const { epoch } = last.producer!;
  const baseSequence = batchHeader.addToSequence(lastSequenceOf(last), 1);
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2:
      // What was refused or lost is sent again as well, and then comes next.
      return again(random.pick([...known, ...log.ghosts.filter(isOwn)].slice(-7)));
    case 3:
      return makeBatch(records, { id, epoch, baseSequence: random.below(0x7fffffff) });
    case 4:
      return makeBatch(records, { id, epoch: epoch + 1, baseSequence: random.pick([0, 0, 1]) });
    case 5:
      return makeBatch(records, { id, epoch: Math.max(0, epoch - 1), baseSequence });
    default:
      return makeBatch(records, { id, epoch, baseSequence });
  }
}

function again(batch: ModelBatch): ModelBatch {
  return makeBatch(batch.records, batch.producer);
}
