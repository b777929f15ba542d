// aiokafka, the client of Python programs on asyncio.

import { join } from 'node:path';
import { clientContract } from './harness/client-contract.ts';
import { interopRoot, paths } from './harness/tools.ts';

clientContract({
  name: 'aiokafka (Python)',
  needs: ['python'],
  command: (bootstrap) => ({
    command: paths.python,
    args: [join(interopRoot, 'python', 'aiokafka_driver.py'), bootstrap],
  }),
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  fullHeaders: true,
  commitsOnRevoke: true,
});
