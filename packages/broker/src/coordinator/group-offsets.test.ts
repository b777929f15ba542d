import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { MemoryMetadataStore, sizeOfOffset } from '@millrace/storage';
import { GroupOffsets } from './group-offsets.ts';

const { NONE, COORDINATOR_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode;
const TOPIC_ID = 'abcdefghijklmnopqrstuw';
const PLAIN = sizeOfOffset({ metadata: '' });

/** Offsets that have room for three without metadata. */
async function setUp() {
  const metadata = new MemoryMetadataStore();
  await metadata.open();
  const topic = { topicId: TOPIC_ID, name: 't', partitionCount: 9, createdAtMs: 0 };
  await metadata.createTopic({ ...topic, configs: new Map() });
  const notices: string[] = [];
  const offsets = new GroupOffsets({
    metadata,
    metadataMaxBytes: 4096,
    maxSizeBytes: 3 * PLAIN + 10,
    onNotice: (message) => notices.push(message),
  });
  const commit = (groupId: string, partitions: readonly number[], text = '') =>
    offsets.commit(
      {
        groupId,
        claim: { memberId: '', groupInstanceId: null, generation: -1 },
        offsets: partitions.map((partition) => {
          return { topicId: TOPIC_ID, partition, offset: 7, leaderEpoch: -1, metadata: text };
        }),
      },
      1000,
    );
  return { metadata, offsets, notices, commit };
}

test('offsets that have no room are refused, and the others of the commit are kept', async () => {
  const { metadata, notices, commit } = await setUp();
  assert.deepEqual(await commit('a', [0, 1]), [NONE, NONE]);
  assert.deepEqual(notices, []);
  assert.deepEqual(await commit('b', [0, 99, 1, 2]), [
    NONE,
    UNKNOWN_TOPIC_OR_PARTITION,
    COORDINATOR_NOT_AVAILABLE,
    COORDINATOR_NOT_AVAILABLE,
  ]);
  assert.equal(metadata.image.offsets('b').size, 1);
  assert.match(notices.join(), /^Group "b" cannot commit 2 offsets: .* Delete groups/);
});

test('who has committed before moves on, also where there is no room', async () => {
  const { metadata, commit } = await setUp();
  assert.deepEqual(await commit('a', [0, 1, 2]), [NONE, NONE, NONE]);
  assert.deepEqual(await commit('a', [2, 3]), [NONE, COORDINATOR_NOT_AVAILABLE]);
  assert.deepEqual(await commit('a', [0], 'fits'), [NONE]);
  assert.deepEqual(await commit('a', [1], 'too long'), [COORDINATOR_NOT_AVAILABLE]);
  assert.equal(metadata.image.offsetsSizeBytes, 3 * PLAIN + 8);
});

test('what is deleted makes room', async () => {
  const { offsets, commit } = await setUp();
  await commit('a', [0, 1, 2]);
  assert.deepEqual(await commit('b', [0]), [COORDINATOR_NOT_AVAILABLE]);
  await offsets.delete('a', [{ topicId: TOPIC_ID, partition: 1 }]);
  assert.deepEqual(await commit('b', [0]), [NONE]);
  await offsets.deleteGroup('a');
  assert.deepEqual(await commit('b', [0, 1, 2]), [NONE, NONE, NONE]);
});
