// kafka-configs on a topic. Brokers, client metrics and all the rest that has configs: java-config-tools.test.ts.

import { makeTopics } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

const CONFIGS = 'kafka.admin.ConfigCommand';

async function topicConfigs(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['configured']);
  const entity = ['--entity-type', 'topics', '--entity-name', 'configured'];
  const alter = (change: string, value: string) => ['--alter', ...entity, change, value];
  const describe = () => peer.run(CONFIGS, ['--describe', ...entity], { unordered: true });
  await describe();
  await peer.run(CONFIGS, alter('--add-config', 'max.message.bytes=1000,segment.ms=60000'));
  await describe();
  await peer.run(CONFIGS, alter('--add-config', 'cleanup.policy=[delete],segment.bytes=2097152'));
  await peer.run(CONFIGS, alter('--delete-config', 'max.message.bytes'));
  await describe();
  await peer.run(CONFIGS, alter('--delete-config', 'max.message.bytes'));
  await peer.refuse(CONFIGS, alter('--add-config', 'segment.bite=1'), /segment\.bite/);
  await peer.refuse(CONFIGS, alter('--add-config', 'segment.ms=soon'), /segment\.ms/);
  const unknown = ['--describe', '--entity-type', 'topics', '--entity-name', 'not-there'];
  await peer.run(CONFIGS, unknown);
  const all = ['--describe', '--all', ...entity];
  await peer.run(CONFIGS, all, {
    says: /max\.message\.bytes=1048588[\s\S]*min\.insync\.replicas=1/,
  });
}

export const configScripts = {
  'kafka-configs on a topic': topicConfigs,
};
