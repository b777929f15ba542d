// Apache Kafka from the jars that interop/java installs: one node in KRaft mode, with the JVM flags of its own scripts.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../interop/harness/free-port.ts';
import {
  formatArguments,
  type KafkaNode,
  kafkaNodeProperties,
} from '../../../interop/harness/kafka-node.ts';
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
  writeFileSync(
    file,
    propertiesOf({ port, controllerPort, dataDirectory: join(directory, 'data') }),
  );
  const formatting = javaCommand(FORMAT_HEAP, 'kafka.tools.StorageTool', formatArguments(file));
  await runOk(formatting.command, formatting.args);
  return { ...javaCommand(BROKER_HEAP, 'kafka.Kafka', [file]), port, directory };
}

/** What `config/server.properties` of its download sets, but for the ports and places. */
function propertiesOf(node: KafkaNode): string {
  return [
    ...kafkaNodeProperties(node),
    'num.network.threads=3',
    'num.io.threads=8',
    'socket.send.buffer.bytes=102400',
    'socket.receive.buffer.bytes=102400',
    ...COMMON_SETTINGS,
    '',
  ].join('\n');
}
