import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../test/run-program.ts';
import { startBroker } from './start-broker.ts';
import { programName, startLines } from './start-report.ts';

test('the lines of a start name commands that work, our own first', async (context) => {
  const broker = await startBroker();
  context.after(() => broker.close());
  const report = { broker, tookMs: 1, pid: 1, httpHost: undefined, program: programName({}) };
  const lines = startLines(report);
  const [produce, consume] = ['produce', 'consume'].map((name) => {
    const index = lines.findIndex((line) => line.startsWith(`  ${name} `));
    assert.match(lines[index + 1]!, / or {3}.*kcat /);
    return lines[index]!.split('millrace ')[1]!.split(' ');
  });
  assert.equal((await runProgram(produce!, { stdin: 'key:hello\n' })).code, 0);
  const { stdout } = await runProgram(consume!);
  assert.equal(stdout, 'hello\n');
});

test('the program is named as npm has it called', () => {
  const name = (event: string) => programName({ npm_lifecycle_event: event });
  assert.equal(name('start'), 'npm run --silent millrace --');
  assert.equal(name('npx'), 'npx millrace');
  assert.equal(name('test'), 'millrace');
});
