// Readers at the end of a topic, and what becomes of their latency when somebody reads old records from the disk.
//
//   npm run bench -- catch-up [--gib=2] [--seconds=15] [--tailing=10] [--catching-up=1]
//
// Latency is from before the produce request until a tailing reader has the record. Those that catch up work in a thread of
// their own; as root the page cache is dropped before, so that they read from the disk.

import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Broker } from '../interop/harness/broker.ts';
import { produceResult } from '../interop/harness/healthy-client.ts';
import { Latencies } from '../interop/harness/latencies.ts';
import {
  createTopics,
  fetchRequest,
  produceRequest,
  RawConnection,
  recordBatch,
} from '../interop/harness/wire.ts';
import { numberArgument } from './arguments.ts';
import { processorMs, report } from './broker-process.ts';

const OLD = 'bench-old';
const TAIL = 'bench-tail';
const OLD_RECORD_BYTES = 1_000_000;
const CATCH_UP_FETCH_BYTES = 8 * 1024 * 1024;
const EVERY_MS = 10;

/** The base offsets of the whole batches in the answer to `fetchRequest` (v4). */
function batchesIn(answer: Buffer, topic: string): number[] {
  // Correlation id, throttle time, one topic with its name, one partition: index, error, two offsets, no aborted list.
  let at = 4 + 4 + 4 + 2 + topic.length + 4 + 4 + 2 + 8 + 8 + 4;
  const end = at + 4 + Math.max(0, answer.readInt32BE(at));
  const offsets: number[] = [];
  for (at += 4; at + 12 <= end; ) {
    const next = at + 12 + answer.readInt32BE(at + 8);
    if (next > end) break;
    offsets.push(Number(answer.readBigInt64BE(at)));
    at = next;
  }
  return offsets;
}

async function answerOf(connection: RawConnection): Promise<Buffer> {
  const bytes = await connection.answer(60_000);
  if (bytes === null) throw new Error('the broker closed the connection');
  return bytes;
}

/** Reads the old topic from its beginning, again and again, and tells how many bytes came. */
async function catchUp(port: number): Promise<never> {
  const connection = await RawConnection.open(port);
  connection.socket.ref();
  for (let offset = 0; ; ) {
    connection.send(fetchRequest(OLD, offset, 1, CATCH_UP_FETCH_BYTES));
    const answer = await answerOf(connection);
    parentPort!.postMessage(answer.length);
    const batches = batchesIn(answer, OLD);
    offset = batches.length === 0 ? 0 : batches.at(-1)! + 1;
  }
}

async function fillOld(port: number, gib: number): Promise<void> {
  const connection = await RawConnection.open(port);
  const batch = recordBatch(Buffer.alloc(OLD_RECORD_BYTES, 'x'));
  const count = Math.ceil((gib * 1024 ** 3) / OLD_RECORD_BYTES);
  let begun = 0;
  for (let done = 0; done < count; done++) {
    for (; begun < Math.min(count, done + 8); begun++) {
      connection.send(produceRequest(OLD, batch, 1));
    }
    const { error } = produceResult(await answerOf(connection), OLD);
    if (error !== 0) throw new Error(`produce answered error ${error}`);
  }
  connection.close();
}

async function measure(port: number, tailing: number, seconds: number): Promise<Latencies> {
  const latencies = new Latencies();
  /** When each record was sent, by its offset. */
  const sentMs = new Map<number, number>();
  const producer = await RawConnection.open(port);
  const batch = recordBatch(Buffer.alloc(1000, 'y'));
  producer.send(produceRequest(TAIL, batch, 1));
  let next = produceResult(await answerOf(producer), TAIL).baseOffset + 1;
  let isOver = false;
  const read = async () => {
    const connection = await RawConnection.open(port);
    for (let offset = next; !isOver; ) {
      connection.send(fetchRequest(TAIL, offset, 1));
      for (const found of batchesIn(await answerOf(connection), TAIL)) {
        if (found < offset) continue;
        latencies.add(performance.now() - sentMs.get(found)!);
        offset = found + 1;
      }
    }
    connection.close();
  };
  const readers = Array.from({ length: tailing }, read);
  await pause(200);
  for (const endMs = performance.now() + seconds * 1000; performance.now() < endMs; next++) {
    const startedMs = performance.now();
    sentMs.set(next, startedMs);
    producer.send(produceRequest(TAIL, batch, 1));
    await answerOf(producer);
    await pause(Math.max(0, EVERY_MS - (performance.now() - startedMs)));
  }
  isOver = true;
  await Promise.all(readers);
  producer.close();
  return latencies;
}

function dropPageCache(): string {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '1');
    return 'from the disk';
  } catch {
    return 'from the page cache, which only root may drop';
  }
}

async function main(): Promise<void> {
  const gib = numberArgument('gib', 2);
  const seconds = numberArgument('seconds', 15);
  const tailing = numberArgument('tailing', 10);
  const catchingUp = numberArgument('catching-up', 1);
  const broker = await Broker.start();
  const workers: Worker[] = [];
  try {
    await createTopics(broker.port, [OLD, TAIL], 1);
    await fillOld(broker.port, gib);
    report(broker, `${gib} GiB written`);
    const alone = await measure(broker.port, tailing, seconds);
    console.log(`${tailing} tailing readers alone: ${alone.take()}`);
    const where = dropPageCache();
    let bytes = 0;
    for (let index = 0; index < catchingUp; index++) {
      const worker = new Worker(import.meta.filename, { workerData: broker.port });
      worker.on('message', (count: number) => {
        bytes += count;
      });
      workers.push(worker);
    }
    const cpuBeforeMs = processorMs(broker);
    const beside = await measure(broker.port, tailing, seconds);
    const rate = Math.round(bytes / seconds / 1024 ** 2);
    console.log(`${tailing} beside ${catchingUp} at ${rate} MiB/s ${where}: ${beside.take()}`);
    const cpu = (processorMs(broker) - cpuBeforeMs) / (seconds * 10);
    console.log(`the broker used ${cpu.toFixed(0)} % of a core`);
    report(broker, 'after');
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
    await broker.stop();
  }
}

if (isMainThread) await main();
else await catchUp(workerData as number);
