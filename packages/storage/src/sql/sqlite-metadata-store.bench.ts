// Measures the metadata store on this machine's disk:
//   node tools/with-project-node.mjs packages/storage/src/sql/sqlite-metadata-store.bench.ts [DIRECTORY]

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { CommittedOffset } from '../metadata-store.ts';
import { SqliteMetadataStore } from './sqlite-metadata-store.ts';

const topicId = 'benchbenchbenchbenchbA';

function committed(partition: number, offset: number): CommittedOffset {
  return {
    topicId,
    partition,
    offset,
    leaderEpoch: 0,
    metadata: '',
    commitTimestampMs: 1_767_225_600_000,
  };
}

async function timed(run: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}

async function benchOpen(directory: string): Promise<void> {
  for (const name of ['first', 'second', 'third']) {
    const store = new SqliteMetadataStore({ path: join(directory, `${name}.sqlite`) });
    const emptyMs = await timed(() => store.open());
    await store.close();
    const again = new SqliteMetadataStore({ path: join(directory, `${name}.sqlite`) });
    const againMs = await timed(() => again.open());
    await again.close();
    console.log(`open: ${emptyMs.toFixed(1)} ms when new, ${againMs.toFixed(1)} ms again`);
  }
}

async function benchCommits(
  store: SqliteMetadataStore,
  groups: number,
  commitsPerGroup: number,
  partitions: number,
): Promise<void> {
  const ms = await timed(async () => {
    const loops = Array.from({ length: groups }, async (_, group) => {
      for (let i = 0; i < commitsPerGroup; i++) {
        const offsets = Array.from({ length: partitions }, (_, partition) =>
          committed(partition, i),
        );
        await store.commitOffsets(`group-${group}`, 1, offsets);
      }
    });
    await Promise.all(loops);
  });
  const perSecond = Math.round((groups * commitsPerGroup * 1000) / ms);
  const each = (ms / commitsPerGroup).toFixed(2);
  console.log(
    `${groups} groups, ${partitions} partitions a commit: ${perSecond} commits/s, ${each} ms each`,
  );
}

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'millrace-metadata-bench-'));
await benchOpen(directory);
const store = new SqliteMetadataStore({ path: join(directory, 'commits.sqlite') });
await store.open();
await store.createTopic({
  topicId,
  name: 'bench',
  partitionCount: 100,
  createdAtMs: 0,
  configs: new Map(),
});
for (let group = 0; group < 1000; group++) {
  await store.saveGroup(
    { groupId: `group-${group}`, epoch: 1, protocolType: 'consumer', state: '{}' },
    null,
  );
}
await benchCommits(store, 1, 2000, 1);
await benchCommits(store, 1, 1000, 10);
await benchCommits(store, 100, 300, 1);
await benchCommits(store, 100, 100, 10);
await benchCommits(store, 1000, 50, 1);
await store.close();
rmSync(directory, { recursive: true });
