import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a topic's segments out of the page cache, so that they are read from the disk. GNU's dd can do that for one file
 * without being root (`posix_fadvise`), and leaves the rest of the machine alone. Throws where it cannot.
 */
export function dropFromPageCache(dataDirectory: string, topic: string): void {
  const folders = readdirSync(dataDirectory).filter((name) => name.startsWith(`${topic}-`));
  for (const folder of folders) {
    for (const name of readdirSync(join(dataDirectory, folder))) {
      if (name.endsWith('.log')) dropFile(join(dataDirectory, folder, name));
    }
  }
}

function dropFile(path: string): void {
  const file = openSync(path, 'r');
  // What is not on the disk yet cannot be dropped.
  fdatasyncSync(file);
  closeSync(file);
  execFileSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'status=none'], { stdio: 'pipe' });
}
