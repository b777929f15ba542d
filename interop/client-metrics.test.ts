// Client metrics (KIP-714): a subscription made with Kafka's tool, the metrics of real clients on the broker's /metrics.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { freePort } from './harness/free-port.ts';
import { Program } from './harness/program.ts';
import { uniqueName } from './harness/scratch.ts';
import { interopRoot, javaArguments, kafkaTool, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const httpPort = await freePort();

brokerSuite(
  'client metrics',
  { needs: ['java', 'python'], ownBroker: true, flags: ['--http-port', String(httpPort)] },
  (broker) => {
    const shown = async () => await (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text();
    const tool = (...args: string[]) =>
      kafkaTool('ClientMetricsCommand', ['--bootstrap-server', broker().bootstrap, ...args]);

    it('those that match push what was asked for, and are seen', { timeout: 90_000 }, async () => {
      const topic = uniqueName('measured');
      await createTopic(broker().port, topic, 1);
      const subscription = ['--alter', '--name', 'producers', '--interval', '500'];
      await tool(
        ...subscription,
        ...['--metrics', 'org.apache.kafka.producer.', '--match', 'client_id=producer-1|rdkafka'],
      );
      assert.match((await tool('--describe', '--name', 'producers')).stdout, /interval\.ms=500/);
      const java = new Program(
        'java',
        javaArguments('org.apache.kafka.tools.VerifiableProducer', [
          ...['--bootstrap-server', broker().bootstrap, '--topic', topic, '--throughput', '20'],
        ]),
        () => {},
      );
      const steadyProducer = join(interopRoot, 'python', 'steady_producer.py');
      const python = new Program(
        paths.python,
        [steadyProducer, broker().bootstrap, topic, '1', '20'],
        () => {},
      );
      const consumer = new Program(
        'java',
        javaArguments('org.apache.kafka.tools.VerifiableConsumer', [
          ...['--bootstrap-server', broker().bootstrap, '--topic', topic, '--group-id', 'others'],
        ]),
        () => {},
      );
      for (const clientId of ['producer-1', 'rdkafka']) {
        const series = new RegExp(
          `^org_apache_kafka_producer_\\w+\\{client_id="${clientId}",client_instance_id="[\\w-]{22}".*\\} [\\d.e+-]+$`,
          'm',
        );
        await until(
          () => `the metrics of ${clientId} are shown`,
          async () => series.test(await shown()),
          60_000,
        );
      }
      const text = await shown();
      assert.doesNotMatch(text, /org_apache_kafka_consumer_/);
      // A client that ends says so, and is not shown any more.
      await java.stop();
      await until(
        () => 'the metrics of the Java producer are gone',
        async () => !(await shown()).includes('client_id="producer-1"'),
        20_000,
      );
      await consumer.stop();
      await python.stop();
    });
  },
);
