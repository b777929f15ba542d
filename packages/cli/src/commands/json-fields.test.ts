import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';

/** The names of all fields, with those of what is inside; of a list the first item stands for all. */
function fieldsOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : fieldsOf(value[0])}]`;
  if (typeof value !== 'object' || value === null) return '';
  const fields = Object.entries(value).map(([name, inner]) => `${name}${fieldsOf(inner)}`);
  return `{${fields.join(' ')}}`;
}

// Scripts go by these names: a field may be added, none renamed or taken away.
const FIELDS: readonly (readonly [words: string, fields: string])[] = [
  [
    'topic create a -p 2 -c segment.bytes=2097152',
    '{topics[{topic topicId partitions replicationFactor created status error}] dryRun}',
  ],
  [
    'topic list',
    '{topics[{topic topicId internal partitions replicationFactor offlinePartitions underReplicatedPartitions}]}',
  ],
  [
    'topic describe a',
    '{topics[{topic topicId internal records sizeBytes configs[{name value source}] partitions[{' +
      'topic partition leader leaderEpoch replicas[] inSyncReplicas[] offlineReplicas[] ' +
      'startOffset endOffset records sizeBytes firstTime newestTime errorCode error}]}]}',
  ],
  [
    'topic configure a --set max.message.bytes=5000',
    '{topics[{topic changes[{name operation value before after}] error}] dryRun}',
  ],
  ['topic add-partitions a --by 1', '{topics[{topic before after error}] dryRun}'],
  [
    'topic trim a --to end --dry-run',
    '{partitions[{topic partition startOffset endOffset newStartOffset removedRecords error}] trimmed}',
  ],
  [
    'group seek g -t a --to 0 --execute',
    '{group executed offsets[{topic partition before after start end note error}]}',
  ],
  ['group list', '{groups[{group type state protocolType coordinator}]}'],
  [
    'group describe g',
    '{groups[{group type state protocolType assignor coordinator{id host port} members[] ' +
      'offsets[{topic partition committed start end lag metadata memberId}] totalLag}]}',
  ],
  [
    'group offset-delete g -t a:0',
    '{group executed offsets[{topic partition committed deleted error}]}',
  ],
  [
    'group delete g --execute',
    '{groups[{group state members committedPartitions deleted error}] executed}',
  ],
  ['topic delete a --yes', '{topics[{topic partitions records sizeBytes deleted error}] dryRun}'],
  [
    'doctor',
    '{healthy problems warnings cluster{clusterId controllerId brokers[{id address reachable latencyMs}]} ' +
      'findings[{check status seen expected change}]}',
  ],
  ['config', '{configs[{name value origin}]}'],
];

test('the fields of --json keep their names', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  for (const [words, fields] of FIELDS) {
    assert.equal(fieldsOf(await millrace.json(words)), fields, words);
  }
});
