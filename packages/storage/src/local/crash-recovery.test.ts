import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { batchHeader, ErrorCode } from '@millrace/protocol';
import type { LogConfig, PartitionLog, RecoverySummary } from '../log-store.ts';
import {
  appendOk,
  batchOf,
  bytesOf,
  logSpec,
  readValues,
  sequencedBatch,
} from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

const LOG_FILE = '/data/orders-0/00000000000000000000.log';
const READ = { minOneBatch: true, isolation: 'read_uncommitted' } as const;

interface Opened {
  readonly store: LocalLogStore;
  readonly log: PartitionLog;
  readonly summary: RecoverySummary;
}

async function open(
  fileSystem: MemoryFileSystem,
  config: Partial<LogConfig> = {},
): Promise<Opened> {
  const spec = logSpec(config);
  const store = new LocalLogStore({
    dataDir: '/data',
    fileSystem,
    clock: new ManualClock(),
    // Everything is read from the files, which is what these tests are about.
    tailCacheBytes: 0,
    uniqueHex: () => '0123456789abcdef0123456789abcdef',
  });
  const summary = await store.open([spec]);
  return { store, log: store.get(spec.topicId, spec.partition)!, summary };
}

async function crashAndOpen(
  fileSystem: MemoryFileSystem,
  config: Partial<LogConfig> = {},
): Promise<Opened> {
  fileSystem.crash();
  await fileSystem.restart();
  return open(fileSystem, config);
}

/** Resolves when an operation that `isIt` accepts begins; that operation and all later ones like it never end. */
function holdForever(fileSystem: MemoryFileSystem, kind: string): Promise<void> {
  return new Promise((resolve) => {
    fileSystem.intercept = (operation) => {
      if (operation.kind !== kind) return;
      resolve();
      return new Promise(() => {});
    };
  });
}

describe('a torn tail', () => {
  const torn = batchOf({ values: ['c', 'd'] }).length;

  test('is cut at every byte, and what was acknowledged stays', async () => {
    for (let surviving = 0; surviving <= torn; surviving++) {
      const fileSystem = new MemoryFileSystem();
      const before = await open(fileSystem);
      await appendOk(before.log, batchOf({ values: ['a'] }));
      await appendOk(before.log, batchOf({ values: ['b'] }));
      const syncing = holdForever(fileSystem, 'datasync');
      void before.log.append(batchOf({ values: ['c', 'd'] }));
      await syncing;
      fileSystem.crash((path, durable) => (path === LOG_FILE ? durable + surviving : durable));
      await fileSystem.restart();

      const { store, log, summary } = await open(fileSystem);
      const isWhole = surviving === torn;
      assert.equal(summary.wasClean, false);
      assert.equal(summary.truncatedBytes, isWhole ? 0 : surviving);
      assert.equal(summary.notices.length, surviving === 0 || isWhole ? 0 : 1);
      const kept = isWhole ? ['0=a', '1=b', '2=c', '3=d'] : ['0=a', '1=b'];
      assert.deepEqual(await readValues(log), kept);
      assert.equal(log.leaderEpoch, 1);
      assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: kept.length });
      assert.equal((await appendOk(log, batchOf({ values: ['e'] }))).baseOffset, kept.length);
      await store.close();

      const again = await open(fileSystem);
      assert.deepEqual(again.summary, {
        partitions: 1,
        wasClean: true,
        truncatedBytes: 0,
        notices: [],
      });
      assert.deepEqual(await readValues(again.log), [...kept, `${kept.length}=e`]);
      assert.equal(again.log.leaderEpoch, 1);
    }
  });
});

test('a torn tail with a header in it that promises more than the file holds is cut as well', async () => {
  const fileSystem = new MemoryFileSystem();
  const before = await open(fileSystem);
  await appendOk(before.log, batchOf({ values: ['a'] }));
  fileSystem.crash();
  await fileSystem.restart();
  const file = await fileSystem.open(LOG_FILE, 'update');
  const next = batchOf({ values: ['b'.repeat(120)], baseOffset: 7 });
  await file.writev([Buffer.alloc(100), next.subarray(0, 150)], await file.size());
  await file.close();
  const { log, summary } = await open(fileSystem);
  assert.equal(summary.truncatedBytes, 250);
  assert.deepEqual(await readValues(log), ['0=a']);
});

test('a batch behind a torn one does not get its place', async () => {
  const fileSystem = new MemoryFileSystem();
  const before = await open(fileSystem);
  await appendOk(before.log, batchOf({ values: ['a'] }));
  fileSystem.crash();
  await fileSystem.restart();
  const file = await fileSystem.open(LOG_FILE, 'update');
  // Its base offset, which no CRC covers, was torn off with what came before it.
  const misplaced = batchOf({ values: ['c'], baseOffset: 1 });
  await file.writev([Buffer.alloc(100), misplaced], await file.size());
  await file.close();
  const { log } = await open(fileSystem);
  assert.deepEqual(await readValues(log), ['0=a']);
});

/** Small segments, so that the crash also falls into rolls. */
const ROLLING = { segmentBytes: 300, indexIntervalBytes: 100 };
const APPENDS = 12;

/** Appends in order until the power goes; resolves to the count that was acknowledged. */
async function appendUntilCrash(fileSystem: MemoryFileSystem): Promise<number> {
  let acknowledged = 0;
  try {
    const { store, log } = await open(fileSystem, ROLLING);
    for (; acknowledged < APPENDS; acknowledged++) {
      const { error } = await log.append(sequencedBatch(9, acknowledged));
      if (error !== ErrorCode.NONE) return acknowledged;
    }
    await store.close();
  } catch {
    // The power went while the store opened or closed.
  }
  return acknowledged;
}

describe('power that goes at any moment', () => {
  test('loses nothing that was acknowledged, and a retry repeats nothing', async () => {
    const whole = new MemoryFileSystem();
    await appendUntilCrash(whole);
    const operations = [...whole.counts.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(operations > 100);
    for (let crashAt = 0; crashAt < operations; crashAt++) {
      const fileSystem = new MemoryFileSystem();
      let count = 0;
      fileSystem.intercept = () => {
        // Half of what was not synced survives, so that batches are torn as well.
        if (count++ === crashAt) {
          fileSystem.crash((_path, durable, written) => durable + ((written - durable) >> 1));
        }
      };
      const acknowledged = await appendUntilCrash(fileSystem);
      await fileSystem.restart();

      const { store, log } = await open(fileSystem, ROLLING);
      assert.ok(log.highWatermark >= acknowledged, `crash at ${crashAt}: acknowledged is lost`);
      for (let sequence = 0; sequence < APPENDS; sequence++) {
        // The window of a producer is five batches; a client never retries what is further back.
        if (sequence < log.highWatermark - 5) continue;
        const { baseOffset } = await appendOk(log, sequencedBatch(9, sequence));
        assert.equal(baseOffset, sequence, `crash at ${crashAt}`);
      }
      const expected = Array.from({ length: APPENDS }, (_, offset) => `${offset}=9/0/0`);
      assert.deepEqual(await readValues(log), expected, `crash at ${crashAt}`);
      await store.close();
      assert.equal(fileSystem.openCount, 0, `crash at ${crashAt}: descriptors are left open`);
    }
  });

  test('takes nothing that was readable after a process was killed before it', async () => {
    const fileSystem = new MemoryFileSystem();
    const before = await open(fileSystem);
    await appendOk(before.log, batchOf({ values: ['a'] }));
    const syncing = holdForever(fileSystem, 'datasync');
    void before.log.append(batchOf({ values: ['b'] }));
    await syncing;
    // The process dies here; what it wrote is in the page cache, and the next one finds it there.
    fileSystem.intercept = null;
    const { log } = await open(fileSystem);
    assert.deepEqual(await readValues(log), ['0=a', '1=b']);
    const after = await crashAndOpen(fileSystem);
    assert.deepEqual(await readValues(after.log), ['0=a', '1=b']);
  });

  test('begins a new epoch every time, and old ones keep their ends', async () => {
    const fileSystem = new MemoryFileSystem();
    let { log } = await open(fileSystem);
    for (let epoch = 0; epoch < 3; epoch++) {
      assert.equal(log.leaderEpoch, epoch);
      await appendOk(log, batchOf({ values: ['a', 'b'] }));
      ({ log } = await crashAndOpen(fileSystem));
    }
    // Nothing is written in epoch 3, so it leaves no trace.
    ({ log } = await crashAndOpen(fileSystem));
    await appendOk(log, batchOf());
    const ends = [0, 1, 2, 3, 4, 5].map((epoch) => log.endOffsetForEpoch(epoch));
    assert.deepEqual(ends, [
      { leaderEpoch: 0, endOffset: 2 },
      { leaderEpoch: 1, endOffset: 4 },
      { leaderEpoch: 2, endOffset: 6 },
      { leaderEpoch: 2, endOffset: 6 },
      { leaderEpoch: 4, endOffset: 7 },
      { leaderEpoch: -1, endOffset: -1 },
    ]);
    const { records } = await log.read(6, 1000, READ);
    assert.equal(batchHeader.partitionLeaderEpoch(await bytesOf(records), 0), 4);
  });

  test('goes on in a later epoch where the file of the epochs is damaged', async () => {
    const fileSystem = new MemoryFileSystem();
    let { log } = await open(fileSystem);
    for (let epoch = 0; epoch < 3; epoch++) {
      await appendOk(log, batchOf({ values: ['a', 'b'] }));
      ({ log } = await crashAndOpen(fileSystem));
    }
    await appendOk(log, batchOf());
    assert.equal(log.leaderEpoch, 3);
    fileSystem.crash();
    await fileSystem.restart();
    fileSystem.contents('/data/orders-0/leader-epoch-checkpoint')[0]! ^= 1;
    const after = await open(fileSystem);
    assert.match(after.summary.notices.join(), /leader-epoch-checkpoint cannot be read/);
    assert.equal(after.log.leaderEpoch, 4);
    assert.equal((await readValues(after.log)).length, 7);
  });

  test('is not believed to have gone well when the log is shorter than it was', async () => {
    const fileSystem = new MemoryFileSystem();
    const before = await open(fileSystem);
    for (const value of ['a', 'b']) await appendOk(before.log, batchOf({ values: [value] }));
    await before.store.close();
    const file = await fileSystem.open(LOG_FILE, 'update');
    await file.truncate(batchOf({ values: ['a'] }).length);
    await file.close();
    const { log, summary } = await open(fileSystem);
    assert.deepEqual(await readValues(log), ['0=a']);
    assert.match(summary.notices.join(), /ends at offset 1, but had been synced up to 2/);
    assert.equal(log.leaderEpoch, 1);
    assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 1 });
  });

  test('without flushes it may lose the unsynced end, but never what a flush covered', async () => {
    const fileSystem = new MemoryFileSystem();
    const config = { flushMessages: 3 };
    const { log } = await open(fileSystem, config);
    for (let index = 0; index < 5; index++) await appendOk(log, batchOf({ values: [`${index}`] }));
    assert.equal(log.highWatermark, 5);
    const after = await crashAndOpen(fileSystem, config);
    assert.deepEqual(await readValues(after.log), ['0=0', '1=1', '2=2']);
  });
});

describe('damage in the middle', () => {
  const batch = (value: string) => batchOf({ values: [value] });
  const size = batch('0').length;

  for (const [what, at, bits] of [
    ['in its records', size + 66, 0x55],
    ['in its length', size + 10, 0x55],
    ['in its magic byte', size + 16, 0x55],
    ['in its offset, far too large', size + 2, 0x55],
    ['in its offset, too large', size + 7, 0x50],
    ['in its offset, too small', size + 7, 0x01],
  ] as const) {
    test(`${what} is reported, not cut, and not skipped in silence`, async () => {
      const fileSystem = new MemoryFileSystem();
      const before = await open(fileSystem);
      for (const value of ['0', '1', '2', '3']) await appendOk(before.log, batch(value));
      fileSystem.crash();
      const bytes = fileSystem.contents(LOG_FILE);
      bytes[at]! ^= bits;
      await fileSystem.restart();

      const { store, log, summary } = await open(fileSystem);
      assert.equal(summary.truncatedBytes, 0);
      assert.equal(summary.notices.length, 1);
      assert.match(summary.notices[0]!, /offsets 1 to 1 cannot be read/);
      assert.equal(log.highWatermark, 4);
      // The slice ends before the damage, an offset in it is refused, and one behind it is read.
      const first = await log.read(0, 1000, READ);
      assert.equal((await bytesOf(first.records)).length, size);
      assert.equal((await log.read(1, 1000, READ)).error, ErrorCode.CORRUPT_MESSAGE);
      assert.deepEqual(await readValues(log, 2), ['2=2', '3=3']);
      assert.equal((await appendOk(log, batch('4'))).baseOffset, 4);
      assert.deepEqual(await readValues(log, 3), ['3=3', '4=4']);

      // A start that does not check those bytes again knows of them all the same.
      await store.close();
      await fileSystem.unlink('/data/millrace-log-manifest').catch(() => {});
      const later = await open(fileSystem);
      assert.match(later.summary.notices.join(), /offsets 1 to 1 cannot be read/);
      assert.equal((await later.log.read(1, 1000, READ)).error, ErrorCode.CORRUPT_MESSAGE);
      assert.equal((await bytesOf((await later.log.read(0, 1000, READ)).records)).length, size);
      assert.deepEqual(await readValues(later.log, 2), ['2=2', '3=3', '4=4']);
    });
  }

  test('that a read meets is an error and a notice', async () => {
    const fileSystem = new MemoryFileSystem();
    const before = await open(fileSystem, { indexIntervalBytes: 1 });
    for (const value of ['0', '1', '2', '3']) await appendOk(before.log, batch(value));
    await before.store.close();
    const notices: string[] = [];
    const store = new LocalLogStore({
      dataDir: '/data',
      fileSystem,
      clock: new ManualClock(),
      onNotice: (notice) => notices.push(notice),
    });
    await store.open([logSpec()]);
    const log = store.get(logSpec().topicId, 0)!;
    fileSystem.contents(LOG_FILE)[size + 16] = 7;
    const result = await log.read(1, 1000, READ);
    assert.equal(result.error, ErrorCode.CORRUPT_MESSAGE);
    assert.equal(result.records.sizeBytes, 0);
    assert.match(notices.join(), /damaged at byte 69/);
  });

  test('in a last offset does not make a read skip what the batch held', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log } = await open(fileSystem);
    await appendOk(log, batchOf({ values: ['0', '1', '2'] }));
    await appendOk(log, batch('3'));
    // The count of offsets that the batch takes beyond its first.
    fileSystem.contents(LOG_FILE)[26] = 0;
    fileSystem.contents(LOG_FILE)[60] = 1;
    const result = await log.read(1, 1000, READ);
    assert.equal(result.error, ErrorCode.CORRUPT_MESSAGE);
  });
});
