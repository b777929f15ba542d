// Tools that produce and consume. Figures are of the moment, so most are only asked to have done what they were told.

import { batchOf } from '../../differential/batches.ts';
import { commitOffsets } from '../../differential/group-members.ts';
import { makeTopics, produceTo } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

async function clientCompatibility(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['compatible']);
  await peer.run('ClientCompatibilityTest', [
    ...['--bootstrap-server', peer.bootstrap, '--topic', 'compatible'],
    ...['--offsets-for-times-supported', 'true', '--cluster-id-supported', 'true'],
    ...['--expect-record-too-large-exception', 'false', '--num-cluster-nodes', '1'],
    ...['--create-topics-supported', 'true', '--describe-acls-supported', 'true'],
    ...['--describe-configs-supported', 'true', '--idempotent-producer-supported', 'true'],
  ]);
}

async function performance(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['perf'], 3);
  const records = ['--topic', 'perf', '--num-records', '5000'];
  const sized = [...records, '--record-size', '100', '--throughput', '-1'];
  for (const properties of ['acks=all', 'acks=1', 'acks=0']) {
    await peer.run('ProducerPerformance', [...sized, '--command-property', properties], {
      says: /^5000 records sent, .* records\/sec .* 99\.9th\.$/m,
    });
  }
  await peer.run('ConsumerPerformance', ['--topic', 'perf', '--num-records', '15000'], {
    says: /^<time>:\d+, <time>:\d+, 1\.4305, .*, 15000, /m,
  });
  const latency = [peer.bootstrap, 'perf', '50', '1', '100'];
  await peer.run('EndToEndLatency', latency, { says: /Percentiles: 50th = \d+, 99th = \d+/ });
}

async function consoles(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['typed']);
  const produce = (input: string, ...args: string[]) =>
    peer.run('ConsoleProducer', ['--topic', 'typed', ...args], { input });
  const consume = (...args: string[]) =>
    peer.run('consumer.ConsoleConsumer', ['--timeout-ms', '5000', ...args]);
  await produce('one\ntwo\n');
  await produce(
    'k:three\n',
    '--reader-property',
    'parse.key=true',
    '--reader-property',
    'key.separator=:',
  );
  await produce('four\n', '--sync', '--compression-codec', 'zstd', '--request-required-acks', '1');
  const all = ['--max-messages', '4'];
  const key = [
    '--formatter-property',
    'print.key=true',
    '--formatter-property',
    'print.offset=true',
  ];
  await consume('--topic', 'typed', '--from-beginning', ...all, ...key);
  await consume('--topic', 'typed', '--partition', '0', '--offset', '2', '--max-messages', '2');
  await consume('--topic', 'typed', '--partition', '0', '--offset', 'earliest', ...all);
  await consume('--include', 'typ.d', '--from-beginning', '--group', 'typists', ...all);
  await consume(
    '--topic',
    'typed',
    '--isolation-level',
    'read_committed',
    '--from-beginning',
    ...all,
  );
  await peer.run(
    'consumer.ConsoleConsumer',
    ['--topic', 'typed', '--timeout-ms', '500', '--group', 'typists'],
    {
      says: /Processed a total of 0 messages/,
    },
  );
}

async function streamsReset(peer: ToolPeer): Promise<void> {
  const input = 'streamed';
  await makeTopics(peer.wire, [input, 'app-store-changelog', 'app-by-key-repartition']);
  await produceTo(peer.wire, input, batchOf(['a', 'b', 'c']));
  await commitOffsets(peer.wire, 'app', input, [2]);
  const reset = ['--application-id', 'app', '--input-topics', input];
  await peer.run('StreamsResetter', [...reset, '--dry-run'], { unordered: true });
  await peer.run('StreamsResetter', [...reset, '--to-offset', '1'], { unordered: true });
  await peer.run('TopicCommand', ['--list', '--topic', 'app-.*']);
  await peer.run('consumer.group.ConsumerGroupCommand', ['--describe', '--group', 'app']);
}

export const workloadScripts = {
  ClientCompatibilityTest: clientCompatibility,
  'kafka-producer-perf-test, kafka-consumer-perf-test, kafka-e2e-latency': performance,
  'kafka-console-producer and kafka-console-consumer': consoles,
  'kafka-streams-application-reset': streamsReset,
};
