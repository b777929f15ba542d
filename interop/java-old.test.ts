// Old releases of Kafka's Java client. Kafka 4 promises to serve clients from 2.1 on (KIP-896); an 0.11, the first that
// writes today's record batches, works as well.

import { join } from 'node:path';
import type { ClientUnderTest } from './harness/client-contract.ts';
import { clientContract } from './harness/client-contract.ts';
import { javaArguments, paths } from './harness/tools.ts';

const beforeZstd: ClientUnderTest['codecs'] = ['none', 'gzip', 'snappy', 'lz4'];
const releases = [
  { release: '0.11', codecs: beforeZstd },
  { release: '2.1', codecs: [...beforeZstd, 'zstd'] },
  { release: '3.9', codecs: [...beforeZstd, 'zstd'] },
] as const;

// Needs: java, java-old
for (const { release, codecs } of releases) {
  clientContract({
    name: `kafka-clients ${release} (Java)`,
    needs: ['java', 'java-old'],
    command: (bootstrap) => ({
      command: 'java',
      args: javaArguments('millrace.interop.Driver', [bootstrap], join(paths.javaOld, release)),
    }),
    codecs,
    fullHeaders: true,
    commitsOnRevoke: true,
  });
}
