// `npm run bench -- NAME [--flag=N …]`: runs bench/NAME.bench.ts; without a name the comparison with Apache Kafka.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SUFFIX = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
if (process.argv[2]?.startsWith('--') ?? true) process.argv.splice(2, 0, 'compare');
const name = process.argv[2]!;
if (!names.includes(name)) {
  console.error(`bench: which one? There are ${names.join(', ')}: npm run bench -- NAME`);
  process.exit(2);
}
await import(pathToFileURL(join(import.meta.dirname, `${name}${SUFFIX}`)).href);
