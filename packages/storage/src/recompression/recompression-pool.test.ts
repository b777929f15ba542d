import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { BatchBuilder, batchHeader, Compression, ErrorCode } from '@millrace/protocol';
import { batchOf } from '../log-store-testing.ts';
import type { RecompressionRequest } from './recompression-messages.ts';
import { RecompressionPool, type RecompressionWorker } from './recompression-pool.ts';

const toGzip = { compression: { codec: 'gzip' }, requiresKeys: false } as const;

/** A thread that does what the test tells it to. */
class ScriptedWorker extends EventEmitter implements RecompressionWorker {
  readonly requests: RecompressionRequest[] = [];
  isTerminated = false;
  isReferenced = true;

  postMessage(request: RecompressionRequest): void {
    this.requests.push(request);
  }

  answer(text: string): void {
    this.emit('message', { batch: new TextEncoder().encode(text), error: 0 });
  }

  ref(): void {
    this.isReferenced = true;
  }

  unref(): void {
    this.isReferenced = false;
  }

  async terminate(): Promise<void> {
    this.isTerminated = true;
    this.emit('exit', 1);
  }
}

function scriptedPool(maxThreads: number) {
  const workers: ScriptedWorker[] = [];
  const notices: string[] = [];
  const pool = new RecompressionPool({
    maxThreads,
    onNotice: (notice) => notices.push(notice),
    startWorker() {
      const worker = new ScriptedWorker();
      workers.push(worker);
      return worker;
    },
  });
  return { pool, workers, notices };
}

test('threads are started when they are needed, up to the bound, and each has one batch at a time', async () => {
  const { pool, workers } = scriptedPool(2);
  assert.equal(workers.length, 0);
  const answers = ['a', 'b', 'c'].map((text) => pool.recompress(Buffer.from(text), toGzip));
  assert.deepEqual(
    workers.map(({ requests }) => requests.length),
    [1, 1],
  );
  workers[1]!.answer('B');
  assert.equal(Buffer.from(workers[1]!.requests[1]!.batch).toString(), 'c');
  workers[1]!.answer('C');
  workers[0]!.answer('A');
  const texts = (await Promise.all(answers)).map(({ batch }) => batch?.toString());
  assert.deepEqual(texts, ['A', 'B', 'C']);
  assert.deepEqual(
    workers.map(({ isReferenced }) => isReferenced),
    [false, false],
  );
});

test('the thread gets a copy, so that the request stays whole', async () => {
  const { pool, workers } = scriptedPool(1);
  const request = Buffer.from('..batch..');
  void pool.recompress(request.subarray(2, 7), toGzip);
  const { batch } = workers[0]!.requests[0]!;
  assert.equal(batch.buffer.byteLength, 5);
  batch.fill(0);
  assert.equal(request.toString(), '..batch..');
});

test('a thread that dies takes only its batch with it', async () => {
  const { pool, workers, notices } = scriptedPool(1);
  const [first, second] = [pool.recompress(batchOf(), toGzip), pool.recompress(batchOf(), toGzip)];
  workers[0]!.emit('error', new Error('out of memory'));
  workers[0]!.emit('exit', 1);
  const lost = await first;
  assert.equal(lost.error, ErrorCode.KAFKA_STORAGE_ERROR);
  assert.equal(notices.length, 1);
  assert.match(notices[0]!, /out of memory/);
  assert.equal(workers.length, 2);
  workers[1]!.answer('done');
  assert.equal((await second).batch?.toString(), 'done');
});

test('closing answers what is under way, and all that comes', async () => {
  const { pool, workers, notices } = scriptedPool(1);
  const answers = [pool.recompress(batchOf(), toGzip), pool.recompress(batchOf(), toGzip)];
  await pool.close();
  answers.push(pool.recompress(batchOf(), toGzip));
  for (const { error } of await Promise.all(answers)) {
    assert.equal(error, ErrorCode.KAFKA_STORAGE_ERROR);
  }
  assert.ok(workers[0]!.isTerminated);
  assert.deepEqual(notices, []);
});

test('the real thread looks for keys, and leaves the batch as it is', async () => {
  const pool = new RecompressionPool({ maxThreads: 1, onNotice: assert.fail });
  const target = { compression: null, requiresKeys: true };
  const builder = new BatchBuilder({ codec: Compression.lz4 });
  builder.add({ timestampMs: 1, key: Buffer.from('k') });
  const keyed = builder.build();
  assert.deepEqual((await pool.recompress(keyed, target)).batch, keyed);
  const refused = await pool.recompress(batchOf({ values: ['a', 'b'] }), target);
  assert.equal(refused.error, ErrorCode.INVALID_RECORD);
  assert.ok(refused.batch === null);
  assert.deepEqual(
    refused.recordErrors!.map(({ index }) => index),
    [0, 1],
  );
  await pool.close();
});

test('the real thread recompresses, and refuses what it cannot read', async () => {
  const pool = new RecompressionPool({ maxThreads: 1, onNotice: assert.fail });
  const good = await pool.recompress(batchOf({ values: ['a', 'b'] }), {
    compression: { codec: 'zstd', level: 1 },
    requiresKeys: false,
  });
  assert.deepEqual(good.batch, batchOf({ values: ['a', 'b'], codec: Compression.zstd, level: 1 }));
  const broken = batchOf({ codec: Compression.snappy });
  broken.fill(0xff, batchHeader.BATCH_HEADER_BYTES);
  const refused = await pool.recompress(broken, toGzip);
  assert.equal(refused.error, ErrorCode.INVALID_RECORD);
  await pool.close();
});
