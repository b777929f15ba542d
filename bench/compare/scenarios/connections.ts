import { setTimeout as pause } from 'node:timers/promises';
import { produceResult } from '../../../interop/harness/healthy-client.ts';
import { Latencies } from '../../../interop/harness/latencies.ts';
import { fetchRequest, produceRequest, RawConnection } from '../../../interop/harness/wire.ts';
import { answerOf } from '../../produce-request.ts';
import { BROKER_CPU, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { preparedBatch } from '../clients/prepared-batch.ts';
import type { PeerProcess } from '../peers/peer-process.ts';
import { durabilityConfigs, type Scenario } from '../scenario.ts';
import { createReadyTopic } from '../topics.ts';

const CONNECTIONS = 5000;
const OPENED_AT_ONCE = 200;
const TOPICS = 20;
const EVERY_MS = 5000;
const RECORD_BYTES = 100;

/** Thousands of connections that each write a small record and read it back, once in five seconds. */
export const connectionsScenario: Scenario = {
  name: 'connections',
  group: 'connections',
  title: `${CONNECTIONS} connections, each with a record of 100 B in and out every ${EVERY_MS / 1000} s`,
  client: 'prepared requests from one process',
  durability: 'neither syncs',
  figures: [
    { name: 'all connected', unit: 's', better: 'lower' },
    { name: 'record in and out, p50', unit: 'ms', better: 'lower' },
    { name: 'record in and out, p99', unit: 'ms', better: 'lower' },
    cpuFigureIn('% of a core'),
    { name: 'resident', unit: 'MB', better: 'lower' },
  ],
  sink: false,
  measure: async ({ peer, seconds }) => {
    const broker = await peer.start();
    const connections: RawConnection[] = [];
    try {
      const topics = await makeTopics(broker);
      const startedMs = performance.now();
      while (connections.length < CONNECTIONS) connections.push(...(await openSome(broker.port)));
      const connectedMs = performance.now() - startedMs;
      await rounds(connections, topics, EVERY_MS);
      const measuredMs = Math.max(EVERY_MS, 2 * seconds * 1000);
      const { result, processorSeconds } = await withBrokerCost(broker, () =>
        rounds(connections, topics, measuredMs),
      );
      const { residentBytes } = broker;
      return {
        figures: {
          'all connected': connectedMs / 1000,
          'record in and out, p50': result.at(0.5),
          'record in and out, p99': result.at(0.99),
          ...(processorSeconds === null
            ? {}
            : { [BROKER_CPU]: (processorSeconds * 100_000) / measuredMs }),
          ...(residentBytes === null ? {} : { resident: residentBytes / 1e6 }),
        },
        command: 'npm run bench -- compare --only=connections',
      };
    } finally {
      for (const connection of connections) connection.close();
      await broker.stop();
    }
  },
};

async function makeTopics({ port }: PeerProcess): Promise<string[]> {
  const topics = Array.from({ length: TOPICS }, (_, index) => `small-${index}`);
  for (const topic of topics) {
    await createReadyTopic(port, topic, 1, durabilityConfigs('neither syncs'));
  }
  return topics;
}

function openSome(port: number): Promise<RawConnection[]> {
  return Promise.all(
    Array.from({ length: OPENED_AT_ONCE }, () => RawConnection.open(port, 30_000)),
  );
}

/** Each connection has its turn at its own time of every five seconds. */
async function rounds(
  connections: readonly RawConnection[],
  topics: readonly string[],
  forMs: number,
) {
  const latencies = new Latencies();
  const endMs = performance.now() + forMs;
  const batch = preparedBatch(RECORD_BYTES, 1);
  await Promise.all(
    connections.map(async (connection, index) => {
      const topic = topics[index % topics.length]!;
      await pause((EVERY_MS * index) / connections.length);
      while (performance.now() < endMs) {
        const startedMs = performance.now();
        await inAndOut(connection, topic, batch);
        latencies.add(performance.now() - startedMs);
        await pause(Math.max(0, startedMs + EVERY_MS - performance.now()));
      }
    }),
  );
  return latencies.take();
}

async function inAndOut(connection: RawConnection, topic: string, batch: Buffer): Promise<void> {
  connection.send(produceRequest(topic, batch, 1));
  const { error, baseOffset } = produceResult(await answerOf(connection), topic);
  if (error !== 0) throw new Error(`produce answered error ${error}`);
  connection.send(fetchRequest(topic, baseOffset, 2));
  if ((await answerOf(connection)).length < batch.length) throw new Error('nothing was fetched');
}
