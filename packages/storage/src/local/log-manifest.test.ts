import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import type { LogConfig, LogSpec, PartitionLog, RecoverySummary } from '../log-store.ts';
import { appendOk, batchOf, logSpec, readValues, sequencedBatch } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';
import { MANIFEST_FILE } from './log-manifest.ts';

const MANIFEST = `/data/${MANIFEST_FILE}`;
const MINUTE_MS = 60_000;
const SMALL = { segmentBytes: 700, indexIntervalBytes: 100 };

interface Opened {
  readonly store: LocalLogStore;
  readonly log: PartitionLog;
  readonly clock: ManualClock;
  readonly summary: RecoverySummary;
}

async function open(
  fileSystem: MemoryFileSystem,
  config: Partial<LogConfig> = SMALL,
  specs: readonly LogSpec[] = [logSpec(config)],
): Promise<Opened> {
  const clock = new ManualClock();
  const store = new LocalLogStore({ dataDir: '/data', fileSystem, clock, tailCacheBytes: 0 });
  const summary = await store.open(specs);
  return { store, log: store.get(logSpec().topicId, 0)!, clock, summary };
}

/** Paths below a log's directory that are touched until it is called again. */
function touched(fileSystem: MemoryFileSystem): (name: string) => string[] {
  const operations: string[] = [];
  fileSystem.intercept = ({ kind, path }) => {
    operations.push(`${kind} ${path}`);
  };
  return (name) => operations.filter((operation) => operation.includes(`/data/${name}`));
}

async function minutes(opened: Opened, fileSystem: MemoryFileSystem, count: number) {
  for (let minute = 0; minute < count; minute++) {
    opened.clock.advance(MINUTE_MS);
    await fileSystem.quiet();
  }
}

/** Begins a new segment. */
function roll(log: PartitionLog): Promise<void> {
  return (log as unknown as { roll(): Promise<void> }).roll();
}

async function filled(config: Partial<LogConfig> = SMALL) {
  const fileSystem = new MemoryFileSystem();
  const opened = await open(fileSystem, config);
  for (let index = 0; index < 15; index++) await appendOk(opened.log, sequencedBatch(7, index));
  return { fileSystem, opened };
}

describe('a start', () => {
  test('after a clean stop opens no file of a log and does not read its directory', async () => {
    const { fileSystem, opened } = await filled();
    await opened.store.close();
    const seen = touched(fileSystem);
    const { log, summary, store } = await open(fileSystem);
    assert.ok(seen('orders-0').length === 2);
    assert.ok(seen('orders-0').every((look) => /^(modifiedMs|sizeOf) /.test(look)));
    assert.deepEqual(summary.notices, []);
    assert.deepEqual([log.logStartOffset, log.logEndOffset, log.leaderEpoch], [0, 15, 0]);
    assert.deepEqual(
      log.activeProducers().map(({ producerId, lastSequence }) => [producerId, lastSequence]),
      [[7, 14]],
    );
    // Nothing is opened by a stop either.
    await store.close();
    assert.ok(seen('orders-0').every((look) => /^(modifiedMs|sizeOf) /.test(look)));
    fileSystem.intercept = null;
    const again = await open(fileSystem);
    assert.equal((await readValues(again.log)).length, 15);
    assert.equal((await appendOk(again.log, sequencedBatch(7, 14))).baseOffset, 14);
    assert.equal((await appendOk(again.log, sequencedBatch(7, 15))).baseOffset, 15);
    assert.equal((await again.log.offsetForMaxTimestamp())?.offset, 0);
    await again.store.close();
  });

  test('goes on with the index as it was', async () => {
    const files = async (restarts: boolean) => {
      const fileSystem = new MemoryFileSystem();
      let opened = await open(fileSystem, { indexIntervalBytes: 200 });
      for (let index = 0; index < 40; index++) {
        await appendOk(opened.log, batchOf({ timestamps: [1_767_225_600_000 + (index % 9)] }));
        if (!restarts || index % 7 !== 3) continue;
        await opened.store.close();
        opened = await open(fileSystem, { indexIntervalBytes: 200 });
      }
      await opened.store.close();
      return ['index', 'timeindex'].map((suffix) =>
        fileSystem.contents(`/data/orders-0/00000000000000000000.${suffix}`),
      );
    };
    assert.deepEqual(await files(true), await files(false));
  });

  test('after an unclean stop looks only into logs that were written to', async () => {
    const specs = [0, 1].map((partition) => logSpec(SMALL, { partition }));
    const fileSystem = new MemoryFileSystem();
    const opened = await open(fileSystem, SMALL, specs);
    const other = opened.store.get(logSpec().topicId, 1)!;
    for (let index = 0; index < 15; index++) {
      await appendOk(opened.log, sequencedBatch(7, index));
      await appendOk(other, sequencedBatch(7, index));
    }
    await minutes(opened, fileSystem, 2);
    await appendOk(other, sequencedBatch(7, 15));
    fileSystem.crash();
    await fileSystem.restart();
    const seen = touched(fileSystem);
    const after = await open(fileSystem, SMALL, specs);
    assert.ok(seen('orders-0').every((look) => /^(modifiedMs|sizeOf) /.test(look)));
    assert.ok(seen('orders-1').some((look) => look.startsWith('open ')));
    fileSystem.intercept = null;
    assert.deepEqual([after.log.logEndOffset, after.log.leaderEpoch], [15, 0]);
    assert.equal((await appendOk(after.log, sequencedBatch(7, 14))).baseOffset, 14);
    const written = after.store.get(logSpec().topicId, 1)!;
    assert.deepEqual([written.logEndOffset, written.leaderEpoch], [16, 1]);
  });

  test('trusts no summary after an unclean stop where not every append was synced', async () => {
    const config = { ...SMALL, flushMessages: 5 };
    const { fileSystem, opened } = await filled(config);
    await opened.log.flush();
    await minutes(opened, fileSystem, 2);
    await appendOk(opened.log, sequencedBatch(7, 15));
    // A consumer has read it, and it is lost.
    assert.equal(opened.log.highWatermark, 16);
    fileSystem.crash();
    await fileSystem.restart();
    const { log } = await open(fileSystem, config);
    assert.deepEqual([log.logEndOffset, log.leaderEpoch], [15, 1]);
  });
});

describe('the manifest hides nothing', () => {
  const batch = batchOf({ values: ['new'] });
  async function activePath(fileSystem: MemoryFileSystem): Promise<string> {
    const names = (await fileSystem.readdir('/data/orders-0')).map((entry) => entry.name);
    return `/data/orders-0/${names
      .filter((name) => name.endsWith('.log'))
      .sort()
      .at(-1)!}`;
  }

  async function append(fileSystem: MemoryFileSystem, path: string, baseOffset: number) {
    const stamped = Buffer.from(batch);
    stamped.writeBigInt64BE(BigInt(baseOffset), 0);
    const exists = await fileSystem.sizeOf(path).then(
      () => true,
      () => false,
    );
    const file = await fileSystem.open(path, exists ? 'update' : 'replace');
    await file.writev([stamped], await file.size());
    await file.datasync();
    await file.close();
  }

  const changes: Record<string, (fileSystem: MemoryFileSystem) => Promise<void>> = {
    'a segment that it does not know': (fileSystem) =>
      append(fileSystem, '/data/orders-0/00000000000000000015.log', 15),
    'a segment that has grown': async (fileSystem) =>
      append(fileSystem, await activePath(fileSystem), 15),
    'a segment that is gone': async (fileSystem) => fileSystem.unlink(await activePath(fileSystem)),
    'a segment that is shorter': async (fileSystem) => {
      const file = await fileSystem.open(await activePath(fileSystem), 'update');
      await file.truncate(0);
      await file.close();
    },
    'recovery points that are gone': (fileSystem) =>
      fileSystem.unlink('/data/recovery-point-offset-checkpoint'),
    'a manifest that is torn': async (fileSystem) => {
      const file = await fileSystem.open(MANIFEST, 'update');
      await file.truncate((await file.size()) - 3);
      await file.close();
    },
    'a manifest with a flipped bit': async (fileSystem) => {
      fileSystem.contents(MANIFEST)[200]! ^= 1;
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    test(`${what}: the start finds what it finds without a manifest`, async () => {
      const results = [];
      for (const withManifest of [true, false]) {
        const { fileSystem, opened } = await filled();
        await opened.store.close();
        await change(fileSystem);
        if (!withManifest) await fileSystem.unlink(MANIFEST);
        const { log, summary } = await open(fileSystem);
        const values = await readValues(log);
        results.push({ values, summary, epoch: log.leaderEpoch, end: log.logEndOffset });
      }
      assert.deepEqual(results[0], results[1]);
    });
  }

  test('a segment that came after it while the one before stayed as it was', async () => {
    const { fileSystem, opened } = await filled();
    await minutes(opened, fileSystem, 2);
    await roll(opened.log);
    await appendOk(opened.log, batch);
    fileSystem.crash();
    await fileSystem.restart();
    const { log } = await open(fileSystem);
    assert.equal((await readValues(log)).at(-1), '15=new');
  });

  test('a summary of before does not count for a log that has none at its next stop', async () => {
    const config = { ...SMALL, fileDeleteDelayMs: 1000 };
    const { fileSystem, opened } = await filled(config);
    // All of it happens within one step of the file system's time.
    fileSystem.modifiedMs = async () => opened.clock.nowMs();
    await opened.store.close();
    const second = await open(fileSystem, config);
    await second.log.deleteRecordsBefore(9);
    await fileSystem.quiet();
    await second.store.close();
    await open(fileSystem, config);
    const names = (await fileSystem.readdir('/data/orders-0')).map((entry) => entry.name);
    assert.ok(!names.some((name) => name.endsWith('.deleted')), names.join());
  });

  test('a summary that a start could not use does not count for a later one', async () => {
    const config = { ...SMALL, fileDeleteDelayMs: 1000 };
    const { fileSystem, opened } = await filled(config);
    fileSystem.modifiedMs = async () => opened.clock.nowMs();
    await opened.store.close();
    await open(fileSystem, config);
    fileSystem.crash();
    await fileSystem.restart();
    const third = await open(fileSystem, config);
    await third.log.deleteRecordsBefore(9);
    await fileSystem.quiet();
    await third.store.close();
    await open(fileSystem, config);
    const names = (await fileSystem.readdir('/data/orders-0')).map((entry) => entry.name);
    assert.ok(!names.some((name) => name.endsWith('.deleted')), names.join());
  });

  for (const canBeRemoved of [true, false]) {
    const rest = canBeRemoved ? 'removed' : 'neither written nor removed';
    const config = { ...SMALL, segmentBytes: 100_000 };
    test(`a manifest that could only be ${rest} at a stop hides no segment that is new`, async () => {
      const { fileSystem, opened } = await filled(config);
      // All of it happens within one step of the file system's time.
      fileSystem.modifiedMs = async () => opened.clock.nowMs();
      await opened.store.close();
      const second = await open(fileSystem, config);
      // Nothing is in the new segment, so that the recovery point does not tell of it either.
      await roll(second.log);
      fileSystem.intercept = ({ kind, path }) => {
        const fails = path === `${MANIFEST}.tmp` || (path === MANIFEST && !canBeRemoved);
        if (fails && kind !== 'close') throw Object.assign(new Error('EIO'), { code: 'EIO' });
      };
      if (canBeRemoved) await second.store.close();
      else await assert.rejects(second.store.close(), /Not everything could be made durable/);
      fileSystem.intercept = null;
      const third = await open(fileSystem, config);
      assert.equal(third.summary.wasClean, canBeRemoved);
      await appendOk(third.log, batch);
      await roll(third.log);
      await appendOk(third.log, batch);
      fileSystem.crash();
      await fileSystem.restart();
      const { log } = await open(fileSystem, config);
      assert.deepEqual((await readValues(log)).slice(-2), ['15=new', '16=new']);
    });
  }

  test('files that wait for their end are removed by the next start', async () => {
    const config = { ...SMALL, fileDeleteDelayMs: 1000 };
    const { fileSystem, opened } = await filled(config);
    await opened.log.deleteRecordsBefore(9);
    await fileSystem.quiet();
    await opened.store.close();
    const { log } = await open(fileSystem, config);
    assert.equal((await readValues(log))[0], '9=7/0/0');
    const names = (await fileSystem.readdir('/data/orders-0')).map((entry) => entry.name);
    assert.ok(!names.some((name) => name.endsWith('.deleted')), names.join());
  });
});

/** Two lives with a clean stop between, minutes that pass, deletions and rolls, until the power goes. */
async function liveUntilCrash(fileSystem: MemoryFileSystem) {
  const progress = { acknowledged: 0, start: 0 };
  try {
    for (let life = 0; life < 3; life++) {
      const opened = await open(fileSystem);
      for (let index = 0; index < 4; index++) {
        if (index === 2) await minutes(opened, fileSystem, 1);
        const { error } = await opened.log.append(sequencedBatch(9, progress.acknowledged));
        if (error !== ErrorCode.NONE) return progress;
        progress.acknowledged++;
      }
      await minutes(opened, fileSystem, 1);
      if (life === 1) {
        const deleted = await opened.log.deleteRecordsBefore(7);
        if (deleted.error === ErrorCode.NONE) progress.start = 7;
      }
      await opened.store.close();
    }
  } catch {
    // The power went while the store opened or closed.
  }
  return progress;
}

test('power that goes at any moment of several lives loses nothing that was acknowledged', async () => {
  const whole = new MemoryFileSystem();
  await liveUntilCrash(whole);
  const operations = [...whole.counts.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(operations > 150, `${operations} operations`);
  for (let crashAt = 0; crashAt < operations; crashAt++) {
    const fileSystem = new MemoryFileSystem();
    let count = 0;
    fileSystem.intercept = () => {
      if (count++ !== crashAt) return;
      fileSystem.crash((_path, durable, written) => durable + ((written - durable) >> 1));
    };
    const { acknowledged, start } = await liveUntilCrash(fileSystem);
    await fileSystem.restart();
    const { store, log } = await open(fileSystem);
    assert.ok(log.highWatermark >= acknowledged, `crash at ${crashAt}: acknowledged is lost`);
    assert.ok(log.logStartOffset >= start, `crash at ${crashAt}: deleted records are back`);
    for (let sequence = Math.max(0, log.highWatermark - 5); sequence < 14; sequence++) {
      const { baseOffset } = await appendOk(log, sequencedBatch(9, sequence));
      assert.equal(baseOffset, sequence, `crash at ${crashAt}`);
    }
    assert.equal((await readValues(log)).length, 14 - log.logStartOffset, `crash at ${crashAt}`);
    await store.close();
    assert.equal(fileSystem.openCount, 0, `crash at ${crashAt}: descriptors are left open`);
  }
});
