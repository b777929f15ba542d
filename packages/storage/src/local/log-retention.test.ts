import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExpiredRecords, LogConfig, PartitionLog } from '../log-store.ts';
import {
  appendOk,
  batchOf,
  DEFAULT_LOG_CONFIG,
  logSpec,
  readValues,
} from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

// What retention meets in the files of a local log.

const BATCH_BYTES = batchOf().length;
/** Two batches in a segment. */
const CONFIG = { segmentBytes: 2 * BATCH_BYTES, indexIntervalBytes: 0, fileDeleteDelayMs: 60_000 };
const SPEC = logSpec(CONFIG);
const DIRECTORY = '/data/orders-0';

async function open(
  fileSystem: MemoryFileSystem,
  { specs = [SPEC], random = (): number => 0 } = {},
) {
  const clock = new ManualClock();
  const notices: string[] = [];
  const expired: ExpiredRecords[] = [];
  const store = new LocalLogStore({
    dataDir: '/data',
    fileSystem,
    clock,
    random,
    tailCacheBytes: 0,
    onNotice: (notice) => notices.push(notice),
    onExpired: (records) => expired.push(records),
  });
  await store.open(specs);
  return { store, clock, notices, expired, log: store.get(SPEC.topicId, 0)! };
}

async function append(log: PartitionLog, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await appendOk(log, batchOf());
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function namesWith(fileSystem: MemoryFileSystem, part: string): Promise<string[]> {
  const entries = await fileSystem.readdir(DIRECTORY);
  return entries.map(({ name }) => name).filter((name) => name.includes(part));
}

const keepBytes = (retentionBytes: number): LogConfig => ({
  ...DEFAULT_LOG_CONFIG,
  ...CONFIG,
  retentionBytes,
});

test('the files of deleted segments go after file.delete.delay.ms, or at the next start', async () => {
  const fileSystem = new MemoryFileSystem();
  let { store, log, clock } = await open(fileSystem);
  await append(log, 5);
  log.configure(keepBytes(3 * BATCH_BYTES));
  await settled();
  assert.equal(log.logStartOffset, 2);
  const aside = ['index', 'timeindex', 'log'].map(
    (suffix) => `${'0'.repeat(20)}.${suffix}.deleted`,
  );
  assert.deepEqual(await namesWith(fileSystem, '0000.'), aside);
  clock.advance(59_999);
  await settled();
  assert.deepEqual(await namesWith(fileSystem, '.deleted'), aside);
  clock.advance(1);
  await settled();
  assert.deepEqual(await namesWith(fileSystem, '.deleted'), []);

  log.configure(keepBytes(BATCH_BYTES));
  await settled();
  assert.equal((await namesWith(fileSystem, '.deleted')).length, 3);
  await store.close();
  assert.equal((await namesWith(fileSystem, '.deleted')).length, 3);
  ({ store, log, clock } = await open(fileSystem));
  assert.deepEqual(await namesWith(fileSystem, '.deleted'), []);
  assert.deepEqual(await readValues(log), ['4=value']);
  await store.close();
  assert.equal(fileSystem.openCount, 0);
});

test('what retention lets go of is told', async () => {
  const { log, expired } = await open(new MemoryFileSystem());
  await append(log, 5);
  log.configure(keepBytes(3 * BATCH_BYTES));
  await settled();
  log.configure(keepBytes(0));
  await settled();
  const ofLog = { topic: 'orders', partition: 0 };
  assert.deepEqual(expired, [
    { ...ofLog, segments: 1, bytes: 2 * BATCH_BYTES, logStartOffset: 2 },
    { ...ofLog, segments: 2, bytes: 3 * BATCH_BYTES, logStartOffset: 5 },
  ]);
});

test('a check that finds no log is not the last one', async () => {
  const fileSystem = new MemoryFileSystem();
  const { store, clock } = await open(fileSystem, { specs: [] });
  clock.advance(30_000);
  await settled();
  const log = await store.create({ ...SPEC, config: keepBytes(BATCH_BYTES) });
  await append(log, 5);
  clock.advance(300_000);
  await settled();
  assert.equal(log.logStartOffset, 4);
});

test('a full disk does not keep retention from making room, one segment at a time', async () => {
  const fileSystem = new MemoryFileSystem();
  let { log } = await open(fileSystem);
  await append(log, 9);
  fileSystem.freeBytes = 0;
  const removed: string[] = [];
  fileSystem.intercept = ({ kind, path }) => {
    if (kind === 'unlink' && path.endsWith('.log')) removed.push(path.slice(-5, -4));
    if (kind === 'syncDirectory' && path === DIRECTORY) removed.push('sync');
  };
  log.configure(keepBytes(BATCH_BYTES));
  await settled();
  assert.equal(log.logStartOffset, 8);
  assert.deepEqual(removed, ['0', 'sync', '2', 'sync', '4', 'sync', '6', 'sync']);
  fileSystem.crash();
  await fileSystem.restart();
  ({ log } = await open(fileSystem));
  assert.equal(log.logStartOffset, 8);
  assert.deepEqual(await readValues(log), ['8=value']);
});

test('a segment that cannot be removed is not overtaken by the next ones', async () => {
  const fileSystem = new MemoryFileSystem();
  const { log } = await open(fileSystem);
  await append(log, 9);
  fileSystem.freeBytes = 0;
  fileSystem.intercept = ({ kind, path }) => {
    if (kind === 'unlink' && path.endsWith('2.timeindex')) throw new Error('EIO');
  };
  log.configure(keepBytes(BATCH_BYTES));
  await settled();
  assert.equal(log.logStartOffset, 8);
  fileSystem.crash();
  await fileSystem.restart();
  const after = await open(fileSystem);
  const values = Array.from({ length: 7 }, (_, index) => `${index + 2}=value`);
  assert.deepEqual(await readValues(after.log), values);
});

test('what could not be removed goes with what comes next', async () => {
  const fileSystem = new MemoryFileSystem();
  const { log } = await open(fileSystem);
  await append(log, 9);
  fileSystem.failNext('rename', 'EIO', (path) => path.endsWith('2.log'));
  await log.deleteRecordsBefore(4);
  await settled();
  assert.deepEqual(await namesWith(fileSystem, '2.log'), ['00000000000000000002.log']);
  await log.deleteRecordsBefore(6);
  await settled();
  assert.deepEqual(await namesWith(fileSystem, '2.log'), ['00000000000000000002.log.deleted']);
});

test('a log whose files cannot be looked at keeps its records and says so', async () => {
  const fileSystem = new MemoryFileSystem();
  const before = await open(fileSystem);
  await append(before.log, 5);
  await before.store.close();
  const { log, notices } = await open(fileSystem);
  fileSystem.failNext('open', 'EIO');
  log.configure({ ...DEFAULT_LOG_CONFIG, ...CONFIG, retentionMs: 0 });
  await settled();
  assert.equal(log.logStartOffset, 0);
  assert.match(notices.join(), /Old records of .*orders-0 could not be deleted: EIO/);
});

test('what is appended while the age of a segment is looked up stays', async () => {
  const fileSystem = new MemoryFileSystem();
  const { log, clock } = await open(fileSystem);
  fileSystem.nowMs = () => clock.nowMs();
  await appendOk(log, batchOf({ timestamps: [-1] }));
  clock.advance(10_000);
  const began = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const modifiedMs = fileSystem.modifiedMs.bind(fileSystem);
  fileSystem.modifiedMs = async (path) => {
    const lookedUp = await modifiedMs(path);
    began.resolve();
    await released.promise;
    return lookedUp;
  };
  log.configure({ ...DEFAULT_LOG_CONFIG, ...CONFIG, retentionMs: 5000 });
  await began.promise;
  await appendOk(log, batchOf({ timestamps: [clock.nowMs()], values: ['new'] }));
  released.resolve();
  await settled();
  assert.equal(log.logStartOffset, 1);
  assert.deepEqual(await readValues(log), ['1=new']);
});

test('a segment whose records have no timestamps is as old as its last write', async () => {
  const fileSystem = new MemoryFileSystem();
  const { log, clock } = await open(fileSystem);
  fileSystem.nowMs = () => clock.nowMs();
  for (let count = 0; count < 3; count++) await appendOk(log, batchOf({ timestamps: [-1] }));
  clock.advance(500);
  log.configure({ ...DEFAULT_LOG_CONFIG, ...CONFIG, retentionMs: 500 });
  await settled();
  assert.equal(log.logStartOffset, 0);
  log.configure({ ...DEFAULT_LOG_CONFIG, ...CONFIG, retentionMs: 499 });
  await settled();
  assert.equal(log.logStartOffset, 3);
});

test('a time index with a wrong bit does not make records old', async () => {
  for (const [what, at] of [
    ['a time', 3],
    ['an offset', 11],
  ] as const) {
    const fileSystem = new MemoryFileSystem();
    const before = await open(fileSystem);
    const now = before.clock.nowMs();
    for (const ageMs of [5000, 0, 0, 0, 0]) {
      await appendOk(before.log, batchOf({ timestamps: [now - ageMs] }));
    }
    await before.store.close();
    const times = fileSystem.contents(`${DIRECTORY}/${'0'.repeat(20)}.timeindex`);
    times[times.length - 12 + at]! ^= 1;
    const { log } = await open(fileSystem);
    log.configure({ ...DEFAULT_LOG_CONFIG, ...CONFIG, retentionMs: 1000 });
    await settled();
    assert.equal(log.logStartOffset, 0, what);
    assert.equal((await readValues(log)).length, 5);
  }
});

test('segment.jitter.ms is taken off segment.ms, drawn anew for each segment', async () => {
  const draws = [0.5, 0];
  const fileSystem = new MemoryFileSystem();
  const spec = logSpec({ segmentMs: 1000, segmentJitterMs: 400 });
  const { log, clock } = await open(fileSystem, { specs: [spec], random: () => draws.shift()! });
  const now = clock.nowMs();
  const files = [];
  for (const ageMs of [0, 800, 801, 1801, 1802]) {
    await appendOk(log, batchOf({ timestamps: [now + ageMs] }));
    files.push((await namesWith(fileSystem, '.log')).length);
    if (draws.length === 0) draws.push(0);
  }
  assert.deepEqual(files, [1, 1, 2, 2, 3]);
});
