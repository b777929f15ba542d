import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../test/run-program.ts';
import { readArguments } from './command/arguments.ts';
import { type CommandEntry, type CommandGroup, isGroup, shownCommands } from './command/command.ts';
import { withOutputOptions } from './command/output-options.ts';
import { COMMANDS } from './command-tree.ts';

interface Walked {
  readonly path: readonly string[];
  readonly node: CommandEntry | CommandGroup;
}

function walk(node: CommandEntry | CommandGroup, path: readonly string[] = []): Walked[] {
  const below = isGroup(node) ? node.commands : [];
  return [{ path, node }, ...below.flatMap((one) => walk(one, [...path, one.name]))];
}

const ALL = walk(COMMANDS);

test('every group and command explains itself', async () => {
  for (const { path, node } of ALL) {
    const { code, stdout, stderr } = await runProgram([...path, '--help']);
    assert.equal(code, 0, path.join(' '));
    assert.equal(stderr, '');
    const title = ['millrace', ...path].join(' ');
    assert(stdout.startsWith(isGroup(node) ? `${title}:` : title), stdout);
    for (const below of isGroup(node) ? shownCommands(node) : []) {
      assert(stdout.includes(`${title} ${below.name} `) && stdout.includes(below.summary), stdout);
    }
    const long = stdout.split('\n').filter((line) => line.length > 120);
    assert.deepEqual(long, []);
  }
});

test('every example is a line that its command understands', async () => {
  for (const { path, node } of ALL) {
    if (isGroup(node)) continue;
    const command = withOutputOptions(await node.load());
    assert(command.examples.length > 0, `${path.join(' ')} has no example`);
    for (const { line } of command.examples) {
      const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, word]) => quoted ?? word!,
      );
      const end = words.findIndex((word) => word === '|' || word === '>' || word === '<');
      const args = words.slice(0, end === -1 ? undefined : end);
      assert.deepEqual(args.slice(0, path.length), path, line);
      readArguments(command, args.slice(path.length), {});
    }
  }
});

test('options have one spelling each', async () => {
  for (const { path, node } of ALL) {
    if (isGroup(node)) continue;
    const { options } = withOutputOptions(await node.load());
    const spellings = Object.entries(options).flatMap(([key, { short, aliases }]) => [
      key,
      ...(short === undefined ? [] : [short]),
      ...(aliases ?? []),
    ]);
    assert.deepEqual([...new Set(spellings)], spellings, path.join(' '));
  }
});
