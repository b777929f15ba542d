import type { PeerProcess } from '../peers/peer-process.ts';
import { createReadyTopic } from '../topics.ts';
import { untilNoFaster } from '../trial.ts';
import type { Clients } from './clients.ts';
import { consumerPerf } from './consumer-perf.ts';
import { producerPerf } from './producer-perf.ts';

/** Of a round, for each second that a measured run takes: some 400 MB where it takes five. */
const RECORDS_A_SECOND = 80_000;
const RECORD_BYTES = 1024;
/** Runs that are shorter are no measurement, and need none. */
const SHORTEST_SECONDS = 1;
/**
 * Lets a broker that has just started, and its clients, compile what they will run: records that nobody measures go in
 * until that gets no faster, and out again.
 */
export async function warmUp(
  broker: PeerProcess,
  clients: Clients,
  seconds: number,
): Promise<void> {
  if (seconds < SHORTEST_SECONDS) return;
  const topic = 'bench-warm-up';
  await createReadyTopic(broker.port, topic, 2, { 'flush.messages': '1000000' });
  const { bootstrap } = broker;
  const records = Math.round(RECORDS_A_SECOND * seconds);
  const run = { bootstrap, topic, records, recordBytes: RECORD_BYTES };
  await untilNoFaster(async () => {
    const warmUpRecords = Math.round(records / 4);
    const round = { ...run, warmUpRecords, settings: {} };
    return (await producerPerf(clients.tools, round)).recordsPerSecond;
  });
  await consumerPerf(clients.tools, { bootstrap, topic, records, group: topic });
}
