// Apache Kafka from the jars that interop/java installs: one node in KRaft mode, with the JVM flags of its own scripts.

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../interop/harness/free-port.ts';
import { runOk } from '../../../interop/harness/program.ts';
import { javaCommand, kafkaVersion } from '../clients/java.ts';
import { COMMON_SETTINGS, type Peer } from './peer.ts';
import { type Launch, PeerProcess } from './peer-process.ts';

/** As in `kafka-server-start.sh`. */
const BROKER_HEAP = ['-Xmx1G', '-Xms1G'];
/** As in `kafka-run-class.sh` for tools that set no heap of their own. */
const FORMAT_HEAP = ['-Xmx256M'];

/** Kafka on a directory below `place`. */
export function kafkaPeer(place: string): Peer {
  return {
    id: 'kafka',
    name: `Apache Kafka ${kafkaVersion()}`,
    start: async () => PeerProcess.start(await launchOf(place)),
    launch: async () => PeerProcess.spawn(await launchOf(place)),
  };
}

/** Writes its configuration and formats its directory, as its quickstart does. */
async function launchOf(place: string): Promise<Launch> {
  mkdirSync(place, { recursive: true });
  const directory = mkdtempSync(join(place, 'kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const file = join(directory, 'server.properties');
  writeFileSync(file, propertiesOf(port, controllerPort, directory));
  // One may begin with a dash.
  const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`;
  const format = ['format', clusterId, '--config', file];
  const formatting = javaCommand(FORMAT_HEAP, 'kafka.tools.StorageTool', format);
  await runOk(formatting.command, formatting.args);
  return { ...javaCommand(BROKER_HEAP, 'kafka.Kafka', [file]), port, directory };
}

/** What `config/server.properties` of its download sets, but for the ports and places. */
function propertiesOf(port: number, controllerPort: number, directory: string): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(directory, 'data')}`,
    'num.network.threads=3',
    'num.io.threads=8',
    'socket.send.buffer.bytes=102400',
    'socket.receive.buffer.bytes=102400',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    ...COMMON_SETTINGS,
    '',
  ].join('\n');
}
