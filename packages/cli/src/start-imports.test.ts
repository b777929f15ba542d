import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const SOURCE = import.meta.dirname;

/** All that loading a file loads: our own files by their paths from here, packages by their names. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  const name = relative(SOURCE, file);
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(file, 'utf8');
  // Imports of types alone are stripped, and those that are calls come when they are called.
  for (const [, specifier] of text.matchAll(
    /^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm,
  )) {
    if (specifier!.startsWith('.')) loadedBy(join(dirname(file), specifier!), found);
    else found.add(specifier!);
  }
  return found;
}

test('start loads neither the client nor another command', () => {
  const loaded = new Set([
    ...loadedBy(join(SOURCE, 'main.ts')),
    ...loadedBy(join(SOURCE, 'commands', 'start.ts')),
  ]);
  assert(loaded.has('@millrace/broker') && loaded.has('command/arguments.ts'), [...loaded].join());
  const commands = [...loaded].filter((name) => name.startsWith('commands/'));
  assert.deepEqual(commands, ['commands/start.ts', 'commands/start-options.ts']);
  const unwanted = ['@millrace/client', 'command/help.ts', 'command/completion.ts'];
  assert.deepEqual(
    unwanted.filter((name) => loaded.has(name)),
    [],
  );
});
