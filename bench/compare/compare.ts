// What the whole comparison does, from the peers that are there to the result.

import { mkdirSync, rmSync } from 'node:fs';
import { Clients } from './clients/clients.ts';
import { describeMachine } from './machine.ts';
import { kafkaPeer } from './peers/kafka-peer.ts';
import { millracePeer } from './peers/millrace-peer.ts';
import { COMMON_SETTINGS, type Peer } from './peers/peer.ts';
import { sinkPeer } from './peers/sink-peer.ts';
import type { ComparisonResult, ScenarioResult } from './result.ts';
import { runScenario } from './runner.ts';
import type { Scenario } from './scenario.ts';
import { Stage } from './stage.ts';

export interface CompareOptions {
  readonly scenarios: readonly Scenario[];
  readonly pairs: number;
  readonly seconds: number;
  /** The brokers' data goes here; made if it is missing, and removed at the end. */
  readonly place: string;
  /** What whoever reads the result should know, such as why a client is missing. */
  readonly notes: readonly string[];
  readonly say: (line: string) => void;
  /** Told after each scenario, so that a run that is cut short has not been in vain. */
  readonly onProgress?: (soFar: ComparisonResult) => void;
}

/** Needs the jars of interop/java, and kcat for some of the scenarios. */
export async function compare(options: CompareOptions): Promise<ComparisonResult> {
  const { place, pairs, seconds, say } = options;
  mkdirSync(place, { recursive: true });
  process.on('exit', () => rmSync(place, { recursive: true, force: true }));

  const startedMs = Date.now();
  const machine = describeMachine(place);
  const peers: Peer[] = [millracePeer(place), kafkaPeer(place)];
  const clients = new Clients();
  const stages = peers.map((peer) => new Stage(peer, clients, seconds));
  const sink = new Stage(sinkPeer(place), clients, seconds);
  const scenarios: ScenarioResult[] = [];
  const soFar = (): ComparisonResult => ({
    startedAt: new Date(startedMs).toISOString(),
    tookSeconds: Math.round((Date.now() - startedMs) / 1000),
    machine,
    peers: peers.map(({ name }) => name),
    notes: options.notes,
    pairs,
    seconds,
    settings: COMMON_SETTINGS,
    scenarios,
  });
  try {
    for (const scenario of options.scenarios) {
      scenarios.push(await runScenario(scenario, { pairs, stages, sink, say }));
      options.onProgress?.(soFar());
    }
  } finally {
    await Promise.all([...stages, sink].map((stage) => stage.close()));
    clients.close();
  }
  return soFar();
}
