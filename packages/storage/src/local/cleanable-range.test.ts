import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogConfig } from '../log-store.ts';
import { DEFAULT_LOG_CONFIG } from '../log-store-testing.ts';
import { type CompactedLog, cleanableRange } from './cleanable-range.ts';
import { Segment } from './segment.ts';
import { groupSegments } from './segment-groups.ts';

const NOW = 1_000_000;

/** Closed segments of 100 offsets and so many bytes each, whose records are from `NOW` less so much, and an active one. */
function logOf(
  sizes: readonly number[],
  config: Partial<LogConfig> = {},
  ages: readonly number[] = [],
  rest: Partial<CompactedLog> = {},
): CompactedLog {
  const segments = [...sizes, 50].map((sizeBytes, index) => {
    const segment = new Segment(index * 100, `/${index}.log`, 0);
    segment.sizeBytes = sizeBytes;
    segment.nextOffset = (index + 1) * 100;
    return segment;
  });
  const timeOf = async (segment: Segment) => NOW - (ages[segments.indexOf(segment)] ?? 0);
  return {
    config: { ...DEFAULT_LOG_CONFIG, ...config },
    segments,
    logStartOffset: 0,
    logEndOffset: segments.at(-1)!.nextOffset,
    lastStableOffset: segments.at(-1)!.nextOffset,
    timestampOf: timeOf,
    firstTimestampOf: timeOf,
    ...rest,
  };
}

test('all but the active segment is dirty at first', async () => {
  const range = await cleanableRange(logOf([10, 20, 30]), undefined, NOW);
  assert.deepEqual(range, {
    firstDirtyOffset: 0,
    boundOffset: 300,
    cleanableBytes: 60,
    dirtyRatio: 1,
    overdueMs: 0,
    isDue: true,
  });
});

test('a log is due when more of it is dirty than min.cleanable.dirty.ratio', async () => {
  const due = async (minCleanableDirtyRatio: number) =>
    (await cleanableRange(logOf([60, 20, 20], { minCleanableDirtyRatio }), 100, NOW)).isDue;
  assert.equal(await due(0.39), true);
  assert.equal(await due(0.4), false);
  const clean = await cleanableRange(logOf([60], { minCleanableDirtyRatio: 0 }), 100, NOW);
  assert.equal(clean.cleanableBytes, 0);
  assert.equal(clean.isDue, false);
});

test('a segment that is compacted in part counts as clean and as dirty, as in Kafka', async () => {
  const range = await cleanableRange(logOf([60, 20, 20]), 150, NOW);
  assert.equal(range.firstDirtyOffset, 150);
  assert.equal(range.cleanableBytes, 40);
  assert.equal(range.dirtyRatio, 40 / 120);
});

test('nothing younger than min.compaction.lag.ms, and nothing behind it', async () => {
  const log = logOf([10, 20, 30], { minCompactionLagMs: 500 }, [900, 400, 800]);
  const range = await cleanableRange(log, undefined, NOW);
  assert.equal(range.boundOffset, 100);
  assert.equal(range.cleanableBytes, 10);
});

test('nothing that may still be aborted', async () => {
  const log = logOf([10, 20, 30], {}, [], { lastStableOffset: 150 });
  assert.equal((await cleanableRange(log, undefined, NOW)).boundOffset, 100);
});

test('records older than max.compaction.lag.ms make a log due, however little it is', async () => {
  const configs = { minCleanableDirtyRatio: 0.9, maxCompactionLagMs: 600 };
  const early = await cleanableRange(logOf([90, 10], configs, [9000, 600]), 100, NOW);
  assert.deepEqual([early.overdueMs, early.isDue], [0, false]);
  const late = await cleanableRange(logOf([90, 10], configs, [9000, 601]), 100, NOW);
  assert.deepEqual([late.overdueMs, late.isDue], [1, true]);
});

test('a checkpoint outside of the log counts as none', async () => {
  const log = logOf([10, 20, 30], {}, [], { logStartOffset: 120 });
  for (const checkpoint of [50, 401]) {
    assert.equal((await cleanableRange(log, checkpoint, NOW)).firstDirtyOffset, 120);
  }
});

test('neighbours become one as long as bytes, indexes and offsets allow', () => {
  const bases = (sizes: number[], bounds: { indexBytes?: number; apart?: number } = {}) => {
    const { segments } = logOf(sizes);
    const closed = segments.slice(0, -1);
    if (bounds.apart !== undefined) closed.at(-1)!.nextOffset = bounds.apart;
    const indexBytesOf = () => bounds.indexBytes ?? 1;
    const groups = groupSegments(closed, {
      segmentBytes: 100,
      segmentIndexBytes: 64,
      indexBytesOf,
    });
    return groups.map((group) => group.map(({ baseOffset }) => baseOffset / 100));
  };
  assert.deepEqual(bases([50, 50, 1, 99]), [
    [0, 1],
    [2, 3],
  ]);
  assert.deepEqual(bases([150, 10, 200]), [[0], [1], [2]]);
  assert.deepEqual(bases([1, 1, 1], { indexBytes: 30 }), [[0, 1], [2]]);
  assert.deepEqual(bases([1, 1], { apart: 2 ** 31 }), [[0, 1]]);
  assert.deepEqual(bases([1, 1], { apart: 2 ** 31 + 1 }), [[0], [1]]);
  assert.equal(bases(Array.from({ length: 65 }, () => 1))[0]!.length, 64);
});
