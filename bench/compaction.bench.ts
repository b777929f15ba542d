// One pass of compaction: how fast a log is gone through, and what that takes of memory and processor.
//
//   npm run bench -- compaction [--mebibytes=256] [--keys=200000] [--value=100] [--records=150]
//
// The storage engine in this process, on the disk of the temporary directory, once for each codec: a log of so many
// mebibytes, of batches of so many records, whose keys are drawn at random. Speed is counted in bytes of the log as it
// lies on the disk, which the pass reads twice (once for the keys), and in records.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchBuilder, Compression } from '@millrace/protocol';
import {
  DEFAULT_LOG_CLEANER_CONFIG,
  LocalLogStore,
  type LogConfig,
  type PartitionLog,
} from '@millrace/storage';
import { numberArgument } from './arguments.ts';

const MIB = 1024 * 1024;
const logBytes = numberArgument('mebibytes', 256) * MIB;
const keys = numberArgument('keys', 200_000);
const valueBytes = numberArgument('value', 100);
const recordsInABatch = numberArgument('records', 150);
const APPENDS_AT_ONCE = 32;
const SAMPLE_MS = 20;

const NO_BOUND = Number.POSITIVE_INFINITY;

const config: LogConfig = {
  cleanupPolicy: { delete: false, compact: true },
  minCleanableDirtyRatio: 0,
  minCompactionLagMs: 0,
  maxCompactionLagMs: NO_BOUND,
  deleteRetentionMs: 86_400_000,
  // All but the last eighth can be compacted.
  segmentBytes: Math.ceil(logBytes / 8),
  segmentMs: 604_800_000,
  segmentJitterMs: 0,
  segmentIndexBytes: 10 * MIB,
  indexIntervalBytes: 4096,
  flushMessages: Number.MAX_SAFE_INTEGER,
  flushMs: Number.MAX_SAFE_INTEGER,
  fileDeleteDelayMs: 0,
  retentionMs: NO_BOUND,
  retentionBytes: NO_BOUND,
  maxMessageBytes: MIB,
  compression: null,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: NO_BOUND,
  messageTimestampAfterMaxMs: NO_BOUND,
};

let state = 1;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

/** Half of a value is drawn at random, so that codecs have something to do and do not win everything. */
function batch(codec: number): Buffer {
  const builder = new BatchBuilder({ codec });
  for (let index = 0; index < recordsInABatch; index++) {
    const value = Buffer.alloc(valueBytes, 0x2e);
    for (let at = 0; at < valueBytes / 2; at++) value[at] = random(256);
    builder.add({ timestampMs: Date.now(), key: Buffer.from(`key-${random(keys)}`), value });
  }
  return builder.build();
}

/** Gives the records that it wrote. */
async function fill(log: PartitionLog, codec: number): Promise<number> {
  let records = 0;
  while (log.sizeBytes < logBytes) {
    const batches = Array.from({ length: APPENDS_AT_ONCE }, () => batch(codec));
    for (const { error } of await Promise.all(batches.map((each) => log.append(each)))) {
      if (error !== 0) throw new Error(`an append was answered ${error}`);
      records += recordsInABatch;
    }
  }
  return records;
}

async function measured<T>(work: () => Promise<T>) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  return { seconds, cpuSeconds: (user + system) / 1e6, grownMib: (peak - before) / MIB };
}

async function run(name: string, codec: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  // It must not begin by itself while the log is filled.
  const cleaner = { ...DEFAULT_LOG_CLEANER_CONFIG, backoffMs: Number.MAX_SAFE_INTEGER };
  const store = new LocalLogStore({ dataDir, cleaner, onNotice: console.error });
  try {
    const spec = { topicId: 'YmVuY2gtdG9waWMtaWQtIQ', topic: 'bench', partition: 0, config };
    await store.open([spec]);
    const log = store.get(spec.topicId, 0)!;
    const records = await fill(log, codec);
    const sizeMib = log.sizeBytes / MIB;
    const { seconds, cpuSeconds, grownMib } = await measured(() => store.compactNow());
    const speed = (amount: number, time: number) => (amount / time).toFixed(0);
    console.log(
      `${name}: ${sizeMib.toFixed(0)} MiB of ${records} records to ${(log.sizeBytes / MIB).toFixed(0)} MiB in ${seconds.toFixed(1)} s: ` +
        `${speed(sizeMib, seconds)} MiB/s, ${speed(records / 1000, seconds)} thousand records a second; ` +
        `${speed(sizeMib, cpuSeconds)} MiB a second of processor time; memory grew by ${grownMib.toFixed(0)} MiB at most`,
    );
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

for (const [name, codec] of Object.entries(Compression)) await run(name, codec);
