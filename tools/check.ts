// The one check command: `npm run check`. Stops at the first step that fails.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const node = process.execPath;
const source = '--conditions=@millrace/source';

const steps: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'format and lint', command: [bin('biome'), 'ci', '.'] },
  { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  {
    name: 'generated code',
    command: [node, source, 'packages/protocol/generator/main.ts', '--check'],
  },
  {
    name: 'table of configs',
    command: [node, source, 'tools/config-table.ts', '--check'],
  },
  {
    name: 'page of commands',
    command: [node, source, 'tools/command-page.ts', '--check'],
  },
  {
    name: 'page of metrics',
    command: [node, source, 'tools/metrics-page.ts', '--check'],
  },
  {
    name: 'page of compatibility',
    command: [node, source, 'tools/compatibility-table.ts', '--check'],
  },
  {
    name: 'tests and import arrows',
    command: [
      node,
      source,
      '--test',
      'packages/**/*.test.ts',
      'tools/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
  },
];

for (const step of steps) {
  const started = Date.now();
  const [command, ...args] = step.command;
  const result = spawnSync(command!, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`check: ${step.name} failed (${step.command.join(' ')})`);
    process.exit(result.status ?? 1);
  }
  console.log(`check: ${step.name} ok (${Date.now() - started} ms)`);
}
