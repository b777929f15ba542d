// kafka-python: the newest, and the 2.0.2 of 2020 that many programs still pin. Its clients, and its admin client.

import { join } from 'node:path';
import { type AdminUnderTest, adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import { interopRoot, paths } from './harness/tools.ts';

const absent = 'kafka-python 2.0 has no such call';
const versions = [
  {
    name: 'kafka-python (Python)',
    tool: 'python',
    python: paths.python,
    groups: { assignors: ['cooperative-sticky'], staticMembers: true },
    lacks: { alterConfigs: 'it makes the incremental call of it' },
  },
  {
    name: 'kafka-python 2.0.2 (Python)',
    tool: 'python-old',
    python: paths.pythonOld,
    groups: {},
    lacks: {
      incrementalAlterConfigs: absent,
      listOffsets: absent,
      deleteRecords: absent,
      describeLogDirs: absent,
      alterGroupOffsets: absent,
      deleteGroupOffsets: absent,
      electLeader: absent,
      alterReassignment: absent,
      listReassignments: absent,
    },
  },
] as const;

// Needs: python, python-old
for (const { name, tool, python, groups, lacks } of versions) {
  const library: AdminUnderTest = {
    name,
    needs: [tool],
    command: (bootstrap) => ({
      command: python,
      args: [join(interopRoot, 'python', 'kafka_python_driver.py'), bootstrap],
    }),
    lacks,
  };
  clientContract({
    ...library,
    codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    // It refuses null headers itself.
    fullHeaders: false,
    commitsOnRevoke: true,
    ...groups,
  });
  adminContract(library);
}
