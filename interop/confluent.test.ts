// confluent-kafka for Python, which is librdkafka: its clients, and its admin client.

import { join } from 'node:path';
import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { interopRoot, paths } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: 'confluent-kafka (Python, librdkafka)',
  needs: ['python'],
  command: (bootstrap) => ({
    command: paths.python,
    args: [join(interopRoot, 'python', 'confluent_driver.py'), bootstrap],
  }),
};

clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
  assignors: ['cooperative-sticky'],
  staticMembers: true,
});

adminContract({
  ...library,
  lacks: {
    describeLogDirs: 'librdkafka has no such call',
    deleteGroupOffsets: 'librdkafka has it, the Python library has not',
    alterReassignment: 'librdkafka has no such call',
    listReassignments: 'librdkafka has no such call',
    describeAcls: 'librdkafka takes a refusal for an empty list',
  },
});
