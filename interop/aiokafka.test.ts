// aiokafka, the client of Python programs on asyncio: its clients, and its admin client.

import { join } from 'node:path';
import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { interopRoot, paths } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: 'aiokafka (Python)',
  needs: ['python'],
  command: (bootstrap) => ({
    command: paths.python,
    args: [join(interopRoot, 'python', 'aiokafka_driver.py'), bootstrap],
  }),
};

clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
  staticMembers: true,
});

const absent = 'aiokafka has no such call';
adminContract({
  ...library,
  lacks: {
    incrementalAlterConfigs: absent,
    listOffsets: absent,
    describeLogDirs: absent,
    deleteGroup: absent,
    alterGroupOffsets: absent,
    deleteGroupOffsets: absent,
    electLeader: absent,
    alterReassignment: absent,
    listReassignments: absent,
    createAcl: absent,
    describeAcls: absent,
    deleteAcls: absent,
  },
});
