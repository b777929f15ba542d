// What every client library must be able to do here, asked of each in the same words.

import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { brokerSuite } from './broker-suite.ts';
import {
  type Assignor,
  type Codec,
  type DrivenRecord,
  Driver,
  type LibraryUnderTest,
  type ReadRecord,
} from './driver.ts';
import { Random } from './generator.ts';
import { GroupWatch } from './group-watch.ts';
import { uniqueName } from './scratch.ts';
import { until } from './until.ts';

export interface ClientUnderTest extends LibraryUnderTest {
  readonly codecs: readonly Codec[];
  /** The client keeps repeated and null headers apart; libraries with a map of headers cannot. */
  readonly fullHeaders: boolean;
  /** What is empty it reads as null. */
  readonly emptyIsNull?: true;
  /** The assignors to share a topic with, beside the library's own choice. */
  readonly assignors?: readonly Assignor[];
  /** It knows static members (KIP-345), which do not leave their group when they close. */
  readonly staticMembers?: true;
  /** It commits past records that it has fetched and not handed on; so partitions move while it has none of those. */
  readonly losesRecordsInHand?: true;
  /** Its members commit when partitions are taken from them, so that a clean hand-over repeats nothing. */
  readonly commitsOnRevoke: boolean;
}

const TEST_TIMEOUT_MS = 120_000;
const options = { timeout: TEST_TIMEOUT_MS };
const MEBIBYTE = 1024 * 1024;

export function clientContract(client: ClientUnderTest): void {
  // Libraries that read only as group members make a group for each reading; the default would cost each 3 s.
  const settings = ['group.initial.rebalance.delay.ms=100'];
  const suite = { needs: client.needs, settings, timeoutMs: TEST_TIMEOUT_MS };
  brokerSuite(client.name, suite, (broker) => {
    let driver: Driver;
    let watch: GroupWatch;

    before(() => {
      watch = new GroupWatch();
      const { command, args } = client.command(broker().bootstrap);
      driver = new Driver(command, args, (event) => watch.take(event));
    });
    after(() => driver?.close());

    it('creates, lists and deletes a topic', options, async () => {
      const topic = uniqueName('admin');
      await driver.createTopic(topic, 3);
      assert.ok((await driver.listTopics()).topics.includes(topic));
      await driver.deleteTopic(topic);
      // A deletion reaches the metadata a moment after it was answered.
      await until('the topic is gone', async () => {
        return !(await driver.listTopics()).topics.includes(topic);
      });
    });

    for (const codec of client.codecs) {
      it(`round-trips keys, headers and nulls (${codec})`, options, () =>
        roundTrip(client, driver, codec, codec !== 'none'),
      );
    }

    it('round-trips without a producer id', options, () =>
      roundTrip(client, driver, 'none', false),
    );

    it('round-trips a record of 1 MiB', options, async () => {
      const topic = uniqueName('large');
      // Room for both records: a client may put them into one batch.
      await driver.createTopic(topic, 1, { 'max.message.bytes': String(4 * MEBIBYTE) });
      const record: DrivenRecord = {
        partition: 0,
        key: base64('large'),
        value: new Random(1).bytes(MEBIBYTE).toString('base64'),
        headers: [],
        timestamp: Date.now(),
      };
      await driver.produce({ topic, codec: 'none', idempotent: true, records: [record, record] });
      const { records } = await driver.read({ topic, partition: 0, from: { offset: 0 }, count: 2 });
      assert.equal(records.length, 2);
      assert.ok(records.every((read) => read.value === record.value));
    });

    it('seeks to a timestamp', options, async () => {
      const topic = uniqueName('time');
      await driver.createTopic(topic, 1);
      const start = Date.now() - 3_600_000;
      const records = Array.from({ length: 100 }, (_, index) =>
        numbered(index, 0, start + index * 1000),
      );
      for (let at = 0; at < records.length; at += 10) {
        const batch = records.slice(at, at + 10);
        await driver.produce({ topic, codec: 'none', idempotent: true, records: batch });
      }
      const between = { timestamp: start + 36_500 };
      const read = await driver.read({ topic, partition: 0, from: between, count: 63 });
      assert.deepEqual(
        read.records.map((record) => record.offset),
        Array.from({ length: 63 }, (_, index) => 37 + index),
      );
      assert.equal(read.records[0]!.timestamp, start + 37_000);
    });

    it('commits and resumes', options, async () => {
      const topic = uniqueName('resume');
      const group = uniqueName('resume-group');
      await driver.createTopic(topic, 1);
      const first = uniqueName('first');
      const second = uniqueName('second');

      await produceNumbers(driver, topic, 1, 0, 50);
      await driver.join(first, group, topic);
      await watch.untilRead(first, 50);
      await driver.commit(first);
      await driver.leave(first);

      await produceNumbers(driver, topic, 1, 50, 80);
      await driver.join(second, group, topic);
      await watch.untilRead(second, 30);
      assert.deepEqual(
        watch.offsetsOf(second, 0),
        Array.from({ length: 30 }, (_, index) => 50 + index),
      );
      await driver.leave(second);
    });

    for (const assignor of [undefined, ...(client.assignors ?? [])]) {
      const by = assignor === undefined ? '' : ` (${assignor})`;
      it(`shares a topic among members that come and go${by}`, options, () =>
        churn(client, driver, watch, assignor),
      );
    }

    const skip = client.staticMembers ? false : 'the library knows no static members';
    it('restarts a static member without a rebalance', { ...options, skip }, () =>
      restartStaticMember(driver, watch),
    );
  });
}

async function roundTrip(
  client: ClientUnderTest,
  driver: Driver,
  codec: Codec,
  idempotent: boolean,
): Promise<void> {
  const records = sampleRecords(client, codec);
  const topic = uniqueName(`round-${codec}`);
  await driver.createTopic(topic, 2);
  const { offsets } = await driver.produce({ topic, codec, idempotent, records });
  for (const partition of [0, 1]) {
    const sent = records
      .map((record, index) => ({ ...record, offset: offsets[index]! }))
      .filter((record) => record.partition === partition);
    assert.deepEqual(
      sent.map((record) => record.offset),
      sent.map((_, index) => index),
      'offsets count up from 0 in the order sent',
    );
    const from = { offset: 0 };
    const read = await driver.read({ topic, partition, from, count: sent.length });
    const wanted = sent.map(canonical);
    assert.deepEqual(
      read.records.map(canonical),
      client.emptyIsNull ? wanted.map(emptyAsNull) : wanted,
    );
  }
}

/** Members join, overlap and leave while records keep coming: each partition has one owner, each record is read. */
async function churn(
  client: ClientUnderTest,
  driver: Driver,
  watch: GroupWatch,
  assignor: Assignor | undefined,
): Promise<void> {
  const joinOptions = assignor === undefined ? {} : { assignor };
  const partitions = 6;
  const topic = uniqueName('churn');
  const group = uniqueName('churn-group');
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((label) => uniqueName(label)) as [
    string,
    string,
    string,
    string,
  ];
  await driver.createTopic(topic, partitions);
  const steps: readonly { join?: string; leave?: string; owners: readonly string[] }[] = [
    { join: a, owners: [a] },
    { join: b, owners: [a, b] },
    { join: c, owners: [a, b, c] },
    { leave: a, owners: [b, c] },
    { join: d, owners: [b, c, d] },
    { leave: b, owners: [c, d] },
  ];
  let produced = 0;
  const produceSome = async (readers: readonly string[]) => {
    await produceNumbers(driver, topic, partitions, produced, produced + 120);
    produced += 120;
    if (client.losesRecordsInHand && readers.length > 0) {
      await watch.untilNumbersRead([a, b, c, d], produced);
    }
  };
  let readers: readonly string[] = [];
  for (const step of steps) {
    await produceSome(readers);
    if (step.join !== undefined) await driver.join(step.join, group, topic, joinOptions);
    if (step.leave !== undefined) await driver.leave(step.leave);
    await watch.untilShared(step.owners, partitions);
    readers = step.owners;
    await produceSome(readers);
  }
  const members = [a, b, c, d];
  await watch.untilNumbersRead(members, produced);
  await driver.leave(c);
  await driver.leave(d);
  if (client.commitsOnRevoke) {
    assert.equal(watch.timesRead(members), produced, 'a clean hand-over repeats no record');
  }
}

/** A member that comes back within its session with the same instance id has its partitions again; nobody else moves. */
async function restartStaticMember(driver: Driver, watch: GroupWatch): Promise<void> {
  const [topic, group] = [uniqueName('static'), uniqueName('static-group')];
  const [stays, leaves, comes] = [uniqueName('stays'), uniqueName('leaves'), uniqueName('comes')];
  await driver.createTopic(topic, 4);
  await driver.join(stays, group, topic, { instanceId: 'one' });
  await driver.join(leaves, group, topic, { instanceId: 'two' });
  await watch.untilShared([stays, leaves], 4);
  const owned = watch.ownedBy(leaves);
  const changes = watch.changesOf(stays);

  await driver.leave(leaves);
  await produceNumbers(driver, topic, 4, 0, 40);
  await driver.join(comes, group, topic, { instanceId: 'two' });
  await watch.untilNumbersRead([stays, comes], 40);
  assert.deepEqual(watch.ownedBy(comes), owned);
  assert.equal(watch.changesOf(stays), changes, 'nobody else was told anything');
  await driver.leave(comes);
  await driver.leave(stays);
}

/** Records whose values are the numbers from `from` up to `to`, dealt out over the partitions in turn. */
async function produceNumbers(
  driver: Driver,
  topic: string,
  partitions: number,
  from: number,
  to: number,
): Promise<void> {
  const records = Array.from({ length: to - from }, (_, index) =>
    numbered(from + index, (from + index) % partitions, Date.now()),
  );
  await driver.produce({ topic, codec: 'none', idempotent: true, records });
}

function numbered(number: number, partition: number, timestamp: number): DrivenRecord {
  return {
    partition,
    key: base64(`k${number}`),
    value: base64(String(number)),
    headers: [],
    timestamp,
  };
}

function sampleRecords(client: ClientUnderTest, codec: Codec): DrivenRecord[] {
  const random = new Random(codec.length + 7);
  const now = Date.now();
  const special: Omit<DrivenRecord, 'partition' | 'timestamp'>[] = [
    { key: null, value: base64('no key'), headers: [] },
    { key: base64('no value'), value: null, headers: [] },
    { key: base64(''), value: base64(''), headers: [] },
    { key: base64('ключ'), value: base64('величина ✓'), headers: [['имя', base64('значение')]] },
    {
      key: base64('bytes'),
      value: Buffer.from([0, 255, 128, 10, 13]).toString('base64'),
      headers: [
        ['first', base64('1')],
        ['second', base64('')],
      ],
    },
  ];
  if (client.fullHeaders) {
    special.push({
      key: base64('headers'),
      value: base64('repeated and null'),
      headers: [
        ['same', base64('1')],
        ['same', base64('2')],
        ['null', null],
      ],
    });
  }
  const ordinary = Array.from({ length: 200 }, (_, index) => ({
    key: base64(`key-${random.integer(0, 20)}`),
    value: base64(`value ${index} ${'compressible '.repeat(random.integer(0, 40))}`),
    headers: index % 3 === 0 ? ([['index', base64(String(index))]] as const) : [],
  }));
  return [...special, ...ordinary].map((record, index) => ({
    ...record,
    partition: index % 2,
    timestamp: now + index,
  }));
}

function canonical(record: ReadRecord): ReadRecord {
  const { offset, partition, key, value, timestamp } = record;
  return {
    offset,
    partition,
    timestamp,
    key,
    value,
    headers: record.headers.map(([n, v]) => [n, v]),
  };
}

function emptyAsNull(record: ReadRecord): ReadRecord {
  const { key, value, headers } = record;
  return {
    ...record,
    key: key || null,
    value: value || null,
    headers: headers.map(([name, data]) => [name, data || null]),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
