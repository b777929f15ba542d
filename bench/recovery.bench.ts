// How long a start takes after a kill -9, by what is stored: it should not grow with that.
//
//   npm run bench -- recovery [--megabytes=1024] [--partitions=4]
//
// Kills the broker while it is written to, with so much stored, and prints how long the next start takes.

import { Broker } from '../interop/harness/broker.ts';
import { createTopic, RawConnection, recordBatch } from '../interop/harness/wire.ts';
import { numberArgument } from './arguments.ts';
import { processorMs, report } from './broker-process.ts';
import { answerOf, produceEach } from './produce-request.ts';

const megabytes = numberArgument('megabytes', 1024);
const partitions = numberArgument('partitions', 4);
const BATCH_BYTES = 900_000;
/** Requests on their way at a time. */
const PIPELINED = 8;

const broker = await Broker.start();
try {
  await createTopic(broker.port, 'bench', partitions);
  const startedMs = performance.now();
  await fill(Math.ceil((megabytes * 1_000_000) / BATCH_BYTES));
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(`${megabytes} MB written in ${seconds.toFixed(1)} s`);
  // So that the kill comes while batches are on their way.
  const connection = await RawConnection.open(broker.port);
  for (let index = 0; index < PIPELINED; index++) connection.send(request(index));
  await broker.kill();
  connection.close();
  const killedMs = performance.now();
  await broker.launch();
  const tookMs = Math.round(performance.now() - killedMs);
  console.log(`start after kill -9: ${tookMs} ms, ${processorMs(broker)} ms of processor time`);
  report(broker, 'started');
} finally {
  await broker.stop();
}

function request(index: number): Buffer {
  const batch = recordBatch(Buffer.alloc(BATCH_BYTES, 'x'));
  return produceEach([{ topic: 'bench', partition: index % partitions }], batch);
}

async function fill(count: number): Promise<void> {
  const connection = await RawConnection.open(broker.port);
  const requests = Array.from({ length: partitions }, (_, index) => request(index));
  let sent = 0;
  let answered = 0;
  while (answered < count) {
    while (sent < count && sent - answered < PIPELINED) {
      connection.send(requests[sent++ % partitions]!);
    }
    await answerOf(connection);
    answered++;
  }
  connection.close();
}
