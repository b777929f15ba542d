// kafka-python: the newest, and the 2.0.2 of 2020 that many programs still pin.

import { join } from 'node:path';
import { clientContract } from './harness/client-contract.ts';
import { interopRoot, paths } from './harness/tools.ts';

const versions = [
  { name: 'kafka-python (Python)', tool: 'python', python: paths.python },
  { name: 'kafka-python 2.0.2 (Python)', tool: 'python-old', python: paths.pythonOld },
] as const;

// Needs: python, python-old
for (const { name, tool, python } of versions) {
  clientContract({
    name,
    needs: [tool],
    command: (bootstrap) => ({
      command: python,
      args: [join(interopRoot, 'python', 'kafka_python_driver.py'), bootstrap],
    }),
    codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    // It refuses null headers itself.
    fullHeaders: false,
    commitsOnRevoke: true,
  });
}
