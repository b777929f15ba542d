// franz-go, a Go client of its own making, and its admin client kadm.

import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { paths } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: 'franz-go (Go)',
  needs: ['go'],
  command: (bootstrap) => ({ command: paths.goBinary, args: [bootstrap, 'franz'] }),
};

clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
  assignors: ['range'],
  staticMembers: true,
});

adminContract({ ...library, lacks: {} });
