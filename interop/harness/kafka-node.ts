// What every Kafka of one node in KRaft mode is told, whoever starts it.

import { randomBytes } from 'node:crypto';

export interface KafkaNode {
  readonly port: number;
  readonly controllerPort: number;
  /** Its one log directory. */
  readonly dataDirectory: string;
}

/** Lines of `server.properties`: who it is, and what one node cannot have in the way of replicas. */
export function kafkaNodeProperties({ port, controllerPort, dataDirectory }: KafkaNode): string[] {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    `log.dirs=${dataDirectory}`,
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
  ];
}

/** For `kafka.tools.StorageTool`: formats the directories that the file `properties` names, for a new cluster. */
export function formatArguments(properties: string): string[] {
  // An id may begin with a dash.
  const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`;
  return ['format', clusterId, '--config', properties];
}
