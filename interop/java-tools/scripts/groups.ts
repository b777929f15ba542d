// kafka-consumer-groups but for --reset-offsets, and kafka-groups.

import { batchOf } from '../../differential/batches.ts';
import { commitOffsets, stayingMember } from '../../differential/group-members.ts';
import { makeTopics, produceTo } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

const GROUPS = 'consumer.group.ConsumerGroupCommand';

/** One group with a member, one without, one that only ever committed. */
async function threeGroups(peer: ToolPeer, prefix: string): Promise<void> {
  const topic = `${prefix}-read`;
  await makeTopics(peer.wire, [topic], 2);
  await produceTo(peer.wire, topic, batchOf(['a', 'b', 'c', 'd']));
  await commitOffsets(peer.wire, `${prefix}-busy`, topic, [3]);
  await stayingMember(peer.wire, `${prefix}-busy`, topic, [0, 1]);
  await commitOffsets(peer.wire, `${prefix}-simple`, topic, [1, 0]);
  const consume = ['--topic', topic, '--group', `${prefix}-empty`, '--from-beginning'];
  const limit = ['--max-messages', '2', '--timeout-ms', '20000'];
  await peer.prepare('consumer.ConsoleConsumer', [...consume, ...limit]);
}

async function listing(peer: ToolPeer): Promise<void> {
  await threeGroups(peer, 'listed');
  const list = (...args: string[]) => peer.run(GROUPS, ['--list', ...args], { unordered: true });
  await list();
  await list('--state');
  await list('--state', 'stable');
  await list('--state', 'Stable,Empty');
  await list('--type');
  await list('--type', 'classic');
  await list('--type', 'consumer');
  await list('--type', 'classic', '--state', 'empty');
  const groups = (...args: string[]) =>
    peer.run('GroupsCommand', ['--list', ...args], { unordered: true });
  await groups();
  await groups('--consumer');
  await groups('--group-type', 'classic');
  await groups('--group-type', 'share');
  await groups('--protocol', 'consumer');
  await groups('--protocol', 'connect');
}

async function describing(peer: ToolPeer): Promise<void> {
  await threeGroups(peer, 'shown-group');
  const describe = (group: string, ...args: string[]) =>
    peer.run(GROUPS, ['--describe', '--group', group, ...args], { unordered: true });
  for (const kind of ['busy', 'empty', 'simple']) {
    const group = `shown-group-${kind}`;
    await describe(group);
    await describe(group, '--offsets', '--verbose');
    await describe(group, '--members');
    await describe(group, '--members', '--verbose');
    await describe(group, '--state');
    await describe(group, '--state', '--verbose');
  }
  for (const flag of ['--offsets', '--members', '--state']) {
    // Kafka's own exit code for it is 0.
    await peer.run(GROUPS, ['--describe', '--group', 'not-there', flag]);
  }
  await peer.run(GROUPS, ['--describe', '--all-groups', '--state'], { unordered: true });
  await peer.run(GROUPS, ['--validate-regex', 'topic.*']);
  await peer.run(GROUPS, ['--validate-regex', 'topic(']);
}

async function deleting(peer: ToolPeer): Promise<void> {
  await threeGroups(peer, 'gone-group');
  const topic = 'gone-group-read';
  const offsets = (group: string, ...topics: string[]) => [
    ...['--delete-offsets', '--group', `gone-group-${group}`],
    ...topics.flatMap((name) => ['--topic', name]),
  ];
  await peer.run(GROUPS, offsets('simple', `${topic}:0`));
  await peer.run(GROUPS, ['--describe', '--group', 'gone-group-simple']);
  await peer.run(GROUPS, offsets('simple', topic));
  await peer.run(GROUPS, offsets('busy', topic));
  await peer.run(GROUPS, offsets('empty', 'not-there'));
  await peer.run(GROUPS, offsets('nowhere', topic));
  const remove = (...groups: string[]) => [
    '--delete',
    ...groups.flatMap((group) => ['--group', `gone-group-${group}`]),
  ];
  await peer.run(GROUPS, remove('busy'));
  await peer.run(GROUPS, remove('empty'));
  await peer.run(GROUPS, remove('nowhere', 'busy'));
  await peer.run(GROUPS, ['--describe', '--group', 'gone-group-empty']);
  await peer.run(GROUPS, remove('simple'), {
    differs: {
      reason: 'Kafka removes a group without members and offsets with its next clean-up',
      kafka: /Deletion of requested consumer groups \('gone-group-simple'\) was successful/,
      ours: /Group 'gone-group-simple' could not be deleted due to: .*GroupIdNotFoundException/,
    },
  });
}

export const groupScripts = {
  'kafka-consumer-groups and kafka-groups list': listing,
  'kafka-consumer-groups describes': describing,
  'kafka-consumer-groups deletes groups and offsets': deleting,
};
