// What the admin client of every library must be able to ask, in the same words; each is asked what it has a call for.
// `--bootstrap=` asks a real Kafka the same, and must be as green.

import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { AdminCall, AdminCalls } from './admin-calls.ts';
import { brokerSuite } from './broker-suite.ts';
import { Driver, DriverError, type LibraryUnderTest } from './driver.ts';
import { GroupWatch } from './group-watch.ts';
import { uniqueName } from './scratch.ts';
import { until } from './until.ts';

export interface AdminUnderTest extends LibraryUnderTest {
  /** Calls that the library does not have, or that it cannot make of itself: why. */
  readonly lacks: Readonly<Partial<Record<AdminCall, string>>>;
  /** It looks itself whether a group has members before it would set the group's offsets. */
  readonly looksFirst?: true;
}

const TEST_TIMEOUT_MS = 60_000;

/** Kafka's error codes, as far as they are expected here. */
const codes = {
  OFFSET_OUT_OF_RANGE: 1,
  UNKNOWN_TOPIC_OR_PARTITION: 3,
  INVALID_TOPIC_EXCEPTION: 17,
  UNKNOWN_MEMBER_ID: 25,
  TOPIC_ALREADY_EXISTS: 36,
  INVALID_PARTITIONS: 37,
  INVALID_REPLICATION_FACTOR: 38,
  INVALID_REPLICA_ASSIGNMENT: 39,
  INVALID_CONFIG: 40,
  SECURITY_DISABLED: 54,
  NON_EMPTY_GROUP: 68,
  GROUP_ID_NOT_FOUND: 69,
  ELECTION_NOT_NEEDED: 84,
  GROUP_SUBSCRIBED_TO_TOPIC: 86,
} as const;

export function adminContract(client: AdminUnderTest): void {
  // A group of one member has nobody to wait for.
  const settings = ['group.initial.rebalance.delay.ms=0'];
  const options = { needs: client.needs, settings, timeoutMs: TEST_TIMEOUT_MS };
  brokerSuite(`admin of ${client.name}`, options, (broker) => {
    const watch = new GroupWatch();
    let driver: Driver;

    before(() => {
      const { command, args } = client.command(broker().bootstrap);
      driver = new Driver(command, args, (event) => watch.take(event));
    });
    after(() => driver?.close());

    /** A test of the calls named; skipped where the library lacks one of them. */
    function asks(calls: readonly AdminCall[], what: string, body: () => Promise<void>): void {
      const lacking = calls.filter((call) => client.lacks[call] !== undefined);
      const reasons = lacking.map((call) => `${call}: ${client.lacks[call]}`);
      const skip = reasons.length > 0 && reasons.join('; ');
      it(`${what} (${calls.join(', ')})`, { timeout: TEST_TIMEOUT_MS, skip }, body);
    }

    function call<Name extends AdminCall>(
      name: Name,
      parameters: AdminCalls[Name]['parameters'],
    ): Promise<AdminCalls[Name]['result']> {
      return driver.request(name, parameters);
    }

    async function filledTopic(partitions: number, recordsEach: number): Promise<string> {
      const topic = uniqueName('admin');
      await driver.createTopic(topic, partitions);
      if (recordsEach === 0) return topic;
      const records = Array.from({ length: partitions * recordsEach }, (_, index) => ({
        partition: index % partitions,
        key: null,
        value: Buffer.from(String(index)).toString('base64'),
        headers: [],
        timestamp: 1_000_000_000_000 + index,
      }));
      await driver.produce({ topic, codec: 'none', idempotent: false, records });
      return topic;
    }

    /** What a topic's config is now; a change reaches the answers of a real Kafka a moment later. */
    function untilConfig(topic: string, name: string, value: string): Promise<void> {
      return until(`${name} of ${topic} is ${value}`, async () => {
        const { configs } = await call('describeConfigs', { resource: 'topic', name: topic });
        return configs[name]?.value === value;
      });
    }

    const plain = { partitions: 1, replicationFactor: 1, configs: {} };

    asks(['newTopic'], 'is refused what makes no topic', async () => {
      const topic = await filledTopic(1, 0);
      await refused('TOPIC_ALREADY_EXISTS', call('newTopic', { ...plain, topic }));
      await refused('INVALID_TOPIC_EXCEPTION', call('newTopic', { ...plain, topic: 'a b' }));
      const fresh = { ...plain, topic: uniqueName('refused') };
      await refused('INVALID_PARTITIONS', call('newTopic', { ...fresh, partitions: 0 }));
      const replicated = { ...fresh, replicationFactor: 3 };
      await refused('INVALID_REPLICATION_FACTOR', call('newTopic', replicated));
      const unknown = { ...fresh, configs: { 'no.such.config': '1' } };
      await refused('INVALID_CONFIG', call('newTopic', unknown));
      const wrong = { ...fresh, configs: { 'max.message.bytes': 'many' } };
      await refused('INVALID_CONFIG', call('newTopic', wrong));
      assert.ok(!(await driver.listTopics()).topics.includes(fresh.topic));
      await refused('UNKNOWN_TOPIC_OR_PARTITION', driver.deleteTopic(fresh.topic));
    });

    asks(['validateTopic'], 'only validates', async () => {
      const topic = uniqueName('validated');
      await call('validateTopic', { ...plain, topic });
      const wrong = { ...plain, topic, replicationFactor: 3 };
      await refused('INVALID_REPLICATION_FACTOR', call('validateTopic', wrong));
      assert.ok(!(await driver.listTopics()).topics.includes(topic));
    });

    asks(['describeCluster'], 'describes the cluster', async () => {
      const { controller, brokers } = await call('describeCluster', {});
      assert.equal(brokers.length, 1);
      assert.equal(brokers[0]!.port, broker().port);
      assert.equal(controller, brokers[0]!.id);
    });

    asks(['createPartitions', 'describeTopic'], 'adds partitions', async () => {
      const topic = await filledTopic(2, 0);
      await call('createPartitions', { topic, total: 4 });
      await until('four partitions show', async () => {
        const { partitions } = await call('describeTopic', { topic });
        const leader = partitions[0]?.leader ?? -1;
        return (
          partitions.length === 4 &&
          partitions.every((part) => part.leader === leader && part.replicas.length === 1)
        );
      });
      await refused('INVALID_PARTITIONS', call('createPartitions', { topic, total: 3 }));
      const unknown = { topic: uniqueName('unknown'), total: 3 };
      await refused('UNKNOWN_TOPIC_OR_PARTITION', call('createPartitions', unknown));
    });

    asks(['describeConfigs'], "describes a topic's and the broker's configs", async () => {
      const topic = uniqueName('configured');
      await driver.createTopic(topic, 1, { 'max.message.bytes': '12345' });
      const { configs } = await call('describeConfigs', { resource: 'topic', name: topic });
      assert.deepEqual(configs['max.message.bytes'], { value: '12345', isDefault: false });
      assert.deepEqual(configs['compression.type'], { value: 'producer', isDefault: true });
      if (client.lacks.describeCluster !== undefined) return;
      const id = (await call('describeCluster', {})).controller;
      const own = await call('describeConfigs', { resource: 'broker', name: String(id) });
      assert.equal(own.configs['num.partitions']?.value, '1');
    });

    asks(['incrementalAlterConfigs', 'describeConfigs'], 'changes single configs', async () => {
      const topic = uniqueName('configured');
      await driver.createTopic(topic, 1, { 'max.message.bytes': '12345' });
      const change = { resource: 'topic', name: topic, set: {}, remove: [] } as const;
      const set = { 'compression.type': 'gzip' };
      await call('incrementalAlterConfigs', { ...change, set });
      await untilConfig(topic, 'compression.type', 'gzip');
      await untilConfig(topic, 'max.message.bytes', '12345');
      await call('incrementalAlterConfigs', { ...change, remove: ['compression.type'] });
      await untilConfig(topic, 'compression.type', 'producer');
      const wrong = { 'compression.type': 'paper' };
      await refused('INVALID_CONFIG', call('incrementalAlterConfigs', { ...change, set: wrong }));
      const gone = { ...change, name: uniqueName('unknown'), set };
      await refused('UNKNOWN_TOPIC_OR_PARTITION', call('incrementalAlterConfigs', gone));
    });

    asks(['alterConfigs', 'describeConfigs'], 'replaces all configs', async () => {
      const topic = uniqueName('configured');
      await driver.createTopic(topic, 1, { 'max.message.bytes': '12345' });
      const change = { resource: 'topic', name: topic } as const;
      await call('alterConfigs', { ...change, configs: { 'compression.type': 'gzip' } });
      await untilConfig(topic, 'compression.type', 'gzip');
      await untilConfig(topic, 'max.message.bytes', '1048588');
      const wrong = { 'max.message.bytes': '-1' };
      await refused('INVALID_CONFIG', call('alterConfigs', { ...change, configs: wrong }));
    });

    asks(['listOffsets'], 'finds offsets', async () => {
      const topic = await filledTopic(2, 10);
      const at = (timestamp: number) => call('listOffsets', { topic, partition: 1, timestamp });
      assert.equal((await at(EARLIEST)).offset, 0);
      assert.equal((await at(LATEST)).offset, 10);
      assert.equal((await at(1_000_000_000_008)).offset, 4);
    });

    asks(['deleteRecords', 'listOffsets'], 'deletes records', async () => {
      const topic = await filledTopic(2, 10);
      const earliest = { topic, partition: 1, timestamp: EARLIEST };
      await call('deleteRecords', { topic, partition: 1, before: 4 });
      assert.equal((await call('listOffsets', earliest)).offset, 4);
      const past = { topic, partition: 1, before: 11 };
      await refused('OFFSET_OUT_OF_RANGE', call('deleteRecords', past));
      await call('deleteRecords', { topic, partition: 1, before: -1 });
      assert.equal((await call('listOffsets', earliest)).offset, 10);
      assert.equal((await call('listOffsets', { ...earliest, partition: 0 })).offset, 0);
    });

    asks(['describeLogDirs'], 'describes log directories', async () => {
      const topic = await filledTopic(2, 10);
      const { sizes } = await call('describeLogDirs', { topic });
      assert.deepEqual(sizes.map(({ partition }) => partition).sort(), [0, 1]);
      assert.ok(sizes.every(({ bytes }) => bytes > 0));
    });

    asks(['listGroups', 'describeGroup'], 'lists and describes a group', async () => {
      const [topic, group, member] = [await filledTopic(3, 5), uniqueName('g'), uniqueName('m')];
      await driver.join(member, group, topic);
      await watch.untilRead(member, 15);
      assert.ok((await call('listGroups', {})).groups.includes(group));
      await until('the group is stable', async () => {
        return (await call('describeGroup', { group })).state === 'stable';
      });
      const { members, protocol } = await call('describeGroup', { group });
      assert.deepEqual(
        members.map(({ partitions }) => partitions.toSorted()),
        [[0, 1, 2]],
      );
      assert.match(protocol, /\w/);
      await driver.leave(member);
      assert.equal((await call('describeGroup', { group })).state, 'empty');
    });

    asks(['deleteGroup'], 'deletes a group', async () => {
      const { group, member } = await committedGroup();
      await refused('NON_EMPTY_GROUP', call('deleteGroup', { group }));
      await driver.leave(member);
      await call('deleteGroup', { group });
      await refused('GROUP_ID_NOT_FOUND', call('deleteGroup', { group }));
    });

    asks(['listGroupOffsets'], "lists a group's offsets", async () => {
      const { topic, group, member } = await committedGroup();
      const { offsets } = await call('listGroupOffsets', { group, topic });
      assert.deepEqual(offsets.toSorted(byPartition), [
        { partition: 0, offset: 10 },
        { partition: 1, offset: 10 },
      ]);
      await driver.leave(member);
      const none = { group: uniqueName('unknown'), topic };
      assert.deepEqual((await call('listGroupOffsets', none)).offsets, []);
    });

    asks(['alterGroupOffsets', 'listGroupOffsets'], "sets a group's offsets", async () => {
      const { topic, group, member } = await committedGroup();
      const change = { group, topic, offsets: [{ partition: 1, offset: 3 }] };
      if (client.looksFirst) await assert.rejects(call('alterGroupOffsets', change), DriverError);
      else await refused('UNKNOWN_MEMBER_ID', call('alterGroupOffsets', change));
      await driver.leave(member);
      await call('alterGroupOffsets', change);
      const { offsets } = await call('listGroupOffsets', { group, topic });
      assert.deepEqual(offsets.toSorted(byPartition), [
        { partition: 0, offset: 10 },
        { partition: 1, offset: 3 },
      ]);
      // A group that nobody knew is made by it.
      const fresh = { ...change, group: uniqueName('made') };
      await call('alterGroupOffsets', fresh);
      const made = { group: fresh.group, topic };
      assert.deepEqual((await call('listGroupOffsets', made)).offsets, change.offsets);
    });

    asks(['deleteGroupOffsets', 'listGroupOffsets'], "deletes a group's offset", async () => {
      const { topic, group, member } = await committedGroup();
      const one = { group, topic, partition: 1 };
      await refused('GROUP_SUBSCRIBED_TO_TOPIC', call('deleteGroupOffsets', one));
      await driver.leave(member);
      await call('deleteGroupOffsets', one);
      const { offsets } = await call('listGroupOffsets', { group, topic });
      assert.deepEqual(offsets, [{ partition: 0, offset: 10 }]);
      const unknown = { ...one, group: uniqueName('unknown') };
      await refused('GROUP_ID_NOT_FOUND', call('deleteGroupOffsets', unknown));
    });

    asks(['electLeader'], 'needs no election', async () => {
      const topic = await filledTopic(1, 0);
      await refused('ELECTION_NOT_NEEDED', call('electLeader', { topic, partition: 0 }));
      const unknown = { topic: uniqueName('unknown'), partition: 0 };
      await refused('UNKNOWN_TOPIC_OR_PARTITION', call('electLeader', unknown));
    });

    asks(
      ['alterReassignment', 'listReassignments', 'describeCluster'],
      'reassigns a partition to where it is',
      async () => {
        const topic = await filledTopic(1, 0);
        const { controller } = await call('describeCluster', {});
        const there = { topic, partition: 0, replicas: [controller] };
        await call('alterReassignment', there);
        assert.equal((await call('listReassignments', { topic, partition: 0 })).count, 0);
        const elsewhere = { ...there, replicas: [controller + 7] };
        await refused('INVALID_REPLICA_ASSIGNMENT', call('alterReassignment', elsewhere));
      },
    );

    for (const name of ['createAcl', 'describeAcls', 'deleteAcls'] as const) {
      asks([name], 'is told that security is off', () =>
        refused('SECURITY_DISABLED', call(name, { topic: uniqueName('guarded') })),
      );
    }

    /** A group with one member, which has read and committed ten records of each of two partitions. */
    async function committedGroup() {
      const [topic, group, member] = [await filledTopic(2, 10), uniqueName('g'), uniqueName('m')];
      await driver.join(member, group, topic);
      await watch.untilRead(member, 20);
      await driver.commit(member);
      return { topic, group, member };
    }
  });
}

const EARLIEST = -2;
const LATEST = -1;

async function refused(error: keyof typeof codes, answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (reason) {
    if (reason instanceof DriverError && reason.code === codes[error]) return;
    throw new Error(`expected ${error} (${codes[error]})`, { cause: reason });
  }
  assert.fail(`expected ${error} (${codes[error]}), and it was accepted`);
}

function byPartition(a: { partition: number }, b: { partition: number }): number {
  return a.partition - b.partition;
}
