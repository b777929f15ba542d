// Command-line tools that come with Apache Kafka, each run as a user would. A JVM start takes a second or two, so most
// are tried in java-tools-compared.test.ts.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Program } from './harness/program.ts';
import { uniqueName } from './harness/scratch.ts';
import { javaArguments, kafkaTool } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { VerifiableConsumer } from './harness/verifiable-consumer.ts';
import { createTopic } from './harness/wire.ts';

const options = { timeout: 180_000 };

brokerSuite(
  'Kafka’s command-line tools (Java)',
  { needs: ['java'], timeoutMs: 240_000 },
  (broker) => {
    const tool = (name: string, ...args: string[]) =>
      kafkaTool(name, ['--bootstrap-server', broker().bootstrap, ...args]);

    it('kafka-verifiable-producer is read by consumers that come and go', options, async () => {
      const topic = uniqueName('verifiable');
      const group = uniqueName('verifiable-group');
      const partitions = 3;
      await createTopic(broker().port, topic, partitions);
      const first = new VerifiableConsumer(broker().bootstrap, group, topic);
      await until('the first member owns all', () => first.owned.size === partitions);
      const count = 5000;
      const producing = tool(
        'VerifiableProducer',
        ...['--topic', topic, '--max-messages', String(count), '--throughput', '1000'],
      );
      const second = new VerifiableConsumer(broker().bootstrap, group, topic);
      await until('two members share', () => {
        const together = first.owned.size + second.owned.size;
        return together === partitions && first.owned.size > 0 && second.owned.size > 0;
      });
      await first.stop();
      await until('the second takes over', () => second.owned.size === partitions);
      const summary = JSON.parse((await producing).stdout.trim().split('\n').at(-1)!);
      assert.equal(summary.name, 'tool_data');
      assert.deepEqual([summary.sent, summary.acked], [count, count]);
      const read = () => new Set([...first.read, ...second.read]);
      await until(
        () => `all are read; so far ${read().size}`,
        () => read().size === count,
      );
      await second.stop();
      assert.equal(first.read.length + second.read.length, count, 'nothing is read twice');
    });

    it('kafka-replica-verification finds no replica that lags', options, async () => {
      const topic = uniqueName('replicas');
      await createTopic(broker().port, topic, 2);
      const args = [
        ...['--broker-list', broker().bootstrap, '--topics-include', topic],
        ...['--report-interval-ms', '500'],
      ];
      const lines: string[] = [];
      const verifying = new Program(
        'java',
        javaArguments('org.apache.kafka.tools.ReplicaVerificationTool', args),
        (line) => lines.push(line),
      );
      // It goes on until it is stopped.
      const verdict = new RegExp(`: max lag is 0 for partition ${topic}-\\d at offset 0 among 2`);
      await until('its verdict', () => lines.some((line) => verdict.test(line)));
      await verifying.stop();
    });
  },
);
