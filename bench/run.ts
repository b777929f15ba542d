// `npm run bench -- NAME [--flag=N …]`: runs bench/NAME.bench.ts.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SUFFIX = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const name = process.argv[2];
if (name === undefined || !names.includes(name)) {
  console.error(`bench: which one? There are ${names.join(', ')}: npm run bench -- NAME`);
  process.exit(2);
}
await import(pathToFileURL(join(import.meta.dirname, `${name}${SUFFIX}`)).href);
