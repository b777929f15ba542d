// Appends by how many partitions are written to: each batch goes to the next partition, and is answered when it is synced.
//
//   npm run bench -- append [--seconds=5] [--bytes=1000]
//
// One connection with requests in a pipeline, each with a batch for up to 100 partitions; for 1, 100 and 5,000 partitions.

import { Broker } from '../interop/harness/broker.ts';
import { createTopic, RawConnection, recordBatch } from '../interop/harness/wire.ts';
import { numberArgument } from './arguments.ts';
import { processorMs, report } from './broker-process.ts';
import { answerOf, produceEach } from './produce-request.ts';

const seconds = numberArgument('seconds', 5);
const bytes = numberArgument('bytes', 1000);
const PIPELINED = 8;
const TARGETS_A_REQUEST = 100;

const broker = await Broker.start();
try {
  for (const partitions of [1, 100, 5000]) {
    const topic = `bench-${partitions}`;
    await createTopic(broker.port, topic, partitions);
    await measure(topic, partitions);
  }
  report(broker, 'after all that');
} finally {
  await broker.stop();
}

async function measure(topic: string, partitions: number): Promise<void> {
  const batch = recordBatch(Buffer.alloc(bytes, 'x'));
  const connection = await RawConnection.open(broker.port);
  let next = 0;
  const request = () => {
    const count = Math.min(TARGETS_A_REQUEST, partitions);
    const targets = Array.from({ length: count }, () => ({
      topic,
      partition: next++ % partitions,
    }));
    return produceEach(targets, batch);
  };
  const cpuBeforeMs = processorMs(broker);
  const endMs = performance.now() + seconds * 1000;
  let batches = 0;
  let sent = 0;
  for (; sent < PIPELINED; sent++) connection.send(request());
  while (sent > 0) {
    await answerOf(connection);
    batches += Math.min(TARGETS_A_REQUEST, partitions);
    sent--;
    if (performance.now() >= endMs) continue;
    connection.send(request());
    sent++;
  }
  connection.close();
  const rate = Math.round(batches / seconds);
  const cpu = ((processorMs(broker) - cpuBeforeMs) / (seconds * 10)).toFixed(0);
  console.log(`${partitions} partitions: ${rate} batches a second, ${cpu} % of a core`);
}
