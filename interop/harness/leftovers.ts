import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kills the processes whose environment carries this run's mark, except our own, and returns what they were. Only
 * Linux tells a process's environment; elsewhere the suites' own tear-down has to do.
 */
export function killMarked(mark: string): string[] {
  const killed: string[] = [];
  for (const pid of processIds()) {
    if (pid === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`MILLRACE_INTEROP_RUN=${mark}`)) {
        continue;
      }
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      process.kill(pid, 'SIGKILL');
      if (command !== '') killed.push(`${pid} ${command.slice(0, 100)}`);
    } catch {
      // It ended while we looked, or is another user's.
    }
  }
  return killed;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
