// confluent-kafka for Python, which is librdkafka.

import { join } from 'node:path';
import { clientContract } from './harness/client-contract.ts';
import { interopRoot, paths } from './harness/tools.ts';

clientContract({
  name: 'confluent-kafka (Python, librdkafka)',
  needs: ['python'],
  command: (bootstrap) => ({
    command: paths.python,
    args: [join(interopRoot, 'python', 'confluent_driver.py'), bootstrap],
  }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
});
