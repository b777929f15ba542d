// Kafka's own Java producer, consumer and admin client. Its command-line tools: java-tools.test.ts.

import { clientContract } from './harness/client-contract.ts';
import { javaArguments } from './harness/tools.ts';

clientContract({
  name: 'kafka-clients (Java)',
  needs: ['java'],
  command: (bootstrap) => ({
    command: 'java',
    args: javaArguments('millrace.interop.Driver', [bootstrap]),
  }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
});
