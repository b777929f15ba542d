import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LogEntry } from './log-entry.ts';
import { type LogFormat, LogOutput } from './log-output.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const ENTRY: LogEntry = {
  level: 'warn',
  event: 'topic-deleted',
  message: 'topic t deleted',
  fields: { topic: 't' },
};

async function outputTo(format: LogFormat, fd?: number) {
  const written: string[] = [];
  const stream = { write: (text: string | Uint8Array) => written.push(String(text)) };
  const output = await LogOutput.open({ format, now: () => NOW_MS, stream, fd });
  return { output, written };
}

test('text is a line for people', async () => {
  const { output, written } = await outputTo('text');
  output.write(ENTRY);
  assert.deepEqual(written, ['2026-01-02T03:04:05.000Z WARN topic t deleted\n']);
});

test('json is one object a line', async () => {
  const { output, written } = await outputTo('json');
  output.write(ENTRY);
  assert.equal(written.length, 1);
  assert.ok(written[0]!.endsWith('}\n'));
  assert.deepEqual(JSON.parse(written[0]!), {
    level: 'warn',
    time: '2026-01-02T03:04:05.000Z',
    event: 'topic-deleted',
    topic: 't',
    msg: 'topic t deleted',
  });
});

test('a descriptor is written in the background, and the end loses nothing', async (context) => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-log-'));
  context.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'log');
  const fd = openSync(path, 'w');
  const { output, written } = await outputTo('json', fd);
  for (let count = 0; count < 10_000; count++) output.write({ ...ENTRY, fields: { count } });
  await output.flush();
  closeSync(fd);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).count),
    Array.from({ length: 10_000 }, (_, index) => index),
  );
  assert.deepEqual(written, []);
});

test('a reader that has gone does not end the program', async () => {
  const program = `
    const { LogOutput } = await import(${JSON.stringify(join(import.meta.dirname, 'log-output.ts'))});
    for await (const go of process.stdin) void go;
    const output = await LogOutput.open({
      format: 'text', now: Date.now, stream: process.stderr, fd: 2,
    });
    for (let count = 0; count < 1000; count++) output.write(${JSON.stringify(ENTRY)});
    await output.flush();
    output.write(${JSON.stringify(ENTRY)});
    output.flushSync();
    process.stdout.write('alive\\n');
  `;
  const child = spawn(
    process.execPath,
    ['--conditions=@millrace/source', '--input-type=module', '--eval', program],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  child.stderr.destroy();
  child.stdin.end('go');
  let said = '';
  for await (const chunk of child.stdout) said += chunk;
  assert.equal(said, 'alive\n');
});

test('a reader that is too slow loses lines, and is told how many', async (context) => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-log-'));
  context.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'log');
  const fd = openSync(path, 'w');
  const { output } = await outputTo('text', fd);
  const message = 'x'.repeat(1024 * 1024);
  // Nothing is written before this turn ends: one line is under way, 15 wait.
  for (let count = 0; count < 20; count++) output.write({ ...ENTRY, message });
  await output.flush();
  closeSync(fd);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 17);
  assert.match(lines[16]!, /WARN 4 lines of this log are lost/);
});
