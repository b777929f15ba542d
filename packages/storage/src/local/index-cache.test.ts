import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { appendOk, baseOffsetsIn, batchOf, bytesOf, logSpec } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';
import { MANIFEST_FILE } from './log-manifest.ts';

const BATCH_BYTES = batchOf().length;
/** Four batches in a segment, the third of them with an entry in the index. */
const SPEC = logSpec({ segmentBytes: 4 * BATCH_BYTES, indexIntervalBytes: BATCH_BYTES });
const FIRST = `/data/orders-0/${'0'.repeat(20)}`;

async function open(fileSystem: MemoryFileSystem) {
  const clock = new ManualClock();
  const store = new LocalLogStore({ dataDir: '/data', fileSystem, clock, tailCacheBytes: 0 });
  await store.open([SPEC]);
  return { store, log: store.get(SPEC.topicId, 0)! };
}

test('an index built anew of a damaged segment leaves the damage out, and no record behind it', async () => {
  const fileSystem = new MemoryFileSystem();
  const first = await open(fileSystem);
  for (let count = 0; count < 6; count++) await appendOk(first.log, batchOf());
  await first.store.close();
  // The header of the third batch, which the index has an entry of, is right, its records are not; an unclean start finds that out.
  const bytes = fileSystem.contents(`${FIRST}.log`);
  bytes[3 * BATCH_BYTES - 1]! ^= 1;
  for (const name of ['.kafka_cleanshutdown', 'recovery-point-offset-checkpoint', MANIFEST_FILE]) {
    await fileSystem.unlink(`/data/${name}`);
  }
  await (await open(fileSystem)).store.close();
  await fileSystem.unlink(`${FIRST}.index`);

  const { log } = await open(fileSystem);
  const read = async (offset: number) => {
    const options = { minOneBatch: true, isolation: 'read_uncommitted' } as const;
    const { error, records } = await log.read(offset, 1, options);
    return error === ErrorCode.NONE ? baseOffsetsIn(await bytesOf(records)) : error;
  };
  const found = [];
  for (let offset = 0; offset < 6; offset++) found.push(await read(offset));
  assert.deepEqual(found, [[0], [1], ErrorCode.CORRUPT_MESSAGE, [3], [4], [5]]);
});
