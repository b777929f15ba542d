import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { runMetadataStoreConformance } from '../metadata-store.conformance.ts';
import type { GroupRecord } from '../metadata-store.ts';
import { accepted, type MetadataWrite, refusedFenced } from '../metadata-write.ts';
import type { SqliteDatabaseOptions } from './sqlite-database.ts';
import type { SqliteRequest, SqliteResponse } from './sqlite-messages.ts';
import { SqliteMetadataStore } from './sqlite-metadata-store.ts';
import { SqliteThread, type SqliteWorker } from './sqlite-thread.ts';

runMetadataStoreConformance({
  name: 'sqlite',
  create: (directory) => new SqliteMetadataStore({ path: join(directory, 'metadata.sqlite') }),
  isDurable: true,
});

/** Stands in for the thread: keeps what it is sent, and answers when the test says so. */
class ScriptedWorker extends EventEmitter implements SqliteWorker {
  readonly requests: SqliteRequest[] = [];

  postMessage(request: SqliteRequest): void {
    this.requests.push(request);
    if (request.kind === 'close') this.emit('exit', 0);
  }

  respond(response: SqliteResponse): void {
    this.emit('message', response);
  }

  /** Accepts every write of the transaction that was sent last. */
  commit(): void {
    const outcomes = this.sentWrites(-1).map(() => accepted());
    this.respond({ kind: 'committed', outcomes });
  }

  sentWrites(index: number): readonly MetadataWrite[] {
    const request = this.requests.at(index)!;
    assert.equal(request.kind, 'transact');
    return request.kind === 'transact' ? request.writes : [];
  }
}

async function openScripted(maxQueuedBytes = 1_000_000) {
  const worker = new ScriptedWorker();
  const startWorker = () => worker;
  const store = new SqliteMetadataStore({ path: 'scripted', maxQueuedBytes, startWorker });
  const opened = store.open();
  worker.respond({
    kind: 'opened',
    snapshot: { clusterId: 'c', topics: [], resourceConfigs: [], groups: [], offsets: [] },
  });
  await opened;
  return { store, worker };
}

function group(groupId: string, state = ''): GroupRecord {
  return { groupId, epoch: 1, protocolType: 'consumer', state };
}

function savedIds(writes: readonly MetadataWrite[]): (string | null)[] {
  return writes.map((write) => (write.kind === 'save-group' ? write.group.groupId : null));
}

function temporaryDirectory(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-metadata-'));
  context.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

test('writes of one turn go as one message; those that come meanwhile share the next', async () => {
  const { store, worker } = await openScripted();
  const saves = ['a', 'b'].map((id) => store.saveGroup(group(id), null));
  await Promise.resolve().then(() => saves.push(store.saveGroup(group('c'), null)));
  await nextTurn();
  assert.equal(worker.requests.length, 1);
  assert.deepEqual(savedIds(worker.sentWrites(0)), ['a', 'b', 'c']);
  for (const id of ['d', 'e']) {
    saves.push(store.saveGroup(group(id), null));
    await nextTurn();
  }
  assert.equal(worker.requests.length, 1, 'one transaction at a time');
  worker.commit();
  assert.equal(worker.requests.length, 2, 'the next one is on its way before the answers');
  assert.deepEqual(savedIds(worker.sentWrites(1)), ['d', 'e']);
  worker.commit();
  await Promise.all(saves);
});

test('nothing is in the image, and no promise resolves, before the commit', async () => {
  const { store, worker } = await openScripted();
  let resolved = 0;
  const saves = ['a', 'b'].map(async (id) => {
    await store.saveGroup(group(id), null);
    resolved++;
  });
  await nextTurn();
  assert.equal(resolved, 0);
  assert.equal(store.image.groups.size, 0);
  worker.respond({ kind: 'committed', outcomes: [accepted(), refusedFenced('b', null)] });
  assert.deepEqual([...store.image.groups.keys()], ['a']);
  const [first, second] = await Promise.allSettled(saves);
  assert.equal(first!.status, 'fulfilled');
  assert.equal(second!.status === 'rejected' && second!.reason.code, 'fenced');
});

test('a failed transaction rejects all its writes, and the store goes on', async () => {
  const { store, worker } = await openScripted();
  const failing = ['a', 'b'].map((id) => store.saveGroup(group(id), null));
  await nextTurn();
  const waiting = store.saveGroup(group('c'), null);
  worker.respond({ kind: 'failed', message: 'disk I/O error' });
  for (const save of failing) {
    await assert.rejects(save, { code: 'unavailable', message: /disk I\/O error/ });
  }
  assert.match(store.failure!, /disk I\/O error/);
  worker.commit();
  await waiting;
  assert.equal(store.failure, null);
  assert.deepEqual([...store.image.groups.keys()], ['c']);
  assert.equal(store.image.version, 1);
});

test('past the bound of the queue a write is refused at once, and taken when there is room', async () => {
  const { store, worker } = await openScripted(10_000);
  const large = (id: string) => store.saveGroup(group(id, 'x'.repeat(6000)), null);
  const first = large('a');
  await assert.rejects(large('b'), { code: 'unavailable', message: /too many writes/ });
  await nextTurn();
  const second = large('c');
  await assert.rejects(large('d'), { code: 'unavailable', message: /too many writes/ });
  worker.commit();
  const third = large('e');
  worker.commit();
  worker.commit();
  await Promise.all([first, second, third]);
  assert.deepEqual([...store.image.groups.keys()], ['a', 'c', 'e']);
});

test('a write larger than the bound is taken when nothing waits', async () => {
  const { store, worker } = await openScripted(100);
  const save = store.saveGroup(group('a', 'x'.repeat(6000)), null);
  await nextTurn();
  worker.commit();
  await save;
});

test('a transaction takes a bounded number of writes', async () => {
  const { store, worker } = await openScripted();
  const saves = Array.from({ length: 4500 }, (_, i) => store.saveGroup(group(`g${i}`), null));
  await nextTurn();
  for (const size of [2000, 2000, 500]) {
    assert.equal(worker.sentWrites(-1).length, size);
    worker.commit();
  }
  await Promise.all(saves);
});

test('a thread that dies rejects what waits and all that comes', async () => {
  const { store, worker } = await openScripted();
  const sent = store.saveGroup(group('a'), null);
  await nextTurn();
  const waiting = store.saveGroup(group('b'), null);
  worker.emit('error', new Error('out of memory'));
  worker.emit('exit', 1);
  const later = store.saveGroup(group('c'), null);
  for (const save of [sent, waiting, later]) {
    await assert.rejects(save, { code: 'unavailable', message: /out of memory.*restart/ });
  }
  assert.equal(store.image.groups.size, 0);
  assert.match(store.failure!, /out of memory.*restart/);
  await store.close();
});

test('a thread that dies while the store opens or closes ends both', async () => {
  const worker = new ScriptedWorker();
  const store = new SqliteMetadataStore({ path: 'scripted', startWorker: () => worker });
  const opened = store.open();
  const closed = store.close();
  worker.emit('exit', 1);
  await assert.rejects(opened, { code: 'unavailable' });
  await closed;
});

test('the real thread, terminated: pending and later writes are refused, the file is intact', async (context) => {
  const path = join(temporaryDirectory(context), 'metadata.sqlite');
  const workers: Worker[] = [];
  const store = new SqliteMetadataStore({
    path,
    startWorker: (options) =>
      new SqliteThread(options, (workerData) => {
        const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData });
        workers.push(worker);
        return worker;
      }),
  });
  await store.open();
  assert.equal(workers.length, 0, 'there is nothing to write yet');
  await store.saveGroup(group('before'), null);
  assert.equal(workers.length, 1);
  const pending = store.saveGroup(group('pending'), null);
  const terminated = workers[0]!.terminate();
  await assert.rejects(pending, { code: 'unavailable', message: /thread ended/ });
  await assert.rejects(store.saveGroup(group('later'), null), { code: 'unavailable' });
  await terminated;
  await store.close();

  const again = new SqliteMetadataStore({ path });
  await again.open();
  assert.deepEqual([...again.image.groups.keys()], ['before']);
  await again.close();
});

test('a thread that cannot open the file refuses what waits and all that comes', async (context) => {
  const path = join(temporaryDirectory(context), 'metadata.sqlite');
  const worker = new ScriptedWorker();
  const startWorker = (options: SqliteDatabaseOptions) => new SqliteThread(options, () => worker);
  const store = new SqliteMetadataStore({ path, startWorker });
  await store.open();
  const saved = store.saveGroup(group('a'), null);
  await nextTurn();
  assert.deepEqual(savedIds(worker.sentWrites(0)), ['a']);
  worker.respond({ kind: 'open-failed', message: 'no open file is left' });
  worker.emit('exit', 0);
  for (const save of [saved, store.saveGroup(group('b'), null)]) {
    await assert.rejects(save, { code: 'unavailable', message: /no open file is left/ });
  }
  await store.close();
});

test('the thread starts in a process whose own code is no file', (context) => {
  const path = join(temporaryDirectory(context), 'metadata.sqlite');
  const module = new URL('./sqlite-metadata-store.ts', import.meta.url);
  const code = `
    import { SqliteMetadataStore } from ${JSON.stringify(module.href)};
    const store = new SqliteMetadataStore({ path: ${JSON.stringify(path)} });
    await store.open();
    await store.deleteGroup('g');
    await store.close();
    console.log('closed');`;
  const flags = ['--conditions=@millrace/source', '--input-type=module'];
  const result = spawnSync(process.execPath, [...flags, '-e', code], { encoding: 'utf8' });
  assert.equal(result.stdout, 'closed\n', result.stderr);
});

test('a file that cannot be opened rejects, names the file, and leaves nothing to close', async (context) => {
  const path = join(temporaryDirectory(context), 'metadata.sqlite');
  writeFileSync(path, 'not a database'.repeat(1000));
  const store = new SqliteMetadataStore({ path });
  await assert.rejects(store.open(), {
    code: 'unavailable',
    message: `the metadata store ${path} could not be opened: file is not a database`,
  });
  await assert.rejects(store.deleteGroup('g'), { code: 'unavailable' });
  await store.close();
});

test('a full disk rejects with unavailable until there is room again', async (context) => {
  const path = join(temporaryDirectory(context), 'metadata.sqlite');
  const store = new SqliteMetadataStore({ path, maxSizeBytes: 256 * 1024 });
  await store.open();
  const state = 'x'.repeat(100_000);
  await store.saveGroup(group('a', state), null);
  const version = store.image.version;
  const failing = ['b', 'c'].map((id) => store.saveGroup(group(id, state), null));
  for (const save of failing) {
    await assert.rejects(save, { code: 'unavailable', message: /disk is full/ });
  }
  assert.equal(store.image.version, version);
  await store.deleteGroup('a');
  await store.saveGroup(group('d', state), null);
  assert.deepEqual([...store.image.groups.keys()], ['d']);
  await store.close();
});
