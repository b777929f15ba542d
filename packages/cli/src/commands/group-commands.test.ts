import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { api } from '@millrace/client';
import { Writer } from '@millrace/protocol';
import {
  ConsumerProtocolAssignment,
  createConsumerProtocolAssignment,
  createConsumerProtocolAssignmentTopicPartition,
} from '@millrace/protocol/messages/consumer-protocol-assignment';
import {
  createJoinGroupRequest,
  createJoinGroupRequestProtocol,
  JoinGroupRequest,
} from '@millrace/protocol/messages/join-group-request';
import { JoinGroupResponse } from '@millrace/protocol/messages/join-group-response';
import {
  createSyncGroupRequest,
  createSyncGroupRequestAssignment,
  SyncGroupRequest,
} from '@millrace/protocol/messages/sync-group-request';
import { SyncGroupResponse } from '@millrace/protocol/messages/sync-group-response';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';

interface Seek {
  readonly executed: boolean;
  readonly offsets: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly before: number | null;
    readonly after: number | null;
    readonly note: string | null;
  }[];
}

interface Groups {
  readonly groups: readonly {
    readonly group: string;
    readonly state: string;
    readonly type: string;
    readonly totalLag: number;
    readonly members: readonly { readonly assignment: unknown }[];
    readonly offsets: readonly { readonly committed: number | null; readonly lag: number | null }[];
  }[];
}

const joinGroupApi = api(JoinGroupRequest, JoinGroupResponse);
const syncGroupApi = api(SyncGroupRequest, SyncGroupResponse);

/** Topic `a` with ten records in each of two partitions, a second apart from 1970 on; topic `b` is empty. */
async function started(context: TestContext): Promise<ProgramWithBroker> {
  const config = { 'group.initial.rebalance.delay.ms': '0' };
  const millrace = await ProgramWithBroker.start(context, { config });
  await millrace.json('topic create a -p 2');
  await millrace.json('topic create b');
  for (const partition of [0, 1]) {
    for (let second = 0; second < 10; second++)
      await millrace.produce('a', partition, [second * 1000]);
  }
  return millrace;
}

/** A member that has partition 0 of topic `a`; it stays until its session times out. */
async function joined({ cluster }: ProgramWithBroker, groupId: string): Promise<void> {
  const node = { coordinator: groupId };
  const protocols = [createJoinGroupRequestProtocol({ name: 'range', metadata: Buffer.alloc(0) })];
  const ask = (memberId: string) =>
    cluster.send(
      joinGroupApi,
      createJoinGroupRequest({
        groupId,
        memberId,
        sessionTimeoutMs: 45_000,
        rebalanceTimeoutMs: 45_000,
        protocolType: 'consumer',
        protocols,
      }),
      { node },
    );
  // The first answer gives the id to join with (KIP-394).
  const { memberId, generationId } = await ask((await ask('')).memberId);
  const writer = new Writer();
  writer.startFrame();
  writer.writeInt16(0);
  const mine = createConsumerProtocolAssignmentTopicPartition({ topic: 'a', partitions: [0] });
  const assignment = createConsumerProtocolAssignment({ assignedPartitions: [mine] });
  ConsumerProtocolAssignment.encode(writer, assignment, 0);
  const bytes = Buffer.concat(writer.finishFrame().parts as Buffer[]).subarray(4);
  const assignments = [createSyncGroupRequestAssignment({ memberId, assignment: bytes })];
  const protocol = { protocolType: 'consumer', protocolName: 'range' };
  const request = createSyncGroupRequest({
    groupId,
    memberId,
    generationId,
    ...protocol,
    assignments,
  });
  const errorCode = (answer: SyncGroupResponse) => answer.errorCode;
  await cluster.send(syncGroupApi, request, { node, errorCode });
}

const offsets = ({ offsets: all }: Seek) => all.map(({ before, after }) => [before, after]);

test('a group goes where it is told, and only when it is told to', async (context) => {
  const millrace = await started(context);
  const seek = (words: string) => millrace.json<Seek>(`group seek g ${words}`);
  const dry = await seek('-t a --to 4');
  assert.deepEqual(offsets(dry), [
    [null, 4],
    [null, 4],
  ]);
  assert.equal(dry.executed, false);
  assert.deepEqual((await millrace.json<Groups>('group list')).groups, []);
  await seek('-t a --to 4 --execute');
  const cases: readonly [string, (number | null)[][]][] = [
    [
      '--to start',
      [
        [4, 0],
        [4, 0],
      ],
    ],
    [
      '--to end',
      [
        [4, 10],
        [4, 10],
      ],
    ],
    [
      '--to current',
      [
        [4, 4],
        [4, 4],
      ],
    ],
    [
      '--to +3',
      [
        [4, 7],
        [4, 7],
      ],
    ],
    [
      '--to -3',
      [
        [4, 1],
        [4, 1],
      ],
    ],
    [
      '--to @1970-01-01T00:00:02.500Z',
      [
        [4, 3],
        [4, 3],
      ],
    ],
    [
      '--to @2026-01-01',
      [
        [4, 10],
        [4, 10],
      ],
    ],
    ['--to -3 -t a:1', [[4, 1]]],
    [
      '--to 2 -t a:1 -t b',
      [
        [4, 2],
        [null, 0],
      ],
    ],
    ['--to +1 -t b', [[null, null]]],
  ];
  for (const [words, expected] of cases)
    assert.deepEqual(offsets(await seek(words)), expected, words);
  const [past] = (await seek('--to +100')).offsets;
  assert.deepEqual([past?.after, past?.note], [10, '104 is past the end']);
  await seek('--to -3 -t a:1 --execute');
  const { groups } = await millrace.json<Groups>('group describe g');
  assert.deepEqual(
    groups[0]?.offsets.map(({ committed, lag }) => [committed, lag]),
    [
      [4, 6],
      [1, 9],
    ],
  );
  assert.equal(groups[0]?.totalLag, 15);
});

test('a trimmed start moves the earliest place to go to', async (context) => {
  const millrace = await started(context);
  await millrace.json('topic trim a:0 --to 5 --yes');
  const { offsets: seeks } = await millrace.json<Seek>('group seek g -t a --to 2');
  assert.deepEqual(
    seeks.map(({ after, note }) => [after, note]),
    [
      [5, '2 is before the start'],
      [2, null],
    ],
  );
});

test('offsets go from group to group, directly or by a file', async (context) => {
  const millrace = await started(context);
  const directory = await mkdtemp(join(tmpdir(), 'millrace-seek-'));
  context.after(() => rm(directory, { recursive: true }));
  const file = join(directory, 'offsets.csv');
  await millrace.json('group seek g -t a --to 4 --execute');
  await millrace.json('group seek h --to-group g --execute');
  await millrace.json(`group seek h --to -2 --to-file ${file}`);
  assert.equal(await readFile(file, 'utf8'), 'a,0,2\na,1,2\n');
  const seek = await millrace.json<Seek>(`group seek h --from-file ${file} --execute`);
  assert.deepEqual(offsets(seek), [
    [4, 2],
    [4, 2],
  ]);
  // As Kafka writes it for several groups, with long names in quotes.
  await writeFile(file, '"h","a",1,7\n"other","a",0,9\n');
  assert.deepEqual(offsets(await millrace.json(`group seek h --from-file ${file}`)), [[2, 7]]);
  await writeFile(file, 'a,0,2\na;1;2\n');
  const bad = await millrace.run(`group seek h --from-file ${file}`);
  assert.match(bad.stderr, /line 2 is not TOPIC,PARTITION,OFFSET/);
  assert.match((await millrace.run('group seek h --from-file /nowhere')).stderr, /cannot be read/);
  assert.match(
    (await millrace.run('group seek h --to-group none')).stderr,
    /none has committed nothing/,
  );
});

test('a group with members is left alone', async (context) => {
  const millrace = await started(context);
  await joined(millrace, 'g');
  const { groups } = await millrace.json<Groups>('group describe g');
  assert.equal(groups[0]?.state, 'Stable');
  assert.deepEqual(groups[0]?.members[0]?.assignment, [{ topic: 'a', partitions: [0] }]);
  assert.deepEqual(groups[0]?.offsets[0]?.committed, null);
  const dry = await millrace.run('group seek g --to start -t a');
  assert.equal(dry.code, 0);
  assert.match(dry.stderr, /group g has 1 member \(.*127\.0\.0\.1\).*Stop them first/);
  for (const words of ['group seek g --to start -t a --execute', 'group delete g --execute']) {
    const refused = await millrace.run(words);
    assert.equal(refused.code, 1, words);
    assert.match(refused.stderr, /group g has 1 member/);
  }
  assert.equal((await millrace.json<Groups>('group describe g')).groups[0]?.members.length, 1);
});

test('groups are listed by pattern, state and type, and deleted when that is meant', async (context) => {
  const millrace = await started(context);
  for (const group of ['x-1', 'x-2', 'y']) {
    await millrace.json(`group seek ${group} -t a --to 1 --execute`);
  }
  await joined(millrace, 'z');
  const listed = async (words: string) =>
    (await millrace.json<Groups>(`group list ${words}`.trim())).groups.map(({ group }) => group);
  assert.deepEqual(await listed(''), ['x-1', 'x-2', 'y', 'z']);
  assert.deepEqual(await listed('x-* z'), ['x-1', 'x-2', 'z']);
  assert.deepEqual(await listed('--state stable'), ['z']);
  assert.deepEqual(await listed('--state empty --type classic x*'), ['x-1', 'x-2']);
  assert.deepEqual(await listed('--type share'), []);
  const dry = await millrace.run('group delete x-*');
  assert.match(dry.stdout, /x-1 +Empty +0 +2 +would be deleted/);
  assert.deepEqual(await listed('x-*'), ['x-1', 'x-2']);
  await millrace.json('group delete x-* --execute');
  assert.deepEqual(await listed(''), ['y', 'z']);
  const gone = await millrace.run('group delete x-1');
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, /there is no group x-1/);
  assert.match((await millrace.run('group describe q*')).stderr, /no group matches q\*/);
});

test('what a group committed for a topic is forgotten', async (context) => {
  const millrace = await started(context);
  await millrace.json('group seek g -t a -t b --to 0 --execute');
  const dry = await millrace.run('group offset-delete g -t a:1');
  assert.match(dry.stdout, /a +1 +0 +would be forgotten\n/);
  await millrace.json('group offset-delete g -t a:1 -t b --execute');
  const { groups } = await millrace.json<Groups>('group describe g');
  assert.equal(groups[0]?.offsets.length, 1);
  assert.equal((await millrace.run('group offset-delete g -t b')).code, 1);
  assert.equal((await millrace.run('group offset-delete g')).code, 2);
});

test('a seek needs one place to go to', async (context) => {
  const millrace = await started(context);
  for (const words of ['group seek g', 'group seek g --to 1 --to-group h']) {
    const { code, stderr } = await millrace.run(words);
    assert.equal(code, 2);
    assert.match(stderr, /one of --to, --to-group and --from-file/);
  }
  const nowhere = await millrace.run('group seek g --to 1');
  assert.equal(nowhere.code, 1);
  assert.match(nowhere.stderr, /committed nothing.\nName the topics with --topic/);
});
