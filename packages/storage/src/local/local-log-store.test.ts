import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import type { FileSystem } from '../file-system.ts';
import { type LogStoreEnvironment, runLogStoreConformance } from '../log-store.conformance.ts';
import { appendOk, batchOf, logSpec } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { nodeFileSystem } from '../node-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

function environment(
  fileSystem: FileSystem,
  dataDir: string,
  tailCacheBytes: number,
  dispose: () => Promise<void>,
): LogStoreEnvironment {
  const clock = new ManualClock();
  return {
    clock,
    newStore: () => new LocalLogStore({ dataDir, fileSystem, clock, tailCacheBytes }),
    dispose,
  };
}

runLogStoreConformance({
  name: 'local, in memory',
  create: async () => environment(new MemoryFileSystem(), '/data', 1024 * 1024, async () => {}),
});

runLogStoreConformance({
  name: 'local, in memory, without a tail cache',
  create: async () => environment(new MemoryFileSystem(), '/data', 0, async () => {}),
});

runLogStoreConformance({
  name: 'local, on disk',
  async create() {
    const directory = await mkdtemp(path.join(tmpdir(), 'millrace-log-store-'));
    return environment(nodeFileSystem, path.join(directory, 'data'), 0, () =>
      rm(directory, { recursive: true }),
    );
  },
});

test('the tail cache is passed over for a reader that prefers files', async () => {
  const { newStore } = environment(new MemoryFileSystem(), '/data', 1024 * 1024, async () => {});
  const store = newStore();
  await store.open([logSpec()]);
  const { topicId, partition } = logSpec();
  const log = store.get(topicId, partition)!;
  await appendOk(log, batchOf());
  const read = async (preferFile: boolean) => {
    const options = { minOneBatch: true, isolation: 'read_uncommitted', preferFile } as const;
    const { records } = await log.read(0, 1000, options);
    records.release();
    return records.parts.map((part) => Buffer.isBuffer(part));
  };
  assert.deepEqual(await read(false), [true]);
  assert.deepEqual(await read(true), [false]);
  await store.close();
});
