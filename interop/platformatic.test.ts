// @platformatic/kafka, a newer client for Node, and its admin client.

import { join } from 'node:path';
import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { interopRoot } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: '@platformatic/kafka (Node)',
  needs: ['node'],
  command: (bootstrap) => ({
    command: process.execPath,
    args: [join(interopRoot, 'node', 'platformatic-driver.mjs'), bootstrap],
  }),
};

clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: false,
  assignors: ['cooperative-sticky'],
  commitsOnRevoke: false,
});

const absent = '@platformatic/kafka has no such call';
adminContract({
  ...library,
  lacks: {
    validateTopic: absent,
    electLeader: absent,
    alterReassignment: absent,
    listReassignments: absent,
  },
});
