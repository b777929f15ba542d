// What happens to consumers off the beaten track, asked of several libraries: topics that grow or are made anew under
// them, offsets that are gone, members that stall, groups that are full.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver, DriverError } from './harness/driver.ts';
import { GroupWatch } from './harness/group-watch.ts';
import { uniqueName } from './harness/scratch.ts';
import { interopRoot, javaArguments, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';

interface Library {
  readonly name: string;
  readonly command: string;
  args(bootstrap: string): readonly string[];
  /** It leaves its group when it is not polled for too long, as Kafka's own consumer does. */
  readonly leavesWhenStalled: boolean;
  /**
   * It goes on when its topic is deleted and made again. The others wait for ever where they stood, beside a real Kafka
   * as well.
   */
  readonly survivesNewTopic: boolean;
  /** It can be told what to do where an offset is gone. */
  readonly resets: boolean;
}

const pythonDriver = (driver: string, python: string) => ({
  command: python,
  args: (bootstrap: string) => [join(interopRoot, 'python', driver), bootstrap],
});
const goDriver = (library: string) => ({
  command: paths.goBinary,
  args: (bootstrap: string) => [bootstrap, library],
});
const careful = { leavesWhenStalled: true, resets: true, survivesNewTopic: true };

const libraries: readonly Library[] = [
  { name: 'confluent', ...pythonDriver('confluent_driver.py', paths.python), ...careful },
  {
    name: 'kafka-python',
    ...pythonDriver('kafka_python_driver.py', paths.python),
    ...careful,
    survivesNewTopic: false,
  },
  {
    name: 'kafka-python-2',
    ...pythonDriver('kafka_python_driver.py', paths.pythonOld),
    ...careful,
  },
  {
    name: 'aiokafka',
    ...pythonDriver('aiokafka_driver.py', paths.python),
    ...careful,
    leavesWhenStalled: false,
  },
  {
    name: 'java',
    command: 'java',
    args: (bootstrap) => javaArguments('millrace.interop.Driver', [bootstrap]),
    ...careful,
    survivesNewTopic: false,
  },
  { name: 'librdkafka-1', ...goDriver('librdkafka1'), ...careful },
  {
    name: 'franz',
    ...goDriver('franz'),
    ...careful,
    leavesWhenStalled: false,
    survivesNewTopic: false,
  },
  { name: 'sarama', ...goDriver('sarama'), ...careful, leavesWhenStalled: false, resets: false },
];

const TEST_TIMEOUT_MS = 120_000;
const options = { timeout: TEST_TIMEOUT_MS };
/** Kafka takes no session shorter than this (`group.min.session.timeout.ms`). */
const SHORTEST_SESSION_MS = 6000;
const GROUP_MAX_SIZE_REACHED = 81;

const needs = ['java', 'python', 'python-old', 'go'] as const;
// Needs: java, python, python-old, go
const suite = {
  needs,
  // Some libraries' consumers ask for a topic that is gone in a way that would make it again.
  settings: ['group.initial.rebalance.delay.ms=0', 'auto.create.topics.enable=false'],
  timeoutMs: TEST_TIMEOUT_MS,
};

brokerSuite('consumers off the beaten track', suite, (broker) => {
  const watch = new GroupWatch();
  const drivers = new Map<Library, Driver>();

  before(() => {
    for (const library of libraries) {
      const args = library.args(broker().bootstrap);
      drivers.set(library, new Driver(library.command, args, (event) => watch.take(event)));
    }
  });
  after(async () => {
    await Promise.all([...drivers.values()].map((driver) => driver.close()));
  });

  /** The admin work is one library's; what is tried are the consumers. */
  const admin = () => drivers.get(libraries[0]!)!;

  /** Numbers counted on from `from`, `each` to each of the partitions. */
  async function produce(
    topic: string,
    partitions: number,
    from: number,
    each: number,
    driver = admin(),
  ): Promise<void> {
    const records = Array.from({ length: partitions * each }, (_, index) => ({
      partition: index % partitions,
      key: null,
      value: Buffer.from(String(from + index)).toString('base64'),
      headers: [],
      timestamp: Date.now(),
    }));
    await driver.produce({ topic, codec: 'none', idempotent: true, records });
  }

  /** Several libraries at once: what they wait for are clocks. Every one that fails is told. */
  async function each(
    which: readonly Library[],
    body: (library: Library, driver: Driver) => Promise<void>,
  ): Promise<void> {
    const failures: string[] = [];
    await Promise.all(
      which.map((library) =>
        body(library, drivers.get(library)!).catch((error) => {
          failures.push(`${library.name}: ${error.stack}`);
        }),
      ),
    );
    if (failures.length > 0) throw new Error(failures.join('\n'));
  }

  it('see partitions that are added', options, async () => {
    const topic = uniqueName('grows');
    await admin().createTopic(topic, 2);
    await produce(topic, 2, 0, 5);
    const members = new Map(libraries.map((library) => [library, uniqueName(library.name)]));
    await each(libraries, async (library, driver) => {
      const member = members.get(library)!;
      await driver.join(member, uniqueName('grows'), topic, { metadataMaxAgeMs: 500 });
      await watch.untilShared([member], 2);
      await watch.untilRead(member, 10);
    });
    await admin().request('createPartitions', { topic, total: 4 });
    await until('the new partitions have leaders', async () => {
      const described = await admin().request<{ partitions: { leader: number }[] }>(
        'describeTopic',
        { topic },
      );
      return described.partitions.filter(({ leader }) => leader >= 0).length === 4;
    });
    // The first producer would have to notice them as well.
    await produce(topic, 4, 10, 5, drivers.get(libraries.at(-1)!)!);
    await each(libraries, async (library, driver) => {
      const member = members.get(library)!;
      await watch.untilShared([member], 4);
      await watch.untilNumbersRead([member], 30);
      await driver.leave(member);
    });
  });

  it('go on when their topic is deleted and made again', options, async () => {
    const topic = uniqueName('again');
    const surviving = libraries.filter(({ survivesNewTopic }) => survivesNewTopic);
    const members = new Map(surviving.map((library) => [library, uniqueName(library.name)]));
    await admin().createTopic(topic, 2);
    await produce(topic, 2, 0, 10);
    await each(surviving, async (library, driver) => {
      const member = members.get(library)!;
      await driver.join(member, uniqueName('again'), topic, { metadataMaxAgeMs: 500 });
      await watch.untilNumbersRead([member], 20);
    });
    await admin().deleteTopic(topic);
    await until('the topic is gone', async () => {
      return !(await admin().listTopics()).topics.includes(topic);
    });
    await admin().createTopic(topic, 2);
    // Fewer than before, so that where they stood is beyond the end.
    await produce(topic, 2, 20, 3);
    await each(surviving, async (library, driver) => {
      const member = members.get(library)!;
      await watch.untilNumbersRead([member], 26);
      await driver.leave(member);
    });
  });

  it('start where they are told when their offset is gone', options, async () => {
    const topic = uniqueName('gone');
    await admin().createTopic(topic, 1);
    await produce(topic, 1, 0, 10);
    await admin().request('deleteRecords', { topic, partition: 0, before: 4 });
    const place = { topic, partition: 0, count: 1 };
    await each(
      libraries.filter(({ resets }) => resets),
      async (_library, driver) => {
        for (const offset of [1, 1000]) {
          const read = await driver.read({ ...place, from: { offset }, reset: 'earliest' });
          assert.equal(read.records[0]!.offset, 4);
          await assert.rejects(
            driver.read({ ...place, from: { offset }, reset: 'none' }),
            /out ?of ?range|not within the range/i,
          );
        }
      },
    );
  });

  it('lose their partitions when they stall, and come back', options, async () => {
    await each(
      libraries.filter(({ leavesWhenStalled }) => leavesWhenStalled),
      async (library, driver) => {
        const topic = uniqueName('stalls');
        await driver.createTopic(topic, 4);
        await produce(topic, 4, 0, 5, driver);
        const group = uniqueName('stalls');
        const [stalls, stays] = [uniqueName('stalls'), uniqueName('stays')];
        const timeouts = {
          sessionTimeoutMs: SHORTEST_SESSION_MS,
          rebalanceTimeoutMs: SHORTEST_SESSION_MS,
        };
        await driver.join(stalls, group, topic, timeouts);
        await driver.join(stays, group, topic, timeouts);
        await watch.untilShared([stalls, stays], 4);
        // So that each has something to commit of what it owns now.
        await produce(topic, 4, 20, 5, driver);
        await watch.untilNumbersRead([stalls, stays], 40);
        await driver.stall(stalls, 2 * SHORTEST_SESSION_MS);
        await until(`${library.name}'s other member has all`, () => {
          return watch.ownedBy(stays).length === 4;
        });
        // The first thing it does afterwards: it is nobody's business any more.
        await assert.rejects(driver.commit(stalls), DriverError);
        await watch.untilShared([stalls, stays], 4);
        await driver.leave(stalls);
        await driver.leave(stays);
      },
    );
  });
});

brokerSuite(
  'a group that is full',
  { needs, ownBroker: true, settings: [...suite.settings, 'group.max.size=1'] },
  (broker) => {
    for (const library of libraries.filter(({ name }) => ['confluent', 'java'].includes(name))) {
      it(`tells ${library.name}, and keeps its members`, options, async () => {
        const watch = new GroupWatch();
        const args = library.args(broker().bootstrap);
        const driver = new Driver(library.command, args, (event) => watch.take(event));
        const [topic, group] = [uniqueName('full'), uniqueName('full')];
        const [first, second] = [uniqueName('first'), uniqueName('second')];
        try {
          await driver.createTopic(topic, 2);
          await driver.join(first, group, topic);
          await watch.untilShared([first], 2);
          const changes = watch.changesOf(first);
          await driver.join(second, group, topic);
          await until('the second is refused', () => {
            return watch.failuresOf(second).includes(GROUP_MAX_SIZE_REACHED);
          });
          assert.equal(watch.changesOf(first), changes);
          await driver.leave(second);
          await driver.leave(first);
        } finally {
          await driver.close();
        }
      });
    }
  },
);
