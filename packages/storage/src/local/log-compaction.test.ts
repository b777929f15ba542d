import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BatchBuilder, ErrorCode } from '@millrace/protocol';
import { batchOf } from '../log-store-testing.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { contents, fill, latest, names, open } from './log-compaction-testing.ts';

describe('a compacted log', () => {
  test('keeps the last record of each key, and all of the active segment', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, log } = await open(fileSystem);
    await fill(log, 10);
    const before = await contents(log);
    const logs = (await names(fileSystem)).filter((name) => name.endsWith('.log'));
    const activeBase = Number(logs.at(-1)!.slice(0, 20));
    assert.ok(logs.length > 4);
    await store.compactNow();
    const after = await contents(log);
    const closed = latest(before.filter((text) => Number(text.split(':')[0]) < activeBase));
    const active = before.filter((text) => Number(text.split(':')[0]) >= activeBase);
    assert.deepEqual(after, [...closed, ...active]);
    assert.equal(log.logStartOffset, 0);
    assert.equal(log.highWatermark, 40);
    assert.equal(
      fileSystem.contents('/data/cleaner-offset-checkpoint').toString(),
      `0\n1\norders 0 ${activeBase}\n`,
    );
    // A second look finds nothing to do, after a restart too.
    const passes = store.cleanerStatus.passes;
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, passes);
    await store.close();
    assert.equal(fileSystem.openCount, 0);
    const again = await open(fileSystem);
    assert.deepEqual(again.notices, []);
    assert.deepEqual(await contents(again.log), after);
    await again.store.compactNow();
    assert.equal(again.store.cleanerStatus.passes, 0);
    await again.store.close();
  });

  test('looks by itself after log.cleaner.backoff.ms', async () => {
    const { store, log, clock } = await open(new MemoryFileSystem());
    await fill(log, 10);
    clock.advance(15_000);
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 1);
    await store.close();
  });

  test('a read of an old segment that is compacted meanwhile goes on in the new one', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, log } = await open(fileSystem);
    await fill(log, 10);
    const slice = await log.read(0, 1_000, { minOneBatch: true, isolation: 'read_uncommitted' });
    await store.compactNow();
    await store.close();
    assert.ok(slice.records.sizeBytes > 0);
    slice.records.release();
  });
});

describe('records without a key', () => {
  test('are refused, each by its place in the batch', async () => {
    const { store, log } = await open(new MemoryFileSystem());
    const builder = new BatchBuilder();
    for (const key of ['a', null, 'b', null]) {
      builder.add({ timestampMs: 1_767_225_600_000, key: key === null ? null : Buffer.from(key) });
    }
    const result = await log.append(builder.build());
    assert.equal(result.error, ErrorCode.INVALID_RECORD);
    assert.equal(result.baseOffset, -1);
    assert.deepEqual(
      result.recordErrors!.map(({ index }) => index),
      [1, 3],
    );
    assert.equal(log.logEndOffset, 0);
    const compressed = await log.append(batchOf({ codec: 4, values: ['a'] }));
    assert.equal(compressed.error, ErrorCode.INVALID_RECORD);
    await store.close();
  });
});
