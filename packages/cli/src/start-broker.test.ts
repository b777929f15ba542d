import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBroker } from './start-broker.ts';

test('an embedded broker leaves nothing behind: no file, no socket, nothing that keeps the process alive', async () => {
  const resources = () => process.getActiveResourcesInfo().filter((name) => name !== 'Timeout');
  const before = resources().length;
  const broker = await startBroker();
  assert.match(broker.bootstrap, /^127\.0\.0\.1:\d+$/);
  assert.ok(existsSync(join(broker.dataDir, 'millrace.pid')));
  const client = connect(broker.port, '127.0.0.1');
  await new Promise((resolve) => client.once('connect', resolve));
  const cut = new Promise((resolve) => client.once('close', resolve));
  client.on('error', () => {});
  await broker.close();
  await broker.close();
  await cut;
  assert.equal(existsSync(broker.dataDir), false);
  // The request that removed the directory is itself taken off the list in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(resources().length <= before, `left: ${resources().join(', ')}`);
});

test('a directory that was given is kept, and a second broker on it is refused', async (context) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'millrace-embed-'));
  context.after(() => rm(dataDir, { recursive: true, force: true }));
  const broker = await startBroker({ dataDir });
  await assert.rejects(startBroker({ dataDir }), /is in use by the broker with process id/);
  await broker.close();
  assert.ok(existsSync(join(dataDir, 'metadata.sqlite')));
  await (await startBroker({ dataDir })).close();
});

test('a bad config is refused before anything is touched', async () => {
  await assert.rejects(startBroker({ config: { 'num.partitions': 'many' } }), /num\.partitions/);
});
