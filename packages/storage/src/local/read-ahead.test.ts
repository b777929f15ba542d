import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode, type RecordSlice } from '@millrace/protocol';
import type { LogConfig, PartitionLog } from '../log-store.ts';
import { appendOk, baseOffsetsIn, batchOf, bytesOf, logSpec } from '../log-store-testing.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

const LOG_FILE = '/data/orders-0/00000000000000000000.log';
const BATCH_BYTES = batchOf({ values: ['x'.repeat(1000)] }).length;
/** Three batches and a part of the next. */
const READ_BYTES = 3.5 * BATCH_BYTES;

/** A log of `count` batches of one record each, of which none is in the tail cache. */
async function setUp(count: number, config: Partial<LogConfig> = {}) {
  const fileSystem = new MemoryFileSystem();
  const store = new LocalLogStore({
    ...{ dataDir: '/data', fileSystem, tailCacheBytes: 0, readAheadBytes: 4 * BATCH_BYTES },
  });
  await store.open([logSpec(config)]);
  const log = store.get(logSpec().topicId, 0)!;
  for (let offset = 0; offset < count; offset++) {
    await appendOk(log, batchOf({ values: [`${offset}`.padEnd(1000, 'x')] }));
  }
  /** Reads of files while `work` goes on. */
  const readsOf = async (work: () => Promise<unknown>): Promise<number> => {
    await fileSystem.quiet();
    const before = fileSystem.count('read');
    await work();
    return fileSystem.count('read') - before;
  };
  return { fileSystem, store, log, readsOf };
}

function slice(log: PartitionLog, offset: number, maxBytes = READ_BYTES) {
  return log.read(offset, maxBytes, { minOneBatch: true, isolation: 'read_uncommitted' });
}

/** The offsets of the whole batches that are read. */
async function offsetsAt(log: PartitionLog, offset: number, maxBytes = READ_BYTES) {
  const { error, records } = await slice(log, offset, maxBytes);
  assert.equal(error, ErrorCode.NONE);
  return baseOffsetsIn(await bytesOf(records));
}

function isInMemory({ parts }: RecordSlice): boolean {
  return parts.every((part) => Buffer.isBuffer(part));
}

describe('a log that is read through', () => {
  test('is read ahead from the third read on, each record once and in order', async () => {
    const { fileSystem, store, log } = await setUp(40);
    const seen: number[] = [];
    const inMemory: boolean[] = [];
    while (seen.length < 40) {
      await fileSystem.quiet();
      const { records } = await slice(log, seen.length);
      inMemory.push(isInMemory(records));
      seen.push(...baseOffsetsIn(await bytesOf(records)));
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 40 }, (_, offset) => offset),
    );
    assert.deepEqual(inMemory, [false, ...Array(13).fill(true)]);
    await store.close();
    assert.equal(fileSystem.openCount, 0);
  });

  test('costs one read of its file for each answer, which is that of the next', async () => {
    const { log, readsOf } = await setUp(40);
    await offsetsAt(log, 0);
    await offsetsAt(log, 3);
    assert.equal(await readsOf(() => offsetsAt(log, 6)), 1);
    assert.equal(await readsOf(async () => {}), 0);
    const { records } = await slice(log, 9);
    assert.equal(isInMemory(records), true);
    records.release();
  });

  test('waits for what is being read', async () => {
    const { fileSystem, log } = await setUp(40);
    const held = Promise.withResolvers<void>();
    await offsetsAt(log, 0);
    let reads = 0;
    fileSystem.intercept = ({ kind }) =>
      kind === 'read' && ++reads === 3 ? held.promise : undefined;
    // One finds the batch, one reads it, one reads ahead.
    await offsetsAt(log, 3);
    const next = offsetsAt(log, 6);
    await fileSystem.quiet();
    assert.equal(reads, 3);
    held.resolve();
    assert.deepEqual(await next, [6, 7, 8]);
  });

  test('comes from the file where what was read ahead could not be read', async () => {
    const { fileSystem, log } = await setUp(40);
    await offsetsAt(log, 0);
    let reads = 0;
    fileSystem.intercept = ({ kind }) => {
      if (kind === 'read' && ++reads === 3) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    };
    await offsetsAt(log, 3);
    assert.deepEqual(await offsetsAt(log, 6), [6, 7, 8]);
    assert.ok(reads > 3);
  });
});

test('reads here and there are not read ahead', async () => {
  const { fileSystem, log } = await setUp(100);
  for (const offset of [50, 10, 90, 30, 70, 20]) {
    const { records } = await slice(log, offset);
    const before = fileSystem.count('read');
    await fileSystem.quiet();
    assert.equal(fileSystem.count('read'), before);
    assert.equal(isInMemory(records), false);
    records.release();
  }
});

test('no more is read than is asked for', async () => {
  const { log } = await setUp(100);
  for (const offset of [0, 1, 2, 3]) {
    assert.deepEqual(await offsetsAt(log, offset, 1.5 * BATCH_BYTES), [offset]);
  }
  // A batch that is larger than what is asked for comes as a whole, from its file.
  assert.deepEqual(await offsetsAt(log, 4, 10), [4]);
  assert.deepEqual(await offsetsAt(log, 5, 10), [5]);
  assert.deepEqual(await offsetsAt(log, 6), [6, 7, 8]);
});

test('memory that a slice holds is not written to, and when all is held there are files', async () => {
  const { log } = await setUp(400);
  const held: { records: RecordSlice; content: Buffer; offset: number }[] = [];
  let offset = 0;
  while (offset < 390) {
    const { records } = await slice(log, offset);
    const content = isInMemory(records) ? Buffer.concat(records.parts as Buffer[]) : null;
    if (content !== null) held.push({ records, content, offset });
    offset += 3;
    if (content === null) records.release();
  }
  assert.ok(held.length >= 20 && held.length <= 24, `${held.length} slices are in memory`);
  for (const { records, content, offset: first } of held) {
    assert.deepEqual(Buffer.concat(records.parts as Buffer[]), content);
    assert.equal(baseOffsetsIn(content)[0], first);
    records.release();
    records.release();
  }
  await offsetsAt(log, 0);
  await offsetsAt(log, 3);
  const { records } = await slice(log, 6);
  assert.equal(isInMemory(records), true, 'there is memory again');
});

test('damage is told as it is without reading ahead', async () => {
  const { fileSystem, log } = await setUp(40);
  await offsetsAt(log, 0);
  // The batch at offset 7 claims to be of another length.
  fileSystem.contents(LOG_FILE).writeInt32BE(5, 7 * BATCH_BYTES + 8);
  assert.deepEqual(await offsetsAt(log, 3), [3, 4, 5]);
  assert.deepEqual(await offsetsAt(log, 6), [6]);
  const { error } = await slice(log, 7);
  assert.equal(error, ErrorCode.CORRUPT_MESSAGE);
});

test('what was read ahead of a deleted log is not served', async () => {
  const { store, log } = await setUp(40);
  await offsetsAt(log, 0);
  await offsetsAt(log, 3);
  await store.delete(logSpec().topicId, 0);
  assert.equal((await slice(log, 6)).error, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
});
