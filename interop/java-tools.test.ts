// Command-line tools that come with Apache Kafka, each run as a user would. A JVM start takes a second or two, so most
// are tried in java-tools-compared.test.ts.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { uniqueName } from './harness/scratch.ts';
import { kafkaTool } from './harness/tools.ts';
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

    it('kafka-broker-api-versions and kafka-configs read what the broker is', options, async () => {
      const versions = (await tool('BrokerApiVersionsCommand')).stdout;
      for (const api of ['Produce(0)', 'Fetch(1)', 'JoinGroup(11)', 'ApiVersions(18)']) {
        assert.match(versions, new RegExp(`${api.replace(/[()]/g, '\\$&')}: `));
      }
      const topic = uniqueName('configs');
      await createTopic(broker().port, topic, 1, { 'segment.bytes': '2097152' });
      const entity = ['--entity-type', 'topics', '--entity-name', topic];
      const changed = (await tool('kafka.admin.ConfigCommand', '--describe', ...entity)).stdout;
      assert.match(changed, /segment\.bytes=2097152/);
      const all = (await tool('kafka.admin.ConfigCommand', '--describe', '--all', ...entity))
        .stdout;
      assert.match(all, /max\.message\.bytes=1048588/);
      assert.match(all, /cleanup\.policy=delete/);
    });

    it('kafka-configs changes a topic, and is told why it cannot', options, async () => {
      const topic = uniqueName('altered');
      await createTopic(broker().port, topic, 1, { 'segment.bytes': '2097152' });
      const alter = (change: string, value: string, type = 'topics', name = topic) =>
        tool(
          'kafka.admin.ConfigCommand',
          ...['--alter', '--entity-type', type, '--entity-name', name, change, value],
        );
      await alter('--add-config', 'max.message.bytes=1000,segment.ms=60000');
      await alter('--delete-config', 'segment.bytes');
      const entity = ['--entity-type', 'topics', '--entity-name', topic];
      const described = (await tool('kafka.admin.ConfigCommand', '--describe', ...entity)).stdout;
      assert.match(described, /max\.message\.bytes=1000/);
      assert.match(described, /segment\.ms=60000/);
      assert.doesNotMatch(described, /segment\.bytes/);
      await assert.rejects(
        alter('--add-config', 'segment.bite=1'),
        /Did you mean segment\.bytes\?/,
      );
      await assert.rejects(
        alter('--add-config', 'num.partitions=3', 'brokers', '1'),
        /Cannot update these configs dynamically: \[num\.partitions\]/,
      );
    });
  },
);
