import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { FileSystem, OpenFile, OpenMode } from '../file-system.ts';
import { type LogStoreEnvironment, runLogStoreConformance } from '../log-store.conformance.ts';
import { appendOk, batchOf, logSpec, readValues } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { nodeFileSystem } from '../node-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

function environment(
  fileSystem: FileSystem,
  dataDir: string,
  tailCacheBytes: number,
  dispose: () => Promise<void>,
  maxActiveFiles = 100,
): LogStoreEnvironment {
  const clock = new ManualClock();
  return {
    clock,
    newStore: () =>
      new LocalLogStore({
        ...{ dataDir, fileSystem, clock, tailCacheBytes, maxActiveFiles },
        onMemoryReuse: (memory) => memory.fill(0xdd),
      }),
    dispose,
  };
}

/** Opens no more than `limit` files at a time, as the system does. */
class LimitedFileSystem extends MemoryFileSystem {
  limit = Number.POSITIVE_INFINITY;

  override async open(filePath: string, mode: OpenMode): Promise<OpenFile> {
    if (this.openCount >= this.limit) {
      throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    }
    return super.open(filePath, mode);
  }
}

runLogStoreConformance({
  name: 'local, in memory',
  create: async () => environment(new MemoryFileSystem(), '/data', 1024 * 1024, async () => {}),
});

runLogStoreConformance({
  name: 'local, in memory, with a small tail cache',
  create: async () => environment(new MemoryFileSystem(), '/data', 12 * 1024, async () => {}),
});

runLogStoreConformance({
  name: 'local, in memory, without a tail cache',
  create: async () => environment(new MemoryFileSystem(), '/data', 0, async () => {}),
});

runLogStoreConformance({
  name: 'local, in memory, with one file open at a time',
  create: async () => environment(new MemoryFileSystem(), '/data', 0, async () => {}, 1),
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
    const reading = log.read(0, 1000, options);
    assert.equal(reading instanceof Promise, preferFile, 'what is in memory is there at once');
    const { records } = await reading;
    records.release();
    return records.parts.map((part) => Buffer.isBuffer(part));
  };
  assert.deepEqual(await read(false), [true]);
  assert.deepEqual(await read(true), [false]);
  await store.close();
});

test('who reads old records pushes nobody out who reads the newest', async () => {
  const fileSystem = new MemoryFileSystem();
  const clock = new ManualClock();
  const value = 'x'.repeat(1000);
  // Room for about ten of the hundred batches.
  const store = new LocalLogStore({ dataDir: '/data', fileSystem, clock, tailCacheBytes: 14_000 });
  await store.open([logSpec({ segmentBytes: 20_000 })]);
  const log = store.get(logSpec().topicId, 0)!;
  for (let count = 0; count < 100; count++) await appendOk(log, batchOf({ values: [value] }));
  const readsOfTail = async () => {
    const before = fileSystem.count('read');
    assert.equal((await readValues(log, 95)).length, 5);
    return fileSystem.count('read') - before;
  };
  assert.equal(await readsOfTail(), 0);
  for (let round = 0; round < 3; round++) {
    const before = fileSystem.count('read');
    assert.equal((await readValues(log, 0)).length, 100);
    // The old ones are read from the disk each time: reads fill no cache.
    assert.ok(fileSystem.count('read') - before >= 80);
    assert.equal(await readsOfTail(), 0);
  }
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

test('many logs share a few open files, and each holds what was appended', async () => {
  const fileSystem = new LimitedFileSystem();
  const { newStore } = environment(fileSystem, '/data', 0, async () => {}, 3);
  const specs = Array.from({ length: 40 }, (_, partition) => ({ ...logSpec(), partition }));
  const store = newStore();
  await store.open(specs);
  assert.equal(fileSystem.openCount, 3);
  for (const round of [0, 1]) {
    await Promise.all(
      specs.map(({ topicId, partition }) =>
        appendOk(store.get(topicId, partition)!, batchOf({ values: [`${partition}/${round}`] })),
      ),
    );
    assert.equal(fileSystem.openCount, 3);
  }
  for (const { topicId, partition } of specs) {
    const values = await readValues(store.get(topicId, partition)!);
    assert.deepEqual(values, [`0=${partition}/0`, `1=${partition}/1`]);
  }
  assert.equal(fileSystem.openCount, 3);
  await store.close();
  assert.equal(fileSystem.openCount, 0);
});

test('a file with records that are not synced stays open until they are', async () => {
  const fileSystem = new LimitedFileSystem();
  const { newStore } = environment(fileSystem, '/data', 0, async () => {}, 1);
  const specs = [0, 1, 2].map((partition) => ({ ...logSpec({ flushMessages: 100 }), partition }));
  const store = newStore();
  await store.open(specs);
  const logs = specs.map(({ topicId, partition }) => store.get(topicId, partition)!);
  for (const log of logs) await appendOk(log, batchOf());
  assert.equal(fileSystem.openCount, 3);
  for (const log of logs) await log.flush();
  assert.equal(fileSystem.openCount, 1);
  await store.close();
  assert.equal(fileSystem.openCount, 0);
});

test('without a descriptor an append is refused, and the log goes on when there is one', async () => {
  const fileSystem = new LimitedFileSystem();
  const { newStore } = environment(fileSystem, '/data', 0, async () => {}, 1);
  const specs = [0, 1].map((partition) => ({ ...logSpec(), partition }));
  const store = newStore();
  await store.open(specs);
  const logs = specs.map(({ topicId, partition }) => store.get(topicId, partition)!);
  for (const log of logs) await appendOk(log, batchOf({ values: ['before'] }));
  fileSystem.limit = 1;
  const refused = await logs[0]!.append(batchOf({ values: ['refused'] }));
  assert.equal(refused.error, ErrorCode.KAFKA_STORAGE_ERROR);
  assert.match(refused.errorMessage!, /too many open files/);
  fileSystem.limit = 10;
  const { baseOffset } = await appendOk(logs[0]!, batchOf({ values: ['after'] }));
  assert.equal(baseOffset, 1);
  assert.deepEqual(await readValues(logs[0]!), ['0=before', '1=after']);
  await store.close();
});
