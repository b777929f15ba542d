// Tools that produce and consume. Figures are of the moment, so most are only asked to have done what they were told.

import assert from 'node:assert/strict';
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

const property = (kind: 'reader' | 'formatter', setting: string) => [`--${kind}-property`, setting];

async function consoles(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['typed', 'packed']);
  const produce = (topic: string, input: string, ...args: string[]) =>
    peer.run('ConsoleProducer', ['--topic', topic, ...args], { input });
  /** The time-out only ends a run that would fail. */
  const consume = (count: number, ...args: string[]) => {
    const limits = ['--max-messages', String(count), '--timeout-ms', '20000'];
    return peer.run('consumer.ConsoleConsumer', [...args, ...limits]);
  };
  await produce(
    'typed',
    'color:red|k1:hello\ncolor:blue,size:2|k2:NULL\nNULL|NULL:дом\n',
    ...property('reader', 'parse.key=true'),
    ...property('reader', 'key.separator=:'),
    ...property('reader', 'parse.headers=true'),
    ...property('reader', 'headers.delimiter=|'),
    ...property('reader', 'null.marker=NULL'),
  );
  await produce('typed', 'four\n', '--sync', '--request-required-acks', '1');
  const shown = ['key', 'headers', 'offset', 'partition'];
  const print = shown.flatMap((part) => property('formatter', `print.${part}=true`));
  const typed = ['--topic', 'typed'];
  const read = await consume(4, ...typed, '--from-beginning', ...print);
  assert.match(read.stdout, /^Partition:0\tOffset:2\tNO_HEADERS\tnull\tдом$/m);
  await consume(2, ...typed, '--partition', '0', '--offset', '2');
  await consume(4, ...typed, '--partition', '0', '--offset', 'earliest');
  await consume(4, ...typed, '--isolation-level', 'read_committed', '--from-beginning');
  // A group goes on where it stopped, and then finds nothing.
  const group = ['--include', 'typ.d', '--group', 'typists'];
  await consume(3, ...group, '--from-beginning');
  await consume(1, ...group);
  await peer.run('consumer.ConsoleConsumer', [...group, '--timeout-ms', '1000']);

  const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
  for (const codec of codecs) {
    const lines = Array.from({ length: 500 }, (_, index) => `${codec} line ${index}`);
    await produce('packed', `${lines.join('\n')}\n`, '--compression-codec', codec);
  }
  const unpacked = await consume(500 * codecs.length, '--topic', 'packed', '--from-beginning');
  assert.match(unpacked.stdout, /^zstd line 499$/m);
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
