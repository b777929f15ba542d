// kafka-topics: every verb and every flag.

import { makeTopics } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

const TOPICS = 'TopicCommand';

async function creating(peer: ToolPeer): Promise<void> {
  const create = (topic: string, ...args: string[]) => ['--create', '--topic', topic, ...args];
  await peer.run(TOPICS, create('made', '--partitions', '3', '--config', 'segment.bytes=2097152'));
  await peer.wire.untilTopic('made', 3);
  await peer.run(TOPICS, create('made.by_default'));
  await peer.wire.untilTopic('made.by_default');
  await peer.run(TOPICS, create('made-by-hand', '--replica-assignment', '1,1'));
  await peer.wire.untilTopic('made-by-hand', 2);
  await peer.run(TOPICS, create('made', '--if-not-exists'));
  await peer.run(TOPICS, create('made'), { code: 1 });
  await peer.run(TOPICS, create('made_by.default'), { code: 1 });
  await peer.refuse(
    TOPICS,
    create('bad name'),
    /topic command : .*'\.', '_' and '-'|"\.", "_" and "-"/,
  );
  await peer.refuse(TOPICS, create('..'), /topic command : Topic name.*\.\./);
  await peer.refuse(
    TOPICS,
    create('a'.repeat(250)),
    /topic command : Topic name.*(length|long).* 249/,
  );
  await peer.run(TOPICS, create('none', '--partitions', '0'), { code: 1 });
  const twice = create('twice', '--replication-factor', '2');
  await peer.refuse(TOPICS, twice, /Unable to replicate the partition 2 time\(s\)/);
  await peer.refuse(TOPICS, create('elsewhere', '--replica-assignment', '7'), /assign.*\b7\b/);
  await peer.run(TOPICS, create('odd', '--config', 'segment.bytes=tiny'), { code: 1 });
  await peer.run(TOPICS, create('odd', '--config', 'segment.bite=1'), { code: 1 });
  await peer.run(TOPICS, ['--list', '--exclude-internal']);
  await peer.run(TOPICS, ['--list', '--topic', 'made.*']);
  await peer.run(TOPICS, ['--list', '--topic', 'nothing-like-it']);
}

async function describing(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['shown-1', 'shown-2'], 2);
  const many = 'shown-many';
  await makeTopics(peer.wire, [many], 25);
  const override = ['--partitions', '1', '--config', 'max.message.bytes=1000'];
  await peer.prepare(TOPICS, ['--create', '--topic', 'shown-own', ...override]);
  await peer.wire.untilTopic('shown-own');
  const describe = (...args: string[]) => peer.run(TOPICS, ['--describe', ...args]);
  await describe('--topic', 'shown-1');
  await describe('--topic', 'shown-(1|2)');
  await describe('--topic', 'shown-1,shown-own');
  await describe('--exclude-internal', '--topic', 'shown.*');
  await describe('--topic', 'shown.*', '--topics-with-overrides');
  await describe('--topic', many, '--partition-size-limit-per-response', '10');
  await describe('--topic-id', peer.wire.topicId('shown-2'));
  for (const flag of [
    ...['--under-replicated-partitions', '--unavailable-partitions'],
    ...['--at-min-isr-partitions', '--under-min-isr-partitions'],
  ]) {
    await describe('--topic', 'shown.*', flag);
  }
  await describe('--topic', 'not-there', '--if-exists');
  await peer.run(TOPICS, ['--describe', '--topic', 'not-there'], { code: 1 });
  const unknownId = 'AAAAAAAAAAAAAAAAAAAABw';
  await peer.run(TOPICS, ['--describe', '--topic-id', unknownId], { code: 1 });
  await describe('--topic-id', unknownId, '--if-exists');
}

async function altering(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['grown'], 2);
  const alter = (...args: string[]) => ['--alter', '--topic', ...args];
  await peer.run(TOPICS, alter('grown', '--partitions', '4'));
  await peer.wire.untilTopic('grown', 4);
  await peer.run(
    TOPICS,
    alter('grown', '--partitions', '6', '--replica-assignment', '1,1,1,1,1,1'),
  );
  await peer.wire.untilTopic('grown', 6);
  for (const partitions of ['6', '3', '0']) {
    const refused = alter('grown', '--partitions', partitions);
    await peer.refuse(TOPICS, refused, /topic command : .*6 partition\(s\)/);
  }
  const elsewhere = ['--replica-assignment', '1,1,1,1,1,1,9'];
  await peer.refuse(TOPICS, alter('grown', '--partitions', '7', ...elsewhere), /assign.*\b9\b/);
  await peer.run(TOPICS, alter('not-there', '--partitions', '4'), { code: 1 });
  await peer.run(TOPICS, alter('not-there', '--partitions', '4', '--if-exists'));
  await peer.run(TOPICS, ['--describe', '--topic', 'grown']);
}

async function deleting(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['gone-1', 'gone-2', 'gone-3']);
  const remove = (topic: string, ...args: string[]) => ['--delete', '--topic', topic, ...args];
  await peer.run(TOPICS, remove('gone-1'));
  await peer.run(TOPICS, remove('gone-(2|3)'));
  await peer.run(TOPICS, remove('gone-nowhere'), { code: 1 });
  await peer.run(TOPICS, remove('gone-nowhere', '--if-exists'));
  await peer.run(TOPICS, ['--list', '--topic', 'gone.*']);
}

export const topicScripts = {
  'kafka-topics creates and lists': creating,
  'kafka-topics describes': describing,
  'kafka-topics adds partitions': altering,
  'kafka-topics deletes': deleting,
};
