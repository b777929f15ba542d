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

test('a clean stop writes no files for logs that were not appended to', async () => {
  const memory = new MemoryFileSystem();
  const { newStore } = environment(memory, '/data', 0, async () => {});
  const specs = [0, 1].map((partition) => ({ ...logSpec(), partition }));
  const first = newStore();
  await first.open(specs);
  await appendOk(first.get(specs[0]!.topicId, 0)!, batchOf());
  await first.close();
  const files = async () => {
    const names = await Promise.all(
      specs.map(({ topic, partition }) => memory.readdir(`/data/${topic}-${partition}`)),
    );
    return names.map((entries) => entries.map(({ name }) => name).sort());
  };
  const saved = await files();
  assert.ok(saved[0]!.some((name) => name.endsWith('.index')));
  assert.ok(!saved[1]!.some((name) => name.endsWith('.index')), 'there is nothing to index');

  // Gone by hand, the index of a log that is not touched shows whether a stop writes it again.
  const second = newStore();
  await second.open(specs);
  for (const name of saved[0]!.filter((name) => name.endsWith('.index'))) {
    await memory.unlink(`/data/${specs[0]!.topic}-0/${name}`);
  }
  await second.close();
  assert.ok(!(await files())[0]!.some((name) => name.endsWith('.index')));

  const third = newStore();
  const { wasClean, notices } = await third.open(specs);
  assert.ok(wasClean);
  assert.equal(notices.length, 1, 'the index was missed');
  await third.close();
  assert.deepEqual(await files(), saved, 'and the stop after that wrote it');
});
