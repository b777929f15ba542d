import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  type GroupRecord,
  ManualClock,
  MemoryMetadataStore,
  MetadataError,
} from '@millrace/storage';
import { GroupCoordinator } from './group-coordinator.ts';
import { GroupMemory } from './group-memory.ts';
import { TimerQueue } from './timer-queue.ts';

const TOPIC_ID = 'abcdefghijklmnopqrstuw';
const RANGE = [{ name: 'range', metadata: Buffer.from('m') }];

/** A store whose group writes can be held up and made to fail. */
class SlowStore extends MemoryMetadataStore {
  /** Null lets group writes through at once. */
  held: (() => void)[] | null = null;
  fail: MetadataError | null = null;
  /** The write is carried out, and reported as failed. */
  failAfter: MetadataError | null = null;
  saves = 0;
  heldCommits: (() => void)[] | null = null;

  override async commitOffsets(
    ...args: Parameters<MemoryMetadataStore['commitOffsets']>
  ): Promise<void> {
    const held = this.heldCommits;
    if (held !== null) await new Promise<void>((resolve) => held.push(resolve));
    await super.commitOffsets(...args);
  }

  override async saveGroup(group: GroupRecord, expectedEpoch: number | null): Promise<void> {
    this.saves++;
    if (this.held !== null) await new Promise<void>((resolve) => this.held!.push(resolve));
    if (this.fail !== null) throw this.fail;
    await super.saveGroup(group, expectedEpoch);
    if (this.failAfter !== null) throw this.failAfter;
  }
}

class Setup {
  readonly store = new SlowStore();
  readonly clock = new ManualClock();
  readonly notices: string[] = [];
  /** Small, so that a test can use it up. */
  readonly memory = new GroupMemory(10_000);
  coordinator!: GroupCoordinator;
  #timers: TimerQueue | null = null;
  #uuids = 0;

  static async start(): Promise<Setup> {
    const setup = new Setup();
    await setup.store.open();
    await setup.store.createTopic({
      topicId: TOPIC_ID,
      name: 't',
      partitionCount: 2,
      createdAtMs: 0,
      configs: new Map(),
    });
    setup.restart();
    return setup;
  }

  /** A new coordinator over the same store, as after a crash. */
  restart(): void {
    this.#timers?.close();
    const timers = new TimerQueue(this.clock, (error) => assert.fail(String(error)));
    this.#timers = timers;
    this.coordinator = new GroupCoordinator({
      metadata: this.store,
      clock: this.clock,
      timers,
      newUuid: () => `uuid${++this.#uuids}`,
      onNotice: (message) => this.notices.push(message),
      memory: this.memory,
      config: {
        initialRebalanceDelayMs: 3000,
        minSessionTimeoutMs: 6000,
        maxSessionTimeoutMs: 1_800_000,
        maxSize: 100,
        offsetMetadataMaxBytes: 8,
      },
    });
    this.coordinator.start();
  }

  join(memberId = '', groupInstanceId: string | null = null) {
    return this.coordinator.join('g', {
      memberId,
      groupInstanceId,
      clientId: 'c',
      clientHost: '/127.0.0.1',
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 60_000,
      protocolType: 'consumer',
      protocols: RANGE,
      requiresKnownMemberId: false,
      supportsSkippingAssignment: true,
    });
  }

  sync(memberId: string, generation: number, assignment = 'A') {
    return this.coordinator.sync('g', {
      memberId,
      generation,
      groupInstanceId: null,
      protocolType: null,
      protocolName: null,
      assignments: [{ memberId, assignment: Buffer.from(assignment) }],
    });
  }

  async heartbeat(memberId: string, generation: number): Promise<number> {
    const claim = { memberId, generation, groupInstanceId: null };
    return (await this.coordinator.heartbeat('g', claim)).error;
  }

  commit(memberId: string, generation: number, offsets: Partial<Parameters<typeof offset>[0]>[]) {
    const claim = { memberId, generation, groupInstanceId: null };
    return this.coordinator.commitOffsets({ groupId: 'g', claim, offsets: offsets.map(offset) });
  }

  /** A stable group of one; gives the member's id. */
  async stable(): Promise<string> {
    const joining = this.join();
    this.clock.advance(3000);
    const { memberId, generation } = await joining;
    assert.equal((await this.sync(memberId, generation)).error, ErrorCode.NONE);
    return memberId;
  }
}

function offset(values: {
  topicId?: string;
  partition?: number;
  offset?: number;
  metadata?: string;
}) {
  return { topicId: TOPIC_ID, partition: 0, offset: 7, leaderEpoch: -1, metadata: '', ...values };
}

const unavailable = () => new MetadataError('unavailable', 'disk full');
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('what a reply promises is stored first', () => {
  test('a generation is told when it is stored, not before', async () => {
    const setup = await Setup.start();
    setup.store.held = [];
    let reply: unknown = null;
    const joining = setup.join().then((joined) => (reply = joined));
    setup.clock.advance(3000);
    await settle();
    assert.equal(reply, null);
    assert.equal(setup.store.image.groups.has('g'), false);
    setup.store.held[0]!();
    await joining;
    assert.equal(setup.store.image.groups.get('g')!.epoch, 1);
  });

  test('while one snapshot is stored those behind it gather into one', async () => {
    const setup = await Setup.start();
    const joining = [setup.join('', 'a'), setup.join('', 'b'), setup.join('', 'c')];
    setup.clock.advance(6000);
    const [a] = await Promise.all(joining);
    const sync = { generation: 1, protocolType: null, protocolName: null, assignments: [] };
    await setup.coordinator.sync('g', { ...sync, memberId: a!.memberId, groupInstanceId: 'a' });
    setup.store.saves = 0;
    setup.store.held = [];
    const back = ['a', 'b', 'c'].map((instance) => setup.join('', instance));
    setup.store.held[0]!();
    await back[0];
    assert.equal(setup.store.saves, 2);
    setup.store.held[1]!();
    const replies = await Promise.all(back);
    assert.deepEqual(
      replies.map((reply) => reply.error),
      [0, 0, 0],
    );
    assert.equal(setup.store.saves, 2);
    const stored = setup.store.image.groups.get('g')!.state;
    for (const reply of replies) assert.ok(stored.includes(reply.memberId));
  });

  test('a generation that could not be stored is an error to all who wait for it', async () => {
    const setup = await Setup.start();
    setup.store.fail = unavailable();
    const joining = [setup.join(), setup.join()];
    setup.clock.advance(6000);
    for (const reply of await Promise.all(joining)) {
      assert.equal(reply.error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
      assert.equal(reply.generation, -1);
    }
    assert.match(setup.notices[0]!, /"g".*generation 1.*disk full/);
    // The client joins again with the id it has, and the group goes on.
    setup.store.fail = null;
    const again = (await Promise.all(joining)).map((reply) => setup.join(reply.memberId));
    const [first, second] = await Promise.all(again);
    assert.deepEqual([first!.generation, second!.generation], [2, 2]);
    assert.equal(setup.store.image.groups.get('g')!.epoch, 2);
  });

  test('a write that was carried out and reported as failed does not fence us out', async () => {
    const setup = await Setup.start();
    setup.store.failAfter = unavailable();
    const joining = setup.join();
    setup.clock.advance(3000);
    const { memberId, error } = await joining;
    assert.equal(error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    setup.store.failAfter = null;
    assert.equal((await setup.join(memberId)).generation, 2);
  });

  test('an assignment that could not be stored is not given out', async () => {
    const setup = await Setup.start();
    const joining = setup.join();
    setup.clock.advance(3000);
    const { memberId } = await joining;
    setup.store.fail = unavailable();
    const reply = await setup.sync(memberId, 1);
    assert.equal(reply.error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assert.equal(reply.assignment.length, 0);
    assert.equal(await setup.heartbeat(memberId, 1), ErrorCode.REBALANCE_IN_PROGRESS);
  });

  test('when another broker wrote the group, we let go of it and read it again', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    const theirs = { groupId: 'g', epoch: 9, protocolType: 'consumer', state: '' };
    await setup.store.saveGroup(theirs, 1);
    const rejoin = await setup.join(memberId);
    assert.equal(rejoin.error, ErrorCode.NOT_COORDINATOR);
    const joining = setup.join();
    setup.clock.advance(3000);
    assert.equal((await joining).generation, 10);
    assert.match(setup.notices.at(-1)!, /cannot be read/);
  });
});

describe('restart', () => {
  test('members go on, and their silence ends them', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    setup.restart();
    assert.equal(await setup.heartbeat(memberId, 1), ErrorCode.NONE);
    assert.deepEqual(await setup.commit(memberId, 1, [{}]), [ErrorCode.NONE]);
    assert.equal((await setup.sync(memberId, 1)).assignment.toString(), 'A');
    setup.clock.advance(10_000);
    await settle();
    assert.equal(setup.coordinator.describe('g')!.state, 'Empty');
    assert.equal(setup.store.image.groups.get('g')!.epoch, 2);
    setup.restart();
    const joining = setup.join();
    setup.clock.advance(3000);
    assert.equal((await joining).generation, 3);
  });

  test('members that never come back end without anyone asking', async () => {
    const setup = await Setup.start();
    await setup.stable();
    setup.restart();
    setup.clock.advance(10_000);
    await settle();
    assert.equal(setup.coordinator.describe('g')!.state, 'Empty');
    assert.equal(setup.store.image.groups.get('g')!.epoch, 2);
  });

  test('a stop answers what is parked and leaves the group stored', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    const parked = setup.join();
    await setup.coordinator.stop();
    assert.equal((await parked).error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    const late = await setup.heartbeat(memberId, 1);
    assert.equal(late, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assert.equal(setup.clock.pendingCount, 0);
    setup.restart();
    assert.equal(await setup.heartbeat(memberId, 1), ErrorCode.NONE);
  });
});

describe('memory', () => {
  test('requests for groups that are not there leave nothing behind', async () => {
    const setup = await Setup.start();
    assert.equal(await setup.heartbeat('m', 1), ErrorCode.UNKNOWN_MEMBER_ID);
    const leave = await setup.coordinator.leave('g', {
      members: [{ memberId: 'm', groupInstanceId: null }],
    });
    assert.equal(leave.members[0]!.error, ErrorCode.UNKNOWN_MEMBER_ID);
    assert.deepEqual(setup.coordinator.list(), []);
    assert.equal(setup.coordinator.describe('g'), null);
    assert.equal(setup.clock.pendingCount, 0);
  });

  test('a member for which there is no room is told to try later, and comes in when there is', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    setup.memory.add(9000);
    assert.equal((await setup.join()).error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assert.equal(
      await setup.heartbeat(memberId, 1),
      ErrorCode.NONE,
      'the others are not disturbed',
    );
    setup.memory.add(-9000);
    const joining = setup.join();
    await setup.coordinator.leave('g', { members: [{ memberId, groupInstanceId: null }] });
    assert.equal((await joining).error, ErrorCode.NONE);
  });

  test('a group that empties is only its row', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    assert.deepEqual(setup.coordinator.list(), [
      { groupId: 'g', protocolType: 'consumer', state: 'Stable' },
    ]);
    await setup.coordinator.leave('g', { members: [{ memberId, groupInstanceId: null }] });
    assert.equal(setup.clock.pendingCount, 0);
    assert.deepEqual(setup.coordinator.list(), [
      { groupId: 'g', protocolType: 'consumer', state: 'Empty' },
    ]);
  });
});

describe('offsets', () => {
  test('each offset has its own error', async () => {
    const setup = await Setup.start();
    const errors = await setup.commit('', -1, [
      { partition: 0, offset: 5, metadata: '12345678' },
      { partition: 1, metadata: '123456789' },
      { partition: 2 },
      { partition: -1 },
      { topicId: 'zzzzzzzzzzzzzzzzzzzzzz' },
    ]);
    const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    const tooLarge = ErrorCode.OFFSET_METADATA_TOO_LARGE;
    assert.deepEqual(errors, [ErrorCode.NONE, tooLarge, unknown, unknown, unknown]);
    const found = setup.coordinator.offsets.find('g', TOPIC_ID, 0)!;
    assert.equal(found.offset, 5);
    assert.equal(found.commitTimestampMs, setup.clock.nowMs());
    assert.equal(setup.coordinator.offsets.all('g').size, 1);
  });

  test('a member of a group that is not there', async () => {
    const setup = await Setup.start();
    assert.deepEqual(await setup.commit('m', 1, [{}]), [ErrorCode.GROUP_ID_NOT_FOUND]);
  });

  test('the store fences a commit of a generation that is over', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    await setup.store.saveGroup({ ...setup.store.image.groups.get('g')!, epoch: 2 }, 1);
    assert.deepEqual(await setup.commit(memberId, 1, [{}]), [ErrorCode.NOT_COORDINATOR]);
    assert.equal(setup.coordinator.offsets.all('g').size, 0);
  });

  test('a commit that a rebalance overtakes is of an old generation', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    setup.store.heldCommits = [];
    const committing = setup.commit(memberId, 1, [{}]);
    await setup.coordinator.leave('g', { members: [{ memberId, groupInstanceId: null }] });
    setup.store.heldCommits[0]!();
    assert.deepEqual(await committing, [ErrorCode.ILLEGAL_GENERATION]);
    assert.equal(setup.coordinator.offsets.all('g').size, 0);
  });

  test('a topic that is deleted meanwhile does not take the others with it', async () => {
    const setup = await Setup.start();
    const topic = setup.store.image.topicsById.get(TOPIC_ID)!;
    await setup.store.createTopic({ ...topic, topicId: 'otheridotheridotheridw', name: 'o' });
    const deleting = setup.store.deleteTopic('otheridotheridotheridw');
    const errors = setup.commit('', -1, [{ topicId: 'otheridotheridotheridw' }, {}]);
    await deleting;
    const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    assert.deepEqual(await errors, [unknown, ErrorCode.NONE]);
  });

  test('a group is deleted when it is empty, with its offsets', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    await setup.commit(memberId, 1, [{}]);
    assert.equal(await setup.coordinator.delete('nobody'), ErrorCode.GROUP_ID_NOT_FOUND);
    assert.equal(await setup.coordinator.delete('g'), ErrorCode.NON_EMPTY_GROUP);
    await setup.coordinator.leave('g', { members: [{ memberId, groupInstanceId: null }] });
    const deleting = setup.coordinator.delete('g');
    const meanwhile = await setup.join();
    assert.equal(meanwhile.error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assert.equal(await deleting, ErrorCode.NONE);
    assert.equal(setup.coordinator.describe('g'), null);
    const joining = setup.join();
    setup.clock.advance(3000);
    assert.equal((await joining).generation, 1);
  });

  test('a group that is still being stored is deleted after that', async () => {
    const setup = await Setup.start();
    const memberId = await setup.stable();
    setup.store.held = [];
    const leaving = setup.coordinator.leave('g', {
      members: [{ memberId, groupInstanceId: null }],
    });
    const deleting = setup.coordinator.delete('g');
    await settle();
    setup.store.held[0]!();
    assert.equal((await leaving).error, ErrorCode.NONE);
    assert.equal(await deleting, ErrorCode.NONE);
    assert.equal(setup.coordinator.describe('g'), null);
  });
});
