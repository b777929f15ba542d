import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from './consumer-protocol.ts';
import { assignRanges } from './range-assignor.ts';

const member = (
  memberId: string,
  topics: readonly string[],
  groupInstanceId: string | null = null,
) => ({
  memberId,
  groupInstanceId,
  topics,
});

function assigned(subscribers: Parameters<typeof assignRanges>[0], counts: Record<string, number>) {
  const assignment = assignRanges(subscribers, new Map(Object.entries(counts)));
  return Object.fromEntries(
    [...assignment].map(([id, own]) => [
      id,
      own.map((one) => `${one.topic}${one.partition}`).join(),
    ]),
  );
}

test('neighbouring partitions, the first members get one more', () => {
  const members = [member('c2', ['t']), member('c1', ['t']), member('c3', ['t'])];
  assert.deepEqual(assigned(members, { t: 7 }), { c1: 't0,t1,t2', c2: 't3,t4', c3: 't5,t6' });
  assert.deepEqual(assigned(members, { t: 2 }), { c1: 't0', c2: 't1', c3: '' });
});

test('each topic is shared out among those that want it; static members come first', () => {
  const members = [member('a', ['x', 'y']), member('b', ['x']), member('z', ['x'], 'i')];
  const shared = assigned(members, { x: 3, y: 2, unwanted: 1 });
  assert.deepEqual(shared, { a: 'x1,y0,y1', b: 'x2', z: 'x0' });
});

test('subscriptions and assignments are read as Java writes them, from newer versions too', () => {
  assert.deepEqual(decodeSubscription(encodeSubscription(['b', 'a'])), ['a', 'b']);
  const own = [
    { topic: 't', partition: 2 },
    { topic: 'u', partition: 0 },
  ];
  assert.deepEqual(decodeAssignment(encodeAssignment(own)), own);
  // Version 1: one topic "t", user data null, no owned partitions.
  assert.equal(encodeSubscription(['t']).toString('hex'), '000100000001000174ffffffff00000000');
  const newer = Buffer.from('0009000000010001740000000100000002ffffffff', 'hex');
  assert.deepEqual(decodeAssignment(newer), [{ topic: 't', partition: 2 }]);
  assert.deepEqual(decodeAssignment(Buffer.alloc(0)), []);
});
