import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../interop/harness/free-port.ts';
import type { Peer } from './peer.ts';
import { type Launch, PeerProcess } from './peer-process.ts';

const program = join(import.meta.dirname, '..', 'sink', 'sink.ts');

/** What acknowledges and drops everything: against it a client shows what it can do itself. */
export function sinkPeer(place: string): Peer {
  return {
    id: 'sink',
    name: 'sink',
    start: async () => PeerProcess.start(await launchOf(place)),
    launch: async () => PeerProcess.spawn(await launchOf(place)),
  };
}

async function launchOf(place: string): Promise<Launch> {
  mkdirSync(place, { recursive: true });
  const directory = mkdtempSync(join(place, 'sink-'));
  const port = await freePort();
  const args = ['--conditions=@millrace/source', program, `--port=${port}`];
  return { command: process.execPath, args, port, directory };
}
