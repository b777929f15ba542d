// confluent-kafka-go 1, which is librdkafka 1.9.2: what programs that were built some years ago still run.

import { clientContract } from './harness/client-contract.ts';
import { paths } from './harness/tools.ts';

clientContract({
  name: 'confluent-kafka-go 1 (librdkafka 1.9.2)',
  needs: ['go'],
  command: (bootstrap) => ({ command: paths.goBinary, args: [bootstrap, 'librdkafka1'] }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  // It does so beside a real Kafka too, in some of ten runs.
  losesRecordsInHand: true,
  commitsOnRevoke: true,
  assignors: ['cooperative-sticky'],
  staticMembers: true,
});
