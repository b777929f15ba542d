// KafkaJS, the client most Node programs still have.

import { join } from 'node:path';
import { clientContract } from './harness/client-contract.ts';
import { interopRoot } from './harness/tools.ts';

clientContract({
  name: 'KafkaJS (Node)',
  needs: ['node'],
  command: (bootstrap) => ({
    command: process.execPath,
    args: [join(interopRoot, 'node', 'kafkajs-driver.mjs'), bootstrap],
  }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: false,
  commitsOnRevoke: false,
});
