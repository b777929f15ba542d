import { readdirSync, readFileSync } from 'node:fs';
import type { Broker } from '../interop/harness/broker.ts';

const MEBIBYTE = 1024 * 1024;

/** Processor time that the broker has taken since it started; 0 while there is none. Linux counts in hundredths. */
export function processorMs(broker: Pick<Broker, 'pid'>): number {
  try {
    const stat = readFileSync(`/proc/${broker.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** What the broker's process holds now. */
export function report(broker: Broker, when: string): void {
  const files = readdirSync(`/proc/${broker.pid}/fd`).length;
  const resident = Math.round(broker.residentBytes() / MEBIBYTE);
  console.log(`${when}: ${resident} MiB resident, ${files} open files`);
}
