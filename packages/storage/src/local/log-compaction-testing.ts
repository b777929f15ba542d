import assert from 'node:assert/strict';
import { BatchBuilder, batchHeader, records } from '@millrace/protocol';
import { inlineCompaction } from '../compaction/compaction-pass.ts';
import type { LogConfig, PartitionLog } from '../log-store.ts';
import { appendOk, logSpec, readBytes } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import type { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore, type LocalLogStoreOptions } from './local-log-store.ts';

// What the tests of compacted logs share: a store with one, records to put into it, and what is to be left of them.

export const COMPACTED: Partial<LogConfig> = {
  cleanupPolicy: { delete: false, compact: true },
  segmentBytes: 400,
  indexIntervalBytes: 100,
  minCleanableDirtyRatio: 0,
};
export const DIRECTORY = '/data/orders-0';

export async function open(
  fileSystem: MemoryFileSystem,
  config: Partial<LogConfig> = {},
  options: Partial<LocalLogStoreOptions> = {},
) {
  const notices: string[] = [];
  const clock = (options.clock as ManualClock | undefined) ?? new ManualClock();
  const store = new LocalLogStore({
    dataDir: '/data',
    fileSystem,
    tailCacheBytes: 0,
    compactionEngine: inlineCompaction,
    hashKey: () => Uint32Array.of(1, 2, 3, 4),
    onNotice: (notice) => notices.push(notice),
    ...options,
    clock,
  });
  const spec = logSpec({ ...COMPACTED, ...config });
  const summary = await store.open([spec]);
  notices.push(...summary.notices);
  return { store, log: store.get(spec.topicId, 0)!, spec, notices, clock };
}

/** `key=value` a batch each; `key=` is a tombstone. */
export async function put(log: PartitionLog, ...texts: string[]): Promise<void> {
  const appended = texts.map((text) => {
    const [key, value] = text.split('=');
    const builder = new BatchBuilder();
    builder.add({
      timestampMs: 1_767_225_600_000,
      key: Buffer.from(key!),
      value: value === '' ? null : Buffer.from(value!),
    });
    return appendOk(log, builder.build());
  });
  await Promise.all(appended);
}

/** `offset:key=value` of all that a consumer gets from the start. */
export async function contents(log: PartitionLog): Promise<string[]> {
  const found: string[] = [];
  for (let offset = log.logStartOffset; offset < log.highWatermark; ) {
    const bytes = await readBytes(log, offset, 1);
    assert.ok(bytes.length > 0, `nothing to read at ${offset}`);
    for (const { offset: at, key, value } of records(bytes, 0, 1e6)) {
      if (at >= log.logStartOffset) found.push(`${at}:${key}=${value ?? ''}`);
    }
    offset = batchHeader.lastOffset(bytes, 0) + 1;
  }
  return found;
}

/** What compaction may leave of `all`, which is what `contents` gave before: the last of each key, and what is newer. */
export function latest(all: readonly string[]): string[] {
  const byKey = new Map(all.map((text) => [/:(.*)=/.exec(text)![1], text]));
  return all.filter((text) => byKey.get(/:(.*)=/.exec(text)![1]) === text);
}

export async function names(fileSystem: MemoryFileSystem): Promise<string[]> {
  return (await fileSystem.readdir(DIRECTORY)).map(({ name }) => name).sort();
}

export async function fill(log: PartitionLog, rounds: number, keys = 4): Promise<void> {
  const texts: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let key = 0; key < keys; key++) texts.push(`k${key}=${round}`);
  }
  await put(log, ...texts);
}
