import type { PeerProcess } from '../peers/peer-process.ts';
import { createReadyTopic } from '../topics.ts';
import { producerPerf } from './producer-perf.ts';

/** For each second that a measured run takes: some 400 MB where it takes five. */
const RECORDS_A_SECOND = 80_000;
const RECORD_BYTES = 1024;

/** Runs that are shorter are no measurement, and need none. */
const SHORTEST_SECONDS = 1;

/** Lets a broker that has just started compile what it will run: produces what nobody measures. */
export async function warmUp(broker: PeerProcess, seconds: number): Promise<void> {
  if (seconds < SHORTEST_SECONDS) return;
  const topic = 'bench-warm-up';
  await createReadyTopic(broker.port, topic, 2, {
    'flush.messages': '1000000',
    'retention.bytes': '1',
  });
  await producerPerf({
    bootstrap: broker.bootstrap,
    topic,
    records: Math.max(2, Math.round(RECORDS_A_SECOND * seconds)),
    warmUpRecords: 1,
    recordBytes: RECORD_BYTES,
    settings: {},
  });
}
