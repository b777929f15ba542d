import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@millrace/storage';
import { DiskSpaceWatch } from './disk-space-watch.ts';
import type { DiskSpace } from './log-directory.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

function setUp(totalBytes: number) {
  const clock = new ManualClock();
  const notices: string[] = [];
  let space: () => Promise<DiskSpace> = () => Promise.reject(new Error('EIO'));
  const watch = new DiskSpaceWatch({
    directory: { path: '/data', space: () => space() },
    clock,
    onNotice: (notice) => notices.push(notice),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock,
    notices,
    watch,
    settle,
    /** Half a minute later this much is free; null when the disk does not say. */
    async later(usableBytes: number | null): Promise<void> {
      space = async () => {
        if (usableBytes === null) throw new Error('EIO');
        return { totalBytes, usableBytes };
      };
      clock.advance(30_000);
      await settle();
    },
    setSpace(next: () => Promise<DiskSpace>) {
      space = next;
    },
  };
}

test('low space is told of once, and once more when there is enough again', async () => {
  const { watch, later, settle, notices } = setUp(10 * GIB);
  watch.start();
  await settle();
  await later(600 * MIB);
  assert.deepEqual(notices, []);
  for (const free of [511, 100, 0, 511, 700]) await later(free * MIB);
  assert.equal(notices.length, 1);
  assert.match(notices[0]!, /Only 511 of 10240 MiB are free in \/data/);
  await later(768 * MIB);
  assert.match(notices[1]!, /room again: 768 of 10240 MiB/);
  await later(10 * MIB);
  assert.equal(notices.length, 3);
  watch.stop();
});

test('of a large disk a gigabyte is little', async () => {
  const { watch, later, settle, notices } = setUp(10_000 * GIB);
  watch.start();
  await settle();
  await later(2 * GIB);
  assert.deepEqual(notices, []);
  await later(GIB - 1);
  assert.equal(notices.length, 1);
  watch.stop();
});

test('a disk that does not say leaves nothing to show, and one that hangs is asked once', async () => {
  const { watch, later, clock, settle, setSpace } = setUp(GIB);
  watch.start();
  await settle();
  await later(GIB);
  assert.deepEqual(watch.space, { totalBytes: GIB, usableBytes: GIB });
  await later(null);
  assert.equal(watch.space, null);
  let asked = 0;
  const { promise, resolve } = Promise.withResolvers<DiskSpace>();
  setSpace(() => {
    asked++;
    return promise;
  });
  for (let round = 0; round < 5; round++) {
    clock.advance(30_000);
    await settle();
  }
  assert.equal(asked, 1);
  resolve({ totalBytes: GIB, usableBytes: GIB });
  await settle();
  assert.notEqual(watch.space, null);
  watch.stop();
  assert.equal(clock.pendingCount, 0);
});
