import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { runProgram } from '../test/run-program.ts';

test('help and version', async () => {
  assert.match((await runProgram(['--help'])).stdout, /millrace start/);
  assert.match((await runProgram(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('help in all the ways that people ask for it', async () => {
  const { stdout } = await runProgram(['start', '--help']);
  assert.match(stdout, /^millrace start \[options\]\n/);
  assert.match(stdout, / --port N {2,}port to listen on/);
  assert.match(stdout, /millrace start --host 0\.0\.0\.0/);
  for (const args of [
    ['help', 'start'],
    ['start', '-h'],
    ['--help', 'start'],
  ]) {
    assert.deepEqual(await runProgram(args), { code: 0, stdout, stderr: '' });
  }
});

test('a usage error in JSON', async () => {
  const { code, stdout, stderr } = await runProgram(['config', '--json', '--port', 'x']);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.deepEqual(JSON.parse(stderr), {
    error: {
      code: 'USAGE',
      message: '--port x: expected a number from 0 to 65535',
      hint: 'Try: millrace config --help',
    },
  });
});

test('a command line that cannot be understood exits with 2 and says why', async () => {
  const cases: readonly [readonly string[], RegExp][] = [
    [[], /no command given/],
    [['begin'], /unknown command "begin"/],
    [['strat'], /unknown command "strat"; did you mean start\?/],
    [['start', '--prot', '1'], /unknown option --prot; did you mean --port\?/],
    [['start', '--port', 'x'], /--port x/],
    [['start', '--port', '65536'], /0 to 65535/],
    [['start', '--set', 'num.partitions'], /NAME=VALUE/],
    [
      ['start', '--config', '/nowhere/server.properties'],
      /\/nowhere\/server\.properties cannot be read/,
    ],
    [['config', 'more'], /unexpected argument "more"/],
    [['start', '--set', 'num.partition=3'], /Did you mean num\.partitions/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await runProgram(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
  }
});

test('config prints every value with where it came from, and what has no effect', async (context) => {
  const file = join(await temporary(context), 'server.properties');
  await writeFile(file, 'num.partitions=3\nnum.io.threads=8\nnode.id=7\n');
  const { code, stdout, stderr } = await runProgram(
    ['config', '--config', file, '--port', '0', '--set', 'node.id=8'],
    { environment: { KAFKA_BROKER_RACK: 'r1' } },
  );
  assert.equal(code, 0);
  const rows = new Map(
    stdout.split('\n').map((line) => {
      const [name, ...rest] = line.split(/ {2,}/);
      return [name, rest];
    }),
  );
  assert.deepEqual(rows.get('listeners'), ['PLAINTEXT://127.0.0.1:0', '--port, default']);
  assert.deepEqual(rows.get('advertised.listeners'), ['PLAINTEXT://127.0.0.1:0', 'default']);
  assert.deepEqual(rows.get('num.partitions'), ['3', `${file}:1`]);
  assert.deepEqual(rows.get('node.id'), ['8', '--set']);
  assert.deepEqual(rows.get('broker.rack'), ['r1', 'KAFKA_BROKER_RACK']);
  assert.deepEqual(rows.get('min.insync.replicas'), ['1', 'default']);
  assert.match(stderr, /^millrace: .*num\.io\.threads \(.*:2\).*\n$/);
});

test('start reads the file that it is given', async (context) => {
  const directory = await temporary(context);
  await writeFile(join(directory, 'meta.properties'), 'version=1\n');
  const file = join(directory, 'server.properties');
  await writeFile(file, `log.dirs=${directory}\n`);
  const { code, stderr } = await runProgram(['start', '--port', '0', '--config', file]);
  assert.equal(code, 1);
  assert.match(stderr, /is that of a Kafka broker/);
});

test('a taken port is named, and the data directory is free again', async (context) => {
  const dataDir = await temporary(context);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  context.after(() => server.close());
  const { port } = server.address() as { port: number };
  const { code, stderr } = await runProgram([
    'start',
    '--port',
    String(port),
    '--data-dir',
    dataDir,
  ]);
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
