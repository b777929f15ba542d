import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../interop/harness/free-port.ts';
import { COMMON_SETTINGS, type Peer } from './peer.ts';
import { type Launch, PeerProcess } from './peer-process.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const packageFile = join(root, 'packages', 'cli', 'package.json');

/** The program of this source tree, as `npm start` runs it. `place` is where its data goes. */
export function millracePeer(place: string): Peer {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  return {
    id: 'millrace',
    name: `Millrace ${version}`,
    start: async () => PeerProcess.start(await launchOf(place)),
    launch: async () => PeerProcess.spawn(await launchOf(place)),
  };
}

async function launchOf(place: string): Promise<Launch> {
  mkdirSync(place, { recursive: true });
  const directory = mkdtempSync(join(place, 'millrace-'));
  const port = await freePort();
  const args = [
    '--conditions=@millrace/source',
    join(root, 'packages', 'cli', 'src', 'main.ts'),
    'start',
    ...['--port', String(port), '--data-dir', join(directory, 'data')],
    ...COMMON_SETTINGS.flatMap((setting) => ['--set', setting]),
  ];
  return { command: process.execPath, args, port, directory };
}
