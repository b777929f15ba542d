// kafka-reassign-partitions and kafka-leader-election on a cluster of one.

import { makeTopics } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

const REASSIGN = 'reassign.ReassignPartitionsCommand';
const ELECT = 'LeaderElectionCommand';

async function reassigning(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['moved-1', 'moved-2'], 2);
  const topics = [{ topic: 'moved-1' }, { topic: 'moved-2' }];
  const toMove = peer.file(JSON.stringify({ version: 1, topics }));
  const generate = ['--generate', '--topics-to-move-json-file', toMove];
  await peer.run(REASSIGN, [...generate, '--broker-list', '1']);
  await peer.run(REASSIGN, [...generate, '--broker-list', '1,2']);
  const unknown = peer.file(JSON.stringify({ version: 1, topics: [{ topic: 'not-there' }] }));
  const generateUnknown = ['--generate', '--topics-to-move-json-file', unknown];
  await peer.run(REASSIGN, [...generateUnknown, '--broker-list', '1'], { code: 1 });

  const plan = (partition: number, replicas: readonly number[], topic = 'moved-1') =>
    peer.file(JSON.stringify({ version: 1, partitions: [{ topic, partition, replicas }] }));
  const run = (file: string, verb: string, code = 0) =>
    peer.run(REASSIGN, [verb, '--reassignment-json-file', file], { code });
  await run(plan(0, [1]), '--execute');
  await run(plan(0, [1]), '--verify');
  await run(plan(0, [1]), '--cancel');
  await run(plan(0, [2]), '--execute', 1);
  await run(plan(0, [1, 2]), '--execute', 1);
  await run(plan(9, [1]), '--execute', 1);
  await run(plan(0, [1], 'not-there'), '--execute', 1);
  await run(plan(0, [1], 'not-there'), '--verify', 1);
  await run(plan(0, [1, 1]), '--execute', 1);
  await peer.run(REASSIGN, ['--list']);
  const throttle = ['--throttle', '1000000'];
  await peer.run(REASSIGN, ['--execute', '--reassignment-json-file', plan(1, [1]), ...throttle], {
    differs: {
      reason: 'nothing is replicated here that could be throttled',
      kafka: /Successfully started partition reassignment for moved-1-1/,
      ours: /InvalidConfigurationException: leader\.replication\.throttled\.replicas is fixed/,
    },
  });
  await run(plan(1, [1]), '--verify');
}

async function electing(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['led'], 2);
  const elect = (type: string, ...args: string[]) => ['--election-type', type, ...args];
  const one = ['--topic', 'led', '--partition', '0'];
  await peer.run(ELECT, elect('preferred', ...one));
  await peer.run(ELECT, elect('unclean', ...one));
  for (const unknown of [
    ['--topic', 'led', '--partition', '9'],
    ['--topic', 'not-there', '--partition', '0'],
  ]) {
    await peer.refuse(ELECT, elect('preferred', ...unknown), /UnknownTopicOrPartitionException/);
  }
  const partitions = [0, 1].map((partition) => ({ topic: 'led', partition }));
  const file = peer.file(JSON.stringify({ partitions }));
  await peer.run(ELECT, elect('preferred', '--path-to-json-file', file), { unordered: true });
  await peer.run(ELECT, elect('preferred', '--all-topic-partitions'));
}

export const reassignmentScripts = {
  'kafka-reassign-partitions on a cluster of one': reassigning,
  'kafka-leader-election on a cluster of one': electing,
};
