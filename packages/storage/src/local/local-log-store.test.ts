import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { FileSystem } from '../file-system.ts';
import { type LogStoreEnvironment, runLogStoreConformance } from '../log-store.conformance.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { nodeFileSystem } from '../node-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

function environment(
  fileSystem: FileSystem,
  dataDir: string,
  tailCacheBytes: number,
  dispose: () => Promise<void>,
): LogStoreEnvironment {
  const clock = new ManualClock();
  return {
    clock,
    newStore: () => new LocalLogStore({ dataDir, fileSystem, clock, tailCacheBytes }),
    dispose,
  };
}

runLogStoreConformance({
  name: 'local, in memory',
  create: async () => environment(new MemoryFileSystem(), '/data', 1024 * 1024, async () => {}),
});

runLogStoreConformance({
  name: 'local, in memory, without a tail cache',
  create: async () => environment(new MemoryFileSystem(), '/data', 0, async () => {}),
});

runLogStoreConformance({
  name: 'local, on disk',
  async create() {
    const directory = await mkdtemp(path.join(tmpdir(), 'millrace-log-store-'));
    return environment(nodeFileSystem, path.join(directory, 'data'), 0, () =>
      rm(directory, { recursive: true }),
    );
  },
});
