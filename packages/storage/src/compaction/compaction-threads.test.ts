import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchBuilder } from '@millrace/protocol';
import { CompactionThreads } from './compaction-threads.ts';
import { type PassOptions, UncleanableError } from './compactor.ts';

const OPTIONS: PassOptions = {
  slots: 100,
  loadFactor: 0.9,
  hashKey: Uint32Array.of(1, 2, 3, 4),
  startOffset: 0,
  boundOffset: 100,
  nowMs: 0,
  deleteRetentionMs: 1000,
  lastOffsets: new Map([[7, 3]]),
  aborted: [],
};

/** In memory of its own, as a pass wants it. */
function batch(baseOffset: number, keys: readonly string[]): Buffer {
  const builder = new BatchBuilder({ baseOffset });
  for (const key of keys) {
    builder.add({ timestampMs: 1, key: Buffer.from(key), value: Buffer.from('v') });
  }
  return own(builder.build());
}

function own(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

test('a pass on a thread gives what one here gives, and the next takes the same thread', async () => {
  const engine = new CompactionThreads();
  for (let round = 0; round < 2; round++) {
    const pass = engine.begin(OPTIONS);
    await pass.index(batch(0, ['a', 'b']));
    await pass.index(batch(2, ['a']));
    const keys = await pass.endIndex(3);
    assert.deepEqual(keys, { endOffset: 3, firstOpenOffset: null, mapUse: 0.02 });
    const filtered = await pass.filter(batch(0, ['a', 'b']), false);
    assert.deepEqual([filtered.recordsRead, filtered.recordsKept], [2, 1]);
    const untouched = await pass.filter(batch(2, ['a']), true);
    assert.equal(untouched.isChanged, false);
    assert.deepEqual(untouched.output, batch(2, ['a']));
    pass.end();
  }
  engine.rest();
  await engine.close();
});

test('what cannot be compacted is told as such, and the thread goes on', async () => {
  const engine = new CompactionThreads();
  const pass = engine.begin(OPTIONS);
  const damaged = batch(0, ['a']);
  damaged[65]! ^= 1;
  await assert.rejects(pass.index(damaged), UncleanableError);
  pass.end();
  const next = engine.begin(OPTIONS);
  await next.index(batch(0, ['a']));
  next.end();
  await engine.close();
});

test('closing ends what is under way', async () => {
  const engine = new CompactionThreads();
  const pass = engine.begin(OPTIONS);
  const asked = assert.rejects(pass.index(batch(0, ['a'])), /The thread that compacts ended/);
  await engine.close();
  await asked;
  await assert.rejects(pass.endIndex(1), /The thread that compacts ended/);
  pass.end();
  assert.throws(() => engine.begin(OPTIONS), /closed/);
});
