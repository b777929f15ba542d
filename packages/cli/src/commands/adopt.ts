import { resolve } from 'node:path';
import { adoptKafkaLogs } from '../adopt-kafka-logs.ts';
import { defineCommand } from '../command/command.ts';
import { UsageError } from '../command/errors.ts';
import { option, repeatedOption } from '../command/option.ts';
import { text } from '../command/values.ts';

/** Nothing that was adopted is deleted before its owner has said for how long it is kept. */
const KEEP_ALL = new Map([['retention.ms', '-1']]);

export const adopt = defineCommand({
  description:
    "Takes over topics of a Kafka broker: copies the partitions in DIR, one of the broker's log.dirs, as they are into the " +
    'data directory, and makes their topics known there, with their ids. Both brokers must be stopped, the Kafka cleanly. ' +
    'DIR is only read.\n\n' +
    'Configs of topics are not in DIR: without --set their records are kept for ever (retention.ms=-1). A compacted topic ' +
    'needs --set cleanup.policy=compact. Committed offsets and groups are not taken over, nor are the partitions of other ' +
    'brokers: those that are missing begin empty. Transactions are not served yet: the records of aborted ones are read ' +
    'like all others, also with isolation.level=read_committed.',
  operands: [{ name: 'DIR', completion: 'directory' }],
  options: {
    dataDir: option({
      value: 'DIR',
      summary: 'where records and metadata are kept, ./millrace-data by default',
      completion: 'directory',
      parse: text,
    }),
    topic: repeatedOption({
      value: 'TOPIC',
      summary: "take over this one only; without it all but Kafka's own",
      parse: text,
    }),
    set: repeatedOption({
      value: 'NAME=VALUE',
      summary: 'a config of the topics, in place of retention.ms=-1',
      parse: text,
    }),
  },
  output: 'document',
  examples: [
    { line: 'adopt /var/lib/kafka/data', what: 'all topics, whose records are kept for ever' },
    {
      line: 'adopt /var/lib/kafka/data --topic users --set cleanup.policy=compact',
      what: 'a compacted topic',
    },
  ],
  async run({ options, operands }, output) {
    const topics = await adoptKafkaLogs({
      from: resolve(operands[0]!),
      dataDir: resolve(options.dataDir ?? 'millrace-data'),
      topics: options.topic,
      configs: options.set.length === 0 ? KEEP_ALL : new Map(options.set.map(pairOf)),
      nowMs: Date.now(),
    });
    output.result({ topics }, () =>
      output.table(
        [
          { title: 'TOPIC', cell: ({ topic }) => topic },
          { title: 'PARTITIONS', cell: ({ partitions }) => String(partitions) },
          { title: 'MISSING', cell: ({ missing }) => missing.join(',') || '-' },
        ],
        topics,
      ),
    );
    return 0;
  },
});

function pairOf(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new UsageError(`--set ${text}: NAME=VALUE was expected.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
