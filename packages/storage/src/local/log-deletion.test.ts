import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { LogSpec, PartitionLog } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

// What deletions meet in the files of a local log.

/** Two batches in a segment. */
const SPEC = logSpec({ segmentBytes: 200, indexIntervalBytes: 100 });
const FIRST_LOG = '/data/orders-0/00000000000000000000.log';

async function open(fileSystem: MemoryFileSystem, specs: readonly LogSpec[] = [SPEC]) {
  const clock = new ManualClock();
  const store = new LocalLogStore({ dataDir: '/data', fileSystem, clock, tailCacheBytes: 0 });
  await store.open(specs);
  return { store, log: store.get(SPEC.topicId, 0)! };
}

async function append(log: PartitionLog, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await appendOk(log, batchOf());
}

async function names(fileSystem: MemoryFileSystem): Promise<string[]> {
  return (await fileSystem.readdir('/data/orders-0')).map(({ name }) => name);
}

/** Holds the opening of the first segment's file until the log's records are deleted and the file is gone. */
async function deleteMeanwhile<T>(
  look: (log: PartitionLog) => Promise<T>,
): Promise<{ found: T; log: PartitionLog }> {
  const fileSystem = new MemoryFileSystem();
  const before = await open(fileSystem);
  await append(before.log, 6);
  await before.store.close();
  const { log } = await open(fileSystem);
  let begun = () => {};
  const opening = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let goOn = () => {};
  const removed = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  fileSystem.intercept = ({ kind, path }) => {
    if (kind === 'open' && path === FIRST_LOG) {
      begun();
      return removed;
    }
    // The directory is synced when all files are off it.
    if (kind === 'syncDirectory' && path === '/data/orders-0') goOn();
    return undefined;
  };
  const looking = look(log);
  await opening;
  assert.equal((await log.deleteRecordsBefore(5)).error, ErrorCode.NONE);
  return { found: await looking, log };
}

test('a read whose file goes meanwhile is out of range, not an error of the disk', async () => {
  const { found } = await deleteMeanwhile(async (log) =>
    log.read(0, 1000, { minOneBatch: true, isolation: 'read_uncommitted' }),
  );
  assert.equal(found.error, ErrorCode.OFFSET_OUT_OF_RANGE);
  assert.equal(found.logStartOffset, 5);
});

test('a look-up by time whose file goes meanwhile looks again', async () => {
  const { found } = await deleteMeanwhile((log) => log.offsetForTimestamp(0));
  assert.equal(found?.offset, 5);
});

test('closing waits until deleted segments are off the disk', async () => {
  const fileSystem = new MemoryFileSystem();
  const { store, log } = await open(fileSystem);
  await append(log, 6);
  fileSystem.intercept = ({ kind }) =>
    kind === 'unlink' ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  await log.deleteRecordsBefore(-1);
  await store.close();
  assert.equal((await names(fileSystem)).filter((name) => name.endsWith('.log')).length, 1);
});

test('the removal of a deleted log never touches the next one of its name', async () => {
  const fileSystem = new MemoryFileSystem();
  const { store, log } = await open(fileSystem);
  await append(log, 6);
  const slowly = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  fileSystem.intercept = ({ kind }) => (kind === 'unlink' ? slowly() : undefined);
  await log.deleteRecordsBefore(-1);
  await store.delete(SPEC.topicId, 0);
  const next = await store.create({ ...SPEC, topicId: 'YW5vdGhlci10b3BpYy1pZA' });
  await append(next, 1);
  await store.close();
  assert.ok((await names(fileSystem)).includes('00000000000000000000.log'));
});

test('leader epochs begin at the log start, also after a restart', async () => {
  const fileSystem = new MemoryFileSystem();
  let { log } = await open(fileSystem);
  for (let epoch = 0; epoch < 2; epoch++) {
    await append(log, 3);
    fileSystem.crash();
    await fileSystem.restart();
    ({ log } = await open(fileSystem));
  }
  await append(log, 1);
  assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 3 });
  await log.deleteRecordsBefore(4);
  assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 4 });
  assert.deepEqual(log.endOffsetForEpoch(1), { leaderEpoch: 1, endOffset: 6 });
  fileSystem.crash();
  await fileSystem.restart();
  ({ log } = await open(fileSystem));
  assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 4 });
});

test('a start that is left of a topic that is gone is taken off when the store opens', async () => {
  const fileSystem = new MemoryFileSystem();
  const before = await open(fileSystem);
  await append(before.log, 6);
  await before.log.deleteRecordsBefore(5);
  fileSystem.crash();
  await fileSystem.restart();
  // The topic was deleted just before the crash; another one gets its name.
  const { store } = await open(fileSystem, []);
  const next = { ...SPEC, topicId: 'YW5vdGhlci10b3BpYy1pZA' };
  await append(await store.create(next), 2);
  fileSystem.crash();
  await fileSystem.restart();
  const after = await open(fileSystem, [next]);
  const log = after.store.get(next.topicId, 0)!;
  assert.equal(log.logStartOffset, 0);
  assert.deepEqual(await readValues(log), ['0=value', '1=value']);
});

test('an index whose segment is gone is removed when the log opens', async () => {
  const fileSystem = new MemoryFileSystem();
  const { store, log } = await open(fileSystem);
  await append(log, 6);
  await log.deleteRecordsBefore(-1);
  await store.close();
  for (const suffix of ['index', 'timeindex']) {
    const file = await fileSystem.open(`/data/orders-0/00000000000000000000.${suffix}`, 'replace');
    await file.close();
  }
  await open(fileSystem);
  const left = await names(fileSystem);
  assert.deepEqual(
    left.filter((name) => name.startsWith('00000000000000000000.')),
    [],
  );
});
