import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';
import { runProgram } from '../../test/run-program.ts';
import { COMPLETION_SCRIPTS, type Shell } from './completion-scripts.ts';

test('topics and groups of the broker that the line names', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  await millrace.json('topic create orders users');
  await millrace.json('group seek readers -t orders --to 0 --execute');
  const offered = async (...words: string[]) =>
    (await runProgram(['complete', '--', ...words])).stdout;
  const where = ['-b', millrace.bootstrap];
  assert.equal(await offered(...where, 'topic', 'describe', 'o'), 'orders\t\n');
  assert.equal(
    await offered('group', 'seek', `--bootstrap=${millrace.bootstrap}`, ''),
    'readers\t\n',
  );
  const fromEnvironment = await millrace.run('complete -- topic delete us');
  assert.equal(fromEnvironment.stdout, 'users\t\n');
  assert.match(await offered('topic', 'li'), /^list\tlist topics\n$/);
  assert.equal(await offered('start', '--config', ''), ':files\n');
  // Nobody listens there: no candidates, and no word about it.
  const silent = await runProgram(['complete', '--', '-b', '127.0.0.1:1', 'topic', 'describe', '']);
  assert.deepEqual(silent, { code: 0, stdout: '', stderr: '' });
});

test('a shell that there is no script for', async () => {
  const { code, stderr } = await runProgram(['completion', 'tcsh']);
  assert.equal(code, 2);
  assert.match(stderr, /no completion for tcsh; there is for bash, zsh, fish/);
});

/** A directory with the script and with a `millrace` that completes, and else prints what it was given. */
async function installed(context: TestContext, shell: Shell): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-completion-'));
  context.after(() => rm(directory, { recursive: true, force: true }));
  const main = join(import.meta.dirname, '..', 'main.ts');
  const program = [
    '#!/bin/sh',
    `[ "$1" = complete ] && exec "${process.execPath}" --conditions=@millrace/source "${main}" "$@"`,
    'printf "given:%s:\\n" "$*"',
    '',
  ].join('\n');
  await writeFile(join(directory, 'millrace'), program);
  await chmod(join(directory, 'millrace'), 0o755);
  await writeFile(join(directory, 'completion'), COMPLETION_SCRIPTS[shell]);
  await writeFile(join(directory, 'settings-file'), '');
  return directory;
}

function whyNot(...programs: string[]): string | false {
  const missing = programs.find((name) => spawnSync(name, ['--version']).status !== 0);
  return missing === undefined ? false : `${missing} is not installed`;
}

/** Types the keys into a shell that thinks it has a terminal; gives all that it printed. */
async function typed(directory: string, command: string, keys: string): Promise<string> {
  const environment = { ...process.env, PATH: `${directory}:${process.env.PATH}`, TERM: 'dumb' };
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd: directory,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.write(keys);
  await ended;
  return printed;
}

test('bash completes', { skip: whyNot('bash', 'script'), timeout: 60_000 }, async (context) => {
  const directory = await installed(context, 'bash');
  const keys = [
    '. ./completion\n',
    'millrace gro\tli\t--st\tst\t\n',
    'millrace group list --state=em\t\n',
    'millrace start --config set\t\n',
    'exit\n',
  ];
  const printed = await typed(directory, 'bash --norc --noprofile -i', keys.join(''));
  assert.match(printed, /given:group list --state stable:/);
  assert.match(printed, /given:group list --state=empty:/);
  assert.match(printed, /given:start --config settings-file:/);
});

test('zsh completes', { skip: whyNot('zsh', 'script'), timeout: 60_000 }, async (context) => {
  const directory = await installed(context, 'zsh');
  const keys = [
    'autoload -U compinit; compinit -u -D; . ./completion\n',
    'millrace gro\tli\t--st\tst\t\n',
    'millrace start --config set\t\n',
    'exit\n',
  ];
  const printed = await typed(directory, 'zsh -f -i', keys.join(''));
  assert.match(printed, /given:group list --state stable:/);
  assert.match(printed, /given:start --config settings-file:/);
});

test('fish completes', { skip: whyNot('fish') }, async (context) => {
  const directory = await installed(context, 'fish');
  const completions = (line: string) => {
    const script = `source ./completion; complete -C '${line}'`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${directory}:${process.env.PATH}` },
    });
    return stdout.split('\n').filter((one) => one !== '');
  };
  assert.deepEqual(completions('millrace topic li'), ['list\tlist topics']);
  assert.deepEqual(completions('millrace group list --state st'), ['stable']);
  assert.deepEqual(completions('millrace start --config set'), ['settings-file']);
});
