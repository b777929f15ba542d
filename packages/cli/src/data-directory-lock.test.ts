import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DataDirectoryError, DataDirectoryLock } from './data-directory-lock.ts';

async function directory(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-lock-'));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('the file holds the process id and nothing else is left behind', async (context) => {
  const path = join(await directory(context), 'made', 'on', 'need');
  const lock = await DataDirectoryLock.acquire(path);
  assert.equal(await readFile(join(path, 'millrace.pid'), 'utf8'), `${process.pid}\n`);
  assert.deepEqual(await readdir(path), ['millrace.pid']);
  await lock.release();
  assert.deepEqual(await readdir(path), []);
});

test('a second broker is refused while the first lives, and told by whom', async (context) => {
  const path = await directory(context);
  const lock = await DataDirectoryLock.acquire(path);
  await assert.rejects(DataDirectoryLock.acquire(path), (error: Error) => {
    assert.ok(error instanceof DataDirectoryError);
    assert.match(error.message, new RegExp(`process id ${process.pid}`));
    assert.match(error.message, /--data-dir/);
    return true;
  });
  await lock.release();
  await (await DataDirectoryLock.acquire(path)).release();
});

test('of many that start at once exactly one wins', async (context) => {
  const path = await directory(context);
  await writeFile(join(path, 'millrace.pid'), '999999999\n');
  const attempts = Array.from({ length: 20 }, () => DataDirectoryLock.acquire(path));
  const settled = await Promise.allSettled(attempts);
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('the file of a killed broker is taken over', async (context) => {
  const path = await directory(context);
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await writeFile(join(path, 'millrace.pid'), `${child.pid}\n`);
  await (await DataDirectoryLock.acquire(path)).release();
  await writeFile(join(path, 'millrace.pid'), 'not a number');
  await (await DataDirectoryLock.acquire(path)).release();
});

test('a file with our own id from before we started is taken over: containers reuse ids', async (context) => {
  const path = await directory(context);
  const file = join(path, 'millrace.pid');
  await writeFile(file, `${process.pid}\n`);
  const before = new Date(performance.timeOrigin - 60_000);
  await utimes(file, before, before);
  await (await DataDirectoryLock.acquire(path)).release();
});

test('a live process that is no Node program does not hold the directory', async (context) => {
  if (process.platform !== 'linux') return context.skip('only Linux tells what a process runs');
  const path = await directory(context);
  const sleeper = spawn('sleep', ['60']);
  await once(sleeper, 'spawn');
  context.after(() => sleeper.kill());
  await writeFile(join(path, 'millrace.pid'), `${sleeper.pid}\n`);
  await (await DataDirectoryLock.acquire(path)).release();
});
