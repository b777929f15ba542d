// `npm run generate`: writes src/messages from schemas/. With --check it writes nothing and fails when what is there
// differs from what it would write.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, messagesDirectory, readSchemas } from './generate.ts';

mkdirSync(messagesDirectory, { recursive: true });
const wanted = generate(readSchemas());
const present = new Map(
  readdirSync(messagesDirectory)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(join(messagesDirectory, file), 'utf8')]),
);
const changed = [...wanted.keys()].filter((file) => wanted.get(file) !== present.get(file));
const stale = [...present.keys()].filter((file) => !wanted.has(file));

if (process.argv.includes('--check')) {
  for (const file of changed) console.error(`src/messages/${file} is not what the schemas say`);
  for (const file of stale) console.error(`src/messages/${file} has no schema`);
  if (changed.length + stale.length > 0) {
    console.error('generated code is out of date: run npm run generate');
    process.exitCode = 1;
  }
} else {
  for (const file of changed) writeFileSync(join(messagesDirectory, file), wanted.get(file)!);
  for (const file of stale) rmSync(join(messagesDirectory, file));
  console.log(`${wanted.size} files, ${changed.length} written, ${stale.length} removed`);
}
