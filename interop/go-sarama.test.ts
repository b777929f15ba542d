// Sarama, told to speak as to a Kafka 2.1: the oldest requests any client here sends.

import { clientContract } from './harness/client-contract.ts';
import { paths } from './harness/tools.ts';

clientContract({
  name: 'Sarama (Go)',
  needs: ['go'],
  command: (bootstrap) => ({ command: paths.goBinary, args: [bootstrap, 'sarama'] }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
});
