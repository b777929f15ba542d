// kafka-configs and kafka-client-metrics on everything that has configs. A JVM start takes a second or two, so each test asks
// a lot of few.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { kafkaTool } from './harness/tools.ts';

const options = { timeout: 120_000 };

brokerSuite(
  'Kafka’s tools for configs (Java)',
  { needs: ['java'], ownBroker: true, timeoutMs: 120_000 },
  (broker) => {
    const run = async (tool: string, args: readonly string[]) =>
      (await kafkaTool(tool, ['--bootstrap-server', broker().bootstrap, ...args])).stdout;
    const configs = (...args: string[]) => run('kafka.admin.ConfigCommand', args);
    const clientMetrics = (...args: string[]) => run('ClientMetricsCommand', args);
    const describe = (...args: string[]) => configs('--describe', '--entity-type', ...args);
    const alter = (...args: string[]) => configs('--alter', '--entity-type', ...args);

    it('kafka-configs changes one broker and all of them', options, async () => {
      const one = ['brokers', '--entity-name', '1'];
      const all = ['brokers', '--entity-default'];
      await alter(...all, '--add-config', 'message.max.bytes=2000000,log.roll.ms=86400000');
      await alter(...one, '--add-config', 'message.max.bytes=3000000');
      const own = await describe(...one);
      assert.match(
        own,
        /message\.max\.bytes=3000000 sensitive=false synonyms=\{DYNAMIC_BROKER_CONFIG:message\.max\.bytes=3000000, DYNAMIC_DEFAULT_BROKER_CONFIG:message\.max\.bytes=2000000, DEFAULT_CONFIG:message\.max\.bytes=1048588\}/,
      );
      const everything = await describe(...one, '--all');
      assert.match(everything, /log\.roll\.ms=86400000 .*DEFAULT_CONFIG:log\.roll\.hours=168/);
      assert.match(everything, /ssl\.protocol=TLSv1\.3/);
      assert.match(everything, /max\.connections=20000/);
      assert.match(await describe(...all), /log\.roll\.ms=86400000/);
      await alter(...one, '--delete-config', 'message.max.bytes');
      await alter(...all, '--delete-config', 'message.max.bytes,log.roll.ms');
      assert.doesNotMatch(await describe(...one), /DYNAMIC/);
    });

    it('kafka-configs is told why a config cannot be changed', options, async () => {
      const change = (config: string) =>
        alter('brokers', '--entity-name', '1', '--add-config', config);
      await assert.rejects(change('num.io.threads=5'), /has no effect here: one process/);
      await assert.rejects(change('message.max.byte=5'), /Did you mean message\.max\.bytes\?/);
      await assert.rejects(
        alter('groups', '--entity-name', 'g', '--add-config', 'consumer.session.timeout.ms=50000'),
        /fixed at "45000" here/,
      );
      await assert.rejects(
        alter('users', '--entity-name', 'a', '--add-config', 'producer_byte_rate=1000'),
        /no quotas/,
      );
      await assert.rejects(
        alter('users', '--entity-name', 'a', '--add-config', 'SCRAM-SHA-256=[password=p]'),
        /no SASL/,
      );
    });

    it('kafka-configs describes what has no configs of its own', options, async () => {
      for (const type of ['users', 'clients', 'ips']) {
        assert.equal(await describe(type), '', type);
      }
      assert.doesNotMatch(await describe('users', '--entity-name', 'a'), /=/);
      assert.match(
        await describe('groups', '--entity-name', 'g', '--all'),
        /share\.isolation\.level=read_uncommitted/,
      );
    });

    it('kafka-configs turns the log of requests on and off', options, async () => {
      const loggers = ['broker-loggers', '--entity-name', '1'];
      await alter(...loggers, '--add-config', 'kafka.request.logger=DEBUG');
      const described = await describe(...loggers);
      assert.match(described, /kafka\.request\.logger=DEBUG/);
      assert.match(described, /root=INFO/);
      assert.match(broker().logTail(), /DEBUG DescribeConfigs v\d+: /);
      await alter(...loggers, '--delete-config', 'kafka.request.logger');
      assert.match(await describe(...loggers), /kafka\.request\.logger=INFO/);
    });

    it(
      'kafka-client-metrics and kafka-configs make and remove subscriptions',
      options,
      async () => {
        const subscription = ['--name', 'javas'];
        const wanted = ['--metrics', 'org.apache.kafka.producer.', '--interval', '30000'];
        const match = ['--match', 'client_software_name=apache-kafka-java,client_id=.*'];
        await clientMetrics('--alter', ...subscription, ...wanted, ...match);
        assert.match(await clientMetrics('--list'), /^javas$/m);
        const described = await clientMetrics('--describe', ...subscription);
        assert.match(described, /interval\.ms=30000/);
        assert.match(described, /match=client_software_name=apache-kafka-java,client_id=\.\*/);
        assert.match(described, /metrics=org\.apache\.kafka\.producer\./);
        const entity = ['client-metrics', '--entity-name', 'javas'];
        await alter(...entity, '--add-config', 'interval.ms=1000');
        assert.match(await describe(...entity), /interval\.ms=1000/);
        await assert.rejects(
          alter(...entity, '--add-config', 'interval.ms=5'),
          /interval must be between 100 and 3600000/,
        );
        await clientMetrics('--delete', ...subscription);
        assert.doesNotMatch(await clientMetrics('--list'), /javas/);
      },
    );
  },
);
