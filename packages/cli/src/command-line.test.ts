import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { run } from './command-line.ts';

async function outcome(args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const code = await run(args, {
    stdout: { write: (text: string) => (written.stdout += text) },
    stderr: { write: (text: string) => (written.stderr += text) },
    onSignal: () => {},
  });
  return { code, ...written };
}

test('help and version', async () => {
  assert.match((await outcome(['--help'])).stdout, /millrace start/);
  assert.match((await outcome(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('a command line that cannot be understood exits with 2 and says why', async () => {
  const cases: readonly [readonly string[], RegExp][] = [
    [[], /no command given/],
    [['begin'], /unknown command "begin"/],
    [['start', '--prot', '1'], /prot/],
    [['start', '--port', 'x'], /--port x/],
    [['start', '--port', '65536'], /0 to 65535/],
    [['start', '--set', 'num.partitions'], /NAME=VALUE/],
    [['start', '--set', 'num.partition=3'], /Did you mean num\.partitions/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await outcome(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
  }
});

test('a taken port is named, and the data directory is free again', async (context) => {
  const dataDir = await temporary(context);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  context.after(() => server.close());
  const { port } = server.address() as { port: number };
  const { code, stderr } = await outcome(['start', '--port', String(port), '--data-dir', dataDir]);
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken`));
  assert.equal((await readdir(dataDir)).includes('millrace.pid'), false);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the program says where it is, and ${signal} closes it cleanly and says so`, async (context) => {
    const dataDir = await temporary(context);
    const child = spawn(
      process.execPath,
      [
        '--conditions=@millrace/source',
        join(import.meta.dirname, 'main.ts'),
        'start',
        '--port',
        '0',
        '--data-dir',
        dataDir,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    context.after(() => child.kill('SIGKILL'));
    const exited = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.includes('consume')) child.kill(signal);
    }
    assert.equal(await exited, 0);
    assert.match(lines[0]!, /^Millrace is ready on 127\.0\.0\.1:\d+ /);
    assert.match(lines.at(-1)!, /closed/);
    assert.equal((await readdir(dataDir)).includes('millrace.pid'), false);
  });
}

async function temporary(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-cli-'));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}
