import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { LogConfig, PartitionLog, RecoverySummary } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues, sequencedBatch } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { formatPartitionOffsets } from './checkpoint-files.ts';
import { LocalLogStore } from './local-log-store.ts';
import { encodeProducerSnapshot } from './producer-snapshot.ts';

const DIRECTORY = '/data/orders-0/';
const LOG_FILE = `${DIRECTORY}00000000000000000000.log`;
const POINTS_FILE = '/data/recovery-point-offset-checkpoint';
const MINUTE_MS = 60_000;
const KIBIBYTE = 1024;

interface Opened {
  readonly store: LocalLogStore;
  readonly log: PartitionLog;
  readonly clock: ManualClock;
  readonly summary: RecoverySummary;
  readonly notices: string[];
}

async function open(
  fileSystem: MemoryFileSystem,
  config: Partial<LogConfig> = {},
): Promise<Opened> {
  const clock = new ManualClock();
  const notices: string[] = [];
  const store = new LocalLogStore({
    dataDir: '/data',
    fileSystem,
    clock,
    tailCacheBytes: 0,
    onNotice: (notice) => notices.push(notice),
  });
  const summary = await store.open([logSpec(config)]);
  return { store, log: store.get(logSpec().topicId, 0)!, clock, summary, notices };
}

async function crashAndOpen(
  fileSystem: MemoryFileSystem,
  config: Partial<LogConfig> = {},
): Promise<Opened> {
  fileSystem.crash();
  await fileSystem.restart();
  return open(fileSystem, config);
}

async function checkpoint(clock: ManualClock, fileSystem: MemoryFileSystem): Promise<void> {
  clock.advance(MINUTE_MS);
  await fileSystem.quiet();
}

function pointIn(fileSystem: MemoryFileSystem): string {
  return fileSystem.contents(POINTS_FILE).toString().split('\n')[2] ?? '';
}

const large = (value: string) => batchOf({ values: [value, 'x'.repeat(64 * KIBIBYTE)] });

describe('after a checkpoint an unclean start', () => {
  test('reads the end of the log only', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock } = await open(fileSystem);
    for (let index = 0; index < 100; index++) await appendOk(log, large(`${index}`));
    await checkpoint(clock, fileSystem);
    assert.equal(pointIn(fileSystem), 'orders 0 200');
    for (let index = 100; index < 103; index++) await appendOk(log, large(`${index}`));

    fileSystem.readBytes = 0;
    const after = await crashAndOpen(fileSystem);
    const writtenBytes = fileSystem.contents(LOG_FILE).length;
    assert.ok(writtenBytes > 100 * 64 * KIBIBYTE);
    // The three batches, once for their CRC, once to be written again, and once for their producers, and little else.
    assert.ok(fileSystem.readBytes < 700 * KIBIBYTE, `${fileSystem.readBytes} bytes were read`);
    assert.deepEqual(after.summary.notices, []);
    assert.equal(after.log.highWatermark, 206);
    assert.equal((await readValues(after.log)).length, 206);
    assert.equal(after.log.leaderEpoch, 1);
  });

  test('finds damage behind the checkpoint', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock } = await open(fileSystem);
    for (let index = 0; index < 3; index++) await appendOk(log, batchOf({ values: [`${index}`] }));
    await checkpoint(clock, fileSystem);
    for (let index = 3; index < 6; index++) await appendOk(log, batchOf({ values: [`${index}`] }));
    fileSystem.crash();
    const size = batchOf({ values: ['0'] }).length;
    fileSystem.contents(LOG_FILE)[4 * size + 66]! ^= 0x55;
    await fileSystem.restart();
    const after = await open(fileSystem);
    assert.match(after.summary.notices.join(), /offsets 4 to 4 cannot be read/);
    assert.deepEqual(await readValues(after.log, 5), ['5=5']);
  });

  test('reads no records where none came after it, and begins no epoch', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock } = await open(fileSystem);
    for (let index = 0; index < 100; index++) await appendOk(log, large(`${index}`));
    await checkpoint(clock, fileSystem);
    fileSystem.readBytes = 0;
    const syncs = fileSystem.count('datasync');
    const after = await crashAndOpen(fileSystem);
    assert.ok(fileSystem.readBytes < 64 * KIBIBYTE, `${fileSystem.readBytes} bytes were read`);
    assert.equal(fileSystem.count('datasync'), syncs);
    assert.equal(after.log.leaderEpoch, 0);
    assert.equal(after.log.highWatermark, 200);
  });

  test('has the index that it would have had without a stop', async () => {
    const files = ['index', 'timeindex'].map((suffix) => LOG_FILE.replace(/log$/, suffix));
    const fill = async (log: PartitionLog, from: number, to: number) => {
      for (let index = from; index < to; index++) {
        const timestamps = [1_767_225_600_000 + ((index * 7) % 40)];
        await appendOk(log, batchOf({ values: [`${index}`], timestamps }));
      }
    };
    const config = { indexIntervalBytes: 200 };
    const whole = new MemoryFileSystem();
    const straight = await open(whole, config);
    await fill(straight.log, 0, 60);
    await straight.store.close();
    const fileSystem = new MemoryFileSystem();
    let opened = await open(fileSystem, config);
    for (let from = 0; from < 60; from += 15) {
      await fill(opened.log, from, from + 11);
      await checkpoint(opened.clock, fileSystem);
      await fill(opened.log, from + 11, from + 15);
      opened = await crashAndOpen(fileSystem, config);
    }
    await opened.store.close();
    for (const file of files) {
      assert.ok(whole.contents(file).length > 0);
      assert.deepEqual(fileSystem.contents(file), whole.contents(file));
    }
  });

  test('after many bytes does not wait for the minute', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log } = await open(fileSystem);
    const batch = () => batchOf({ values: ['x'.repeat(1_000_000)] });
    for (let index = 0; index < 34; index++) await appendOk(log, batch());
    await fileSystem.quiet();
    assert.equal(pointIn(fileSystem), 'orders 0 34');
    fileSystem.readBytes = 0;
    const after = await crashAndOpen(fileSystem);
    assert.ok(fileSystem.readBytes < 100 * KIBIBYTE, `${fileSystem.readBytes} bytes were read`);
    assert.equal(after.log.highWatermark, 34);
  });
});

describe('a checkpoint', () => {
  test('costs a few writes, and nothing where nothing was written', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock, store } = await open(fileSystem, { indexIntervalBytes: 10 });
    for (let index = 0; index < 5; index++) await appendOk(log, sequencedBatch(7, index));
    const syncs = fileSystem.count('datasync');
    await checkpoint(clock, fileSystem);
    // Both indexes, the snapshot and the recovery points.
    assert.equal(fileSystem.count('datasync') - syncs, 4);
    // The manifest is written once more, now that the log has come to rest.
    await checkpoint(clock, fileSystem);
    const operations = fileSystem.operations;
    for (let minute = 0; minute < 3; minute++) await checkpoint(clock, fileSystem);
    assert.equal(fileSystem.operations, operations);
    await store.close();
    assert.equal(fileSystem.openCount, 0);
  });

  test('covers nothing that is not synced', async () => {
    const fileSystem = new MemoryFileSystem();
    const config = { flushMessages: 4 };
    const { log, clock } = await open(fileSystem, config);
    for (let index = 0; index < 6; index++) await appendOk(log, sequencedBatch(7, index));
    await checkpoint(clock, fileSystem);
    assert.throws(() => pointIn(fileSystem));
    for (let index = 6; index < 8; index++) await appendOk(log, sequencedBatch(7, index));
    await fileSystem.quiet();
    assert.equal(pointIn(fileSystem), 'orders 0 8');
  });

  test('knows nothing of what still waits to be written', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock } = await open(fileSystem);
    await appendOk(log, sequencedBatch(7, 0));
    let release = () => {};
    const synced = new Promise<void>((resolve) => {
      release = resolve;
    });
    const isSyncing = new Promise<void>((resolve) => {
      fileSystem.intercept = ({ kind, path }) => {
        if (kind !== 'datasync' || path !== LOG_FILE) return;
        resolve();
        return synced;
      };
    });
    const second = log.append(sequencedBatch(7, 1));
    await isSyncing;
    void log.append(sequencedBatch(7, 2));
    clock.advance(MINUTE_MS);
    // From here on the log's own file takes nothing, so that the third batch never gets there.
    fileSystem.intercept = ({ kind, path }) =>
      kind === 'writev' && path === LOG_FILE ? new Promise(() => {}) : undefined;
    release();
    await second;
    await fileSystem.quiet();
    assert.equal(pointIn(fileSystem), 'orders 0 2');
    // That the snapshot is valid at all is for the start to say: it removes one that is not.
    const after = await crashAndOpen(fileSystem);
    assert.ok(fileSystem.contents(`${DIRECTORY}00000000000000000002.snapshot`).length > 0);
    assert.equal((await appendOk(after.log, sequencedBatch(7, 1))).baseOffset, 1);
    assert.equal((await appendOk(after.log, sequencedBatch(7, 2))).baseOffset, 2);
    assert.equal((await readValues(after.log)).length, 3);
  });

  test('that fails is said, and made good by the next', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock, notices } = await open(fileSystem, { indexIntervalBytes: 10 });
    for (let index = 0; index < 5; index++) await appendOk(log, sequencedBatch(7, index));
    fileSystem.failNext('writev', 'ENOSPC', (path) => path.endsWith('.index'));
    await checkpoint(clock, fileSystem);
    assert.match(notices.join(), /No checkpoint of \/data\/orders-0 could be written/);
    await checkpoint(clock, fileSystem);
    assert.equal(pointIn(fileSystem), 'orders 0 5');
    const after = await crashAndOpen(fileSystem, { indexIntervalBytes: 10 });
    assert.deepEqual(after.summary.notices, []);
    assert.equal((await readValues(after.log)).length, 5);
  });

  test('of a deleted topic is not taken for one of its successor', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log, clock, store } = await open(fileSystem);
    for (let index = 0; index < 5; index++) await appendOk(log, sequencedBatch(7, index));
    await checkpoint(clock, fileSystem);
    await store.delete(log.topicId, 0);
    await store.create(logSpec());
    assert.equal(fileSystem.contents(POINTS_FILE).toString(), '0\n0\n');
  });
});

const ROLLING = { segmentBytes: 500, indexIntervalBytes: 100 };
const APPENDS = 18;

/** Appends, with checkpoints between, until the power goes; resolves to the count that was acknowledged. */
async function appendUntilCrash(fileSystem: MemoryFileSystem): Promise<number> {
  let acknowledged = 0;
  try {
    const { store, log, clock } = await open(fileSystem, ROLLING);
    for (; acknowledged < APPENDS; acknowledged++) {
      // While every third append is under way the minute is over.
      if (acknowledged % 3 === 2) clock.advance(MINUTE_MS);
      const { error } = await log.append(sequencedBatch(9, acknowledged));
      if (error !== ErrorCode.NONE) return acknowledged;
      if (acknowledged % 3 === 0) await fileSystem.quiet();
    }
    await store.close();
  } catch {
    // The power went while the store opened or closed.
  }
  return acknowledged;
}

describe('power that goes at any moment of appends and checkpoints', () => {
  for (const [what, surviving] of [
    ['nothing', () => 0],
    ['half', (lost: number) => lost >> 1],
    ['all', (lost: number) => lost],
  ] as const) {
    test(`loses nothing that was acknowledged where ${what} of the rest survives`, async () => {
      const whole = new MemoryFileSystem();
      await appendUntilCrash(whole);
      const operations = whole.operations;
      assert.ok(operations > 200);
      for (let crashAt = 0; crashAt < operations; crashAt++) {
        const fileSystem = new MemoryFileSystem();
        let count = 0;
        fileSystem.intercept = () => {
          if (count++ !== crashAt) return;
          fileSystem.crash((_path, durable, written) => durable + surviving(written - durable));
        };
        const acknowledged = await appendUntilCrash(fileSystem);
        await fileSystem.restart();
        const { store, log } = await open(fileSystem, ROLLING);
        assert.ok(log.highWatermark >= acknowledged, `crash at ${crashAt}: acknowledged is lost`);
        for (let sequence = Math.max(0, log.highWatermark - 5); sequence < APPENDS; sequence++) {
          const { baseOffset } = await appendOk(log, sequencedBatch(9, sequence));
          assert.equal(baseOffset, sequence, `crash at ${crashAt}`);
        }
        const expected = Array.from({ length: APPENDS }, (_, offset) => `${offset}=9/0/0`);
        assert.deepEqual(await readValues(log), expected, `crash at ${crashAt}`);
        await store.close();
        assert.equal(fileSystem.openCount, 0, `crash at ${crashAt}: descriptors are left open`);
      }
    });
  }
});

describe('files of a checkpoint that are wrong', () => {
  const point = (offset: number) =>
    Buffer.from(formatPartitionOffsets([{ topic: 'orders', partition: 0, offset }]));
  const index = LOG_FILE.replace(/log$/, 'index');
  const timeIndex = LOG_FILE.replace(/log$/, 'timeindex');
  const snapshot = `${DIRECTORY}00000000000000000020.snapshot`;
  const flip = (at: number) => (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 0x04;
    return changed;
  };
  const cases: readonly [string, string, (bytes: Buffer) => Buffer | null][] = [
    ['a recovery point that is missing', POINTS_FILE, () => null],
    ['a recovery point that is older', POINTS_FILE, () => point(7)],
    ['a recovery point that is torn', POINTS_FILE, (bytes) => bytes.subarray(0, 6)],
    ['a recovery point that is flipped', POINTS_FILE, flip(0)],
    ['a recovery point behind the end', POINTS_FILE, () => point(1000)],
    ['a recovery point in a batch', POINTS_FILE, () => point(9)],
    ['a recovery point in what came later', POINTS_FILE, () => point(26)],
    ['an index that is missing', index, () => null],
    ['an index that is empty', index, () => Buffer.alloc(0)],
    ['an index that is cut in an entry', index, (bytes) => bytes.subarray(0, 21)],
    ['an index full of zeros', index, (bytes) => Buffer.alloc(bytes.length)],
    ['an index with an offset that is flipped', index, flip(19)],
    ['an index with a position that is flipped', index, flip(23)],
    ['an index with its last entry flipped', index, (bytes) => flip(bytes.length - 5)(bytes)],
    ['an index that is longer', index, (bytes) => Buffer.concat([bytes, Buffer.alloc(80, 0x11)])],
    ['a time index that is missing', timeIndex, () => null],
    ['a time index full of zeros', timeIndex, (bytes) => Buffer.alloc(bytes.length)],
    ['a snapshot that is missing', snapshot, () => null],
    ['a snapshot that is torn', snapshot, (bytes) => bytes.subarray(0, 30)],
    ['a snapshot that is flipped', snapshot, flip(20)],
    [
      'a snapshot of another log',
      snapshot,
      () => {
        const batch = { baseSequence: 0, lastSequence: 9, baseOffset: 90, lastOffset: 99 };
        const batches = [{ ...batch, timestampMs: 0, isLogAppendTime: false }];
        return encodeProducerSnapshot([{ producerId: 9, epoch: 0, batches, lastSeenMs: 0 }]);
      },
    ],
  ];
  // Two records a batch, so that an offset can lie in one.
  const batch = (sequence: number) => sequencedBatch(9, sequence, { count: 2 });
  const config = { indexIntervalBytes: 150 };

  for (const [what, path, change] of cases) {
    test(`${what}: the records and the producers are right all the same`, async () => {
      const fileSystem = new MemoryFileSystem();
      const { log, clock } = await open(fileSystem, config);
      for (let sequence = 0; sequence < 20; sequence += 2) await appendOk(log, batch(sequence));
      await checkpoint(clock, fileSystem);
      for (let sequence = 20; sequence < 28; sequence += 2) await appendOk(log, batch(sequence));
      fileSystem.crash();
      await fileSystem.restart();
      const content = change(Buffer.from(fileSystem.contents(path)));
      if (content === null) await fileSystem.unlink(path);
      else {
        const file = await fileSystem.open(path, 'replace');
        if (content.length > 0) await file.writev([content], 0);
        await file.datasync();
        await file.close();
      }
      const after = await open(fileSystem, config);
      assert.equal(after.summary.truncatedBytes, 0);
      const values = await readValues(after.log);
      assert.deepEqual(
        values,
        Array.from({ length: 28 }, (_, offset) => `${offset}=9/0/${offset % 2}`),
      );
      // A retry of each batch in the producer's window is known, and the next one is taken.
      for (let sequence = 18; sequence < 32; sequence += 2) {
        assert.equal((await appendOk(after.log, batch(sequence))).baseOffset, sequence);
      }
      for (let offset = 0; offset < 32; offset++) {
        assert.equal((await readValues(after.log, offset))[0], `${offset}=9/0/${offset % 2}`);
      }
      await checkpoint(after.clock, fileSystem);
      const again = await crashAndOpen(fileSystem, config);
      assert.deepEqual(again.summary.notices, []);
      assert.equal((await readValues(again.log)).length, 32);
    });
  }
});
