// One consumer group whose members are of ten different libraries: they agree on an assignor by its name, and each must
// read what another one's leader wrote for it.

import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver } from './harness/driver.ts';
import { GroupWatch } from './harness/group-watch.ts';
import { uniqueName } from './harness/scratch.ts';
import { interopRoot, javaArguments, paths } from './harness/tools.ts';

const python = (driver: string) => [join(interopRoot, 'python', driver)];
const node = (driver: string) => [join(interopRoot, 'node', driver)];

/** The order they join in; each leaves while those after it stay, so that each is the leader for a while. */
const libraries: readonly (readonly [string, string, string[], string[]])[] = [
  ['kafkajs', process.execPath, node('kafkajs-driver.mjs'), []],
  ['kafka-python-2', paths.pythonOld, python('kafka_python_driver.py'), []],
  ['franz', paths.goBinary, [], ['franz']],
  ['java', 'java', javaArguments('millrace.interop.Driver', []), []],
  ['librdkafka-1', paths.goBinary, [], ['librdkafka1']],
  ['aiokafka', paths.python, python('aiokafka_driver.py'), []],
  ['sarama', paths.goBinary, [], ['sarama']],
  ['confluent', paths.python, python('confluent_driver.py'), []],
  ['platformatic', process.execPath, node('platformatic-driver.mjs'), []],
  ['kafka-python', paths.python, python('kafka_python_driver.py'), []],
];

const PARTITIONS = 20;
const RECORDS_A_STEP = 100;
const TEST_TIMEOUT_MS = 180_000;

const needs = ['java', 'python', 'python-old', 'go', 'node'] as const;
// Needs: java, python, python-old, go, node
const settings = ['group.initial.rebalance.delay.ms=100'];

brokerSuite(
  'a group of ten libraries',
  { needs, settings, timeoutMs: TEST_TIMEOUT_MS },
  (broker) => {
    const watch = new GroupWatch();
    const drivers = new Map<string, Driver>();

    before(() => {
      for (const [name, command, first, last] of libraries) {
        const args = [...first, broker().bootstrap, ...last];
        drivers.set(name, new Driver(command, args, (event) => watch.take(event)));
      }
    });
    after(async () => {
      await Promise.all([...drivers.values()].map((driver) => driver.close()));
    });

    it('settles as each joins and as each leaves', { timeout: TEST_TIMEOUT_MS }, async () => {
      const [topic, group] = [uniqueName('mixed'), uniqueName('mixed-group')];
      const names = libraries.map(([name]) => name);
      const anyone = drivers.get('confluent')!;
      await anyone.createTopic(topic, PARTITIONS);
      let produced = 0;
      const produceSome = async () => {
        const records = Array.from({ length: RECORDS_A_STEP }, (_, index) => ({
          partition: index % PARTITIONS,
          key: null,
          value: Buffer.from(String(produced + index)).toString('base64'),
          headers: [],
          timestamp: Date.now(),
        }));
        await anyone.produce({ topic, codec: 'none', idempotent: true, records });
        produced += records.length;
      };

      for (const [index, name] of names.entries()) {
        await drivers.get(name)!.join(name, group, topic, { assignor: 'roundrobin' });
        await watch.untilShared(names.slice(0, index + 1), PARTITIONS);
        await produceSome();
      }
      await watch.untilNumbersRead(names, produced);
      for (const [index, name] of names.slice(0, -1).entries()) {
        await drivers.get(name)!.leave(name);
        await watch.untilShared(names.slice(index + 1), PARTITIONS);
        await produceSome();
        await watch.untilNumbersRead(names, produced);
      }
    });
  },
);
