// KafkaJS, the client most Node programs still have, and its admin client.

import { join } from 'node:path';
import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { interopRoot } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: 'KafkaJS (Node)',
  needs: ['node'],
  command: (bootstrap) => ({
    command: process.execPath,
    args: [join(interopRoot, 'node', 'kafkajs-driver.mjs'), bootstrap],
  }),
};

clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: false,
  commitsOnRevoke: false,
});

const absent = 'KafkaJS has no such call';
adminContract({
  ...library,
  lacks: {
    incrementalAlterConfigs: absent,
    describeLogDirs: absent,
    deleteGroupOffsets: absent,
    electLeader: absent,
  },
  looksFirst: true,
});
