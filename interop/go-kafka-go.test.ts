// segmentio's kafka-go, which writes and groups with some of the oldest versions that are still served.

import { clientContract } from './harness/client-contract.ts';
import { paths } from './harness/tools.ts';

clientContract({
  name: 'kafka-go (Go)',
  needs: ['go'],
  command: (bootstrap) => ({ command: paths.goBinary, args: [bootstrap, 'kafka-go'] }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  emptyIsNull: true,
  commitsOnRevoke: true,
});
