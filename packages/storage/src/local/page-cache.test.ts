import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { appendOk, batchOf, logSpec, readValues } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';
import { PageCache } from './page-cache.ts';

const DIRECTORY = '/data/orders-0';
const FIRST_SEGMENT = `${DIRECTORY}/00000000000000000000.log`;
const isFirstSegment = (path: string): boolean => path === FIRST_SEGMENT;
const BATCH_BYTES = batchOf({ values: ['x'.repeat(100)] }).length;

/** A log that is never synced but for what its size asks for. */
async function setUp(config: { segmentBytes?: number } = {}, writeBackBytes = 3 * BATCH_BYTES) {
  const fileSystem = new MemoryFileSystem();
  const clock = new ManualClock();
  const notices: string[] = [];
  const newStore = async () => {
    const store = new LocalLogStore({
      ...{ dataDir: '/data', fileSystem, clock, writeBackBytes, tailCacheBytes: 0 },
      onNotice: (notice) => notices.push(notice),
    });
    await store.open([logSpec({ ...config, flushMessages: Number.MAX_SAFE_INTEGER })]);
    return { store, log: store.get(logSpec().topicId, 0)! };
  };
  const { store, log } = await newStore();
  const before = fileSystem.count('datasync');
  let appended = 0;
  return {
    ...{ fileSystem, clock, notices, newStore, store, log },
    syncs: () => fileSystem.count('datasync') - before,
    append: async (count: number) => {
      for (let index = 0; index < count; index++) {
        await appendOk(log, batchOf({ values: [valueAt(appended++)] }));
      }
    },
  };
}

function valueAt(offset: number): string {
  return `${offset}`.padEnd(100, 'x');
}

/** What is read back of `count` records. */
function written(count: number): string[] {
  return Array.from({ length: count }, (_, offset) => `${offset}=${valueAt(offset)}`);
}

describe('what is not synced is written back', () => {
  test('once it is so much, and again when it is as much again', async () => {
    const { fileSystem, append, syncs } = await setUp();
    for (const [more, expected] of [
      [2, 0],
      [1, 1],
      [2, 1],
      [1, 2],
    ] as const) {
      await append(more);
      await fileSystem.quiet();
      assert.equal(syncs(), expected);
    }
  });

  test('beside appends, none of which waits for it', async () => {
    const { fileSystem, append, syncs } = await setUp();
    const held = fileSystem.holdNext('datasync', isFirstSegment);
    await append(3);
    await held.began;
    await append(7);
    assert.equal(syncs(), 0, 'one at a time');
    held.release();
    await fileSystem.quiet();
    // What was written meanwhile is due with the next round.
    await append(1);
    await fileSystem.quiet();
    assert.equal(syncs(), 2);
  });

  test('and a sync that is asked for waits for it, then brings the rest', async () => {
    const { fileSystem, append, syncs, log } = await setUp();
    const held = fileSystem.holdNext('datasync', isFirstSegment);
    await append(3);
    await held.began;
    await append(1);
    const flushed = log.flush();
    await fileSystem.quiet();
    assert.equal(syncs(), 0);
    held.release();
    await flushed;
    assert.equal(syncs(), 2);
  });

  test('so that what was written while it went on does not count as synced', async () => {
    const { fileSystem, append, log, notices, clock, store, newStore } = await setUp();
    const held = fileSystem.holdNext('datasync', isFirstSegment);
    await append(3);
    await held.began;
    // More than a repair writes anew of what was synced.
    const more = Array.from({ length: 3 }, (_, index) => `${index}`.padEnd(50_000, 'y'));
    for (const value of more) await appendOk(log, batchOf({ values: [value] }));
    held.release();
    await fileSystem.quiet();
    // The system forgets that these are not on the disk: only who writes them anew can bring them there.
    fileSystem.failNext('datasync', 'EIO');
    await assert.rejects(log.flush(), /EIO/);
    fileSystem.forgetChanges(FIRST_SEGMENT);
    clock.advance(1000);
    await fileSystem.quiet();
    assert.equal(log.failure, null, notices.join('\n'));
    fileSystem.crash();
    await assert.rejects(store.close());
    await fileSystem.restart();
    const expected = [...written(3), ...more.map((value, index) => `${index + 3}=${value}`)];
    assert.deepEqual(await readValues((await newStore()).log), expected);
  });

  test('before a roll, which then has little to wait for', async () => {
    const { fileSystem, append, log } = await setUp({ segmentBytes: 10 * BATCH_BYTES });
    await append(10);
    await fileSystem.quiet();
    const held = fileSystem.holdNext('datasync', isFirstSegment);
    let isRolled = false;
    const rolled = append(1).then(() => {
      isRolled = true;
    });
    await held.began;
    assert.equal(isRolled, false, 'a closed segment is durable');
    held.release();
    await rolled;
    fileSystem.crash();
    assert.equal(fileSystem.contents(FIRST_SEGMENT).length, 10 * BATCH_BYTES);
    assert.equal(log.highWatermark, 11);
  });
});

test('a log of which something could not be written back takes nothing until it is repaired', async () => {
  const { fileSystem, append, log, clock, notices, store, newStore } = await setUp();
  const held = fileSystem.holdNext('datasync', isFirstSegment);
  await append(3);
  await held.began;
  await append(1);
  held.fail('EIO');
  await fileSystem.quiet();
  assert.match(log.failure ?? '', /EIO/);
  fileSystem.forgetChanges(FIRST_SEGMENT);
  clock.advance(1000);
  await fileSystem.quiet();
  assert.equal(log.failure, null, notices.join('\n'));
  await append(1);
  await log.flush();
  fileSystem.crash();
  await assert.rejects(store.close());
  await fileSystem.restart();
  assert.deepEqual(await readValues((await newStore()).log), written(5));
});

test('a stop waits for what is being written back', async () => {
  const { fileSystem, append, store } = await setUp();
  const held = fileSystem.holdNext('datasync', isFirstSegment);
  await append(3);
  await held.began;
  const closed = store.close();
  await fileSystem.quiet();
  assert.ok(fileSystem.openCount > 0);
  held.release();
  await closed;
  assert.equal(fileSystem.openCount, 0);
});

describe('a write is done at once', () => {
  function quick() {
    const clock = new ManualClock();
    return { clock, cache: new PageCache(clock, 1000) };
  }

  test('where it is a copy of no more than a MiB, and the disk keeps up', () => {
    const { cache } = quick();
    assert.equal(cache.takesAtOnce(1 << 20, 0, false), true);
    assert.equal(cache.takesAtOnce((1 << 20) + 1, 0, false), false);
    assert.equal(cache.takesAtOnce(1, 3999, false), true);
    assert.equal(cache.takesAtOnce(1, 4000, false), false);
  });

  test('and not for a while after one that took long', () => {
    const { cache, clock } = quick();
    cache.write(() => clock.pass(19));
    assert.equal(cache.takesAtOnce(1, 0, false), true);
    assert.throws(() =>
      cache.write(() => {
        clock.pass(20);
        throw new Error('ENOSPC');
      }),
    );
    assert.equal(cache.takesAtOnce(1, 0, false), false);
    clock.advance(9999);
    assert.equal(cache.takesAtOnce(1, 0, false), false);
    clock.advance(1);
    assert.equal(cache.takesAtOnce(1, 0, false), true);
  });

  test('and not where a sync follows while another is under way', async () => {
    const { cache } = quick();
    assert.equal(cache.takesAtOnce(1, 0, true), true);
    const held = Promise.withResolvers<void>();
    const synced = cache.sync(() => held.promise);
    assert.equal(cache.takesAtOnce(1, 0, true), false);
    assert.equal(cache.takesAtOnce(1, 0, false), true);
    held.reject(new Error('EIO'));
    await assert.rejects(synced);
    assert.equal(cache.takesAtOnce(1, 0, true), true);
  });

  test('which a log holds to', async () => {
    const { fileSystem, append, clock } = await setUp({}, 1_000_000);
    let isSlow = true;
    let held = 0;
    fileSystem.intercept = ({ kind }) => {
      if (kind !== 'writev') return undefined;
      if (!isSlow) return Promise.resolve().then(() => void held++);
      clock.pass(50);
      return undefined;
    };
    await append(1);
    isSlow = false;
    // The file system of the test holds back what is done by threads, and refuses to hold what is done at once.
    await append(3);
    assert.equal(held, 3);
    fileSystem.intercept = null;
    clock.advance(10_000);
    fileSystem.intercept = ({ kind }) => {
      if (kind === 'writev') held = -1;
    };
    await append(1);
    assert.equal(held, -1);
  });
});
