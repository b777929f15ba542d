// Appends to one log on the disk of this machine, and reads back.
//
//   node tools/with-project-node.mjs packages/storage/src/local/local-log-store.bench.ts [SECONDS] [DIRECTORY]

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { BATCH_HEADER_BYTES, batchHeader } from '@millrace/protocol';
import type { FileSystem, OpenFile } from '../file-system.ts';
import type { PartitionLog } from '../log-store.ts';
import { batchOf, logSpec } from '../log-store-testing.ts';
import { nodeFileSystem } from '../node-file-system.ts';
import { LocalLogStore } from './local-log-store.ts';

const SECONDS = Number(process.argv[2] ?? 3);
const PARENT = process.argv[3] ?? tmpdir();
const MIB = 1024 * 1024;

/** Counts the syncs and writes that reach the disk. */
class CountingFileSystem {
  syncs = 0;
  writes = 0;

  wrap(): FileSystem {
    return {
      open: async (filePath, mode) => this.#count(await nodeFileSystem.open(filePath, mode)),
      mkdir: (directory) => nodeFileSystem.mkdir(directory),
      readdir: (directory) => nodeFileSystem.readdir(directory),
      sizeOf: (filePath) => nodeFileSystem.sizeOf(filePath),
      modifiedMs: (filePath) => nodeFileSystem.modifiedMs(filePath),
      rename: (from, to) => nodeFileSystem.rename(from, to),
      unlink: (filePath) => nodeFileSystem.unlink(filePath),
      rmdir: (directory) => nodeFileSystem.rmdir(directory),
      syncDirectory: (directory) => nodeFileSystem.syncDirectory(directory),
    };
  }

  #count(file: OpenFile): OpenFile {
    return {
      read: (target, targetOffset, length, position) =>
        file.read(target, targetOffset, length, position),
      writev: (buffers, position) => {
        this.writes++;
        return file.writev(buffers, position);
      },
      writevNow: (buffers, position) => {
        this.writes++;
        return file.writevNow(buffers, position);
      },
      datasync: () => {
        this.syncs++;
        return file.datasync();
      },
      truncate: (sizeBytes) => file.truncate(sizeBytes),
      size: () => file.size(),
      close: () => file.close(),
    };
  }
}

async function benchAppends(batchBytes: number, inFlight: number, flushMessages: number) {
  const directory = await mkdtemp(path.join(PARENT, 'millrace-bench-'));
  const counting = new CountingFileSystem();
  const store = new LocalLogStore({ dataDir: directory, fileSystem: counting.wrap() });
  const spec = logSpec({ flushMessages, maxMessageBytes: 2 * MIB });
  await store.open([spec]);
  const log = store.get(spec.topicId, 0)!;
  // Every buffer is one that a request would bring: made outside the time that counts, used once at a time.
  const values = Array.from({ length: Math.floor(batchBytes / 1100) }, () => 'x'.repeat(1024));
  const pool = Array.from({ length: inFlight }, () => batchOf({ values }));
  const startCpu = process.cpuUsage();
  const startMs = performance.now();
  const latencies: number[] = [];
  await Promise.all(pool.map((batch) => producer(log, batch, startMs + SECONDS * 1000, latencies)));
  const seconds = (performance.now() - startMs) / 1000;
  const cpu = process.cpuUsage(startCpu);
  const bytes = log.sizeBytes;
  latencies.sort((a, b) => a - b);
  const gigabytes = bytes / 1e9;
  console.log(
    [
      `${String(pool[0]!.length).padStart(8)} B`,
      `${String(inFlight).padStart(3)} in flight`,
      flushMessages === 1 ? 'flush 1  ' : 'flush off',
      `${(bytes / 1e6 / seconds).toFixed(0).padStart(5)} MB/s`,
      `${(latencies.length / seconds).toFixed(0).padStart(6)} appends/s`,
      `${(counting.syncs / seconds).toFixed(0).padStart(5)} syncs/s`,
      `${(latencies.length / counting.writes).toFixed(1).padStart(5)} appends/write`,
      `p50 ${quantile(latencies, 0.5)} ms`,
      `p99 ${quantile(latencies, 0.99)} ms`,
      `${((cpu.user + cpu.system) / 1e6 / gigabytes).toFixed(1)} CPU s/GB`,
    ].join('  '),
  );
  await benchReads(log);
  await store.close();
  await rm(directory, { recursive: true });
}

async function producer(log: PartitionLog, batch: Buffer, endMs: number, latencies: number[]) {
  while (performance.now() < endMs) {
    const startMs = performance.now();
    const result = await log.append(batch);
    if (result.error !== 0) throw new Error(result.errorMessage!);
    latencies.push(performance.now() - startMs);
  }
}

/** From the first offset on, about a megabyte at a time, into one buffer. */
async function benchReads(log: PartitionLog): Promise<void> {
  const target = Buffer.allocUnsafeSlow(2 * MIB);
  const options = { minOneBatch: true, isolation: 'read_uncommitted' } as const;
  const startMs = performance.now();
  let bytes = 0;
  for (let offset = 0; offset < log.highWatermark; ) {
    const { records } = await log.read(offset, MIB, options);
    let filled = 0;
    for (const part of records.parts) {
      if (Buffer.isBuffer(part)) {
        filled += part.copy(target, filled);
        continue;
      }
      for (let done = 0; done < part.sizeBytes; ) {
        done += await part.read(target, filled + done, part.sizeBytes - done, done);
      }
      filled += part.sizeBytes;
    }
    records.release();
    const [next, whole] = endOfWholeBatches(target, filled);
    offset = next;
    bytes += whole;
  }
  const megabytes = (bytes / 1e6 / (performance.now() - startMs)) * 1000;
  console.log(`            read back at ${megabytes.toFixed(0)} MB/s`);
}

/** Offset after the last whole batch, and where that ends. */
function endOfWholeBatches(buffer: Buffer, end: number): [number, number] {
  let at = 0;
  let next = 0;
  while (at + BATCH_HEADER_BYTES <= end && at + batchHeader.batchSizeBytes(buffer, at) <= end) {
    next = batchHeader.lastOffset(buffer, at) + 1;
    at += batchHeader.batchSizeBytes(buffer, at);
  }
  return [next, at];
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
}

for (const flushMessages of [1, Number.MAX_SAFE_INTEGER]) {
  await benchAppends(MIB, 8, flushMessages);
  await benchAppends(16 * 1024, 1, flushMessages);
  await benchAppends(16 * 1024, 64, flushMessages);
}
