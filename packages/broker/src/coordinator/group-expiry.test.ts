import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock, MemoryMetadataStore } from '@millrace/storage';
import { encodeClassicGroup } from './classic-group-record.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import { GroupExpiry } from './group-expiry.ts';
import { TimerQueue } from './timer-queue.ts';

const TOPIC_ID = 'abcdefghijklmnopqrstuw';
const RETENTION_MS = 1000;
const INTERVAL_MS = 100;

const offsetOf = (partition: number) => ({
  topicId: TOPIC_ID,
  partition,
  offset: 1,
  leaderEpoch: -1,
  metadata: '',
});

async function setup() {
  const metadata = new MemoryMetadataStore();
  const clock = new ManualClock();
  const timers = new TimerQueue(clock, (error) => assert.fail(String(error)));
  await metadata.open();
  const topic = { topicId: TOPIC_ID, name: 't', partitionCount: 9, createdAtMs: 0 };
  await metadata.createTopic({ ...topic, configs: new Map() });
  const coordinator = new GroupCoordinator({
    metadata,
    clock,
    timers,
    newUuid: () => 'uuid',
    onNotice: (message) => assert.fail(message),
    config: {
      initialRebalanceDelayMs: 0,
      minSessionTimeoutMs: 0,
      maxSessionTimeoutMs: 1_800_000,
      maxSize: 100,
      offsetMetadataMaxBytes: 100,
    },
  });
  coordinator.start();
  const expiry = new GroupExpiry({
    coordinator,
    metadata,
    clock,
    timers,
    retentionMs: RETENTION_MS,
    checkIntervalMs: INTERVAL_MS,
  });
  expiry.start();

  const commit = async (groupId: string, partition: number) => {
    const claim = { memberId: '', generation: -1, groupInstanceId: null };
    const offsets = [offsetOf(partition)];
    assert.deepEqual(await coordinator.commitOffsets({ groupId, claim, offsets }), [0]);
  };
  const emptied = async (groupId: string) => {
    const snapshot = {
      state: 'Empty' as const,
      generation: 2,
      protocolType: 'consumer',
      protocolName: null,
      leaderId: null,
      members: [],
    };
    await metadata.saveGroup(encodeClassicGroup(groupId, snapshot, clock.nowMs()), null);
  };
  /** Moves time on, check by check, and lets what they delete be deleted. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += INTERVAL_MS) {
      clock.advance(INTERVAL_MS);
      for (let turn = 0; turn < 5; turn++) {
        await new Promise((resolve) => setImmediate(resolve));
        clock.advance(0);
      }
    }
  };
  const kept = (groupId: string) => [...coordinator.offsets.all(groupId).values()].length;
  return { coordinator, clock, expiry, commit, emptied, pass, kept };
}

test('each offset lives for the retention time, and the group with the last of them', async () => {
  const { coordinator, commit, pass, kept } = await setup();
  await commit('g', 0);
  await pass(500);
  await commit('g', 1);
  await pass(400);
  assert.equal(kept('g'), 2);
  await pass(100);
  assert.equal(kept('g'), 1);
  await pass(400);
  assert.notEqual(coordinator.describe('g'), null);
  await pass(100);
  assert.equal(coordinator.describe('g'), null);
});

test('offsets of a group that had members live on from when it emptied', async () => {
  const { coordinator, commit, emptied, pass, kept } = await setup();
  await commit('g', 0);
  await pass(900);
  await emptied('g');
  await pass(900);
  assert.equal(kept('g'), 1);
  await pass(100);
  assert.equal(coordinator.describe('g'), null);
});

test('an empty group without offsets goes at the next check, one with members stays', async () => {
  const { coordinator, clock, emptied, pass, kept } = await setup();
  await emptied('old');
  const joining = coordinator.join('g', {
    memberId: '',
    groupInstanceId: null,
    clientId: 'c',
    clientHost: '/h',
    sessionTimeoutMs: 60_000,
    rebalanceTimeoutMs: 60_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('') }],
    requiresKnownMemberId: false,
    supportsSkippingAssignment: false,
  });
  clock.advance(0);
  const { memberId } = await joining;
  const sync = { memberId, generation: 1, groupInstanceId: null, assignments: [] };
  await coordinator.sync('g', { ...sync, protocolType: null, protocolName: null });
  await coordinator.commitOffsets({ groupId: 'g', claim: sync, offsets: [offsetOf(0)] });
  await pass(1500);
  await coordinator.commitOffsets({ groupId: 'g', claim: sync, offsets: [offsetOf(1)] });
  await pass(500);
  assert.equal(kept('g'), 2);
  assert.deepEqual(
    coordinator.list().map((group) => group.groupId),
    ['g'],
  );
});

test('many groups are looked at in turns, again and again, until it stops', async () => {
  const { coordinator, clock, commit, expiry, pass } = await setup();
  for (let index = 0; index < 450; index++) await commit(`g${index}`, 0);
  await pass(1000);
  assert.equal(coordinator.list().length, 0);
  await commit('late', 0);
  await pass(1000);
  assert.equal(coordinator.list().length, 0);
  // Stopped in the middle of a check.
  await commit('last', 0);
  clock.advance(INTERVAL_MS);
  expiry.stop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(clock.pendingCount, 0);
});
