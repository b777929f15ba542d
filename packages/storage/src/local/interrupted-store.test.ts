import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { LogSpec, PartitionLog } from '../log-store.ts';
import {
  appendOk,
  baseOffsetsIn,
  batchOf,
  logSpec,
  readBytes,
  readValues,
} from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

// Calls that meet each other, and a disk that fails in between: what the simulator (packages/storage/test/simulation)
// found, each with the one order of events that matters.

const LOG_FILE = '/data/orders-0/00000000000000000000.log';

async function open(fileSystem: MemoryFileSystem, specs: readonly LogSpec[] = [logSpec()]) {
  const clock = new ManualClock();
  const store = new LocalLogStore({ dataDir: '/data', fileSystem, clock, tailCacheBytes: 0 });
  const summary = await store.open(specs);
  return { store, summary, clock, log: store.get(logSpec().topicId, 0)! };
}

test('a segment that is closed by a stop does not disturb the recovery points that the stop writes', async () => {
  const fileSystem = new MemoryFileSystem();
  const config = { segmentBytes: 100 };
  const { store, log } = await open(fileSystem, [logSpec(config)]);
  await appendOk(log, batchOf({ values: ['a'] }));
  const held = fileSystem.holdNext('writev', (path) => /recovery-point/.test(path));
  const appends = ['b', 'c'].map((value) => appendOk(log, batchOf({ values: [value] })));
  const closing = store.close();
  await held.began;
  // Whoever else writes them comes to its end meanwhile.
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  held.release();
  await Promise.all([...appends, closing]);
  const checkpoint = fileSystem.contents('/data/recovery-point-offset-checkpoint').toString();
  assert.equal(checkpoint, '0\n1\norders 0 3\n');
  const again = await open(fileSystem, [logSpec(config)]);
  assert.equal(again.summary.wasClean, true);
  assert.deepEqual(await readValues(again.log), ['0=a', '1=b', '2=c']);
});

test('a log that could not be made leaves no file open', async () => {
  const fileSystem = new MemoryFileSystem();
  const { store } = await open(fileSystem, []);
  fileSystem.failNext('read', 'EIO', (path) => path.endsWith('leader-epoch-checkpoint'));
  await assert.rejects(store.create(logSpec()), { code: 'EIO' });
  await store.close();
  assert.equal(fileSystem.openCount, 0);
});

test('a data directory that a dead process had just made is made durable by the next', async () => {
  const fileSystem = new MemoryFileSystem();
  await fileSystem.mkdir('/data');
  const { log } = await open(fileSystem);
  await appendOk(log, batchOf({ values: ['a'] }));
  fileSystem.crash();
  await fileSystem.restart();
  assert.deepEqual(await readValues((await open(fileSystem)).log), ['0=a']);
});

test('a deletion of records that is overtaken by that of the log leaves nothing to the next log of the name', async () => {
  const fileSystem = new MemoryFileSystem();
  const { store, log } = await open(fileSystem, [logSpec({ flushMessages: 100 })]);
  for (const value of ['a', 'b', 'c']) await appendOk(log, batchOf({ values: [value] }));
  const held = fileSystem.holdNext('datasync', (path) => /\.log$/.test(path));
  const deletion = log.deleteRecordsBefore(2);
  await held.began;
  const gone = store.delete(log.topicId, 0);
  held.release();
  assert.equal((await deletion).error, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  await gone;
  const next = await store.create(logSpec({}, { topicId: 'YW5vdGhlci10b3BpYy1pZA' }));
  assert.equal(next.logStartOffset, 0);
  assert.equal(next.logEndOffset, 0);
});

describe('a disk that fills up', () => {
  test('has what it took of an append cut off durably, before anything else is written', async () => {
    const fileSystem = new MemoryFileSystem();
    const { log } = await open(fileSystem);
    await appendOk(log, batchOf({ values: ['a'] }));
    fileSystem.freeBytes = 10;
    const operations: string[] = [];
    fileSystem.intercept = ({ kind, path }) => {
      if (path === LOG_FILE) operations.push(kind);
    };
    const { error } = await log.append(batchOf({ values: ['b'] }));
    assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
    assert.deepEqual(operations.slice(-3), ['writev', 'truncate', 'datasync']);
  });

  test('can be started on after a crash and after a stop, serves what it holds, and is written to later', async () => {
    const fileSystem = new MemoryFileSystem();
    const gone = logSpec({}, { topicId: 'YW5vdGhlci10b3BpYy1pZA', topic: 'gone' });
    const first = await open(fileSystem, [logSpec(), gone]);
    for (const value of ['a', 'b', 'c']) await appendOk(first.log, batchOf({ values: [value] }));
    assert.equal((await first.log.deleteRecordsBefore(1)).error, 0);
    const other = first.store.get(gone.topicId, 0)!;
    await appendOk(other, batchOf());
    assert.equal((await other.deleteRecordsBefore(1)).error, 0);
    for (const ending of ['crash', 'stop', 'stop']) {
      if (ending === 'crash') {
        fileSystem.crash();
        await fileSystem.restart();
      }
      fileSystem.freeBytes = 0;
      const { store, log, summary } = await open(fileSystem);
      assert.equal(summary.wasClean, false);
      assert.match(summary.notices.join(), /stays in leader epoch 0: ENOSPC/);
      assert.deepEqual(await readValues(log), ['1=b', '2=c']);
      const { error } = await log.append(batchOf());
      assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
      await assert.rejects(store.close(), /Not everything could be made durable: .*ENOSPC/);
      assert.equal(fileSystem.openCount, 0);
    }
    fileSystem.freeBytes = Number.POSITIVE_INFINITY;
    const { store, log } = await open(fileSystem);
    assert.equal(log.leaderEpoch, 1);
    await appendOk(log, batchOf({ values: ['d'] }));
    assert.deepEqual(await readValues(log), ['1=b', '2=c', '3=d']);
    await store.close();
    const names = (await fileSystem.readdir('/data')).map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name.endsWith('.tmp')),
      [],
    );
  });
});

describe('batches that a full disk took in part, and that could not be cut off durably', () => {
  const SPECS = [logSpec({ segmentBytes: 400 })];
  const ONE = batchOf({ values: ['b'] });

  async function openAtRest(fileSystem: MemoryFileSystem, minutes: number) {
    const { log, clock } = await open(fileSystem, SPECS);
    await appendOk(log, batchOf({ values: ['a'] }));
    for (let minute = 0; minute < minutes; minute++) {
      clock.advance(60_000);
      await fileSystem.quiet();
    }
    return { log, fileSystem };
  }

  /** Leaves `refused`, which nobody sees any more, at the end of a file as the disk has it. The process is to be forgotten. */
  async function failToCut(
    { log, fileSystem }: { log: PartitionLog; fileSystem: MemoryFileSystem },
    filePath: string,
    refused: Buffer,
  ) {
    const isHere = (path: string) => path === filePath;
    fileSystem.freeBytes = refused.length;
    // The system has written back what is to be cut off, and cannot do so with the cut.
    const beforeCut = async () => {
      fileSystem.intercept = null;
      const file = await fileSystem.open(filePath, 'update');
      await file.datasync();
      await file.close();
      fileSystem.failNext('datasync', 'EIO', isHere);
    };
    fileSystem.intercept = ({ kind, path }) =>
      isHere(path) && kind === 'truncate' ? beforeCut() : undefined;
    const { error } = await log.append(Buffer.concat([refused, ONE]));
    assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
    assert.match(log.failure!, /EIO: datasync/);
    await fileSystem.quiet();
    fileSystem.forgetChanges(filePath);
    fileSystem.intercept = null;
    fileSystem.freeBytes = Number.POSITIVE_INFINITY;
  }

  for (const [start, minutesAtRest] of [
    ['a start that checks the log', 0],
    ['one that finds it at its recovery point', 1],
    ['one that finds it as its summary says', 3],
  ] as const) {
    for (const [next, value, bases] of [
      ['is written over their beginning', 'x', [0, 1]],
      ['stands in another segment', 'x'.repeat(300), [0]],
    ] as const) {
      test(`are never found behind what ${next}, after ${start}`, async () => {
        const fileSystem = new MemoryFileSystem();
        const before = await openAtRest(fileSystem, minutesAtRest);
        await failToCut(before, LOG_FILE, Buffer.concat([ONE, ONE]));
        let isRead = false;
        fileSystem.intercept = ({ kind, path }) => {
          isRead ||= kind === 'open' && path === LOG_FILE;
        };
        const { log } = await open(fileSystem, SPECS);
        assert.equal(isRead, minutesAtRest < 3);
        assert.deepEqual(await readValues(log), ['0=a']);
        assert.equal((await appendOk(log, batchOf({ values: [value] }))).baseOffset, 1);
        fileSystem.crash();
        await fileSystem.restart();
        const after = await open(fileSystem, SPECS);
        assert.deepEqual(await readValues(after.log), ['0=a', `1=${value}`]);
        // A client takes all batches of an answer.
        assert.deepEqual(baseOffsetsIn(await readBytes(after.log, 0)), bases);
      });
    }
  }

  test('do not come up where a new leader epoch has begun', async () => {
    const fileSystem = new MemoryFileSystem();
    await failToCut(await openAtRest(fileSystem, 1), LOG_FILE, ONE);
    const specs = [logSpec({ flushMessages: 1000 })];
    const { log } = await open(fileSystem, specs);
    assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 1 });
    fileSystem.crash();
    await fileSystem.restart();
    const { log: after } = await open(fileSystem, specs);
    assert.deepEqual(await readValues(after), ['0=a']);
    assert.deepEqual(after.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 1 });
  });

  test('do not take the place of what is acknowledged without a sync', async () => {
    const fileSystem = new MemoryFileSystem();
    await failToCut(await openAtRest(fileSystem, 1), LOG_FILE, ONE);
    const { log } = await open(fileSystem, SPECS);
    log.configure(logSpec({ flushMessages: 1000 }).config);
    await appendOk(log, batchOf({ values: ['x'] }));
    await appendOk(log, batchOf({ values: ['y'] }));
    fileSystem.crash();
    await fileSystem.restart();
    const { log: after } = await open(fileSystem, SPECS);
    assert.deepEqual(await readValues(after), ['0=a', '1=x']);
  });

  test('do not come back with the segment that they began, which a start has removed', async () => {
    const fileSystem = new MemoryFileSystem();
    const before = await openAtRest(fileSystem, 1);
    const next = LOG_FILE.replace('0.log', '1.log');
    await failToCut(before, next, batchOf({ values: ['b'.repeat(250)] }));
    const { log } = await open(fileSystem, SPECS);
    assert.equal((await appendOk(log, batchOf({ values: ['x'] }))).baseOffset, 1);
    fileSystem.crash();
    await fileSystem.restart();
    assert.deepEqual(await readValues((await open(fileSystem, SPECS)).log), ['0=a', '1=x']);
  });
});

test('the largest timestamp is looked for again when records are deleted meanwhile', async () => {
  const fileSystem = new MemoryFileSystem();
  // Two batches in a segment, so that the first one's largest timestamp has to be read from it.
  const { log } = await open(fileSystem, [logSpec({ segmentBytes: 150 })]);
  for (const timestampMs of [4000, 3000, 2000]) {
    await appendOk(log, batchOf({ timestamps: [timestampMs] }));
  }
  await log.deleteRecordsBefore(1);
  const held = fileSystem.holdNext('read', (path) => /00000000000000000000\.log$/.test(path));
  const looking = log.offsetForMaxTimestamp();
  await held.began;
  await log.deleteRecordsBefore(2);
  held.release();
  const found = await looking;
  assert.equal(found?.offset, 2);
  assert.equal(found?.timestampMs, 2000);
});
