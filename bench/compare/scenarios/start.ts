import { setTimeout as pause } from 'node:timers/promises';
import { createTopics, RawConnection } from '../../../interop/harness/wire.ts';
import { answerOf, produceEach } from '../../produce-request.ts';
import { preparedBatch } from '../clients/prepared-batch.ts';
import type { PeerProcess } from '../peers/peer-process.ts';
import type { Scenario } from '../scenario.ts';

const START_TIMEOUT_MS = 120_000;
const RETRY_EVERY_MS = 5;
/** What a broker does after its start is over by then. */
const SETTLED_MS = 3000;
const TOPIC = 'first';
const TOPIC_EXISTS = / 36 /;

/** From nothing, an empty directory, until the first record is acknowledged; and what the broker holds when it idles then. */
export const startScenario: Scenario = {
  name: 'start',
  group: 'start',
  title: 'from an empty directory (Kafka: format and start)',
  client: 'one connection, CreateTopics and Produce until they succeed',
  durability: 'own defaults',
  figures: [
    {
      ...{ name: 'first acknowledged record', unit: 's', better: 'lower', target: 0.08 },
      isBrokersOwn: true,
    },
    { name: 'resident, idle', unit: 'MB', better: 'lower', target: 0.2, isBrokersOwn: true },
  ],
  sink: true,
  measure: async ({ peer }) => {
    const startedMs = performance.now();
    const broker = await peer.launch();
    try {
      await firstRecord(broker, startedMs + START_TIMEOUT_MS);
      const tookMs = performance.now() - startedMs;
      await pause(SETTLED_MS);
      const { residentBytes } = broker;
      return {
        figures: {
          'first acknowledged record': tookMs / 1000,
          ...(residentBytes === null ? {} : { 'resident, idle': residentBytes / 1e6 }),
        },
        command: 'npm run bench -- compare --only=start',
      };
    } finally {
      await broker.stop();
    }
  },
};

/** Tries again and again: a broker that listens may not serve yet. */
async function firstRecord(broker: PeerProcess, deadlineMs: number): Promise<void> {
  for (;;) {
    try {
      await makeTopic(broker.port);
      return await produceOne(broker.port);
    } catch (error) {
      if (performance.now() > deadlineMs || !broker.isRunning) throw error;
      await pause(RETRY_EVERY_MS);
    }
  }
}

async function makeTopic(port: number): Promise<void> {
  try {
    await createTopics(port, [TOPIC], 1);
  } catch (error) {
    // Made by an attempt whose record came too early.
    if (error instanceof Error && TOPIC_EXISTS.test(error.message)) return;
    throw error;
  }
}

async function produceOne(port: number): Promise<void> {
  const connection = await RawConnection.open(port);
  try {
    connection.send(produceEach([{ topic: TOPIC, partition: 0 }], preparedBatch(100, 1)));
    const answer = await answerOf(connection);
    // Correlation id, one topic with its name, one partition: index, error.
    const error = answer.readInt16BE(4 + 4 + 2 + TOPIC.length + 4 + 4);
    if (error !== 0) throw new Error(`produce answered error ${error}`);
  } finally {
    connection.close();
  }
}
