import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PartitionLog } from '../log-store.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import type { LocalLogStore } from './local-log-store.ts';
import { contents, fill, latest, names, open, put } from './log-compaction-testing.ts';

/** A log of several segments that a pass makes smaller: 25 records, of which one of each of 5 keys counts. */
async function openFilled(fileSystem: MemoryFileSystem) {
  const opened = await open(fileSystem, { fileDeleteDelayMs: 1000 });
  await fill(opened.log, 4);
  await put(opened.log, 'k1=', 'k9=only', 'k2=last');
  await fill(opened.log, 1, 2);
  // So that some of them become one.
  opened.log.configure({ ...opened.spec.config, segmentBytes: 800 });
  const before = await contents(opened.log);
  return { ...opened, before, operations: fileSystem.operations };
}

/** What must hold of the log now and after a restart, whatever has been compacted. */
async function check(log: PartitionLog, before: readonly string[], where: string): Promise<void> {
  assert.equal(log.highWatermark, before.length, where);
  const found = await contents(log);
  const all = new Set(before);
  assert.ok(
    found.every((text) => all.has(text)),
    `${where}: something else was read`,
  );
  for (const text of latest(before)) {
    const isDeleted = Number(text.split(':')[0]) < log.logStartOffset;
    assert.ok(isDeleted || found.includes(text), `${where}: ${text} is gone`);
  }
}

describe('power that goes while a log is compacted', () => {
  const run = async (fileSystem: MemoryFileSystem) => {
    try {
      const { store, before, operations } = await openFilled(fileSystem);
      await store.compactNow();
      await store.close();
      return { before, operations };
    } catch {
      return null;
    }
  };

  test('loses nothing, at whatever operation', async () => {
    const whole = new MemoryFileSystem();
    const { before, operations: first } = (await run(whole))!;
    const operations = whole.operations;
    assert.ok(operations - first > 60);
    for (let crashAt = first; crashAt < operations; crashAt++) {
      const fileSystem = new MemoryFileSystem();
      let count = 0;
      fileSystem.intercept = () => {
        if (count++ !== crashAt) return;
        // Every other time all that was written survives, not only what was synced.
        fileSystem.crash((_path, durable, written) => (crashAt % 2 === 0 ? durable : written));
      };
      await run(fileSystem);
      await fileSystem.restart();
      for (const round of ['crashed', 'compacted']) {
        const where = `crash at ${crashAt}, ${round}`;
        const { store, log, notices } = await open(fileSystem);
        const alarms = notices.filter((notice) => /damage|lost|cut/.test(notice));
        assert.deepEqual(alarms, [], where);
        await check(log, before, where);
        const left = (await names(fileSystem)).filter((name) => /cleaned|swap|deleted/.test(name));
        assert.deepEqual(left, [], where);
        await store.compactNow();
        await check(log, before, where);
        await store.close();
        assert.equal(fileSystem.openCount, 0, where);
      }
    }
  });
});

describe('a disk that fails while a log is compacted', () => {
  test('loses nothing, at whatever operation, and the log is served on', async () => {
    const whole = new MemoryFileSystem();
    const filled = await openFilled(whole);
    await filled.store.compactNow();
    const operations = whole.operations;
    for (let failAt = filled.operations; failAt < operations; failAt++) {
      const where = `failure at ${failAt}`;
      const fileSystem = new MemoryFileSystem();
      const { store, log, before, notices } = await openFilled(fileSystem);
      let count = filled.operations;
      fileSystem.intercept = ({ kind, path }) => {
        if (count++ === failAt)
          throw Object.assign(new Error(`EIO: ${kind} ${path}`), { code: 'EIO' });
      };
      await store.compactNow();
      fileSystem.intercept = null;
      assert.ok(count > failAt, where);
      await check(log, before, where);
      // A file that could not be closed is no reason to stop.
      const { uncleanablePartitions } = store.cleanerStatus;
      assert.equal(
        notices.some((notice) => /is left as it is/.test(notice)),
        uncleanablePartitions === 1,
      );
      await put(log, 'k0=later');
      await store.close();
      const again = await open(fileSystem);
      await check(again.log, [...before, `${before.length}:k0=later`], where);
      await again.store.compactNow();
      await check(again.log, [...before, `${before.length}:k0=later`], where);
      assert.equal(again.store.cleanerStatus.uncleanablePartitions, 0);
      await again.store.close();
    }
  });

  test('that is full is waited for', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, log, before, notices, clock } = await openFilled(fileSystem);
    fileSystem.freeBytes = 10;
    await store.compactNow();
    assert.match(notices.join(), /could not be compacted and will be later/);
    assert.equal(store.cleanerStatus.uncleanablePartitions, 0);
    await check(log, before, 'full');
    fileSystem.freeBytes = Number.POSITIVE_INFINITY;
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 0);
    clock.advance(15_000);
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 1);
    await check(log, before, 'after');
    await store.close();
  });
});

test('a compacted segment whose files have not got their names goes with all of them', async () => {
  for (const fileDeleteDelayMs of [0, 1000]) {
    const fileSystem = new MemoryFileSystem();
    const { store, log } = await open(fileSystem, { fileDeleteDelayMs });
    await fill(log, 10);
    fileSystem.failNext('rename', 'EIO', (path) => path.endsWith('.log.swap'));
    await store.compactNow();
    assert.ok((await names(fileSystem)).some((name) => name.endsWith('.log.swap')));
    await log.deleteRecordsBefore(-1);
    await store.close();
    assert.deepEqual(
      (await names(fileSystem)).filter((name) => name.endsWith('.swap')),
      [],
    );
  }
});

describe('what goes on while a log is compacted', () => {
  type Action = (log: PartitionLog, store: LocalLogStore) => Promise<unknown>;

  /** Begins `action` at every second or third operation of a pass in turn. */
  async function atOperations(
    [first, step]: readonly [number, number],
    action: Action,
    after: (log: PartitionLog, before: string[], where: string) => Promise<void>,
  ) {
    const whole = new MemoryFileSystem();
    const filled = await openFilled(whole);
    await filled.store.compactNow();
    const operations = whole.operations;
    for (let beginAt = filled.operations + first; beginAt < operations; beginAt += step) {
      const where = `begun at ${beginAt}`;
      const fileSystem = new MemoryFileSystem();
      const { store, log, before, spec, notices } = await openFilled(fileSystem);
      let count = filled.operations;
      let acting: Promise<unknown> = Promise.resolve();
      fileSystem.intercept = () => {
        if (count++ === beginAt) acting = action(log, store);
      };
      await store.compactNow();
      await acting;
      assert.deepEqual(notices, [], where);
      if (store.get(spec.topicId, 0) === log) await after(log, before, where);
      await store.close().catch(() => {});
      assert.equal(fileSystem.openCount, 0, where);
      const again = await open(fileSystem);
      await after(again.log, before, `${where}, restarted`);
      await again.store.close();
    }
  }

  test('appends and reads', async () => {
    await atOperations(
      [0, 2],
      async (log) => {
        await put(log, 'k7=new');
        const found = await contents(log);
        assert.ok(found.includes('26:k9=only') || found.includes('17:k9=only'), found.join());
      },
      async (log, before, where) => check(log, [...before, `${before.length}:k7=new`], where),
    );
  });

  test('deletion of records', async () => {
    for (const [index, offset] of [3, 12, -1].entries()) {
      await atOperations(
        [index, 3],
        (log) => log.deleteRecordsBefore(offset),
        async (log, before, where) => {
          assert.equal(log.logStartOffset, offset === -1 ? before.length : offset, where);
          await check(log, before, where);
        },
      );
    }
  });

  test('look-ups by time', async () => {
    await atOperations(
      [1, 2],
      async (log) => {
        const found = await log.offsetForTimestamp(1_767_225_600_000);
        assert.ok(found !== null && found.offset >= 0);
        assert.ok((await log.offsetForMaxTimestamp()) !== null);
      },
      check,
    );
  });

  test('the end of the topic', async () => {
    await atOperations(
      [0, 2],
      (log, store) => store.delete(log.topicId, 0),
      async (log) => assert.equal(log.highWatermark, 0),
    );
  });

  test('a clean stop', async () => {
    await atOperations([1, 2], (_log, store) => store.close(), check);
  });
});
