import type { PeerProcess } from '../peers/peer-process.ts';
import { createReadyTopic } from '../topics.ts';
import { producerPerf } from './producer-perf.ts';

const RECORDS = 400_000;
const RECORD_BYTES = 1024;

/** Lets a broker that has just started compile what it will run: produces some hundred megabytes that nobody measures. */
export async function warmUp(broker: PeerProcess): Promise<void> {
  const topic = 'bench-warm-up';
  await createReadyTopic(broker.port, topic, 2, {
    'flush.messages': '1000000',
    'retention.bytes': '1',
  });
  await producerPerf({
    bootstrap: broker.bootstrap,
    topic,
    records: RECORDS,
    warmUpRecords: 1,
    recordBytes: RECORD_BYTES,
    settings: {},
  });
}
