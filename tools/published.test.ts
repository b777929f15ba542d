// What is published is JavaScript that tsc made. It must start without type stripping and without our conditions.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

test('the build runs as published: the program starts, serves and closes', async (context) => {
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const build = spawnSync(tsc, ['-b', 'packages/cli/tsconfig.build.json'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(build.status, 0, build.stdout + build.stderr);
  const dataDir = await mkdtemp(join(tmpdir(), 'millrace-published-'));
  context.after(() => rm(dataDir, { recursive: true, force: true }));
  const program = join(root, 'packages', 'cli', 'dist', 'main.js');
  const args = ['--no-strip-types', program, 'start', '--port', '0', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  context.after(() => child.kill('SIGKILL'));
  const exited = new Promise((resolve) => child.on('exit', resolve));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes('consume')) child.kill('SIGTERM');
  }
  assert.equal(await exited, 0, lines.join('\n'));
  assert.match(lines[0] ?? '', /^Millrace is ready/);
});
