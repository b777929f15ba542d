import type { PeerProcess } from './peers/peer-process.ts';
import type { Figure } from './scenario.ts';

/** Runs `work` and gives its result with the processor time that the broker took meanwhile, in s; null if unknown. */
export async function withBrokerCost<Result>(
  broker: PeerProcess,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly processorSeconds: number | null }> {
  const before = broker.processorMs;
  const result = await work();
  const after = broker.processorMs;
  const isKnown = before !== null && after !== null;
  return { result, processorSeconds: isKnown ? (after - before) / 1000 : null };
}

/** What it is called in all scenarios. */
export const BROKER_CPU = 'broker cpu';

export function cpuFigureIn(unit: string): Figure {
  return { name: BROKER_CPU, unit, better: 'lower', isBrokersOwn: true };
}

/** The figure in seconds a gigabyte (10^9 bytes), where the system tells. */
export function costFigure(processorSeconds: number | null, bytes: number): Record<string, number> {
  return processorSeconds === null ? {} : { [BROKER_CPU]: processorSeconds / (bytes / 1e9) };
}
