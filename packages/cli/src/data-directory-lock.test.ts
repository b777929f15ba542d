import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DataDirectoryError, DataDirectoryLock } from './data-directory-lock.ts';

async function directory(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-lock-'));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Another process that takes the lock and holds it until it is killed. */
async function holderOf(path: string, context: TestContext) {
  const module = JSON.stringify(join(import.meta.dirname, 'data-directory-lock.ts'));
  const program = `
    const { DataDirectoryLock } = await import(${module});
    globalThis.lock = await DataDirectoryLock.acquire(${JSON.stringify(path)});
    console.log('held');
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('millrace.pid holds the process id while the lock is held', async (context) => {
  const path = join(await directory(context), 'made', 'on', 'need');
  const lock = await DataDirectoryLock.acquire(path);
  assert.equal(await readFile(join(path, 'millrace.pid'), 'utf8'), `${process.pid}\n`);
  await lock.release();
  assert.deepEqual(await readdir(path), ['millrace.lock']);
});

test('a second broker in this process is refused while the first lives', async (context) => {
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

test('another process is refused too, and told by whom; its kill -9 frees the directory', async (context) => {
  const path = await directory(context);
  const holder = await holderOf(path, context);
  await assert.rejects(
    DataDirectoryLock.acquire(path),
    new RegExp(`in use by the broker with process id ${holder.pid}`),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = await DataDirectoryLock.acquire(path);
  assert.equal(await readFile(join(path, 'millrace.pid'), 'utf8'), `${process.pid}\n`);
  await lock.release();
});

test('of many that start at once exactly one wins, whatever a dead one left', async (context) => {
  const path = await directory(context);
  await writeFile(join(path, 'millrace.pid'), '1\n');
  const attempts = Array.from({ length: 20 }, () => DataDirectoryLock.acquire(path));
  const settled = await Promise.allSettled(attempts);
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a directory that cannot be written says so', async (context) => {
  const path = join(await directory(context), 'file');
  await writeFile(path, '');
  await assert.rejects(DataDirectoryLock.acquire(path), (error: Error) => {
    assert.ok(error instanceof DataDirectoryError);
    assert.match(error.message, /cannot be used/);
    return true;
  });
});

test("a Kafka broker's own directory is left alone", async (context) => {
  const path = await directory(context);
  await writeFile(join(path, 'meta.properties'), 'version=1\n');
  await assert.rejects(DataDirectoryLock.acquire(path), (error) => {
    assert.ok(error instanceof DataDirectoryError);
    assert.match(error.message, /is that of a Kafka broker/);
    return true;
  });
  assert.deepEqual(await readdir(path), ['meta.properties']);
});
