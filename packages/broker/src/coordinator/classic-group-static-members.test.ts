import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { ClassicGroupDriver, type JoinOptions } from '../../test/classic-group-driver.ts';

describe('static members (KIP-345)', () => {
  const one: JoinOptions = { groupInstanceId: 'one' };
  const two: JoinOptions = { groupInstanceId: 'two' };

  test('one that comes back takes its place and assignment without a rebalance', () => {
    const driver = new ClassicGroupDriver();
    const [a, b] = driver.stable(one, two);
    const reply = driver.joined(driver.join(two));
    assert.deepEqual(driver.lastEffects, ['persist', 'reply']);
    assert.notEqual(reply.memberId, b);
    assert.deepEqual([reply.generation, reply.leader, reply.members], [1, a, []]);
    assert.equal(driver.group.state, 'Stable');
    const sync = driver.sync(reply.memberId, 1, {}, { groupInstanceId: 'two' });
    assert.deepEqual(driver.synced(sync), { error: 0, assignment: `to ${b}` });
    assert.equal(driver.heartbeat(b!, 1, 'two'), ErrorCode.FENCED_INSTANCE_ID);
    assert.equal(driver.heartbeat(b!, 1), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(driver.heartbeat(reply.memberId, 1, 'two'), ErrorCode.NONE);
    assert.equal(driver.commit(b!, 1, 'two'), ErrorCode.FENCED_INSTANCE_ID);
    assert.equal(driver.commit(reply.memberId, 1, 'other'), ErrorCode.UNKNOWN_MEMBER_ID);
    const fenced = driver.join({ ...two, memberId: b! });
    assert.equal(driver.joined(fenced).error, ErrorCode.FENCED_INSTANCE_ID);
  });

  test('a leader that comes back skips the assignment (KIP-814)', () => {
    const driver = new ClassicGroupDriver();
    driver.stable(one, two);
    const reply = driver.joined(driver.join(one));
    assert.equal(reply.leader, reply.memberId);
    assert.equal(reply.skipAssignment, true);
    assert.equal(reply.members.length, 2);
    assert.equal(driver.group.leaderId, reply.memberId);
  });

  test('an older client that led is told of the former leader, so that it does not assign', () => {
    const driver = new ClassicGroupDriver();
    const [a] = driver.stable(one, two);
    const reply = driver.joined(driver.join({ ...one, supportsSkippingAssignment: false }));
    assert.deepEqual([reply.leader, reply.skipAssignment, reply.members], [a, false, []]);
    assert.equal(driver.group.leaderId, reply.memberId);
  });

  test('one that comes back with another choice of protocol causes a rebalance', () => {
    const driver = new ClassicGroupDriver();
    const both = { protocols: { range: '', sticky: '' } };
    driver.stable({ ...one, ...both });
    const back = driver.join({ ...one, protocols: { sticky: '', range: '' } });
    assert.equal(driver.joined(back).protocolName, 'sticky');
    assert.equal(driver.joined(back).generation, 2);
  });

  test('a second one with the same instance id fences the first that waits', () => {
    const driver = new ClassicGroupDriver();
    const first = driver.join(one);
    const second = driver.join(one);
    assert.equal(driver.joined(first).error, ErrorCode.FENCED_INSTANCE_ID);
    driver.advance(3000);
    assert.equal(driver.joined(second).members.length, 1);
    const sync = driver.joined(second).memberId;
    const third = driver.join(one);
    assert.equal(
      driver.synced(driver.sync(sync, 1, {}, { groupInstanceId: 'one' })).error,
      ErrorCode.FENCED_INSTANCE_ID,
    );
    assert.equal(driver.joined(third).generation, 2);
  });

  test('one that does not rejoin stays until its session ends', () => {
    const driver = new ClassicGroupDriver();
    const patient = { sessionTimeoutMs: 100_000 };
    const [a] = driver.stable({ ...one, ...patient }, { ...two, ...patient });
    driver.leave({ memberId: a!, groupInstanceId: 'one' });
    driver.advance(60_000);
    assert.equal(driver.group.state, 'PreparingRebalance');
    assert.equal(driver.group.leaderId !== null, true);
    driver.advance(40_000);
    assert.equal(driver.group.state, 'Empty');
  });

  test('one that comes back before it has synced is still waited for under its new id', () => {
    const driver = new ClassicGroupDriver();
    const joins = [driver.join(one), driver.join(two)];
    driver.advance(6000);
    const [a] = joins.map((ticket) => driver.joined(ticket).memberId);
    driver.sync(a!, 1, {}, { groupInstanceId: 'one' });
    const { memberId } = driver.joined(driver.join(two));
    driver.sync(memberId, 1, {}, { groupInstanceId: 'two' });
    for (let beat = 0; beat < 20; beat++) {
      driver.advance(5000);
      assert.equal(driver.heartbeat(a!, 1, 'one'), ErrorCode.NONE);
      assert.equal(driver.heartbeat(memberId, 1, 'two'), ErrorCode.NONE);
    }
  });
});
