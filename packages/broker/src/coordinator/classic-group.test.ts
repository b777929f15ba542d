import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { ClassicGroupDriver, type JoinOptions } from '../../test/classic-group-driver.ts';
import { fuzzClassicGroup } from './classic-group.fuzz.ts';
import { decodeClassicGroup, encodeClassicGroup } from './classic-group-record.ts';

const NO_DELAY = { initialRebalanceDelayMs: 0 };

describe('joining', () => {
  test('a dynamic member is given its id first (KIP-394) and then joins with it', () => {
    const driver = new ClassicGroupDriver();
    const first = driver.joined(driver.join({ requiresKnownMemberId: true }));
    assert.equal(first.error, ErrorCode.MEMBER_ID_REQUIRED);
    assert.equal(first.memberId, 'client-uuid1');
    assert.equal(driver.group.state, 'Empty');

    const join = driver.join({ memberId: first.memberId, requiresKnownMemberId: true });
    assert.equal(driver.group.state, 'PreparingRebalance');
    driver.advance(2999);
    assert.ok(driver.isParked(join));
    driver.advance(1);
    const reply = driver.joined(join);
    assert.equal(reply.error, ErrorCode.NONE);
    assert.equal(reply.generation, 1);
    assert.equal(reply.leader, first.memberId);
    assert.equal(reply.protocolName, 'range');
    assert.equal(reply.protocolType, 'consumer');
    assert.deepEqual(reply.members, [
      { memberId: first.memberId, groupInstanceId: null, metadata: Buffer.from('m') },
    ]);
    assert.equal(driver.group.state, 'CompletingRebalance');
  });

  test('an id that was given out and not used is forgotten after the session timeout', () => {
    const driver = new ClassicGroupDriver();
    const { memberId } = driver.joined(driver.join({ requiresKnownMemberId: true }));
    assert.equal(driver.group.isIdle, false);
    driver.advance(10_000);
    assert.equal(driver.group.isIdle, true);
    assert.equal(driver.joined(driver.join({ memberId })).error, ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('of the ids given out the oldest goes when there are too many', () => {
    const driver = new ClassicGroupDriver();
    const ids = Array.from(
      { length: 10_001 },
      () => driver.joined(driver.join({ requiresKnownMemberId: true })).memberId,
    );
    assert.equal(driver.timers.size, 10_000);
    const oldest = driver.join({ memberId: ids[0]! });
    assert.equal(driver.joined(oldest).error, ErrorCode.UNKNOWN_MEMBER_ID);
    assert.ok(driver.isParked(driver.join({ memberId: ids[1]! })));
  });

  test('the join phase of a stable group waits for an id that was given out', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({});
    driver.join({ requiresKnownMemberId: true });
    const rejoin = driver.join({ memberId: a! });
    assert.ok(driver.isParked(rejoin));
    driver.advance(9_999);
    assert.ok(driver.isParked(rejoin));
    driver.advance(1);
    assert.equal(driver.joined(rejoin).generation, 2);
  });

  test('the initial delay is extended while members come, up to the rebalance timeout', () => {
    const driver = new ClassicGroupDriver();
    const tickets = [driver.join({ rebalanceTimeoutMs: 7000 })];
    for (let second = 1; second <= 6; second++) {
      driver.advance(1000);
      tickets.push(driver.join({ rebalanceTimeoutMs: 7000 }));
      assert.ok(driver.isParked(tickets[0]!), `after ${second} s`);
    }
    driver.advance(999);
    assert.ok(driver.isParked(tickets[0]!));
    driver.advance(1);
    assert.deepEqual(
      tickets.map((ticket) => driver.joined(ticket).generation),
      tickets.map(() => 1),
    );
  });

  test('the initial delay is not extended when nobody else comes', () => {
    const driver = new ClassicGroupDriver();
    const first = driver.join();
    driver.advance(1000);
    driver.join();
    driver.advance(2000);
    assert.ok(driver.isParked(first));
    driver.advance(3000);
    assert.equal(driver.joined(first).generation, 1);
  });

  test('a group that was emptied gathers its members anew', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({});
    driver.leave({ memberId: a!, groupInstanceId: null });
    const first = driver.join();
    driver.advance(1000);
    driver.join();
    driver.advance(4999);
    assert.ok(driver.isParked(first));
    driver.advance(1);
    assert.deepEqual(
      [driver.joined(first).generation, driver.joined(first).members.length],
      [3, 2],
    );
  });

  test('only the leader hears of the members, and the most wanted common protocol wins', () => {
    const driver = new ClassicGroupDriver();
    const a = driver.join({ protocols: { own: 'a0', range: 'a1', sticky: 'a2' } });
    const b = driver.join({ protocols: { sticky: 'b2', range: 'b1' } });
    const c = driver.join({ protocols: { sticky: 'c2', range: 'c1' } });
    driver.advance(6000);
    const leader = driver.joined(a);
    assert.equal(leader.protocolName, 'sticky');
    assert.deepEqual(
      leader.members.map((member) => member.metadata.toString()),
      ['a2', 'b2', 'c2'],
    );
    for (const follower of [driver.joined(b), driver.joined(c)]) {
      assert.equal(follower.leader, leader.memberId);
      assert.equal(follower.protocolName, 'sticky');
      assert.deepEqual(follower.members, []);
    }
  });

  test('a protocol that is named twice counts once', () => {
    const driver = new ClassicGroupDriver();
    const first = driver.join({
      protocols: [
        ['range', '1'],
        ['range', '2'],
      ],
    });
    const second = driver.join();
    driver.advance(6000);
    assert.equal(driver.joined(first).protocolName, 'range');
    assert.equal(driver.joined(second).generation, 1);
  });

  test('refuses what does not fit the group', () => {
    const driver = new ClassicGroupDriver();
    const errorOf = (options: JoinOptions) => driver.joined(driver.join(options)).error;
    const inconsistent = ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    assert.equal(errorOf({ protocols: {} }), inconsistent);
    assert.equal(errorOf({ protocolType: '' }), inconsistent);
    assert.equal(errorOf({ sessionTimeoutMs: 5999 }), ErrorCode.INVALID_SESSION_TIMEOUT);
    assert.equal(errorOf({ sessionTimeoutMs: 1_800_001 }), ErrorCode.INVALID_SESSION_TIMEOUT);
    assert.equal(errorOf({ memberId: 'stranger' }), ErrorCode.UNKNOWN_MEMBER_ID);
    driver.stable({ protocols: { range: '', sticky: '' } });
    assert.equal(errorOf({ protocols: { other: '' } }), inconsistent);
    assert.equal(errorOf({ protocols: {} }), inconsistent);
    assert.equal(errorOf({ protocolType: 'connect' }), inconsistent);
    assert.equal(driver.group.state, 'Stable');
  });

  test('holds no more than group.max.size members', () => {
    const driver = new ClassicGroupDriver({ maxSize: 2 });
    const ids = driver.stable({}, {});
    const third = driver.joined(driver.join());
    assert.equal(third.error, ErrorCode.GROUP_MAX_SIZE_REACHED);
    assert.equal(third.memberId, '');
    assert.equal(driver.group.state, 'Stable');
    // While a rebalance gathers members, the first two to come are in.
    const leader = driver.join({ memberId: ids[0]! });
    const stranger = driver.join();
    const late = driver.join({ memberId: ids[1]! });
    assert.equal(driver.joined(late).error, ErrorCode.GROUP_MAX_SIZE_REACHED);
    assert.equal(driver.joined(leader).generation, 2);
    assert.equal(driver.joined(stranger).generation, 2);
  });

  test('a join that is sent again answers the one before', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({}, {});
    const first = driver.join({ memberId: a! });
    const second = driver.join({ memberId: a! });
    assert.equal(driver.joined(first).error, ErrorCode.REBALANCE_IN_PROGRESS);
    assert.ok(driver.isParked(second));
  });

  test('a new member that waits for five minutes is told to start over', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({ rebalanceTimeoutMs: 600_000 });
    const newcomer = driver.join();
    for (let minute = 0; minute < 5; minute++) {
      assert.ok(driver.isParked(newcomer));
      for (let beat = 0; beat < 12; beat++) {
        driver.advance(5000);
        assert.equal(driver.heartbeat(a!, 1), ErrorCode.REBALANCE_IN_PROGRESS);
      }
    }
    assert.equal(driver.joined(newcomer).error, ErrorCode.UNKNOWN_MEMBER_ID);
  });
});

describe('rejoining', () => {
  test('a follower of a stable group that changes nothing gets the current generation', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, {});
    const reply = driver.joined(driver.join({ memberId: b! }));
    assert.deepEqual([reply.generation, reply.leader, reply.members], [1, a, []]);
    assert.equal(driver.group.state, 'Stable');
  });

  test('new metadata, other protocols or the leader start a rebalance', () => {
    for (const change of [{ range: 'other' }, { range: 'm', sticky: 's' }]) {
      const driver = new ClassicGroupDriver();
      const [, b] = driver.stable({}, {});
      assert.ok(driver.isParked(driver.join({ memberId: b!, protocols: change })));
      assert.equal(driver.group.state, 'PreparingRebalance');
    }
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({}, {});
    assert.ok(driver.isParked(driver.join({ memberId: a! })));
  });

  test('a rebalance ends as soon as all are back, without the initial delay', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, {});
    const newcomer = driver.join();
    assert.equal(driver.heartbeat(a!, 1), ErrorCode.REBALANCE_IN_PROGRESS);
    const joins = [driver.join({ memberId: a! }), newcomer, driver.join({ memberId: b! })];
    for (const ticket of joins) assert.equal(driver.joined(ticket).generation, 2);
    assert.equal(driver.joined(joins[0]!).members.length, 3);
  });

  test('who is not back within the rebalance timeout is out, and another one leads', () => {
    const driver = new ClassicGroupDriver();
    const patient = { sessionTimeoutMs: 100_000 };
    const [a, b] = driver.stable(patient, patient);
    const rejoin = driver.join({ memberId: b!, protocols: { range: 'new' }, ...patient });
    driver.advance(59_999);
    assert.ok(driver.isParked(rejoin));
    driver.advance(1);
    assert.equal(driver.joined(rejoin).leader, b);
    assert.equal(driver.joined(rejoin).members.length, 1);
    assert.equal(driver.heartbeat(a!, 1), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('a lost join answer is given again while the leader assigns', () => {
    const driver = new ClassicGroupDriver(NO_DELAY);
    const first = driver.join();
    driver.advance(0);
    const { memberId } = driver.joined(first);
    const again = driver.joined(driver.join({ memberId }));
    assert.deepEqual(again, driver.joined(first));
    const changed = driver.join({ memberId, protocols: { range: 'other' } });
    assert.equal(driver.joined(changed).generation, 2);
  });
});

describe('syncing', () => {
  test('followers wait for the leader and get exactly what it sent, after it is stored', () => {
    const driver = new ClassicGroupDriver();
    const joins = [driver.join(), driver.join(), driver.join()];
    driver.advance(6000);
    const [a, b, c] = joins.map((ticket) => driver.joined(ticket).memberId);
    const early = driver.sync(b!, 1, { [b!]: 'not for a follower to say' });
    assert.ok(driver.isParked(early));
    const leader = driver.sync(a!, 1, { [a!]: 'A', [b!]: 'B', stranger: 'S' });
    assert.deepEqual(driver.synced(leader), { error: 0, assignment: 'A' });
    assert.deepEqual(driver.synced(early), { error: 0, assignment: 'B' });
    assert.deepEqual(driver.lastEffects, ['persist', 'reply', 'reply']);
    assert.equal(driver.snapshots.at(-1)!.state, 'Stable');
    assert.deepEqual(driver.synced(driver.sync(c!, 1)), { error: 0, assignment: '' });
  });

  test('a member that the leader leaves out has nothing, whatever it had before', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, {});
    assert.equal(driver.timers.has('sync'), false);
    driver.join({ memberId: a! });
    driver.join({ memberId: b! });
    driver.sync(a!, 2, { [a!]: 'A' });
    assert.deepEqual(driver.synced(driver.sync(b!, 2)), { error: 0, assignment: '' });
  });

  test('a generation is stored before it is told', () => {
    const driver = new ClassicGroupDriver(NO_DELAY);
    driver.join();
    driver.advance(0);
    assert.deepEqual(driver.lastEffects, ['persist', 'reply']);
    assert.equal(driver.snapshots[0]!.generation, 1);
  });

  test('refuses a sync that does not belong to this generation', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, {});
    const errorOf = (ticket: number) => driver.synced(ticket).error;
    assert.equal(errorOf(driver.sync('stranger', 1)), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(errorOf(driver.sync(a!, 0)), ErrorCode.ILLEGAL_GENERATION);
    const inconsistent = ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    assert.equal(errorOf(driver.sync(b!, 1, {}, { protocolName: 'sticky' })), inconsistent);
    assert.equal(errorOf(driver.sync(b!, 1, {}, { protocolType: 'connect' })), inconsistent);
    driver.join();
    assert.equal(errorOf(driver.sync(b!, 1)), ErrorCode.REBALANCE_IN_PROGRESS);
  });

  test('a sync that is sent again answers the one before', () => {
    const driver = new ClassicGroupDriver();
    const joins = [driver.join(), driver.join()];
    driver.advance(6000);
    const [a, b] = joins.map((ticket) => driver.joined(ticket).memberId);
    const first = driver.sync(b!, 1);
    const second = driver.sync(b!, 1);
    assert.equal(driver.synced(first).error, ErrorCode.REBALANCE_IN_PROGRESS);
    driver.sync(a!, 1, { [b!]: 'B' });
    assert.deepEqual(driver.synced(second), { error: 0, assignment: 'B' });
  });

  test('a leader that dies before it assigns costs a rebalance, not the group', () => {
    const driver = new ClassicGroupDriver();
    const joins = [driver.join(), driver.join()];
    driver.advance(6000);
    const [a, b] = joins.map((ticket) => driver.joined(ticket).memberId);
    const parked = driver.sync(b!, 1);
    driver.advance(9_999);
    assert.ok(driver.isParked(parked));
    driver.advance(1);
    assert.equal(driver.synced(parked).error, ErrorCode.REBALANCE_IN_PROGRESS);
    const rejoined = driver.joined(driver.join({ memberId: b! }));
    assert.equal(rejoined.leader, b);
    assert.equal(rejoined.generation, 2);
    assert.equal(driver.heartbeat(a!, 1), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('a leader that heartbeats and never assigns is out after the rebalance timeout', () => {
    const driver = new ClassicGroupDriver(NO_DELAY);
    const join = driver.join();
    driver.advance(0);
    const { memberId } = driver.joined(join);
    for (let beat = 0; beat < 12; beat++) {
      assert.equal(driver.heartbeat(memberId, 1), ErrorCode.NONE);
      driver.advance(5000);
    }
    assert.equal(driver.heartbeat(memberId, 1), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(driver.group.state, 'Empty');
  });

  test('a join while members sync sends them back', () => {
    const driver = new ClassicGroupDriver();
    const joins = [driver.join(), driver.join()];
    driver.advance(6000);
    const parked = driver.sync(driver.joined(joins[1]!).memberId, 1);
    driver.join();
    assert.equal(driver.synced(parked).error, ErrorCode.REBALANCE_IN_PROGRESS);
    assert.equal(driver.group.state, 'PreparingRebalance');
  });
});

describe('sessions and leaving', () => {
  test('heartbeats keep a member, silence ends it', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, {});
    driver.advance(9_000);
    assert.equal(driver.heartbeat(a!, 1), ErrorCode.NONE);
    assert.equal(driver.heartbeat(a!, 2), ErrorCode.ILLEGAL_GENERATION);
    assert.equal(driver.heartbeat('stranger', 1), ErrorCode.UNKNOWN_MEMBER_ID);
    driver.advance(1000);
    assert.equal(driver.heartbeat(a!, 1), ErrorCode.REBALANCE_IN_PROGRESS);
    assert.equal(driver.heartbeat(b!, 1), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('a parked join keeps a known member without heartbeats', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, { sessionTimeoutMs: 50_000 });
    const rejoin = driver.join({ memberId: a! });
    driver.advance(40_000);
    assert.ok(driver.isParked(rejoin));
    driver.join({ memberId: b! });
    assert.equal(driver.joined(rejoin).members.length, 2);
    driver.advance(10_000);
    assert.equal(driver.heartbeat(a!, 2), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('the last one to leave empties the group in a new generation', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable({}, {});
    const reply = driver.leave(
      { memberId: b!, groupInstanceId: null },
      { memberId: 'stranger', groupInstanceId: null },
      { memberId: '', groupInstanceId: 'nobody' },
    );
    assert.deepEqual(
      reply.members.map((member) => member.error),
      [ErrorCode.NONE, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.UNKNOWN_MEMBER_ID],
    );
    assert.equal(driver.group.state, 'PreparingRebalance');
    driver.leave({ memberId: a!, groupInstanceId: null });
    assert.deepEqual(driver.lastEffects, ['persist', 'reply']);
    assert.equal(driver.group.state, 'Empty');
    assert.equal(driver.group.generation, 2);
    assert.equal(driver.timers.size, 0);
    assert.equal(driver.group.isIdle, true);
  });

  test('a member with an id but no join yet can leave', () => {
    const driver = new ClassicGroupDriver();
    const { memberId } = driver.joined(driver.join({ requiresKnownMemberId: true }));
    const reply = driver.leave({ memberId, groupInstanceId: null });
    assert.equal(reply.members[0]!.error, ErrorCode.NONE);
    assert.equal(driver.timers.size, 0);
  });

  test('a member that is removed while it waits is answered', () => {
    const driver = new ClassicGroupDriver();
    const joins = [driver.join(), driver.join()];
    driver.advance(6000);
    const [, b] = joins.map((ticket) => driver.joined(ticket).memberId);
    const sync = driver.sync(b!, 1);
    driver.leave({ memberId: b!, groupInstanceId: null });
    assert.equal(driver.synced(sync).error, ErrorCode.UNKNOWN_MEMBER_ID);
    const newcomer = driver.join({ groupInstanceId: 'i' });
    driver.leave({ memberId: '', groupInstanceId: 'i' });
    assert.equal(driver.joined(newcomer).error, ErrorCode.UNKNOWN_MEMBER_ID);
  });
});

describe('offset commits', () => {
  test('without membership only while the group is empty', () => {
    const driver = new ClassicGroupDriver();
    assert.equal(driver.commit('', -1), ErrorCode.NONE);
    driver.stable({});
    assert.equal(driver.commit('', -1), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test('a member commits in its generation, not while it waits for its assignment', () => {
    const driver = new ClassicGroupDriver();
    assert.equal(driver.commit('a', 1), ErrorCode.UNKNOWN_MEMBER_ID);
    const [a] = driver.stable({});
    assert.equal(driver.commit(a!, 1), ErrorCode.NONE);
    assert.equal(driver.commit(a!, 0), ErrorCode.ILLEGAL_GENERATION);
    assert.equal(driver.commit('stranger', 1), ErrorCode.UNKNOWN_MEMBER_ID);
    driver.join();
    assert.equal(driver.commit(a!, 1), ErrorCode.NONE);
    driver.join({ memberId: a! });
    assert.equal(driver.commit(a!, 2), ErrorCode.REBALANCE_IN_PROGRESS);
  });

  test('count as a sign of life', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({});
    for (let beat = 0; beat < 5; beat++) {
      driver.advance(9_000);
      assert.equal(driver.commit(a!, 1), ErrorCode.NONE);
    }
  });
});

describe('storage', () => {
  test('what could not be stored sends the members back, and its generation is not used again', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable({});
    driver.persistFailed();
    assert.equal(driver.group.state, 'PreparingRebalance');
    assert.equal(driver.joined(driver.join({ memberId: a! })).generation, 2);
    driver.persistFailed();
    assert.equal(driver.joined(driver.join({ memberId: a! })).generation, 3);
  });

  test('after a restart members go on with their ids and generation', () => {
    const before = new ClassicGroupDriver();
    const [a, b] = before.stable({}, { groupInstanceId: 'b' });
    const record = encodeClassicGroup('g', before.snapshots.at(-1)!, 0);
    assert.equal(record.epoch, 1);
    const after = new ClassicGroupDriver({}, decodeClassicGroup(record)!);
    assert.equal(after.heartbeat(a!, 1), ErrorCode.NONE);
    assert.equal(after.commit(b!, 1, 'b'), ErrorCode.NONE);
    assert.deepEqual(after.synced(after.sync(a!, 1)), { error: 0, assignment: `to ${a}` });
    assert.equal(after.joined(after.join({ memberId: b!, groupInstanceId: 'b' })).leader, a);
    after.advance(10_000);
    assert.equal(after.group.state, 'Empty');
    assert.equal(after.group.generation, 2);
  });

  test('after a restart in the middle of a rebalance the leader can still assign', () => {
    const before = new ClassicGroupDriver(NO_DELAY);
    const join = before.join();
    before.advance(0);
    const { memberId } = before.joined(join);
    const record = encodeClassicGroup('g', before.snapshots.at(-1)!, 0);
    const after = new ClassicGroupDriver({}, decodeClassicGroup(record)!);
    const sync = after.sync(memberId, 1, { [memberId]: 'A' });
    assert.deepEqual(after.synced(sync), { error: 0, assignment: 'A' });

    const without = new ClassicGroupDriver({}, decodeClassicGroup(record)!);
    for (let beat = 0; beat < 12; beat++) {
      assert.equal(without.heartbeat(memberId, 1), ErrorCode.NONE);
      without.advance(5000);
    }
    assert.equal(without.group.state, 'Empty');
  });

  test('a record of another kind or a broken one is no classic group', () => {
    const record = { groupId: 'g', epoch: 1, protocolType: 'consumer', state: '{"type":"share"}' };
    assert.equal(decodeClassicGroup(record), null);
    assert.equal(decodeClassicGroup({ ...record, state: '{' }), null);
    assert.equal(decodeClassicGroup({ ...record, state: '{"type":"classic"}' }), null);
  });

  test('a group that is ended answers all that waits, and what comes later', () => {
    const driver = new ClassicGroupDriver();
    const join = driver.join();
    driver.apply(driver.group.kill(ErrorCode.NOT_COORDINATOR));
    assert.equal(driver.joined(join).error, ErrorCode.NOT_COORDINATOR);
    assert.equal(driver.timers.size, 0);
    assert.equal(driver.heartbeat('a', 1), ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assert.equal(driver.joined(driver.join()).error, ErrorCode.COORDINATOR_NOT_AVAILABLE);
  });
});

test('random members never break the invariants', () => {
  for (let seed = 1; seed <= 60; seed++) fuzzClassicGroup(seed, 300);
});
