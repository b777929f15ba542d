import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { MetadataWrite } from '../metadata-write.ts';
import { migrations } from './schema.ts';
import { SqliteDatabase } from './sqlite-database.ts';

function temporaryPath(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-sqlite-'));
  context.after(() => rmSync(directory, { recursive: true }));
  return join(directory, 'below', 'metadata.sqlite');
}

function open(path: string, newClusterId = 'first'): SqliteDatabase {
  return new SqliteDatabase({ path, newClusterId, maxSizeBytes: null, busyTimeoutMs: 0 });
}

function saveGroup(groupId: string): MetadataWrite {
  const group = { groupId, epoch: 1, protocolType: 'consumer', state: '{}' };
  return { kind: 'save-group', group, expectedEpoch: null };
}

test('a database keeps the cluster id that it was made with', (context) => {
  const path = temporaryPath(context);
  open(path, 'first').close();
  const again = open(path, 'second');
  assert.equal(again.snapshot().clusterId, 'first');
  again.close();
});

test('the file is held exclusively: a second opener is refused', (context) => {
  const path = temporaryPath(context);
  const first = open(path);
  assert.throws(() => open(path), /database is locked/);
  first.transact([saveGroup('g')]);
  first.close();
  open(path).close();
});

test('a file that is no database is refused and left as it is', (context) => {
  const path = temporaryPath(context);
  open(path).close();
  const content = 'something that an operator would miss'.repeat(100);
  writeFileSync(path, content);
  assert.throws(() => open(path), /file is not a database/);
  assert.equal(readFileSync(path, 'utf8'), content);
});

test('a schema that a newer version wrote is refused', (context) => {
  const path = temporaryPath(context);
  open(path).close();
  const db = new DatabaseSync(path);
  db.exec(`UPDATE schema_version SET version = ${migrations.length + 1}`);
  db.close();
  assert.throws(() => open(path), /a newer one wrote it/);
});

test('a database of an earlier version is brought up to date with what it holds', (context) => {
  const path = temporaryPath(context);
  mkdirSync(dirname(path));
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE schema_version (version INTEGER NOT NULL)');
  db.exec('INSERT INTO schema_version (version) VALUES (1)');
  for (const statement of migrations[0]!) db.exec(statement);
  db.exec("INSERT INTO coordinator_groups VALUES ('g', 1, 'consumer', '{}')");
  db.close();
  const database = open(path);
  const resource = { resourceType: 4, resourceName: '' };
  const configs = new Map([['a', '1']]);
  database.transact([{ kind: 'alter-resource-configs', resource, configs }]);
  const { groups, resourceConfigs } = database.snapshot();
  assert.deepEqual(resourceConfigs, [{ resource, configs }]);
  assert.deepEqual(
    groups.map(({ groupId }) => groupId),
    ['g'],
  );
  database.close();
});

test('a value that the schema does not take fails its own write only', (context) => {
  const database = open(temporaryPath(context));
  const broken = {
    kind: 'save-group',
    group: { groupId: 'broken', epoch: 1, protocolType: 'consumer', state: null },
    expectedEpoch: null,
  } as unknown as MetadataWrite;
  const unbindable = {
    kind: 'delete-offsets',
    groupId: 'g',
    partitions: [{ topicId: {}, partition: 0 }],
  } as unknown as MetadataWrite;
  const writes = [saveGroup('before'), broken, unbindable, saveGroup('after')];
  const outcomes = database.transact(writes);
  assert.deepEqual(
    outcomes.map(({ refused }) => refused),
    [null, 'unavailable', 'unavailable', null],
  );
  assert.deepEqual(
    database.snapshot().groups.map(({ groupId }) => groupId),
    ['after', 'before'],
  );
  database.close();
});

test('a full disk undoes the whole transaction, and what is freed can be used again', (context) => {
  const path = temporaryPath(context);
  const maxSizeBytes = 256 * 1024;
  const database = new SqliteDatabase({
    path,
    newClusterId: 'c',
    maxSizeBytes,
    busyTimeoutMs: 0,
  });
  const large = (groupId: string): MetadataWrite => {
    const group = { groupId, epoch: 1, protocolType: 'consumer', state: 'x'.repeat(10_000) };
    return { kind: 'save-group', group, expectedEpoch: null };
  };
  let stored = 0;
  assert.throws(() => {
    for (; stored < 1000; stored++) database.transact([large(`group-${stored}`)]);
  }, /database or disk is full/);
  assert.throws(() => database.transact([saveGroup('small'), large('a'), large('b')]), /full/);
  assert.equal(database.snapshot().groups.length, stored, 'nothing of a failed transaction stays');
  database.transact([{ kind: 'delete-group', groupId: 'group-0' }]);
  database.transact([large('again')]);
  assert.equal(database.snapshot().groups.length, stored);
  database.close();
});
