import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SOURCE = import.meta.dirname;

/** All that loading a file loads: our own files by their paths from here, those of others by their names. */
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
    else if (!specifier!.startsWith('@millrace/')) found.add(specifier!);
    else loadedBy(fileURLToPath(import.meta.resolve(specifier!)), found);
  }
  return found;
}

const loaded = new Set([
  ...loadedBy(join(SOURCE, 'main.ts')),
  ...loadedBy(join(SOURCE, 'commands', 'start.ts')),
]);

test('start loads neither the client nor another command', () => {
  const ownFiles = ['../../broker/src/broker.ts', 'command/arguments.ts'];
  assert(
    ownFiles.every((file) => loaded.has(file)),
    [...loaded].join(),
  );
  const commands = [...loaded].filter((name) => name.startsWith('commands/'));
  assert.deepEqual(commands, ['commands/start.ts', 'commands/start-options.ts']);
  assertWithout(['../../client/src/index.ts', 'command/help.ts', 'command/completion.ts']);
});

test('start loads nothing large that most brokers never use', () => {
  assert(loaded.has('@node-rs/crc32'), [...loaded].join());
  assertWithout(['snappy', 'lz4-napi', 're2js', '@bufbuild/protobuf/wire']);
  assertWithout(['observation.ts', 'prom-client', 'pino', 'node:http', 'node:zlib']);
  const handlers = [...loaded].filter((name) => name.includes('/handlers/'));
  assert.equal(handlers.length, 4, handlers.join());
});

function assertWithout(unwanted: readonly string[]): void {
  assert.deepEqual(
    unwanted.filter((name) => loaded.has(name)),
    [],
  );
}
