import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SqliteMetadataStore } from './sqlite-metadata-store.ts';

const topicId = 'crashcrashcrashcrashcA';
const program = join(import.meta.dirname, '../../test/commit-until-killed.ts');

/** Runs the committing program, kills it (SIGKILL) once it has printed `lines` lines, and gives all it printed. */
async function commitUntilKilled(path: string, lines: number): Promise<string[]> {
  const args = ['--conditions=@millrace/source', program, path, topicId];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let seen = 0;
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    seen += chunk.split('\n').length - 1;
    if (seen >= lines) child.kill('SIGKILL');
  }
  assert.ok(child.killed, 'the program ended by itself');
  // A line that the kill cut off was not printed.
  return output.split('\n').slice(0, -1);
}

async function openIn(directory: string): Promise<SqliteMetadataStore> {
  const store = new SqliteMetadataStore({ path: join(directory, 'metadata.sqlite') });
  await store.open();
  return store;
}

async function crashAndReopen(context: TestContext, lines: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-metadata-crash-'));
  context.after(() => rmSync(directory, { recursive: true }));
  const before = await openIn(directory);
  const topic = { topicId, name: 'crash', partitionCount: 1, createdAtMs: 0, configs: new Map() };
  await before.createTopic(topic);
  await before.close();

  const printed = await commitUntilKilled(join(directory, 'metadata.sqlite'), lines);
  assert.ok(printed.length >= lines);

  const store = await openIn(directory);
  for (const line of printed) {
    const [groupId, partition, offset] = line.split(' ');
    const committed = store.image.offsets(groupId!).get(`${topicId}:${partition}`);
    assert.equal(committed?.offset, Number(offset), `acknowledged and lost: ${line}`);
  }
  await store.commitOffsets('after', null, [
    { topicId, partition: 0, offset: 1, leaderEpoch: -1, metadata: '', commitTimestampMs: 0 },
  ]);
  await store.close();
}

/** Points of the kill, from a fixed seed: early, within the first checkpoint of the write-ahead log, and after several. */
let seed = 20_260_103;
for (const most of [50, 1000, 4000]) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  const lines = 1 + ((seed >>> 8) % most);
  test(`what was acknowledged survives kill -9 after ${lines} commits`, (context) =>
    crashAndReopen(context, lines));
}
