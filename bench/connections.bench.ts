// Thousands of busy connections: each produces a small record and reads it back, now and then.
//
//   npm run bench -- connections [--connections=5000] [--seconds=20] [--every=5000]
//
// Every connection begins a round each `every` milliseconds: produce with acks=all, answer, fetch, answer. All of them
// are in this one process, so its own work is part of the latency.

import { setTimeout as pause } from 'node:timers/promises';
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

const count = numberArgument('connections', 5000);
const seconds = numberArgument('seconds', 20);
const everyMs = numberArgument('every', 5000);
const TOPICS = 100;
const OPENED_AT_ONCE = 200;

const broker = await Broker.start();
const topics = Array.from({ length: TOPICS }, (_, index) => `bench-${index}`);
const connections: RawConnection[] = [];
const latencies = new Latencies();
const batch = recordBatch(Buffer.alloc(100, 'x'));

try {
  await createTopics(broker.port, topics, 1);
  report(broker, 'before');
  const startedMs = performance.now();
  while (connections.length < count) {
    const some = Math.min(OPENED_AT_ONCE, count - connections.length);
    const opening = Array.from({ length: some }, () => RawConnection.open(broker.port, 30_000));
    connections.push(...(await Promise.all(opening)));
  }
  console.log(`${count} connections opened in ${Math.round(performance.now() - startedMs)} ms`);
  report(broker, 'connected');
  const cpuBeforeMs = processorMs(broker);
  const endMs = performance.now() + seconds * 1000;
  await Promise.all(connections.map((connection, index) => work(connection, index, endMs)));
  console.log(`rounds of ${count} connections, one each ${everyMs} ms: ${latencies.take()}`);
  const cpu = (processorMs(broker) - cpuBeforeMs) / (seconds * 10);
  console.log(`the broker used ${cpu.toFixed(0)} % of a core`);
  report(broker, 'after');
} finally {
  for (const connection of connections) connection.close();
  await broker.stop();
}

async function work(connection: RawConnection, index: number, endMs: number): Promise<void> {
  const topic = topics[index % TOPICS]!;
  await pause((everyMs * index) / count);
  while (performance.now() < endMs) {
    const startedMs = performance.now();
    connection.send(produceRequest(topic, batch, 1));
    const { error, baseOffset } = produceResult(await answer(connection), topic);
    if (error !== 0) throw new Error(`produce answered error ${error}`);
    connection.send(fetchRequest(topic, baseOffset, 2));
    if ((await answer(connection)).length < batch.length) throw new Error('nothing was fetched');
    latencies.add(performance.now() - startedMs);
    await pause(Math.max(0, everyMs - (performance.now() - startedMs)));
  }
}

async function answer(connection: RawConnection): Promise<Buffer> {
  const bytes = await connection.answer(60_000);
  if (bytes === null) throw new Error('the broker closed the connection');
  return bytes;
}
