import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode, Writer } from '@millrace/protocol';
import {
  ConsumerProtocolSubscription,
  createConsumerProtocolSubscription,
} from '@millrace/protocol/messages/consumer-protocol-subscription';
import { createDeleteGroupsRequest } from '@millrace/protocol/messages/delete-groups-request';
import { createDescribeGroupsRequest } from '@millrace/protocol/messages/describe-groups-request';
import { createFindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import { createHeartbeatRequest } from '@millrace/protocol/messages/heartbeat-request';
import {
  createJoinGroupRequest,
  type JoinGroupRequest,
} from '@millrace/protocol/messages/join-group-request';
import {
  createLeaveGroupRequest,
  createLeaveGroupRequestMemberIdentity,
} from '@millrace/protocol/messages/leave-group-request';
import { createListGroupsRequest } from '@millrace/protocol/messages/list-groups-request';
import {
  createOffsetCommitRequest,
  createOffsetCommitRequestPartition,
  createOffsetCommitRequestTopic,
  type OffsetCommitRequest,
} from '@millrace/protocol/messages/offset-commit-request';
import {
  createOffsetDeleteRequest,
  createOffsetDeleteRequestPartition,
  createOffsetDeleteRequestTopic,
} from '@millrace/protocol/messages/offset-delete-request';
import {
  createOffsetFetchRequest,
  createOffsetFetchRequestGroup,
  createOffsetFetchRequestTopic,
  createOffsetFetchRequestTopics,
} from '@millrace/protocol/messages/offset-fetch-request';
import {
  createSyncGroupRequest,
  createSyncGroupRequestAssignment,
} from '@millrace/protocol/messages/sync-group-request';
import { ManualClock, MemoryMetadataStore } from '@millrace/storage';
import { callFailure, callHandler } from '../../test/call-handler.ts';
import { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import { TimerQueue } from '../coordinator/timer-queue.ts';
import type { Placement } from '../placement.ts';
import { offsetCommitHandler } from './08-offset-commit.ts';
import { offsetFetchHandler } from './09-offset-fetch.ts';
import { findCoordinatorHandler } from './10-find-coordinator.ts';
import { joinGroupHandler } from './11-join-group.ts';
import { heartbeatHandler } from './12-heartbeat.ts';
import { leaveGroupHandler } from './13-leave-group.ts';
import { syncGroupHandler } from './14-sync-group.ts';
import { describeGroupsHandler } from './15-describe-groups.ts';
import { listGroupsHandler } from './16-list-groups.ts';
import { deleteGroupsHandler } from './42-delete-groups.ts';
import { offsetDeleteHandler } from './47-offset-delete.ts';

const TOPIC_ID = 'abcdefghijklmnopqrstuw';
const UNKNOWN_ID = 'zzzzzzzzzzzzzzzzzzzzzw';

/** What a consumer that subscribes to these topics sends as its metadata. */
function subscription(...topics: string[]): Buffer {
  const writer = new Writer();
  writer.writeInt16(1);
  ConsumerProtocolSubscription.encode(writer, createConsumerProtocolSubscription({ topics }), 1);
  return writer.toBuffer();
}

class Apis {
  readonly metadata = new MemoryMetadataStore();
  readonly clock = new ManualClock();
  readonly coordinator: GroupCoordinator;
  #uuids = 0;

  private constructor() {
    this.coordinator = new GroupCoordinator({
      metadata: this.metadata,
      clock: this.clock,
      timers: new TimerQueue(this.clock, (error) => assert.fail(String(error))),
      newUuid: () => `uuid${++this.#uuids}`,
      onNotice: (message) => assert.fail(message),
      config: {
        initialRebalanceDelayMs: 0,
        minSessionTimeoutMs: 6000,
        maxSessionTimeoutMs: 1_800_000,
        maxSize: 100,
        offsetMetadataMaxBytes: 4096,
      },
    });
  }

  static async start(): Promise<Apis> {
    const apis = new Apis();
    await apis.metadata.open();
    const topic = { topicId: TOPIC_ID, name: 't', partitionCount: 2, createdAtMs: 0 };
    await apis.metadata.createTopic({ ...topic, configs: new Map() });
    apis.coordinator.start();
    return apis;
  }

  async join(version: number, fields: Partial<JoinGroupRequest> = {}) {
    const request = createJoinGroupRequest({
      groupId: 'g',
      sessionTimeoutMs: 10_000,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: subscription('t') }],
      ...(version >= 1 && { rebalanceTimeoutMs: 60_000 }),
      ...fields,
    });
    const answer = callHandler(joinGroupHandler(this.coordinator), request, version);
    this.clock.advance(0);
    return answer;
  }

  async sync(memberId: string, generationId: number, version: number) {
    const request = createSyncGroupRequest({
      groupId: 'g',
      memberId,
      generationId,
      assignments: [
        createSyncGroupRequestAssignment({ memberId, assignment: Buffer.from('theirs') }),
      ],
      ...(version >= 5 && { protocolType: 'consumer', protocolName: 'range' }),
    });
    return callHandler(syncGroupHandler(this.coordinator), request, version);
  }

  /** A stable group of one; gives the member's id. */
  async stable(): Promise<string> {
    const { memberId } = await this.join(0);
    await this.sync(memberId, 1, 0);
    return memberId;
  }

  commit(version: number, fields: Partial<OffsetCommitRequest> = {}) {
    const request = createOffsetCommitRequest({ groupId: 'g', ...fields });
    return callHandler(offsetCommitHandler(this), request, version);
  }

  fetch(version: number, request: Parameters<typeof createOffsetFetchRequest>[0]) {
    const handler = offsetFetchHandler({
      offsets: this.coordinator.offsets,
      metadata: this.metadata,
    });
    return callHandler(handler, createOffsetFetchRequest(request), version);
  }
}

function commitOf(topic: { name?: string; topicId?: string }, ...offsets: number[]) {
  return createOffsetCommitRequestTopic({
    ...topic,
    partitions: offsets.map((committedOffset, partitionIndex) =>
      createOffsetCommitRequestPartition({
        partitionIndex,
        committedOffset,
        committedMetadata: partitionIndex === 0 ? 'note' : null,
      }),
    ),
  });
}

describe('JoinGroup and SyncGroup', () => {
  test('the oldest versions', async () => {
    const apis = await Apis.start();
    const joined = await apis.join(0);
    assert.equal(joined.errorCode, ErrorCode.NONE);
    assert.equal(joined.generationId, 1);
    assert.equal(joined.protocolName, 'range');
    assert.equal(joined.leader, 'client-uuid1');
    assert.deepEqual(joined.members[0]!.metadata, subscription('t'));
    const synced = await apis.sync(joined.memberId, 1, 0);
    assert.equal(synced.errorCode, ErrorCode.NONE);
    assert.equal(synced.assignment.toString(), 'theirs');
    const refused = await apis.join(0, { sessionTimeoutMs: 1 });
    assert.equal(refused.errorCode, ErrorCode.INVALID_SESSION_TIMEOUT);
    assert.equal(refused.protocolName, '');
  });

  test('before version 1 the session timeout is the rebalance timeout', async () => {
    const apis = await Apis.start();
    const { memberId } = await apis.join(0);
    // A leader that never assigns is out when the rebalance timeout has passed.
    const heartbeat = createHeartbeatRequest({ groupId: 'g', memberId, generationId: 1 });
    apis.clock.advance(6000);
    const handler = heartbeatHandler(apis.coordinator);
    assert.equal((await callHandler(handler, heartbeat, 0)).errorCode, ErrorCode.NONE);
    apis.clock.advance(4000);
    const late = await callHandler(handler, heartbeat, 0);
    assert.equal(late.errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('the newest versions', async () => {
    const apis = await Apis.start();
    const first = await apis.join(9);
    assert.equal(first.errorCode, ErrorCode.MEMBER_ID_REQUIRED);
    assert.equal(first.protocolName, null);
    const joined = await apis.join(9, { memberId: first.memberId, reason: 'because' });
    assert.equal(joined.protocolType, 'consumer');
    assert.equal(joined.skipAssignment, false);
    const synced = await apis.sync(first.memberId, 1, 5);
    assert.equal(synced.protocolType, 'consumer');
    assert.equal(synced.protocolName, 'range');
    assert.equal(synced.assignment.toString(), 'theirs');
    // From version 5 on the protocol has to be named.
    const bare = createSyncGroupRequest({
      groupId: 'g',
      memberId: first.memberId,
      generationId: 1,
    });
    const refused = await callHandler(syncGroupHandler(apis.coordinator), bare, 5);
    assert.equal(refused.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  });

  test('only version 9 lets a returning static leader skip the assignment', async () => {
    const apis = await Apis.start();
    const one = { groupInstanceId: 'one' };
    const { memberId } = await apis.join(5, one);
    const sync = createSyncGroupRequest({ groupId: 'g', memberId, generationId: 1, ...one });
    await callHandler(syncGroupHandler(apis.coordinator), sync, 3);
    const eight = await apis.join(8, one);
    assert.deepEqual([eight.leader, eight.members], [memberId, []]);
    const nine = await apis.join(9, one);
    assert.deepEqual([nine.leader, nine.skipAssignment], [nine.memberId, true]);
  });

  test('an empty group id is refused', async () => {
    const apis = await Apis.start();
    const joined = await apis.join(9, { groupId: '' });
    assert.equal(joined.errorCode, ErrorCode.INVALID_GROUP_ID);
    const heartbeat = createHeartbeatRequest({ groupId: '', memberId: 'm' });
    const beat = await callHandler(heartbeatHandler(apis.coordinator), heartbeat, 4);
    assert.equal(beat.errorCode, ErrorCode.INVALID_GROUP_ID);
  });
});

describe('Heartbeat and LeaveGroup', () => {
  test('the oldest and newest versions', async () => {
    const apis = await Apis.start();
    const memberId = await apis.stable();
    const heartbeat = heartbeatHandler(apis.coordinator);
    for (const version of [0, 4]) {
      const request = createHeartbeatRequest({ groupId: 'g', memberId, generationId: 1 });
      assert.equal((await callHandler(heartbeat, request, version)).errorCode, ErrorCode.NONE);
      const old = { ...request, generationId: 0 };
      const refused = await callHandler(heartbeat, old, version);
      assert.equal(refused.errorCode, ErrorCode.ILLEGAL_GENERATION);
    }
    const leave = leaveGroupHandler(apis.coordinator);
    const stranger = createLeaveGroupRequest({ groupId: 'g', memberId: 'stranger' });
    assert.equal((await callHandler(leave, stranger, 0)).errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
    const members = [memberId, 'stranger'].map((id) =>
      createLeaveGroupRequestMemberIdentity({ memberId: id, reason: 'done' }),
    );
    const batch = createLeaveGroupRequest({ groupId: 'g', members });
    const left = await callHandler(leave, batch, 5);
    assert.equal(left.errorCode, ErrorCode.NONE);
    assert.deepEqual(
      left.members.map((member) => [member.memberId, member.errorCode]),
      [
        [memberId, ErrorCode.NONE],
        ['stranger', ErrorCode.UNKNOWN_MEMBER_ID],
      ],
    );
  });
});

describe('OffsetCommit and OffsetFetch', () => {
  test('the oldest versions, by name', async () => {
    const apis = await Apis.start();
    const unknown = commitOf({ name: 'nope' }, 1);
    const committed = await apis.commit(2, { topics: [unknown, commitOf({ name: 't' }, 5, 6, 7)] });
    const errors = committed.topics.map(({ partitions }) => partitions.map((p) => p.errorCode));
    const missing = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    assert.deepEqual(errors, [[missing], [ErrorCode.NONE, ErrorCode.NONE, missing]]);

    const topics = [
      createOffsetFetchRequestTopic({ name: 'nope', partitionIndexes: [0] }),
      createOffsetFetchRequestTopic({ name: 't', partitionIndexes: [1, 0, 9] }),
    ];
    const fetched = await apis.fetch(1, { groupId: 'g', topics });
    const found = fetched.topics.map(({ partitions }) =>
      partitions.map((p) => [p.partitionIndex, p.committedOffset, p.metadata, p.errorCode]),
    );
    assert.deepEqual(found[0], [[0, -1, '', 0]]);
    assert.deepEqual(found[1], [
      [1, 6, '', 0],
      [0, 5, 'note', 0],
      [9, -1, '', 0],
    ]);
  });

  test('all topics of one group', async () => {
    const apis = await Apis.start();
    await apis.commit(8, { topics: [commitOf({ name: 't' }, 5, 6)] });
    const all = await apis.fetch(7, { groupId: 'g', topics: null, requireStable: true });
    assert.deepEqual(
      all.topics[0]!.partitions.map((p) => [p.committedOffset, p.committedLeaderEpoch]),
      [
        [5, -1],
        [6, -1],
      ],
    );
    assert.deepEqual((await apis.fetch(2, { groupId: 'other', topics: null })).topics, []);
  });

  test('the newest versions, by id and for several groups', async () => {
    const apis = await Apis.start();
    const committed = await apis.commit(10, {
      topics: [commitOf({ topicId: UNKNOWN_ID }, 1), commitOf({ topicId: TOPIC_ID }, 5)],
    });
    assert.deepEqual(
      committed.topics.map((topic) => [topic.topicId, topic.partitions[0]!.errorCode]),
      [
        [UNKNOWN_ID, ErrorCode.UNKNOWN_TOPIC_ID],
        [TOPIC_ID, ErrorCode.NONE],
      ],
    );
    const topics = [UNKNOWN_ID, TOPIC_ID].map((topicId) =>
      createOffsetFetchRequestTopics({ topicId, partitionIndexes: [0] }),
    );
    const groups = [
      createOffsetFetchRequestGroup({ groupId: 'g', topics }),
      createOffsetFetchRequestGroup({ groupId: 'g', topics: null }),
      createOffsetFetchRequestGroup({ groupId: 'other', topics: null }),
    ];
    const fetched = await apis.fetch(10, { groups });
    const found = fetched.groups.map((group) =>
      group.topics.map(({ topicId, partitions: [p] }) => [
        topicId,
        p!.committedOffset,
        p!.errorCode,
      ]),
    );
    assert.deepEqual(found, [
      [
        [UNKNOWN_ID, -1, ErrorCode.UNKNOWN_TOPIC_ID],
        [TOPIC_ID, 5, ErrorCode.NONE],
      ],
      [[TOPIC_ID, 5, ErrorCode.NONE]],
      [],
    ]);
  });

  test('a commit needs to come from the group', async () => {
    const apis = await Apis.start();
    const topics = [commitOf({ name: 't' }, 5)];
    const errorOf = async (version: number, fields: Partial<OffsetCommitRequest>) =>
      (await apis.commit(version, { topics, ...fields })).topics[0]!.partitions[0]!.errorCode;
    const claim = { memberId: 'm', generationIdOrMemberEpoch: 1 };
    assert.equal(await errorOf(8, claim), ErrorCode.ILLEGAL_GENERATION);
    assert.equal(await errorOf(9, claim), ErrorCode.GROUP_ID_NOT_FOUND);
    const memberId = await apis.stable();
    assert.equal(await errorOf(9, {}), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(await errorOf(9, { ...claim, memberId }), ErrorCode.NONE);
    assert.equal(
      await errorOf(9, { memberId, generationIdOrMemberEpoch: 2 }),
      ErrorCode.ILLEGAL_GENERATION,
    );
  });

  test('metadata is bounded, in characters as in Kafka', async () => {
    const apis = await Apis.start();
    const errorOf = async (committedMetadata: string) => {
      const topic = commitOf({ name: 't' }, 5);
      topic.partitions[0]!.committedMetadata = committedMetadata;
      const committed = await apis.commit(9, { topics: [topic] });
      return committed.topics[0]!.partitions[0]!.errorCode;
    };
    assert.equal(await errorOf('é'.repeat(4096)), ErrorCode.NONE);
    assert.equal(await errorOf('é'.repeat(4097)), ErrorCode.OFFSET_METADATA_TOO_LARGE);
  });

  test('a topic committed twice is answered once, and one without partitions not at all', async () => {
    const apis = await Apis.start();
    const nothing = { ...commitOf({ name: 't' }, 5), partitions: [] };
    const topics = [nothing, commitOf({ name: 't' }, 5), commitOf({ name: 't' }, 6)];
    const committed = await apis.commit(9, { topics });
    const answered = committed.topics.map(({ name, partitions }) => [name, partitions.length]);
    assert.deepEqual(answered, [['t', 2]]);
  });
});

describe('FindCoordinator', () => {
  const placement: Pick<Placement, 'coordinatorOf'> = {
    coordinatorOf: (_type, key, { listener }) =>
      key === 'lost' ? null : { nodeId: 3, host: `host-of-${listener}`, port: 9092, rack: null },
  };
  const handler = findCoordinatorHandler(placement);

  test('the oldest version has one key, the newest several', async () => {
    const one = await callHandler(handler, createFindCoordinatorRequest({ key: 'g' }), 0);
    assert.deepEqual([one.errorCode, one.nodeId, one.host], [0, 3, 'host-of-PLAINTEXT']);
    const request = createFindCoordinatorRequest({ coordinatorKeys: ['g', 'lost'] });
    const several = await callHandler(handler, request, 6);
    assert.deepEqual(
      several.coordinators.map((one) => [one.key, one.errorCode, one.nodeId, one.port]),
      [
        ['g', ErrorCode.NONE, 3, 9092],
        ['lost', ErrorCode.COORDINATOR_NOT_AVAILABLE, -1, -1],
      ],
    );
  });

  test('the versions with one key name the error also when there is none', async () => {
    for (const version of [1, 2, 3]) {
      const found = await callHandler(handler, createFindCoordinatorRequest({ key: 'g' }), version);
      assert.equal(found.errorMessage, 'NONE');
    }
    const request = createFindCoordinatorRequest({ coordinatorKeys: ['g'] });
    assert.equal((await callHandler(handler, request, 4)).coordinators[0]!.errorMessage, '');
  });

  test('transactions and share groups have no coordinator, which is final', async () => {
    const transaction = createFindCoordinatorRequest({ key: 'x', keyType: 1 });
    const answer = await callHandler(handler, transaction, 3);
    assert.equal(answer.errorCode, ErrorCode.INVALID_REQUEST);
    assert.match(answer.errorMessage!, /Key type 1 is not served/);
    const share = createFindCoordinatorRequest({ coordinatorKeys: ['x'], keyType: 2 });
    const [only] = (await callHandler(handler, share, 6)).coordinators;
    assert.equal(only!.errorCode, ErrorCode.INVALID_REQUEST);
  });
});

describe('DescribeGroups and ListGroups', () => {
  test('show members, states and what is not there', async () => {
    const apis = await Apis.start();
    const memberId = await apis.stable();
    await apis.commit(9, { groupId: 'simple', topics: [commitOf({ name: 't' }, 1)] });
    const handler = describeGroupsHandler(apis.coordinator);
    const groups = ['g', 'simple', 'nobody'];
    const old = await callHandler(handler, createDescribeGroupsRequest({ groups }), 0);
    assert.deepEqual(
      old.groups.map((group) => [group.groupState, group.protocolType, group.errorCode]),
      [
        ['Stable', 'consumer', 0],
        ['Empty', '', 0],
        ['Dead', '', 0],
      ],
    );
    const [member] = old.groups[0]!.members;
    assert.equal(member!.memberId, memberId);
    assert.equal(member!.clientId, 'client');
    assert.equal(member!.clientHost, '/127.0.0.1');
    assert.deepEqual(member!.memberMetadata, subscription('t'));
    assert.equal(member!.memberAssignment.toString(), 'theirs');

    const request = createDescribeGroupsRequest({ groups, includeAuthorizedOperations: true });
    const newest = await callHandler(handler, request, 6);
    assert.deepEqual(
      newest.groups.map((group) => [group.errorCode, group.authorizedOperations]),
      [
        [ErrorCode.NONE, 3400],
        [ErrorCode.NONE, 3400],
        [ErrorCode.GROUP_ID_NOT_FOUND, -2147483648],
      ],
    );

    const list = listGroupsHandler(apis.coordinator);
    const idsOf = async (fields: Parameters<typeof createListGroupsRequest>[0], version = 5) => {
      const listed = await callHandler(list, createListGroupsRequest(fields), version);
      return listed.groups.map((group) => group.groupId);
    };
    assert.deepEqual(await idsOf({}, 0), ['g', 'simple']);
    assert.deepEqual(await idsOf({ statesFilter: ['stable'] }), ['g']);
    assert.deepEqual(await idsOf({ typesFilter: ['Classic'] }), ['g', 'simple']);
    assert.deepEqual(await idsOf({ typesFilter: ['consumer'] }), []);
  });
});

describe('DeleteGroups and OffsetDelete', () => {
  test('offsets of subscribed topics and groups with members stay', async () => {
    const apis = await Apis.start();
    const memberId = await apis.stable();
    const claim = { memberId, generationIdOrMemberEpoch: 1 };
    const other = { topicId: UNKNOWN_ID, name: 'other', partitionCount: 1, createdAtMs: 0 };
    await apis.metadata.createTopic({ ...other, configs: new Map() });
    const topics = [commitOf({ name: 't' }, 5), commitOf({ name: 'other' }, 6)];
    await apis.commit(9, { ...claim, topics });

    const deletion = createOffsetDeleteRequest({
      groupId: 'g',
      topics: ['t', 'other', 'nope'].map((name) =>
        createOffsetDeleteRequestTopic({
          name,
          partitions: [createOffsetDeleteRequestPartition({ partitionIndex: 0 })],
        }),
      ),
    });
    const handler = offsetDeleteHandler(apis);
    const deleted = await callHandler(handler, deletion, 0);
    assert.deepEqual(
      deleted.topics.map((topic) => topic.partitions[0]!.errorCode),
      [ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC, ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    );
    assert.deepEqual([...apis.coordinator.offsets.all('g').keys()], [`${TOPIC_ID}:0`]);
    const nobody = await callHandler(handler, { ...deletion, groupId: 'nobody' }, 0);
    assert.equal(nobody.errorCode, ErrorCode.GROUP_ID_NOT_FOUND);
    const below = createOffsetDeleteRequestPartition({ partitionIndex: -1 });
    const [none, one] = [[], [below]].map((partitions) =>
      createOffsetDeleteRequestTopic({ name: 'other', partitions }),
    );
    const strange = await callHandler(handler, { ...deletion, topics: [none!, one!] }, 0);
    assert.deepEqual(
      strange.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
      [[ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]],
    );

    const request = createDeleteGroupsRequest({ groupsNames: ['g', 'nobody', 'nobody'] });
    for (const version of [0, 2]) {
      const { results } = await callHandler(
        deleteGroupsHandler(apis.coordinator),
        request,
        version,
      );
      assert.deepEqual(
        results.map((result) => [result.groupId, result.errorCode]),
        [
          ['g', ErrorCode.NON_EMPTY_GROUP],
          ['nobody', ErrorCode.GROUP_ID_NOT_FOUND],
        ],
      );
    }
  });
});

test('every API can carry an error for the whole request in all its versions', async () => {
  const apis = await Apis.start();
  const { coordinator } = apis;
  const error = ErrorCode.UNKNOWN_SERVER_ERROR;
  const carries = (answer: unknown) => JSON.stringify(answer).includes(`"errorCode":${error}`);
  const placement = { coordinatorOf: () => null };
  const offsetFetch = offsetFetchHandler({
    offsets: coordinator.offsets,
    metadata: apis.metadata,
  });
  for (let version = 2; version <= 10; version++) {
    const topics = [commitOf({}, 1)];
    const request = createOffsetCommitRequest({ groupId: 'g', topics });
    assert.ok(carries(callFailure(offsetCommitHandler(apis), request, error, version)));
  }
  for (let version = 1; version <= 10; version++) {
    const topic = { name: '', partitionIndexes: [0] };
    const request = createOffsetFetchRequest(
      version < 8 ? { topics: [topic] } : { groups: [createOffsetFetchRequestGroup({})] },
    );
    assert.ok(carries(callFailure(offsetFetch, request, error, version)));
  }
  for (let version = 0; version <= 6; version++) {
    const request = createFindCoordinatorRequest(version < 4 ? {} : { coordinatorKeys: ['g'] });
    assert.ok(carries(callFailure(findCoordinatorHandler(placement), request, error, version)));
  }
  for (let version = 0; version <= 9; version++) {
    const request = createJoinGroupRequest({});
    assert.ok(carries(callFailure(joinGroupHandler(coordinator), request, error, version)));
  }
  for (let version = 0; version <= 4; version++) {
    const request = createHeartbeatRequest({});
    assert.ok(carries(callFailure(heartbeatHandler(coordinator), request, error, version)));
  }
  for (let version = 0; version <= 5; version++) {
    const leave = createLeaveGroupRequest({});
    assert.ok(carries(callFailure(leaveGroupHandler(coordinator), leave, error, version)));
    const sync = createSyncGroupRequest({});
    assert.ok(carries(callFailure(syncGroupHandler(coordinator), sync, error, version)));
    const list = createListGroupsRequest({});
    assert.ok(carries(callFailure(listGroupsHandler(coordinator), list, error, version)));
  }
  for (let version = 0; version <= 6; version++) {
    const request = createDescribeGroupsRequest({ groups: ['g'] });
    assert.ok(carries(callFailure(describeGroupsHandler(coordinator), request, error, version)));
  }
  for (let version = 0; version <= 2; version++) {
    const request = createDeleteGroupsRequest({ groupsNames: ['g'] });
    assert.ok(carries(callFailure(deleteGroupsHandler(coordinator), request, error, version)));
  }
  const request = createOffsetDeleteRequest({});
  assert.ok(carries(callFailure(offsetDeleteHandler(apis), request, error, 0)));
});
