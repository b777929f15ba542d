import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import {
  type CommittedOffset,
  type GroupRecord,
  type MetadataErrorCode,
  type MetadataStore,
  sizeOfOffset,
  type TopicRecord,
} from './metadata-store.ts';

export interface MetadataStoreConformance {
  /** Heads the tests. */
  readonly name: string;
  /** A store that keeps what it holds in `directory`, not opened yet. */
  readonly create: (directory: string) => MetadataStore;
  /** After every test the store is opened again and must hold what its image said. */
  readonly isDurable: boolean;
  /** Names of tests that this implementation cannot pass, each with the reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** What every `MetadataStore` must do. A store's test file calls this with a way to make one. */
export function runMetadataStoreConformance(suite: MetadataStoreConformance): void {
  const unused = new Set(Object.keys(suite.skip ?? {}));
  describe(`MetadataStore conformance: ${suite.name}`, () => {
    for (const [name, run] of Object.entries(conformanceTests)) {
      const skip = suite.skip?.[name] ?? false;
      unused.delete(name);
      test(name, { skip }, async (context) => {
        const harness = new Harness(context, suite.create);
        await run(harness);
        if (suite.isDurable) await harness.assertSurvives();
      });
    }
    test('skips name tests that exist', () => assert.deepEqual([...unused], []));
  });
}

/** A directory of its own for each test, and all its stores closed at the end. */
class Harness {
  readonly #create: (directory: string) => MetadataStore;
  readonly #directory = mkdtempSync(join(tmpdir(), 'millrace-metadata-'));
  readonly #stores: MetadataStore[] = [];

  constructor(context: TestContext, create: (directory: string) => MetadataStore) {
    this.#create = create;
    context.after(async () => {
      for (const store of this.#stores) await store.close();
      rmSync(this.#directory, { recursive: true });
    });
  }

  create(): MetadataStore {
    const store = this.#create(this.#directory);
    this.#stores.push(store);
    return store;
  }

  async open(): Promise<MetadataStore> {
    const store = this.create();
    await store.open();
    return store;
  }

  /** A store opened anew holds exactly what the image of the last one said. */
  async assertSurvives(): Promise<void> {
    const store = this.#stores.at(-1)!;
    await store.close();
    assert.deepEqual(contents(await this.open()), contents(store));
  }
}

function topic(number: number, fields: Partial<TopicRecord> = {}): TopicRecord {
  return {
    topicId: topicId(number),
    name: `topic-${number}`,
    partitionCount: 3,
    createdAtMs: 1_767_225_600_000,
    configs: new Map(),
    ...fields,
  };
}

/** 22 characters, as base64url of 16 bytes has. */
function topicId(number: number): string {
  return `${'topic'.repeat(4).slice(0, 17)}${String(number).padStart(4, '0')}A`;
}

function group(groupId: string, epoch: number, state = '{}'): GroupRecord {
  return { groupId, epoch, protocolType: 'consumer', state };
}

function committed(topicNumber: number, partition: number, offset: number): CommittedOffset {
  return {
    topicId: topicId(topicNumber),
    partition,
    offset,
    leaderEpoch: 7,
    metadata: `at ${offset}`,
    commitTimestampMs: 1_767_225_600_000 + offset,
  };
}

async function assertRefused(write: Promise<unknown>, code: MetadataErrorCode): Promise<void> {
  await assert.rejects(write, { name: 'MetadataError', code });
}

/** All that a store holds, in a form to compare. */
function contents(store: MetadataStore): unknown {
  const { image } = store;
  return {
    clusterId: image.clusterId,
    topicsByName: sorted(image.topicsByName),
    topicsById: sorted(image.topicsById),
    resourceConfigs: [4, 16].map((type) =>
      sorted(image.resourceConfigs(type)).map(([name, configs]) => [name, sorted(configs)]),
    ),
    groups: sorted(image.groups),
    offsets: [...image.groupIds()].sort().map((id) => [id, sorted(image.offsets(id))]),
    offsetsSizeBytes: image.offsetsSizeBytes,
  };
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

const conformanceTests: Readonly<Record<string, (harness: Harness) => Promise<void>>> = {
  'a new store is empty and has a cluster id': async (harness) => {
    const { image } = await harness.open();
    assert.match(image.clusterId, /^[A-Za-z0-9_-]{22}$/);
    assert.equal(image.topicsByName.size, 0);
    assert.equal(image.topicsById.size, 0);
    assert.equal(image.groups.size, 0);
    assert.deepEqual([...image.groupIds()], []);
    assert.equal(image.offsets('nobody').size, 0);
  },

  'a store that is not open refuses writes': async (harness) => {
    const store = harness.create();
    await assertRefused(store.createTopic(topic(1)), 'unavailable');
    await store.open();
    await store.createTopic(topic(1));
    await store.close();
    await assertRefused(store.createTopic(topic(2)), 'unavailable');
    await store.close();
  },

  'a created topic is in the image with its configs': async (harness) => {
    const store = await harness.open();
    const configs = new Map([['cleanup.policy', 'compact']]);
    const created = topic(1, { configs });
    await store.createTopic(created);
    configs.set('retention.ms', 'changed by the caller afterwards');
    const expected = topic(1, { configs: new Map([['cleanup.policy', 'compact']]) });
    assert.deepEqual(store.image.topicsByName.get('topic-1'), expected);
    assert.deepEqual(store.image.topicsById.get(topicId(1)), expected);
  },

  'a topic name or id that is taken is refused': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    const before = contents(store);
    await assertRefused(store.createTopic(topic(2, { name: 'topic-1' })), 'topic-exists');
    await assertRefused(store.createTopic(topic(1, { name: 'other' })), 'topic-exists');
    assert.deepEqual(contents(store), before);
  },

  'a deleted topic takes its configs and committed offsets with it': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1, { configs: new Map([['retention.ms', '1']]) }));
    await store.createTopic(topic(2));
    await store.commitOffsets('both', null, [committed(1, 0, 5), committed(2, 0, 6)]);
    await store.commitOffsets('only-first', null, [committed(1, 0, 5), committed(1, 99, 5)]);
    await store.deleteTopic(topicId(1));
    const { image } = store;
    assert.deepEqual([...image.topicsByName.keys()], ['topic-2']);
    assert.deepEqual([...image.topicsById.keys()], [topicId(2)]);
    assert.deepEqual([...image.offsets('both').values()], [committed(2, 0, 6)]);
    assert.equal(image.offsets('only-first').size, 0);
    assert.deepEqual([...image.groupIds()], ['both']);
    await assertRefused(store.deleteTopic(topicId(1)), 'unknown-topic');
    // The same name and id come back without what the old topic had.
    await store.createTopic(topic(1));
    assert.equal(store.image.topicsByName.get('topic-1')!.configs.size, 0);
    assert.equal(store.image.offsets('only-first').size, 0);
  },

  'a partition count changes when it is the expected one': async (harness) => {
    const store = await harness.open();
    const configs = new Map([['retention.ms', '1']]);
    await store.createTopic(topic(1, { configs }));
    await store.createTopic(topic(2));
    const before = store.image.topicsByName.get('topic-1')!;
    await store.setPartitionCount(topicId(1), 5, 3);
    const expected = topic(1, { partitionCount: 5, configs });
    assert.deepEqual(store.image.topicsByName.get('topic-1'), expected);
    assert.deepEqual(store.image.topicsById.get(topicId(1)), expected);
    assert.deepEqual(store.image.topicsById.get(topicId(2)), topic(2));
    assert.equal(before.partitionCount, 3, 'a record that was read never changes');
    await assertRefused(store.setPartitionCount(topicId(1), 6, 3), 'fenced');
    await assertRefused(store.setPartitionCount(topicId(9), 6, 3), 'unknown-topic');
    for (const bad of [0, -1, 1.5, Number.NaN]) {
      await assert.rejects(store.setPartitionCount(topicId(1), bad, 5), RangeError);
    }
    assert.deepEqual(store.image.topicsById.get(topicId(1)), expected);
    await store.setPartitionCount(topicId(1), 4, 5);
    assert.equal(store.image.topicsById.get(topicId(1))!.partitionCount, 4);
  },

  'of two changes of a partition count in one tick the first wins': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    const [first, second] = await Promise.allSettled([
      store.setPartitionCount(topicId(1), 5, 3),
      store.setPartitionCount(topicId(1), 9, 3),
    ]);
    assert.equal(first!.status, 'fulfilled');
    assert.equal(second!.status === 'rejected' && second.reason.code, 'fenced');
    assert.equal(store.image.topicsById.get(topicId(1))!.partitionCount, 5);
  },

  'altering configs sets, replaces and removes': async (harness) => {
    const store = await harness.open();
    const configs = new Map([
      ['kept', '1'],
      ['replaced', '1'],
      ['removed', '1'],
    ]);
    await store.createTopic(topic(1, { configs }));
    const before = store.image.topicsByName.get('topic-1')!;
    await store.alterTopicConfigs(
      topicId(1),
      new Map([
        ['replaced', '2'],
        ['removed', null],
        ['never there', null],
        ['added', '3'],
      ]),
    );
    const expected = [
      ['added', '3'],
      ['kept', '1'],
      ['replaced', '2'],
    ];
    assert.deepEqual(sorted(store.image.topicsByName.get('topic-1')!.configs), expected);
    assert.deepEqual(sorted(store.image.topicsById.get(topicId(1))!.configs), expected);
    assert.equal(before.configs.get('replaced'), '1', 'a record that was read never changes');
    await assertRefused(
      store.alterTopicConfigs(topicId(2), new Map([['a', '1']])),
      'unknown-topic',
    );
  },

  'configs of resources are kept by type and name, and forgotten with the last one': async (
    harness,
  ) => {
    const store = await harness.open();
    const alter = (
      resourceType: number,
      resourceName: string,
      configs: [string, string | null][],
    ) => store.alterResourceConfigs({ resourceType, resourceName }, new Map(configs));
    const of = (resourceType: number, resourceName: string) =>
      sorted(store.image.resourceConfigs(resourceType).get(resourceName) ?? new Map());
    await alter(4, '', [['a', 'default']]);
    await alter(4, '1', [
      ['a', '1'],
      ['b', ''],
      ['never there', null],
    ]);
    const [brokers, clientMetrics] = [4, 16].map((type) => store.image.resourceConfigs(type));
    await alter(16, '1', [['a', 'other type']]);
    assert.equal(store.image.resourceConfigs(4), brokers);
    assert.notEqual(store.image.resourceConfigs(16), clientMetrics);
    const before = brokers!.get('1')!;
    await alter(4, '1', [
      ['a', '2'],
      ['b', null],
      ['c', '3'],
    ]);
    const now = [
      ['a', '2'],
      ['c', '3'],
    ];
    assert.deepEqual(of(4, '1'), now);
    assert.equal(before.get('a'), '1', 'a record that was read never changes');
    assert.deepEqual(of(4, ''), [['a', 'default']]);
    assert.deepEqual(of(16, '1'), [['a', 'other type']]);
    await alter(4, '', [['a', null]]);
    await alter(32, 'nobody', [['a', null]]);
    assert.deepEqual([...store.image.resourceConfigs(4).keys()], ['1']);
    assert.equal(store.image.resourceConfigs(32).size, 0);
    await assert.rejects(alter(0.5, 'x', [['a', '1']]), RangeError);
  },

  'producer ids are never given out twice': async (harness) => {
    const store = await harness.open();
    const blocks = await Promise.all([1000, 1, 5, 1000].map((n) => store.allocateProducerIds(n)));
    assert.deepEqual(blocks, [0, 1000, 1001, 1006]);
    assert.equal(await store.allocateProducerIds(1), 2006);
    for (const count of [0, -1, 1.5, Number.NaN]) {
      await assert.rejects(store.allocateProducerIds(count), RangeError);
    }
  },

  'a group is saved when its epoch is the expected one': async (harness) => {
    const store = await harness.open();
    await assertRefused(store.saveGroup(group('g', 2), 1), 'fenced');
    await store.saveGroup(group('g', 1, 'first'), null);
    await assertRefused(store.saveGroup(group('g', 2, 'second'), null), 'fenced');
    await assertRefused(store.saveGroup(group('g', 2, 'second'), 0), 'fenced');
    assert.deepEqual(store.image.groups.get('g'), group('g', 1, 'first'));
    await store.saveGroup(group('g', 1, 'same epoch'), 1);
    await store.saveGroup(group('g', 2, 'second'), 1);
    assert.deepEqual(store.image.groups.get('g'), group('g', 2, 'second'));
    assert.deepEqual([...store.image.groupIds()], ['g']);
  },

  'a deleted group takes its offsets with it': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    await store.saveGroup(group('g', 1), null);
    await store.commitOffsets('g', 1, [committed(1, 0, 5)]);
    await store.commitOffsets('other', null, [committed(1, 0, 6)]);
    await store.deleteGroup('g');
    await store.deleteGroup('never there');
    assert.equal(store.image.groups.size, 0);
    assert.equal(store.image.offsets('g').size, 0);
    assert.deepEqual([...store.image.groupIds()], ['other']);
    await store.saveGroup(group('g', 1), null);
  },

  'offsets are committed, replaced and removed': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    await store.commitOffsets('g', null, [committed(1, 0, 5), committed(1, 1, 6)]);
    await store.commitOffsets('g', null, [committed(1, 1, 3)]);
    const { image } = store;
    assert.deepEqual(sorted(image.offsets('g')), [
      [`${topicId(1)}:0`, committed(1, 0, 5)],
      [`${topicId(1)}:1`, committed(1, 1, 3)],
    ]);
    assert.deepEqual([...image.groupIds()], ['g']);
    await store.deleteOffsets('g', [
      { topicId: topicId(1), partition: 0 },
      { topicId: topicId(1), partition: 42 },
      { topicId: topicId(9), partition: 0 },
    ]);
    assert.deepEqual([...image.offsets('g').values()], [committed(1, 1, 3)]);
    await store.deleteOffsets('g', [{ topicId: topicId(1), partition: 1 }]);
    await store.deleteOffsets('nobody', [{ topicId: topicId(1), partition: 1 }]);
    assert.deepEqual([...image.groupIds()], []);
  },

  'the size of all offsets is that of those that are there': async (harness) => {
    const store = await harness.open();
    const size = sizeOfOffset(committed(1, 0, 5));
    await store.createTopic(topic(1));
    await store.createTopic(topic(2));
    await store.commitOffsets('g', null, [committed(1, 0, 5), committed(2, 0, 6)]);
    await store.commitOffsets('h', null, [committed(1, 0, 5), committed(1, 1, 5)]);
    const longer = { ...committed(1, 0, 6), metadata: 'longer' };
    await store.commitOffsets('g', null, [longer]);
    assert.equal(store.image.offsetsSizeBytes, 3 * size + sizeOfOffset(longer));
    await store.deleteTopic(topicId(1));
    assert.equal(store.image.offsetsSizeBytes, size);
    await store.deleteGroup('g');
    assert.equal(store.image.offsetsSizeBytes, 0);
  },

  'of two offsets for one partition in a commit the last one stays': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    await store.commitOffsets('g', null, [committed(1, 0, 5), committed(1, 0, 4)]);
    assert.deepEqual([...store.image.offsets('g').values()], [committed(1, 0, 4)]);
  },

  'a commit with the wrong epoch is fenced and leaves nothing': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    await assertRefused(store.commitOffsets('g', 1, [committed(1, 0, 5)]), 'fenced');
    await store.saveGroup(group('g', 2), null);
    for (const epoch of [1, 3]) {
      await assertRefused(store.commitOffsets('g', epoch, [committed(1, 0, 5)]), 'fenced');
      await assertRefused(store.commitOffsets('g', epoch, []), 'fenced');
    }
    assert.equal(store.image.offsets('g').size, 0);
    await store.commitOffsets('g', 2, [committed(1, 0, 5)]);
    await store.commitOffsets('g', 2, []);
    await assertRefused(store.commitOffsets('g', 1, [committed(1, 0, 1)]), 'fenced');
    assert.deepEqual([...store.image.offsets('g').values()], [committed(1, 0, 5)]);
  },

  'a commit for a topic that is gone leaves nothing, not even for the others': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    await store.saveGroup(group('g', 1), null);
    const offsets = [committed(1, 0, 5), committed(2, 0, 5), committed(1, 1, 5)];
    await assertRefused(store.commitOffsets('g', null, offsets), 'unknown-topic');
    await assertRefused(store.commitOffsets('g', 1, offsets), 'unknown-topic');
    assert.equal(store.image.offsets('g').size, 0);
    await assertRefused(store.commitOffsets('g', 9, offsets), 'fenced');
  },

  'writes of one tick keep their order, and a refused one spares its neighbours': async (
    harness,
  ) => {
    const store = await harness.open();
    const results = await Promise.allSettled([
      store.createTopic(topic(1)),
      store.createTopic(topic(1)),
      store.commitOffsets('g', null, [committed(1, 0, 5)]),
      store.commitOffsets('g', null, [committed(1, 1, 5), committed(2, 0, 5)]),
      store.saveGroup(group('g', 1), null),
      store.commitOffsets('g', 1, [committed(1, 0, 6)]),
      store.saveGroup(group('g', 2), 1),
      store.commitOffsets('g', 1, [committed(1, 0, 7)]),
      store.createTopic(topic(2)),
      store.deleteTopic(topicId(3)),
      store.commitOffsets('g', 2, [committed(2, 0, 8)]),
    ]);
    const outcomes = results.map((result) =>
      result.status === 'fulfilled' ? 'done' : result.reason.code,
    );
    assert.deepEqual(outcomes, [
      'done',
      'topic-exists',
      'done',
      'unknown-topic',
      'done',
      'done',
      'done',
      'fenced',
      'done',
      'unknown-topic',
      'done',
    ]);
    assert.deepEqual(sorted(store.image.offsets('g')), [
      [`${topicId(1)}:0`, committed(1, 0, 6)],
      [`${topicId(2)}:0`, committed(2, 0, 8)],
    ]);
    assert.deepEqual(store.image.groups.get('g'), group('g', 2));
  },

  'the image changes before the promise resolves, never before the call returns': async (
    harness,
  ) => {
    const store = await harness.open();
    const seen: string[] = [];
    const creations = [1, 2, 3].map(async (number) => {
      const creation = store.createTopic(topic(number));
      assert.equal(store.image.topicsByName.size, 0);
      await creation;
      assert.ok(store.image.topicsById.has(topicId(number)));
      seen.push(`created ${number}`);
    });
    await Promise.all(creations);
    assert.deepEqual(seen, ['created 1', 'created 2', 'created 3'], 'in commit order');
  },

  'the version grows with every change and with no refusal, that of the topics with theirs alone':
    async (harness) => {
      const store = await harness.open();
      const { image } = store;
      /** What has grown while `work` went on. */
      const grown = async (work: Promise<unknown>): Promise<readonly [boolean, boolean]> => {
        const { version, topicsVersion } = image;
        await work;
        return [image.version > version, image.topicsVersion > topicsVersion];
      };
      const topicChanges = [
        () => store.createTopic(topic(1)),
        () => store.alterTopicConfigs(topicId(1), new Map([['retention.ms', '1']])),
        () => store.setPartitionCount(topicId(1), 4, 3),
      ];
      const refusals = [
        () => assertRefused(store.setPartitionCount(topicId(1), 5, 3), 'fenced'),
        () => assertRefused(store.createTopic(topic(1)), 'topic-exists'),
      ];
      const otherChanges = [
        () => store.saveGroup(group('g', 1), null),
        () => store.commitOffsets('g', 1, [committed(1, 0, 1)]),
        () => store.deleteOffsets('g', [{ topicId: topicId(1), partition: 0 }]),
        () => store.deleteGroup('g'),
      ];
      for (const change of topicChanges) assert.deepEqual(await grown(change()), [true, true]);
      for (const refusal of refusals) assert.deepEqual(await grown(refusal()), [false, false]);
      for (const change of otherChanges) assert.deepEqual(await grown(change()), [true, false]);
      assert.deepEqual(await grown(store.deleteTopic(topicId(1))), [true, true]);
    },

  'text of any language and the largest numbers come through': async (harness) => {
    const store = await harness.open();
    const odd = 'ünïcödé 日本 🦀 \u0000 \' " ; -- \n';
    await store.createTopic(topic(1, { configs: new Map([[odd, odd]]) }));
    await store.saveGroup(group(odd, 0x7fffffff, odd), null);
    const largest = {
      ...committed(1, 0x7fffffff, 0),
      offset: Number.MAX_SAFE_INTEGER,
      metadata: odd,
    };
    const none = { ...committed(1, 0, 0), leaderEpoch: -1, commitTimestampMs: -1, metadata: '' };
    await store.commitOffsets(odd, 0x7fffffff, [largest, none]);
    assert.deepEqual([...store.image.offsets(odd).values()], [largest, none]);
    assert.equal(store.image.topicsById.get(topicId(1))!.configs.get(odd), odd);
  },

  'a number that is no integer is refused and harms nothing': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    for (const bad of [2 ** 53, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const offsets = [committed(1, 0, 1), { ...committed(1, 1, 1), offset: bad }];
      await assert.rejects(store.commitOffsets('g', null, offsets), RangeError);
      await assert.rejects(store.saveGroup(group('g', bad), null), RangeError);
      await assert.rejects(store.createTopic(topic(2, { createdAtMs: bad })), RangeError);
    }
    assert.deepEqual([...store.image.groupIds()], []);
    assert.equal(store.image.topicsById.size, 1);
  },

  'close waits for the writes that were called before': async (harness) => {
    const store = await harness.open();
    const creation = store.createTopic(topic(1));
    const commits = Array.from({ length: 100 }, (_, partition) =>
      store.commitOffsets('g', null, [committed(1, partition, partition)]),
    );
    await store.close();
    await creation;
    await Promise.all(commits);
    assert.equal(store.image.offsets('g').size, 100);
  },

  'thousands of offsets of hundreds of groups': async (harness) => {
    const store = await harness.open();
    await store.createTopic(topic(1));
    const offsets = Array.from({ length: 50 }, (_, partition) => committed(1, partition, 9));
    const commits = Array.from({ length: 200 }, (_, number) =>
      store.commitOffsets(`group-${number}`, null, offsets),
    );
    await Promise.all(commits);
    assert.equal([...store.image.groupIds()].length, 200);
    for (let number = 0; number < 200; number++) {
      assert.deepEqual([...store.image.offsets(`group-${number}`).values()], offsets);
    }
  },

  'all survives a reopening': async (harness) => {
    const store = await harness.open();
    const odd = 'ünïcödé 日本 🦀 \u0000 \' "';
    const configs = new Map([
      ['retention.ms', '1'],
      ['cleanup.policy', odd],
    ]);
    await store.createTopic(topic(1, { configs }));
    await store.createTopic(topic(2));
    await store.createTopic(topic(3));
    await store.alterTopicConfigs(topicId(1), new Map([['retention.ms', null]]));
    await store.saveGroup(group('g', 3, odd), null);
    await store.saveGroup(group('gone', 3), null);
    await store.commitOffsets('gone', 3, [committed(1, 0, 1)]);
    const many = Array.from({ length: 3000 }, (_, partition) => ({
      ...committed(2, partition, 0),
      offset: Number.MAX_SAFE_INTEGER - partition,
    }));
    await store.commitOffsets('g', 3, many);
    await store.commitOffsets('rowless', null, [{ ...committed(1, 0, 1), metadata: odd }]);
    await store.commitOffsets('rowless', null, [committed(3, 0, 1)]);
    await assertRefused(store.commitOffsets('rowless', 1, [committed(1, 1, 1)]), 'fenced');
    await store.deleteOffsets('g', [{ topicId: topicId(2), partition: 17 }]);
    await store.deleteGroup('gone');
    await store.deleteTopic(topicId(3));
    const nextProducerId = (await store.allocateProducerIds(1000)) + 1000;
    const before = contents(store);
    await store.close();

    const again = await harness.open();
    assert.deepEqual(contents(again), before);
    assert.equal(await again.allocateProducerIds(1), nextProducerId);
    await assertRefused(again.saveGroup(group('g', 4), 2), 'fenced');
    await again.saveGroup(group('g', 4), 3);
    await assertRefused(again.createTopic(topic(1)), 'topic-exists');
  },
};
