import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BatchBuilder, ErrorCode } from '@millrace/protocol';
import { appendOk, batchOf } from '../log-store-testing.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { DEFAULT_LOG_CLEANER_CONFIG } from './log-cleaner.ts';
import { contents, fill, latest, names, open, put } from './log-compaction-testing.ts';

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

  test('is compacted with a buffer smaller than the header of a batch', async () => {
    const cleaner = { ...DEFAULT_LOG_CLEANER_CONFIG, ioBufferBytes: 100 };
    const { store, log, notices } = await open(new MemoryFileSystem(), {}, { cleaner });
    await fill(log, 10);
    await store.compactNow();
    assert.deepEqual(notices, []);
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

describe('a log that cannot be compacted', () => {
  test('is left alone with a notice, and others go on', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, log, notices, spec } = await open(fileSystem);
    const other = await store.create({ ...spec, partition: 1 });
    await fill(log, 10);
    await fill(other, 10);
    const [first] = (await names(fileSystem)).filter((name) => name.endsWith('.log'));
    fileSystem.contents(`/data/orders-0/${first}`)[70]! ^= 1;
    await store.compactNow();
    assert.match(notices.join(), /orders-0 could not be compacted, and is left as it is/);
    const { uncleanablePartitions, uncleanableBytes, passes } = store.cleanerStatus;
    assert.deepEqual([uncleanablePartitions, uncleanableBytes, passes], [1, log.sizeBytes, 1]);
    assert.equal((await names(fileSystem)).filter((name) => /cleaned|swap/.test(name)).length, 0);
    assert.ok(other.sizeBytes < log.sizeBytes);
    const count = notices.length;
    await store.compactNow();
    assert.equal(notices.length, count);
    await store.close();
  });
});

describe('cleanup.policy', () => {
  test('compact and delete: old segments go, what is left is compacted', async () => {
    const both = { cleanupPolicy: { delete: true, compact: true }, retentionBytes: 700 };
    const fileSystem = new MemoryFileSystem();
    const { store, log, clock } = await open(fileSystem, both);
    await fill(log, 20);
    clock.advance(30_000);
    await store.compactNow();
    await fileSystem.quiet();
    assert.ok(log.logStartOffset > 0);
    const found = await contents(log);
    assert.deepEqual(
      found.slice(-4),
      [76, 77, 78, 79].map((offset, key) => `${offset}:k${key}=19`),
    );
    await store.close();
  });

  test('takes effect on an open log when it is changed', async () => {
    const { store, log, spec } = await open(new MemoryFileSystem(), {
      cleanupPolicy: { delete: true, compact: false },
    });
    await fill(log, 10);
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 0);
    log.configure({ ...spec.config, cleanupPolicy: { delete: false, compact: true } });
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 1);
    await store.close();
  });
});

describe('what a topic and the broker set', () => {
  test('tombstones are kept for delete.retention.ms after their first cleaning', async () => {
    const { store, log, clock } = await open(new MemoryFileSystem(), { deleteRetentionMs: 1000 });
    await put(log, 'k0=');
    await fill(log, 4, 1);
    await put(log, 'k9=');
    await fill(log, 8, 1);
    await store.compactNow();
    const tombstones = async () => (await contents(log)).filter((text) => text.endsWith('='));
    assert.deepEqual(await tombstones(), ['5:k9=']);
    await fill(log, 8, 1);
    clock.advance(999);
    await store.compactNow();
    assert.deepEqual(await tombstones(), ['5:k9=']);
    await fill(log, 8, 1);
    clock.advance(1);
    await store.compactNow();
    assert.deepEqual(await tombstones(), []);
    await store.close();
  });

  test('a key map that is too small takes several passes', async () => {
    const cleaner = { ...DEFAULT_LOG_CLEANER_CONFIG, dedupeBufferBytes: 24 * 8, loadFactor: 0.5 };
    const { store, log } = await open(new MemoryFileSystem(), {}, { cleaner });
    await fill(log, 3, 20);
    const before = await contents(log);
    await store.compactNow();
    assert.ok(store.cleanerStatus.passes > 2);
    const found = await contents(log);
    for (const text of latest(before)) assert.ok(found.includes(text), text);
    assert.ok(found.length < before.length);
    await store.close();
  });

  test('several threads compact several logs at a time', async () => {
    const cleaner = { ...DEFAULT_LOG_CLEANER_CONFIG, threads: 3 };
    const { store, log, spec } = await open(new MemoryFileSystem(), {}, { cleaner });
    const logs = [log];
    for (const partition of [1, 2, 3, 4]) logs.push(await store.create({ ...spec, partition }));
    for (const each of logs) await fill(each, 10);
    const before = await Promise.all(logs.map(contents));
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 5);
    for (const [index, each] of logs.entries()) {
      const found = await contents(each);
      for (const text of latest(before[index]!)) assert.ok(found.includes(text), text);
    }
    await store.close();
  });

  test('nothing is compacted without log.cleaner.enable', async () => {
    const cleaner = { ...DEFAULT_LOG_CLEANER_CONFIG, isEnabled: false };
    const { store, log } = await open(new MemoryFileSystem(), {}, { cleaner });
    await fill(log, 10);
    await store.compactNow();
    assert.equal(store.cleanerStatus.passes, 0);
    await store.close();
  });

  test('max.compaction.lag.ms closes the active segment for the next record', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, log } = await open(fileSystem, { maxCompactionLagMs: 1000 });
    await put(log, 'k0=1');
    const late = new BatchBuilder();
    late.add({ timestampMs: 1_767_225_601_001, key: Buffer.from('k0'), value: null });
    await appendOk(log, late.build());
    const logs = (await names(fileSystem)).filter((name) => name.endsWith('.log'));
    assert.equal(logs.length, 2);
    await store.close();
  });
});

describe('a new topic of an old name', () => {
  test('is compacted from its start', async () => {
    const fileSystem = new MemoryFileSystem();
    const { store, log, spec } = await open(fileSystem);
    await fill(log, 10);
    await store.compactNow();
    await store.delete(spec.topicId, 0);
    const next = await store.create({ ...spec, topicId: 'YW5vdGhlci10b3BpYy1pZA' });
    await fill(next, 20);
    const before = await contents(next);
    await store.compactNow();
    const found = await contents(next);
    for (const text of latest(before)) assert.ok(found.includes(text), text);
    assert.ok(!found.includes('0:k0=0'));
    await store.close();
  });
});
