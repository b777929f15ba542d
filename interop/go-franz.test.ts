// franz-go, a Go client of its own making.

import { clientContract } from './harness/client-contract.ts';
import { paths } from './harness/tools.ts';

clientContract({
  name: 'franz-go (Go)',
  needs: ['go'],
  command: (bootstrap) => ({ command: paths.goBinary, args: [bootstrap, 'franz'] }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
});
