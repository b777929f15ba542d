import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh directory, under the system's temporary one by default, removed when this process ends. */
export function scratchDirectory(label: string, place = tmpdir()): string {
  const directory = mkdtempSync(join(place, `millrace-${label}-`));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

let named = 0;

/** A topic or group name no other suite uses, also when all share one foreign broker. */
export function uniqueName(label: string): string {
  named += 1;
  return `${label}-${process.pid.toString(36)}-${Date.now().toString(36)}-${named}`;
}
