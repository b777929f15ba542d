import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { NextTurn } from '../clock.ts';
import type { LogConfig } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues, sequencedBatch } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

const LOG_FILE = '/data/orders-0/00000000000000000000.log';
const isLogFile = (path: string): boolean => path === LOG_FILE;

async function setUp(config: Partial<LogConfig> = {}, nextTurn?: NextTurn) {
  const fileSystem = new MemoryFileSystem();
  const clock = new ManualClock();
  const notices: string[] = [];
  const newStore = async () => {
    const store = new LocalLogStore({
      dataDir: '/data',
      fileSystem,
      clock,
      ...(nextTurn === undefined ? {} : { nextTurn }),
      onNotice: (notice) => notices.push(notice),
    });
    await store.open([logSpec(config)]);
    return { store, log: store.get(logSpec().topicId, 0)! };
  };
  const { store, log } = await newStore();
  const counts = { writev: fileSystem.count('writev'), datasync: fileSystem.count('datasync') };
  /** Operations since the store was opened. */
  const since = (kind: 'writev' | 'datasync') => fileSystem.count(kind) - counts[kind];
  return { fileSystem, clock, notices, newStore, store, log, since };
}

describe('group commit', () => {
  test('appends of one tick share one write and one sync', async () => {
    const { log, since } = await setUp();
    await Promise.all(Array.from({ length: 100 }, () => appendOk(log, batchOf())));
    assert.equal(since('writev'), 1);
    assert.equal(since('datasync'), 1);
  });

  test('all that comes during a sync shares the next', async () => {
    const { log, fileSystem, since } = await setUp();
    const held = fileSystem.holdNext('datasync', isLogFile);
    const first = appendOk(log, batchOf());
    await held.began;
    const waiting = Array.from({ length: 50 }, () => appendOk(log, batchOf()));
    assert.equal(log.highWatermark, 0);
    assert.equal(log.logEndOffset, 51);
    held.release();
    await first;
    assert.equal(log.highWatermark, 1);
    await Promise.all(waiting);
    assert.equal(log.highWatermark, 51);
    assert.equal(since('writev'), 2);
    assert.equal(since('datasync'), 2);
  });

  test('one write takes no more than 1024 buffers', async () => {
    const { log, since } = await setUp();
    await Promise.all(Array.from({ length: 2500 }, () => appendOk(log, batchOf())));
    assert.equal(since('writev'), 3);
    assert.equal(log.highWatermark, 2500);
  });

  test('one write takes no more than 16 MiB', async () => {
    const { log, since } = await setUp();
    const batch = batchOf({ values: ['x'.repeat(1_000_000)] });
    const appends = Array.from({ length: 40 }, () => appendOk(log, Buffer.from(batch)));
    await Promise.all(appends);
    assert.equal(since('writev'), 3);
    assert.equal(log.highWatermark, 40);
  });

  test('nothing is seen before it is durable', async () => {
    const { log, fileSystem } = await setUp();
    const held = fileSystem.holdNext('datasync', isLogFile);
    let advanced = 0;
    log.onAdvance(() => advanced++);
    const append = log.append(batchOf());
    await held.began;
    assert.equal(fileSystem.contents(LOG_FILE).length, batchOf().length);
    assert.equal(log.highWatermark, 0);
    const read = await log.read(0, 1000, { minOneBatch: true, isolation: 'read_uncommitted' });
    assert.equal(read.records.sizeBytes, 0);
    assert.equal(advanced, 0);
    held.release();
    await append;
    assert.equal(advanced, 1);
  });
});

/** Ends each turn of the loop by hand. */
class ManualTurns {
  #waiting: (() => void)[] = [];
  readonly nextTurn = (callback: () => void) => {
    this.#waiting.push(callback);
  };

  async end(fileSystem: MemoryFileSystem): Promise<void> {
    for (const callback of this.#waiting.splice(0)) callback();
    await fileSystem.quiet();
  }
}

describe('when a round begins', () => {
  async function setUpTurns(config: Partial<LogConfig> = {}) {
    const turns = new ManualTurns();
    const { log, fileSystem, since } = await setUp(config, turns.nextTurn);
    const append = (count: number) => {
      for (let index = 0; index < count; index++) void appendOk(log, batchOf());
    };
    const endTurn = () => turns.end(fileSystem);
    return { log, since, append, endTurn };
  }

  test('what one turn of the loop brings goes together, and a lone append with its end', async () => {
    const { log, since, append, endTurn } = await setUpTurns();
    append(1);
    await endTurn();
    append(1);
    await Promise.resolve();
    append(2);
    assert.equal(since('writev'), 1);
    await endTurn();
    assert.deepEqual([since('writev'), log.highWatermark], [2, 4]);
  });

  test('the first of a burst like the last one waits for the others, while they come', async () => {
    const { log, since, append, endTurn } = await setUpTurns();
    append(4);
    await endTurn();
    for (const count of [1, 0, 1, 0, 1]) {
      append(count);
      await endTurn();
      assert.equal(since('writev'), 1);
    }
    append(1);
    await endTurn();
    assert.deepEqual([since('writev'), log.highWatermark], [2, 8]);
  });

  test('two turns without an append end the wait, and the next burst is expected to be as small', async () => {
    const { log, since, append, endTurn } = await setUpTurns();
    append(4);
    await endTurn();
    append(1);
    for (const writes of [1, 1, 2]) {
      await endTurn();
      assert.equal(since('writev'), writes);
    }
    append(1);
    await endTurn();
    assert.deepEqual([since('writev'), log.highWatermark], [3, 6]);
  });

  test('no round waits for a turn to end where rounds are not synced', async () => {
    const { log, since, append } = await setUpTurns({ flushMessages: 1000 });
    append(4);
    await log.flush();
    assert.deepEqual([since('writev'), since('datasync')], [1, 1]);
    await appendOk(log, batchOf());
    await appendOk(log, batchOf());
    assert.equal(since('writev'), 3);
  });
});

describe('flush.messages and flush.ms', () => {
  test('records are answered from the page cache until the count is reached', async () => {
    const { log, since } = await setUp({ flushMessages: 5 });
    await appendOk(log, batchOf({ values: ['a', 'b'] }));
    await appendOk(log, batchOf({ values: ['c', 'd'] }));
    assert.equal(since('datasync'), 0);
    assert.equal(log.highWatermark, 4);
    await appendOk(log, batchOf({ values: ['e'] }));
    assert.equal(since('datasync'), 1);
    await appendOk(log, batchOf());
    assert.equal(since('datasync'), 1);
  });

  test('without either nothing is synced before the stop', async () => {
    const { log, store, since, fileSystem, clock } = await setUp({
      flushMessages: Number.MAX_SAFE_INTEGER,
    });
    const timers = clock.pendingCount;
    for (let index = 0; index < 20; index++) await appendOk(log, batchOf());
    assert.equal(since('datasync'), 0);
    assert.equal(clock.pendingCount, timers);
    await store.close();
    fileSystem.crash();
    assert.equal(fileSystem.contents(LOG_FILE).length, 20 * batchOf().length);
  });

  test('a timer syncs what has waited long enough', async () => {
    const { log, clock, since } = await setUp({ flushMessages: 1000, flushMs: 500 });
    const timers = clock.pendingCount;
    await appendOk(log, batchOf());
    clock.advance(400);
    await appendOk(log, batchOf());
    assert.equal(since('datasync'), 0);
    clock.advance(100);
    // The flush that the timer asked for is in front of this one, which then finds nothing to sync.
    await log.flush();
    assert.equal(since('datasync'), 1);
    assert.equal(clock.pendingCount, timers);
  });
});

describe('a failed sync', () => {
  test('fails all that wait, and the log takes no more writes until it is repaired', async () => {
    const { log, fileSystem, notices, newStore, store } = await setUp();
    await appendOk(log, sequencedBatch(5, 0));
    const held = fileSystem.holdNext('datasync', isLogFile);
    const lost = [1, 2].map((sequence) => log.append(sequencedBatch(5, sequence)));
    await held.began;
    // One more append, and a duplicate of one whose outcome is open.
    lost.push(log.append(sequencedBatch(5, 3)), log.append(sequencedBatch(5, 1)));
    let notified = 0;
    log.onAdvance(() => notified++);
    held.fail('EIO');
    for (const { error, baseOffset } of await Promise.all(lost)) {
      assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
      assert.equal(baseOffset, -1);
    }
    assert.equal(notified, 1);
    assert.equal(log.highWatermark, 1);
    assert.equal(log.logEndOffset, 1);
    assert.match(notices.join(), /EIO/);
    const refused = await log.append(sequencedBatch(5, 1));
    assert.equal(refused.error, ErrorCode.KAFKA_STORAGE_ERROR);
    assert.equal((await readValues(log)).length, 1);
    // The last that a stop does.
    await store.close();

    const again = await newStore();
    // A retry leaves each record in the log once.
    for (const sequence of [1, 2, 3]) {
      const { baseOffset } = await appendOk(again.log, sequencedBatch(5, sequence));
      assert.equal(baseOffset, sequence);
    }
    assert.equal((await readValues(again.log)).length, 4);
  });
});

describe('a full disk', () => {
  test('refuses appends, loses nothing, and writing goes on when there is space again', async () => {
    const { log, fileSystem, store, newStore } = await setUp();
    await appendOk(log, sequencedBatch(5, 0));
    const size = sequencedBatch(5, 1).length;
    for (const free of [0, 1, size - 1, size, size + 5]) {
      fileSystem.freeBytes = free;
      const results = await Promise.all([
        log.append(sequencedBatch(5, 1)),
        log.append(sequencedBatch(5, 2)),
      ]);
      for (const { error, baseOffset } of results) {
        assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
        assert.equal(baseOffset, -1);
      }
      assert.equal(log.logEndOffset, 1);
      assert.equal(log.sizeBytes, size);
      assert.equal(fileSystem.contents(LOG_FILE).length, size);
    }
    fileSystem.freeBytes = Number.POSITIVE_INFINITY;
    // The sequences that were lost are free again, so the producer's retry is not taken for a duplicate.
    assert.equal((await appendOk(log, sequencedBatch(5, 1))).baseOffset, 1);
    await store.close();
    const again = await newStore();
    assert.equal((await appendOk(again.log, sequencedBatch(5, 1))).baseOffset, 1);
    assert.equal((await readValues(again.log)).length, 2);
  });

  test('in a roll leaves the old segment in use', async () => {
    const { log, fileSystem, store, newStore } = await setUp({ segmentBytes: 200 });
    for (const value of ['a', 'b']) await appendOk(log, batchOf({ values: [value] }));
    for (const kind of ['open', 'writev', 'datasync', 'syncDirectory'] as const) {
      fileSystem.failNext(kind, 'ENOSPC', (path) => path !== LOG_FILE);
      const refused = await log.append(batchOf({ values: ['c'] }));
      assert.equal(refused.error, ErrorCode.KAFKA_STORAGE_ERROR, kind);
      assert.equal(log.logEndOffset, 2);
    }
    for (const value of ['c', 'd', 'e']) await appendOk(log, batchOf({ values: [value] }));
    assert.deepEqual(await readValues(log), ['0=a', '1=b', '2=c', '3=d', '4=e']);
    await store.close();
    assert.equal(fileSystem.openCount, 0);
    const again = await newStore();
    assert.deepEqual(await readValues(again.log), ['0=a', '1=b', '2=c', '3=d', '4=e']);
  });
});
