import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { type FetchPartition, FetchSessions, type SessionRequest } from './fetch-sessions.ts';

function partition(index: number, fetchOffset = 0): FetchPartition {
  return {
    topic: 't',
    topicId: 'id',
    partition: index,
    currentLeaderEpoch: -1,
    fetchOffset,
    lastFetchedEpoch: -1,
    maxBytes: 1000,
    sentHighWatermark: -1,
    sentLogStartOffset: -1,
  };
}

function request(changes: Partial<SessionRequest>): SessionRequest {
  return {
    sessionId: 0,
    sessionEpoch: 0,
    usesTopicIds: false,
    partitions: [],
    forgotten: [],
    ...changes,
  };
}

test('epoch 0 opens a session, and each incremental fetch must carry the next epoch', () => {
  const sessions = new FetchSessions(10, () => 0);
  const opened = sessions.begin(request({ partitions: [partition(0), partition(1)] }));
  const { id } = opened.session!;
  assert.equal(opened.incremental, false);
  const first = sessions.begin(request({ sessionId: id, sessionEpoch: 1 }));
  assert.equal(first.incremental, true);
  assert.deepEqual(
    first.partitions.map((one) => one.partition),
    [0, 1],
  );
  const repeated = sessions.begin(request({ sessionId: id, sessionEpoch: 1 }));
  assert.equal(repeated.error, ErrorCode.INVALID_FETCH_SESSION_EPOCH);
  const unknown = sessions.begin(request({ sessionId: id === 1 ? 2 : 1, sessionEpoch: 1 }));
  assert.equal(unknown.error, ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
});

test('an incremental fetch changes, adds and forgets partitions', () => {
  const sessions = new FetchSessions(10, () => 0);
  const { id } = sessions.begin(request({ partitions: [partition(0), partition(1)] })).session!;
  const scope = sessions.begin(
    request({
      sessionId: id,
      sessionEpoch: 1,
      partitions: [partition(1, 7), partition(2, 9)],
      forgotten: ['t:0'],
    }),
  );
  assert.deepEqual(
    scope.partitions.map((one) => [one.partition, one.fetchOffset]),
    [
      [1, 7],
      [2, 9],
    ],
  );
});

test('a partition that gave data goes behind the others', () => {
  const sessions = new FetchSessions(10, () => 0);
  const { session } = sessions.begin(request({ partitions: [partition(0), partition(1)] }));
  sessions.rotate(session!, session!.partitions.get('t:0')!);
  const scope = sessions.begin(request({ sessionId: session!.id, sessionEpoch: 1 }));
  assert.deepEqual(
    scope.partitions.map((one) => one.partition),
    [1, 0],
  );
});

test('epoch -1 closes the session and fetches outside any', () => {
  const sessions = new FetchSessions(10, () => 0);
  const { id } = sessions.begin(request({ partitions: [partition(0)] })).session!;
  const scope = sessions.begin(
    request({ sessionId: id, sessionEpoch: -1, partitions: [partition(0)] }),
  );
  assert.equal(scope.session, null);
  assert.equal(scope.partitions.length, 1);
  assert.equal(sessions.size, 0);
});

test('a session made with names refuses topic ids', () => {
  const sessions = new FetchSessions(10, () => 0);
  const { id } = sessions.begin(request({ partitions: [partition(0)] })).session!;
  const scope = sessions.begin(request({ sessionId: id, sessionEpoch: 1, usesTopicIds: true }));
  assert.equal(scope.error, ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
});

test('the cache is bounded: a full one gives no session until the oldest is stale', () => {
  const time = { nowMs: 0 };
  const sessions = new FetchSessions(2, () => time.nowMs);
  const open = () => sessions.begin(request({ partitions: [partition(0)] })).session;
  const oldest = open()!;
  assert.ok(open());
  assert.equal(open(), null);
  time.nowMs = 120_000;
  assert.ok(open());
  assert.equal(sessions.size, 2);
  const gone = sessions.begin(request({ sessionId: oldest.id, sessionEpoch: 1 }));
  assert.equal(gone.error, ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
});

test('the epoch wraps to 1, never to 0, which would open a new session', () => {
  const sessions = new FetchSessions(2, () => 0);
  const { session } = sessions.begin(request({ partitions: [partition(0)] }));
  session!.nextEpoch = 2 ** 31 - 1;
  sessions.begin(request({ sessionId: session!.id, sessionEpoch: 2 ** 31 - 1 }));
  assert.equal(session!.nextEpoch, 1);
});

test('all sessions together remember a bounded number of partitions', () => {
  let nowMs = 0;
  const sessions = new FetchSessions(10, () => nowMs, 5);
  const open = (...indexes: number[]) =>
    sessions.begin(request({ partitions: indexes.map((index) => partition(index)) })).session;
  const first = open(0, 1, 2)!;
  const second = open(0, 1)!;
  assert.equal(open(0), null, 'there is no room, and both are in use');

  const grown = request({ sessionId: second.id, sessionEpoch: 1, partitions: [partition(2)] });
  assert.equal(sessions.begin(grown).error, ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  assert.equal(sessions.size, 1, 'who grows past the bound goes on without a session');
  const third = open(0, 1)!;
  assert.notEqual(third, null, 'what it had is free');

  nowMs = 100_000;
  const forgets = request({ sessionId: third.id, sessionEpoch: 1, forgotten: ['t:0'] });
  assert.equal(sessions.begin(forgets).error, ErrorCode.NONE);
  assert.notEqual(open(0), null, 'and so is what was forgotten');
  nowMs = 130_000;
  assert.notEqual(open(0, 1, 2), null, 'what is not used any more makes room');
  assert.equal(sessions.begin(request({ sessionId: first.id, sessionEpoch: 1 })).error, 70);
});

test('a session may begin without partitions, and ends with its last one', () => {
  const sessions = new FetchSessions(10, () => 0);
  const { id } = sessions.begin(request({})).session!;
  const added = sessions.begin(
    request({ sessionId: id, sessionEpoch: 1, partitions: [partition(0)] }),
  );
  assert.equal(added.session!.id, id);
  const last = sessions.begin(request({ sessionId: id, sessionEpoch: 2, forgotten: ['t:0'] }));
  assert.deepEqual([last.error, last.session, last.partitions], [ErrorCode.NONE, null, []]);
  const gone = sessions.begin(request({ sessionId: id, sessionEpoch: 3 }));
  assert.equal(gone.error, ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
});
