// Runs a program of this project under the project's own Node, installing first what is missing.
// This file is plain JavaScript without dependencies: it must run under any Node from 20 on.
//
//   node tools/with-project-node.mjs FILE.ts ARGS…   run FILE.ts
//   node tools/with-project-node.mjs --test [FILES]  run the tests (all of them without FILES)

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const projectNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const installedMark = join(root, 'node_modules', '.package-lock.json');

/** npm rewrites its hidden lock file on every install, so its age tells whether ours is newer. */
function isInstalled() {
  if (!existsSync(projectNode) || !existsSync(installedMark)) return false;
  return statSync(installedMark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.error('millrace: installing dependencies (npm ci)…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error('millrace: npm ci failed. Is the npm registry reachable? Its output is above.');
    process.exit(result.status ?? 1);
  }
  if (!existsSync(projectNode)) {
    const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node;
    console.error(
      `millrace: npm did not set up Node ${wanted} (the package "node"). ` +
        'Its install script must be allowed to run: check "ignore-scripts" and "allow-scripts" in npm config.',
    );
    process.exit(1);
  }
}

if (!isInstalled()) install();

const args = process.argv.slice(2);
const nodeArgs = ['--conditions=@millrace/source'];
if (args[0] === '--test' && args.length === 1)
  args.push('packages/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts');

// Compiled sources are kept beside the dependencies, so that only the first start pays for type stripping.
const env = {
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  ...process.env,
};
const child = spawn(projectNode, [...nodeArgs, ...args], { stdio: 'inherit', env });
// The child is in our process group: a Ctrl-C reaches it directly, so we only wait. A SIGTERM sent to us
// alone is passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  process.exit(code ?? 1);
});
