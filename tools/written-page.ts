import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a page of `docs/` that `command` makes. With --check it writes nothing, and the process fails when what is there
 * differs.
 */
export function writePage(name: string, content: string, command: string): void {
  const path = join(import.meta.dirname, '..', 'docs', name);
  const wanted = `<!-- Written by \`${command}\`; do not edit. -->\n\n${content.trimEnd()}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(path, wanted);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== wanted) {
    console.error(`docs/${name} is not what the definitions say: run ${command}`);
    process.exitCode = 1;
  }
}
