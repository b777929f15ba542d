// Old releases of Kafka's Java client. Kafka 4 promises to serve clients from 2.1 on (KIP-896); an 0.11, the first that
// writes today's record batches, works as well.

import { join } from 'node:path';
import type { AdminCall } from './harness/admin-calls.ts';
import { type AdminUnderTest, adminContract } from './harness/admin-contract.ts';
import { type ClientUnderTest, clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { javaArguments, paths } from './harness/tools.ts';

interface Release {
  readonly name: string;
  readonly codecs: ClientUnderTest['codecs'];
  readonly lacks: AdminUnderTest['lacks'];
}

function later(calls: readonly AdminCall[]): AdminUnderTest['lacks'] {
  return Object.fromEntries(calls.map((call) => [call, 'it came with a later release']));
}

const lackedBy0 = {
  ...later(['createPartitions', 'deleteRecords', 'listGroups', 'describeGroup', 'deleteGroup']),
  ...later(['listGroupOffsets', 'createAcl', 'describeAcls', 'deleteAcls']),
  describeConfigs: 'it asks in a version that Kafka 4 has taken out',
};
const lackedBy2 = {
  ...later(['incrementalAlterConfigs', 'listOffsets', 'describeLogDirs', 'alterGroupOffsets']),
  ...later(['deleteGroupOffsets', 'electLeader', 'alterReassignment', 'listReassignments']),
};
const codecs = ['none', 'gzip', 'snappy', 'lz4'] as const;

const releases: readonly Release[] = [
  { name: '0.11', codecs, lacks: { ...lackedBy0, ...lackedBy2 } },
  { name: '2.1', codecs: [...codecs, 'zstd'], lacks: lackedBy2 },
  { name: '3.9', codecs: [...codecs, 'zstd'], lacks: {} },
];

// Needs: java, java-old
for (const { name, codecs, lacks } of releases) {
  const library: LibraryUnderTest = {
    name: `kafka-clients ${name} (Java)`,
    needs: ['java', 'java-old'],
    command: (bootstrap) => ({
      command: 'java',
      args: javaArguments('millrace.interop.Driver', [bootstrap], join(paths.javaOld, name)),
    }),
  };
  clientContract({ ...library, codecs, fullHeaders: true, commitsOnRevoke: true });
  adminContract({ ...library, lacks });
}
