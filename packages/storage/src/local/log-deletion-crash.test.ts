import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { LogSpec, PartitionLog } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

/** Two or three batches in a segment. */
const ROLLING = { segmentBytes: 200, indexIntervalBytes: 100 };
const SPECS = [logSpec(ROLLING), logSpec(ROLLING, { partition: 1 })];
const CHECKPOINT = '/data/log-start-offset-checkpoint';

interface Opened {
  readonly store: LocalLogStore;
  readonly logs: readonly PartitionLog[];
  readonly notices: readonly string[];
}

async function open(
  fileSystem: MemoryFileSystem,
  specs: readonly LogSpec[] = SPECS,
): Promise<Opened> {
  const notices: string[] = [];
  const store = new LocalLogStore({
    dataDir: '/data',
    fileSystem,
    clock: new ManualClock(),
    tailCacheBytes: 0,
    onNotice: (notice) => notices.push(notice),
  });
  const summary = await store.open(specs);
  const logs = specs.map(({ topicId, partition }) => store.get(topicId, partition)!);
  return { store, logs, notices: [...summary.notices, ...notices] };
}

async function append(log: PartitionLog, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await appendOk(log, batchOf({ values: [`${log.logEndOffset}`] }));
  }
}

function valuesFrom(start: number, end: number): string[] {
  return Array.from({ length: end - start }, (_, index) => `${start + index}=${start + index}`);
}

/** `.log`, `.index` and `.timeindex` of a partition, by base offset. */
async function segmentFiles(fileSystem: MemoryFileSystem, directory: string) {
  const files = new Map<number, string[]>();
  for (const { name } of await fileSystem.readdir(directory)) {
    const match = /^([0-9]{20})\.(log|index|timeindex)$/.exec(name);
    if (match === null) continue;
    const base = Number(match[1]);
    files.set(base, [...(files.get(base) ?? []), match[2]!].sort());
  }
  return files;
}

async function crashAndRestart(fileSystem: MemoryFileSystem): Promise<void> {
  fileSystem.crash();
  await fileSystem.restart();
}

/** What the answers so far promise of one log. */
interface Promised {
  /** Records that were acknowledged. */
  end: number;
  /** The log start that was answered. */
  start: number;
  /** The largest that was asked for. */
  asked: number;
}

/** Appends to two logs and deletes from them until the power goes, and writes down what was answered. */
async function runUntilCrash(fileSystem: MemoryFileSystem): Promise<Promised[]> {
  const promised = SPECS.map(() => ({ end: 0, start: 0, asked: 0 }));
  const deleteBefore = async (log: PartitionLog, one: Promised, offset: number) => {
    one.asked = Math.max(one.asked, offset);
    const result = await log.deleteRecordsBefore(offset);
    if (result.error === ErrorCode.NONE) one.start = Math.max(one.start, result.logStartOffset);
  };
  try {
    const { store, logs } = await open(fileSystem);
    for (const rounds of [6, 4]) {
      for (const [index, log] of logs.entries()) {
        for (let count = 0; count < rounds; count++) {
          if ((await log.append(batchOf({ values: [`${log.logEndOffset}`] }))).error !== 0) break;
          promised[index]!.end++;
        }
      }
      // Both at once, so that the writes of the checkpoint meet.
      await Promise.all(
        logs.map(async (log, index) => {
          await deleteBefore(log, promised[index]!, Math.min(rounds - 1, log.highWatermark));
          await deleteBefore(log, promised[index]!, log.highWatermark - index);
        }),
      );
    }
    await store.close();
  } catch {
    // The power went while the store opened or closed.
  }
  return promised;
}

describe('power that goes while records are deleted', () => {
  test('takes back no deletion that was answered, and no record that was kept', async () => {
    const whole = new MemoryFileSystem();
    const wanted = await runUntilCrash(whole);
    assert.deepEqual(wanted, [
      { end: 10, start: 10, asked: 10 },
      { end: 10, start: 9, asked: 9 },
    ]);
    const operations = [...whole.counts.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(operations > 150);
    for (let crashAt = 0; crashAt < operations; crashAt++) {
      const fileSystem = new MemoryFileSystem();
      let count = 0;
      fileSystem.intercept = () => {
        if (count++ === crashAt) fileSystem.crash();
      };
      const promised = await runUntilCrash(fileSystem);
      await fileSystem.restart();
      // The second stop is clean, the third start finds what it left.
      for (const round of ['crashed', 'closed']) {
        const { store, logs } = await open(fileSystem);
        for (const [index, log] of logs.entries()) {
          const { start, end, asked } = promised[index]!;
          const where = `crash at ${crashAt}, partition ${index}, ${round}`;
          assert.ok(log.logStartOffset >= start, `${where}: a deletion was taken back`);
          assert.ok(log.logStartOffset <= asked, `${where}: more was deleted than asked for`);
          assert.ok(log.highWatermark >= end, `${where}: acknowledged is lost`);
          assert.ok(log.logStartOffset <= log.highWatermark, where);
          const kept = valuesFrom(log.logStartOffset, log.highWatermark);
          assert.deepEqual(await readValues(log), kept, where);
          await append(log, 1);
          promised[index]!.end = log.highWatermark;
        }
        await store.close();
        assert.equal(fileSystem.openCount, 0, `crash at ${crashAt}: descriptors are left open`);
        for (const [index, log] of logs.entries()) {
          const files = await segmentFiles(fileSystem, `/data/orders-${index}`);
          const bases = [...files.keys()].sort((a, b) => a - b);
          // Nothing that is wholly deleted is left, and no index without its segment.
          assert.ok(bases.length === 1 || bases[1]! > log.logStartOffset, `crash at ${crashAt}`);
          for (const suffixes of files.values()) {
            assert.deepEqual(suffixes, ['index', 'log', 'timeindex'], `crash at ${crashAt}`);
          }
        }
      }
    }
  });

  test('the answer waits for the disk, and nobody sees the new start before', async () => {
    const fileSystem = new MemoryFileSystem();
    const { logs } = await open(fileSystem);
    const log = logs[0]!;
    await append(log, 6);
    let reached = () => {};
    const writing = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let goOn = () => {};
    fileSystem.intercept = ({ kind }) => {
      if (kind !== 'rename') return;
      reached();
      return new Promise<void>((resolve) => {
        goOn = resolve;
      });
    };
    const deletion = log.deleteRecordsBefore(5);
    await writing;
    assert.equal(log.logStartOffset, 0);
    fileSystem.intercept = null;
    goOn();
    assert.deepEqual(await deletion, { error: ErrorCode.NONE, logStartOffset: 5 });
    assert.equal(fileSystem.contents(CHECKPOINT).toString(), '0\n1\norders 0 5\n');
    await crashAndRestart(fileSystem);
    const after = await open(fileSystem);
    assert.equal(after.logs[0]!.logStartOffset, 5);
    assert.deepEqual(await readValues(after.logs[0]!), ['5=5']);
  });

  test('many deletions at once share the writes of the checkpoint', async () => {
    const fileSystem = new MemoryFileSystem();
    const specs = Array.from({ length: 20 }, (_, partition) => logSpec({}, { partition }));
    const { logs } = await open(fileSystem, specs);
    for (const log of logs) await append(log, 2);
    const before = fileSystem.count('rename');
    await Promise.all(logs.map((log) => log.deleteRecordsBefore(1)));
    assert.ok(fileSystem.count('rename') - before <= 2);
    await crashAndRestart(fileSystem);
    const after = await open(fileSystem, specs);
    for (const log of after.logs) assert.equal(log.logStartOffset, 1);
  });
});

describe('a disk that fails while records are deleted', () => {
  test('refuses the deletion, keeps the records, and deletes when asked again', async () => {
    for (const kind of ['open', 'writev', 'datasync', 'rename', 'syncDirectory'] as const) {
      const fileSystem = new MemoryFileSystem();
      const { store, logs } = await open(fileSystem);
      const log = logs[0]!;
      await append(log, 6);
      fileSystem.failNext(kind, 'EIO');
      const failed = await log.deleteRecordsBefore(5);
      const refused = { error: ErrorCode.KAFKA_STORAGE_ERROR, logStartOffset: -1 };
      assert.deepEqual(failed, refused, kind);
      assert.equal(log.logStartOffset, 0);
      assert.deepEqual(await readValues(log), valuesFrom(0, 6));
      const deleted = await log.deleteRecordsBefore(5);
      assert.deepEqual(deleted, { error: ErrorCode.NONE, logStartOffset: 5 });
      await crashAndRestart(fileSystem);
      assert.equal((await open(fileSystem)).logs[0]!.logStartOffset, 5);
      await store.close().catch(() => {});
    }
  });

  test('leaves files that could not be removed to the next start', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, logs } = await open(fileSystem);
    await append(logs[0]!, 6);
    fileSystem.failNext('unlink', 'EIO');
    assert.equal((await logs[0]!.deleteRecordsBefore(-1)).error, ErrorCode.NONE);
    await store.close();
    assert.ok((await segmentFiles(fileSystem, '/data/orders-0')).size > 1);
    const again = await open(fileSystem);
    assert.equal(again.logs[0]!.logStartOffset, 6);
    await again.store.close();
    assert.equal((await segmentFiles(fileSystem, '/data/orders-0')).size, 1);
  });
});

describe('a log that ends before its start', () => {
  test('is empty and goes on at its start', async () => {
    const fileSystem = new MemoryFileSystem();
    const before = await open(fileSystem);
    await append(before.logs[0]!, 6);
    await before.logs[0]!.deleteRecordsBefore(-1);
    await before.store.close();
    const [base] = (await segmentFiles(fileSystem, '/data/orders-0')).keys();
    const name = `${String(base).padStart(20, '0')}.log`;
    const file = await fileSystem.open(`/data/orders-0/${name}`, 'update');
    await file.truncate(0);
    await file.close();
    for (let round = 0; round < 2; round++) {
      const { store, logs, notices } = await open(fileSystem);
      if (round === 0) assert.match(notices.join(), /before its start 6, and goes on there, empty/);
      else assert.deepEqual(notices, []);
      assert.equal(logs[0]!.logStartOffset, 6);
      assert.equal(logs[0]!.logEndOffset, 6 + round);
      assert.deepEqual(await readValues(logs[0]!), valuesFrom(6, 6 + round));
      await append(logs[0]!, 1);
      await store.close();
    }
  });
});

describe('the start of a topic that is gone', () => {
  test('is not given to one that gets its name, whenever the power goes', async () => {
    const next = logSpec(ROLLING, { topicId: 'YW5vdGhlci10b3BpYy1pZA' });
    const run = async (fileSystem: MemoryFileSystem) => {
      const { store, logs } = await open(fileSystem, SPECS.slice(0, 1));
      await append(logs[0]!, 6);
      await logs[0]!.deleteRecordsBefore(5);
      const first = [...fileSystem.counts.values()].reduce((sum, count) => sum + count, 0);
      try {
        await store.delete(logs[0]!.topicId, 0);
        await append(await store.create(next), 2);
        await store.close();
      } catch {
        // The power went.
      }
      return first;
    };
    const whole = new MemoryFileSystem();
    const first = await run(whole);
    const operations = [...whole.counts.values()].reduce((sum, count) => sum + count, 0);
    for (let crashAt = first; crashAt < operations; crashAt++) {
      const fileSystem = new MemoryFileSystem();
      let count = 0;
      fileSystem.intercept = () => {
        if (count++ === crashAt) fileSystem.crash();
      };
      await run(fileSystem).catch(() => {});
      await fileSystem.restart();
      const { store, logs } = await open(fileSystem, [next]);
      assert.equal(logs[0]!.logStartOffset, 0, `crash at ${crashAt}`);
      const kept = valuesFrom(0, logs[0]!.highWatermark);
      assert.deepEqual(await readValues(logs[0]!), kept, `crash at ${crashAt}`);
      await store.close();
    }
  });
});
