// @platformatic/kafka, the newest of the Node clients.

import { join } from 'node:path';
import { clientContract } from './harness/client-contract.ts';
import { interopRoot } from './harness/tools.ts';

clientContract({
  name: '@platformatic/kafka (Node)',
  needs: ['node'],
  command: (bootstrap) => ({
    command: process.execPath,
    args: [join(interopRoot, 'node', 'platformatic-driver.mjs'), bootstrap],
  }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: false,
  commitsOnRevoke: false,
});
