// Sarama, told to speak as to a Kafka 2.1: the oldest requests any client here sends. Its admin client speaks its newest.

import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { paths } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: 'Sarama (Go)',
  needs: ['go'],
  command: (bootstrap) => ({ command: paths.goBinary, args: [bootstrap, 'sarama'] }),
};

clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
});

adminContract({ ...library, lacks: {} });
