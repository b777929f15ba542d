import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { LogConfig, PartitionLog } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues, sequencedBatch } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { type FileOperation, MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

const READ = { minOneBatch: true, isolation: 'read_uncommitted' } as const;
const LOG_FILE = '/data/orders-0/00000000000000000000.log';

async function setUp(config: Partial<LogConfig> = {}, options = {}) {
  const fileSystem = new MemoryFileSystem();
  const clock = new ManualClock();
  const notices: string[] = [];
  const newStore = async () => {
    const onNotice = (notice: string) => notices.push(notice);
    const store = new LocalLogStore({ dataDir: '/data', fileSystem, clock, onNotice, ...options });
    await store.open([logSpec(config), logSpec(config, { partition: 1 })]);
    return {
      store,
      log: store.get(logSpec().topicId, 0)!,
      other: store.get(logSpec().topicId, 1)!,
    };
  };
  return { fileSystem, clock, notices, newStore, ...(await newStore()) };
}

/** Every operation that `isHit` picks fails, until the returned function is called. */
function breakDisk(
  fileSystem: MemoryFileSystem,
  code: string,
  isHit: (operation: FileOperation) => boolean,
): () => void {
  fileSystem.intercept = (operation) => {
    if (!isHit(operation)) return;
    throw Object.assign(new Error(`${code}: ${operation.kind} ${operation.path}`), { code });
  };
  return () => {
    fileSystem.intercept = null;
  };
}

/** Lets all that a timer has started run to its end: operations in memory take a few microtasks each. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function advance(clock: ManualClock, ms: number): Promise<void> {
  clock.advance(ms);
  await settle();
}

async function refusedWith(log: PartitionLog, batch: Buffer): Promise<void> {
  const { error, baseOffset } = await log.append(batch);
  assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
  assert.equal(baseOffset, -1);
}

describe('a log that failed', () => {
  for (const kind of ['writev', 'datasync', 'truncate'] as const) {
    test(`takes records again a second after its disk does: ${kind}`, async () => {
      const { fileSystem, clock, log, other, store, newStore, notices } = await setUp();
      await appendOk(log, sequencedBatch(5, 0));
      if (kind === 'truncate') fileSystem.freeBytes = 10;
      const mend = breakDisk(fileSystem, 'EIO', (operation) => {
        return operation.kind === kind && operation.path === LOG_FILE;
      });
      const lost = [1, 2].map((sequence) => refusedWith(log, sequencedBatch(5, sequence)));
      await Promise.all(lost);
      fileSystem.freeBytes = Number.POSITIVE_INFINITY;
      assert.match(log.failure!, /EIO|ENOSPC/);
      await refusedWith(log, sequencedBatch(5, 1));
      await appendOk(other, batchOf());
      assert.deepEqual(await readValues(log), ['0=5/0/0']);
      mend();
      await advance(clock, 999);
      await refusedWith(log, sequencedBatch(5, 1));
      await advance(clock, 1);
      assert.equal(log.failure, null, notices.join('\n'));
      assert.equal(fileSystem.contents(LOG_FILE).length, sequencedBatch(5, 0).length);
      for (const sequence of [1, 2, 2]) {
        const { baseOffset } = await appendOk(log, sequencedBatch(5, sequence));
        assert.equal(baseOffset, sequence);
      }
      await store.close();
      fileSystem.crash();
      await fileSystem.restart();
      const again = await newStore();
      assert.deepEqual(await readValues(again.log), ['0=5/0/0', '1=5/0/0', '2=5/0/0']);
      assert.equal(again.log.leaderEpoch, 0);
    });
  }

  test('is tried again after pauses that grow to a minute, and told of once', async () => {
    const { fileSystem, clock, log, notices, store } = await setUp();
    const timers = clock.pendingCount;
    breakDisk(fileSystem, 'EIO', ({ kind, path }) => kind === 'writev' && path === LOG_FILE);
    await refusedWith(log, batchOf());
    const attempts: number[] = [];
    const startMs = clock.nowMs();
    breakDisk(fileSystem, 'EROFS', ({ kind, path }) => {
      if (kind !== 'truncate' || path !== LOG_FILE) return false;
      attempts.push((clock.nowMs() - startMs) / 1000);
      return true;
    });
    for (let second = 0; second < 300; second++) await advance(clock, 1000);
    assert.deepEqual(attempts, [1, 3, 7, 15, 31, 63, 123, 183, 243]);
    assert.equal(notices.filter((notice) => notice.includes('EROFS')).length, 1);
    assert.equal(clock.pendingCount, timers + 1);
    // A stop tries a last time.
    fileSystem.intercept = null;
    await store.close();
    assert.equal(clock.pendingCount, 0);
    assert.equal(fileSystem.openCount, 0);
  });

  test('a pause is short again after records were taken', async () => {
    const { fileSystem, clock, log } = await setUp();
    for (let round = 0; round < 3; round++) {
      const mend = breakDisk(fileSystem, 'EIO', ({ kind }) => kind === 'datasync');
      await refusedWith(log, batchOf());
      await advance(clock, 1000);
      mend();
      await advance(clock, 2000);
      assert.equal(log.failure, null);
      await appendOk(log, batchOf());
    }
    assert.equal(log.highWatermark, 3);
  });

  test('keeps what was acknowledged and not synced, and writes it anew', async () => {
    for (const tailCacheBytes of [64 * 1024 * 1024, 500, 0]) {
      const config = { flushMessages: 1000 };
      const { fileSystem, clock, log, notices, store, newStore } = await setUp(config, {
        tailCacheBytes,
      });
      const expected: string[] = [];
      for (let index = 0; index < 10; index++) {
        await appendOk(log, batchOf({ values: [`v${index}`] }));
        expected.push(`${index}=v${index}`);
      }
      let mend = breakDisk(fileSystem, 'EIO', ({ kind }) => kind === 'datasync');
      await assert.rejects(log.flush(), /EIO/);
      const written: string[] = [];
      mend();
      mend = breakDisk(fileSystem, 'EIO', ({ kind, path }) => {
        if (kind === 'writev') written.push(path);
        return false;
      });
      await advance(clock, 1000);
      assert.equal(log.failure, null, notices.join('\n'));
      assert.ok(written.includes(LOG_FILE), 'no sync is trusted to bring them to the disk');
      mend();
      fileSystem.crash();
      await assert.rejects(store.close());
      await fileSystem.restart();
      const again = await newStore();
      assert.deepEqual(await readValues(again.log), expected);
    }
  });

  test('has the end of what was synced written again, which the failure may have undone', async () => {
    const { fileSystem, clock, log, store, newStore } = await setUp();
    const expected: string[] = [];
    for (let index = 0; index < 100; index++) {
      await appendOk(log, batchOf({ values: [`${index}`.padEnd(1500, 'x')] }));
      expected.push(`${index}=${`${index}`.padEnd(1500, 'x')}`);
    }
    const mend = breakDisk(fileSystem, 'EIO', ({ kind }) => kind === 'datasync');
    await refusedWith(log, batchOf());
    mend();
    const size = 100 * batchOf({ values: ['x'.repeat(1500)] }).length;
    fileSystem.contents(LOG_FILE).fill(0, size - 60_000, size);
    await advance(clock, 1000);
    assert.equal(log.failure, null);
    fileSystem.crash();
    await assert.rejects(store.close());
    await fileSystem.restart();
    const again = await newStore();
    assert.deepEqual(await readValues(again.log), expected);
  });

  test('is left closed when acknowledged records are gone', async () => {
    const { fileSystem, clock, log, notices, store } = await setUp(
      { flushMessages: 1000 },
      { tailCacheBytes: 0 },
    );
    for (const value of ['a', 'b']) await appendOk(log, batchOf({ values: [value] }));
    const mend = breakDisk(fileSystem, 'EIO', ({ kind }) => kind === 'datasync');
    await assert.rejects(log.flush(), /EIO/);
    mend();
    // The system has dropped the page and read it from the disk again.
    fileSystem.contents(LOG_FILE).fill(0, batchOf().length);
    await advance(clock, 1000);
    assert.match(notices.join('\n'), /could not be repaired: acknowledged records are gone/);
    assert.notEqual(log.failure, null);
    const size = fileSystem.contents(LOG_FILE).length;
    await advance(clock, 600_000);
    await refusedWith(log, batchOf());
    assert.equal(fileSystem.contents(LOG_FILE).length, size);
    await assert.rejects(store.close(), /could not be written/);
  });

  test('is not taken for repaired while its file is not the one that it was', async () => {
    const { fileSystem, clock, log, notices, store } = await setUp();
    await appendOk(log, batchOf());
    const mend = breakDisk(fileSystem, 'EIO', ({ kind }) => kind === 'writev');
    await refusedWith(log, batchOf());
    mend();
    const whole = Buffer.from(fileSystem.contents(LOG_FILE));
    const file = await fileSystem.open(LOG_FILE, 'replace');
    await advance(clock, 1000);
    assert.match(notices.join('\n'), /has 0 bytes, although \d+ had been synced/);
    assert.equal(fileSystem.contents(LOG_FILE).length, 0);
    // The right volume is mounted again.
    await file.writev([whole], 0);
    await file.close();
    await advance(clock, 2000);
    assert.equal(log.failure, null);
    await appendOk(log, batchOf({ values: ['b'] }));
    assert.deepEqual(await readValues(log), ['0=value', '1=b']);
    await store.close();
  });

  test('wakes nobody who comes too late: a deletion and a stop end the attempts', async () => {
    const { fileSystem, clock, log, other, store } = await setUp();
    const timers = clock.pendingCount;
    for (const each of [log, other]) {
      fileSystem.failNext('datasync', 'EIO');
      await refusedWith(each, batchOf());
    }
    await store.delete(log.topicId, 0);
    assert.equal(clock.pendingCount, timers + 1);
    await store.close();
    assert.equal(clock.pendingCount, 0);
  });
});

describe('a roll that failed', () => {
  const places = [
    ['open', /2\.log$/],
    ['writev', /\.(time)?index$/],
    ['datasync', /\.index$/],
    ['open', /\.snapshot/],
    ['rename', /\.snapshot/],
    ['syncDirectory', /orders-0$/],
  ] as const;
  for (const [kind, where] of places) {
    for (const code of ['EIO', 'EROFS']) {
      test(`is made up for: ${code} at ${kind} of ${where.source}`, async () => {
        const { fileSystem, clock, log, notices, store, newStore } = await setUp({
          segmentBytes: 200,
          indexIntervalBytes: 0,
        });
        for (const value of ['a', 'b']) await appendOk(log, batchOf({ values: [value] }));
        const mend = breakDisk(
          fileSystem,
          code,
          (operation) => operation.kind === kind && where.test(operation.path),
        );
        await refusedWith(log, batchOf({ values: ['c'] }));
        assert.match(log.failure!, new RegExp(code));
        assert.deepEqual(await readValues(log), ['0=a', '1=b']);
        mend();
        await advance(clock, 1000);
        assert.equal(log.failure, null, notices.join('\n'));
        const names = (await fileSystem.readdir('/data/orders-0')).map(({ name }) => name);
        assert.equal(names.filter((name) => name.endsWith('.log')).length, 1);
        for (const value of ['c', 'd']) await appendOk(log, batchOf({ values: [value] }));
        const expected = ['0=a', '1=b', '2=c', '3=d'];
        assert.deepEqual(await readValues(log), expected);
        await store.close();
        const again = await newStore();
        assert.deepEqual(await readValues(again.log), expected);
      });
    }
  }
});

describe('a file system that has become read-only', () => {
  test('serves what it holds, refuses the rest, and goes on when it can be written again', async () => {
    // One descriptor at a time, so that a read must open the file.
    const { fileSystem, clock, log, other, store } = await setUp({}, { maxActiveFiles: 1 });
    await appendOk(log, batchOf({ values: ['a'] }));
    await appendOk(other, batchOf({ values: ['b'] }));
    const changes = new Set(['writev', 'datasync', 'truncate', 'rename', 'unlink', 'mkdir']);
    const mend = breakDisk(fileSystem, 'EROFS', ({ kind }) => changes.has(kind));
    const open = fileSystem.open.bind(fileSystem);
    fileSystem.open = (path, mode) => {
      if (mode === 'read' || fileSystem.intercept === null) return open(path, mode);
      return Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS' }));
    };
    for (const each of [log, other]) {
      await refusedWith(each, batchOf());
      assert.equal((await each.read(0, 1000, { ...READ, preferFile: true })).error, 0);
      const { error } = await each.deleteRecordsBefore(1);
      assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
      assert.equal(each.logStartOffset, 0);
    }
    await advance(clock, 1000);
    assert.notEqual(log.failure, null);
    mend();
    await advance(clock, 2000);
    for (const each of [log, other]) {
      await appendOk(each, batchOf({ values: ['c'] }));
      assert.equal((await each.deleteRecordsBefore(1)).error, 0);
      assert.deepEqual(await readValues(each), ['1=c']);
    }
    await store.close();
  });
});
