import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { ClassicGroupDriver } from '../../test/classic-group-driver.ts';
import { GroupMemory } from './group-memory.ts';

function setUp(maxGroupBytes?: number): { memory: GroupMemory; driver: ClassicGroupDriver } {
  const memory = new GroupMemory(undefined, maxGroupBytes);
  return { memory, driver: new ClassicGroupDriver({}, undefined, undefined, memory) };
}

test('what members hold is counted while they are there, and not after', () => {
  const { memory, driver } = setUp();
  const metadata = 'm'.repeat(5000);
  const [a, b] = driver.stable({ protocols: { range: metadata } }, { groupInstanceId: 'i' }) as [
    string,
    string,
  ];
  const atFirst = memory.usedBytes;
  assert.ok(atFirst > 5000 && atFirst < 15_000, `${atFirst}`);

  driver.join({ memberId: a, protocols: { range: 'short' } });
  assert.equal(memory.usedBytes, atFirst - 5000 + 5, 'a join takes the place of the one before');
  driver.join({ groupInstanceId: 'i' });
  driver.join({ requiresKnownMemberId: true });
  driver.leave(
    { memberId: a, groupInstanceId: null },
    { memberId: b, groupInstanceId: 'i' },
    { memberId: '', groupInstanceId: 'i' },
  );
  driver.advance(1_000_000);
  assert.equal(driver.group.state, 'Empty');
  assert.equal(memory.usedBytes, 0);
});

test('a group that ends gives back what its members hold, those that are about to join included', () => {
  const { memory, driver } = setUp();
  driver.stable({}, {});
  driver.join({ requiresKnownMemberId: true });
  assert.ok(memory.usedBytes > 0);
  driver.apply(driver.group.kill(ErrorCode.NOT_COORDINATOR));
  assert.equal(memory.usedBytes, 0);
});

test('a group that is taken up again counts as before', () => {
  const { memory, driver } = setUp();
  driver.stable({}, {});
  const again = new GroupMemory();
  new ClassicGroupDriver({}, driver.snapshots.at(-1)!, undefined, again);
  assert.equal(again.usedBytes, memory.usedBytes);
});

test('a member whose metadata is too much for the group is refused, and the others stay', () => {
  const { driver } = setUp(20_000);
  const [a] = driver.stable({ protocols: { range: 'm'.repeat(8000) } }) as [string];
  const large = { protocols: { range: 'm'.repeat(12_000) } };
  assert.equal(driver.joined(driver.join(large)).error, ErrorCode.MESSAGE_TOO_LARGE);
  assert.equal(driver.heartbeat(a, driver.group.generation), ErrorCode.NONE);
  // In place of its own earlier metadata it fits.
  assert.ok(driver.join({ ...large, memberId: a }));
  assert.equal(driver.group.state, 'CompletingRebalance');
});

test('assignments that are too much for the group are refused', () => {
  const { driver } = setUp(20_000);
  const [a] = driver.stable({}) as [string];
  driver.join({ memberId: a, protocols: { range: 'changed' } });
  const { generation } = driver.group;
  const refused = driver.synced(driver.sync(a, generation, { [a]: 'x'.repeat(20_000) }));
  assert.equal(refused.error, ErrorCode.MESSAGE_TOO_LARGE);
  assert.equal(driver.group.state, 'CompletingRebalance');
  const accepted = driver.synced(driver.sync(a, generation, { [a]: 'x'.repeat(10_000) }));
  assert.equal(accepted.error, ErrorCode.NONE);
});
