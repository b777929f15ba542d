// Kafka's own Java producer, consumer and admin client. Its command-line tools: java-tools-compared.test.ts.

import { adminContract } from './harness/admin-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import type { LibraryUnderTest } from './harness/driver.ts';
import { javaArguments } from './harness/tools.ts';

const library: LibraryUnderTest = {
  name: 'kafka-clients (Java)',
  needs: ['java'],
  command: (bootstrap) => ({
    command: 'java',
    args: javaArguments('millrace.interop.Driver', [bootstrap]),
  }),
};

// Needs: java
clientContract({
  ...library,
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
  assignors: ['cooperative-sticky'],
  staticMembers: true,
});

adminContract({ ...library, lacks: { alterConfigs: 'it went with 4.0' } });
