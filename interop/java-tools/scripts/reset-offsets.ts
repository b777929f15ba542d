// kafka-consumer-groups --reset-offsets with every option.

import { baseTimeMs, batchOf } from '../../differential/batches.ts';
import { commitOffsets, stayingMember } from '../../differential/group-members.ts';
import { makeTopics, produceTo } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

const GROUPS = 'consumer.group.ConsumerGroupCommand';

/** Of the first record: away from now, and from an hour and a day before it, at which the script looks. */
const startMs = baseTimeMs - 30 * 60_000;

/** Two topics of two partitions, six records a second apart in partition 0 of each, and a group that read some. */
async function readGroup(peer: ToolPeer, group: string): Promise<[string, string]> {
  const topics: [string, string] = [`${group}-1`, `${group}-2`];
  await makeTopics(peer.wire, topics, 2);
  for (const topic of topics) {
    await produceTo(peer.wire, topic, batchOf(['a', 'b', 'c', 'd', 'e', 'f'], { startMs }));
    await commitOffsets(peer.wire, group, topic, [4, 0]);
  }
  return topics;
}

const resetOf = (peer: ToolPeer, group: string) => (args: readonly string[]) =>
  peer.run(GROUPS, ['--reset-offsets', '--group', group, ...args], { unordered: true });

/** As the tool reads it: a local time with a zone. */
const dateTime = (timeMs: number) => new Date(timeMs).toISOString();

async function planning(peer: ToolPeer): Promise<void> {
  const group = 'planned';
  const [first, second] = await readGroup(peer, group);
  const reset = resetOf(peer, group);
  const specs = [
    ['--to-earliest'],
    ['--to-latest'],
    ['--to-current'],
    ...['0', '3', '6', '99', '-5'].map((offset) => ['--to-offset', offset]),
    ...['1', '-1', '100', '-100'].map((shift) => ['--shift-by', shift]),
    ...['PT0S', 'PT1H', 'P1D'].map((duration) => ['--by-duration', duration]),
    ...[-1000, 0, 1500, 5000, 60_000].map((at) => ['--to-datetime', dateTime(startMs + at)]),
  ];
  for (const spec of specs) await reset(['--topic', first, ...spec, '--dry-run']);
  await reset(['--topic', `${first}:0`, '--to-earliest']);
  await reset(['--topic', `${first}:0,1`, '--topic', `${second}:1`, '--to-latest']);
  await reset(['--all-topics', '--to-earliest']);
  await reset(['--all-topics', '--to-earliest', '--export']);
  await reset(['--topic', `${first}:9`, '--to-earliest']);
  await reset(['--topic', 'not-there', '--to-earliest']);
  await reset(['--topic', first, '--to-datetime', 'tomorrow']);
}

async function executing(peer: ToolPeer): Promise<void> {
  const group = 'carried-out';
  const [first] = await readGroup(peer, group);
  const reset = resetOf(peer, group);
  const describe = () => peer.run(GROUPS, ['--describe', '--group', group], { unordered: true });
  await reset(['--topic', `${first}:0`, '--to-offset', '2', '--execute']);
  await describe();
  await reset(['--all-topics', '--shift-by', '1', '--execute']);
  await describe();
  const plan = peer.file(`"${first}",0,5\n"${first}",1,0\n`);
  await reset(['--from-file', plan, '--dry-run']);
  await reset(['--from-file', plan, '--execute']);
  await describe();
  const exported = await reset(['--topic', first, '--to-earliest', '--export', '--execute']);
  await reset(['--from-file', peer.file(exported.stdout), '--execute']);
  await describe();
  await resetOf(peer, 'new-group')(['--topic', first, '--to-latest', '--execute']);
  await peer.run(GROUPS, ['--describe', '--group', 'new-group'], { unordered: true });
  await stayingMember(peer.wire, group, first, [0, 1]);
  await reset(['--topic', first, '--to-earliest', '--execute']);
  await peer.run(GROUPS, ['--reset-offsets', '--all-groups', '--topic', first, '--to-latest'], {
    unordered: true,
  });
}

export const resetScripts = {
  'kafka-consumer-groups plans a reset': planning,
  'kafka-consumer-groups resets': executing,
};
