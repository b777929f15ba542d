import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogConfig } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

const HEX = '0123456789abcdef0123456789abcdef';

function storeOver(fileSystem: MemoryFileSystem, notices: string[] = []): LocalLogStore {
  return new LocalLogStore({
    dataDir: '/data',
    fileSystem,
    clock: new ManualClock(),
    tailCacheBytes: 0,
    uniqueHex: () => HEX,
    onNotice: (notice) => notices.push(notice),
  });
}

async function names(fileSystem: MemoryFileSystem, path = '/data'): Promise<string[]> {
  return (await fileSystem.readdir(path)).map((entry) => entry.name).sort();
}

async function filled(config = {}) {
  const fileSystem = new MemoryFileSystem();
  const store = storeOver(fileSystem);
  await store.open([logSpec(config)]);
  const log = store.get(logSpec().topicId, 0)!;
  for (let index = 0; index < 20; index++) {
    await appendOk(log, batchOf({ values: [`${index}`] }));
  }
  return { fileSystem, store, log };
}

describe('directories', () => {
  test('hold the files that Kafka would make', async () => {
    const { fileSystem, store } = await filled({ segmentBytes: 700, indexIntervalBytes: 100 });
    await store.close();
    assert.deepEqual(await names(fileSystem), [
      '.kafka_cleanshutdown',
      'log-start-offset-checkpoint',
      'millrace-log-manifest',
      'orders-0',
      'recovery-point-offset-checkpoint',
    ]);
    assert.deepEqual(await names(fileSystem, '/data/orders-0'), [
      '00000000000000000000.index',
      '00000000000000000000.log',
      '00000000000000000000.timeindex',
      '00000000000000000010.index',
      '00000000000000000010.log',
      '00000000000000000010.snapshot',
      '00000000000000000010.timeindex',
      '00000000000000000020.snapshot',
      'leader-epoch-checkpoint',
      'partition.metadata',
    ]);
    const text = (name: string) => fileSystem.contents(`/data/${name}`).toString();
    assert.equal(text('recovery-point-offset-checkpoint'), '0\n1\norders 0 20\n');
    assert.equal(text('log-start-offset-checkpoint'), '0\n0\n');
    assert.equal(text('orders-0/leader-epoch-checkpoint'), '0\n1\n0 0\n');
    assert.equal(
      text('orders-0/partition.metadata'),
      `version: 0\ntopic_id: ${logSpec().topicId}\n`,
    );
    assert.equal(fileSystem.openCount, 0);
  });

  test('that belong to no partition are set aside, with their records', async () => {
    const { fileSystem, store } = await filled();
    await store.close();
    const other = logSpec({}, { topicId: 'YW5vdGhlci10b3BpYy1pZA' });
    const next = storeOver(fileSystem);
    const summary = await next.open([other]);
    assert.match(summary.notices.join('\n'), new RegExp(`orders-0.*orders-0\\.${HEX}-stray`));
    assert.equal(next.get(other.topicId, 0)!.logEndOffset, 0);
    const aside = await names(fileSystem, `/data/orders-0.${HEX}-stray`);
    assert.ok(aside.includes('00000000000000000000.log'));
  });

  test('of deleted logs go, also when the deletion was cut short', async () => {
    const { fileSystem, store, log } = await filled();
    await store.delete(log.topicId, 0);
    await store.close();
    assert.ok(!(await names(fileSystem)).some((name) => name.startsWith('orders')));
    assert.equal(fileSystem.openCount, 0);
    await fileSystem.mkdir(`/data/orders-3.${HEX}-delete`);
    const next = storeOver(fileSystem);
    assert.deepEqual((await next.open([])).notices, []);
    await next.close();
    assert.ok(!(await names(fileSystem)).some((name) => name.startsWith('orders')));
  });

  test('have room for the longest topic name, also when it is deleted', async () => {
    const fileSystem = new MemoryFileSystem();
    const store = storeOver(fileSystem);
    await store.open([]);
    const log = await store.create(logSpec({}, { topic: 't'.repeat(249), partition: 12345 }));
    const seen: string[] = [];
    fileSystem.intercept = ({ path }) => {
      seen.push(...path.split('/'));
    };
    await store.delete(log.topicId, log.partition);
    await store.close();
    const aside = seen.find((name) => name.endsWith('-delete'))!;
    assert.equal(aside.length, 255);
    assert.ok(aside.endsWith(`-12345.${HEX}-delete`));
  });

  test('that are missing are made anew, and that is said', async () => {
    const { fileSystem, store } = await filled();
    await store.close();
    const next = storeOver(fileSystem);
    const second = logSpec({}, { partition: 1 });
    const summary = await next.open([logSpec(), second]);
    assert.equal(summary.wasClean, true);
    assert.match(summary.notices.join(), /orders-1 was missing/);
    assert.equal(next.get(second.topicId, 1)!.logEndOffset, 0);
    assert.equal(next.get(second.topicId, 0)!.logEndOffset, 20);
  });
});

describe('segments', () => {
  const roll = async (config: Partial<LogConfig>, timestamps: readonly number[]) => {
    const fileSystem = new MemoryFileSystem();
    const store = storeOver(fileSystem);
    await store.open([logSpec(config)]);
    const log = store.get(logSpec().topicId, 0)!;
    for (const timestamp of timestamps) await appendOk(log, batchOf({ timestamps: [timestamp] }));
    const files = await names(fileSystem, '/data/orders-0');
    return files.filter((name) => name.endsWith('.log')).map((name) => Number.parseInt(name, 10));
  };
  const start = new ManualClock().nowMs();
  const size = batchOf().length;

  test('roll when the next append would not fit', async () => {
    const times = [start, start, start, start, start];
    assert.deepEqual(await roll({ segmentBytes: 2 * size }, times), [0, 2, 4]);
    assert.deepEqual(await roll({ segmentBytes: 3 * size - 1 }, times), [0, 2, 4]);
  });

  test('roll when the records of one would be too far apart in time', async () => {
    const times = [0, 1000, 1001, 1500, 2002].map((ms) => start + ms);
    assert.deepEqual(await roll({ segmentMs: 1000 }, times), [0, 2, 4]);
  });

  test('roll when an index is full', async () => {
    // The time index holds two entries: one during the segment's life, and one at its end.
    const config = { segmentIndexBytes: 24, indexIntervalBytes: 1 };
    const times = [0, 1, 2, 3, 4].map((ms) => start + ms);
    assert.deepEqual(await roll(config, times), [0, 2, 4]);
  });
});

describe('indexes', () => {
  const config = { segmentBytes: 700, indexIntervalBytes: 100 };
  const indexFiles = [0, 10].flatMap((base) =>
    ['index', 'timeindex'].map(
      (suffix) => `/data/orders-0/${String(base).padStart(20, '0')}.${suffix}`,
    ),
  );
  const damages: Record<string, (fileSystem: MemoryFileSystem, path: string) => Promise<void>> = {
    missing: (fileSystem, path) => fileSystem.unlink(path),
    'full of zeros': async (fileSystem, path) => void fileSystem.contents(path).fill(0),
    'cut short': async (fileSystem, path) => {
      const file = await fileSystem.open(path, 'update');
      await file.truncate((await file.size()) - 1);
      await file.close();
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    test(`that are ${what} are built anew, equal to what they were`, async () => {
      const { fileSystem, store } = await filled(config);
      await store.close();
      const before = indexFiles.map((path) => Buffer.from(fileSystem.contents(path)));
      for (const path of indexFiles) await damage(fileSystem, path);
      const notices: string[] = [];
      const next = storeOver(fileSystem, notices);
      const summary = await next.open([logSpec(config)]);
      const log = next.get(logSpec().topicId, 0)!;
      assert.equal(log.highWatermark, 20);
      assert.equal((await readValues(log)).length, 20);
      assert.equal((await log.offsetForMaxTimestamp())?.offset, 0);
      assert.match([...summary.notices, ...notices].join(), /0000\.log was missing or wrong/);
      await next.close();
      const after = indexFiles.map((path) => Buffer.from(fileSystem.contents(path)));
      assert.deepEqual(after, before);
    });
  }
});
