import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFileSystem } from './memory-file-system.ts';
import { TimedFileSystem } from './timed-file-system.ts';

test('every sync of a file is told, also one that fails, and the rest passes through', async () => {
  const inner = new MemoryFileSystem();
  const syncs: number[] = [];
  const timed = new TimedFileSystem(inner, (durationMs) => syncs.push(durationMs));
  await timed.mkdir('/data');
  const file = await timed.open('/data/a', 'replace');
  await file.writev([Buffer.from('hello')], 0);
  assert.equal(syncs.length, 0);
  await file.datasync();
  assert.equal(syncs.length, 1);
  assert.ok(syncs[0]! >= 0);
  inner.failNext('datasync', 'EIO');
  await assert.rejects(file.datasync());
  assert.equal(syncs.length, 2);
  await file.close();
  assert.equal(await timed.sizeOf('/data/a'), 5);
});
