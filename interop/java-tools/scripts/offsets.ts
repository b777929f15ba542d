// kafka-get-offsets with every --time form, kafka-delete-records, kafka-log-dirs.

import { baseTimeMs, batchOf } from '../../differential/batches.ts';
import { makeTopics, produceTo } from '../../differential/prepare.ts';
import type { ToolPeer } from '../tool-peer.ts';

const GET_OFFSETS = 'GetOffsetShell';
const DELETE_RECORDS = 'DeleteRecordsCommand';
const LOG_DIRS = 'LogDirsCommand';

/** Two partitions; four records, a second apart, in partition 0. */
async function filledTopic(peer: ToolPeer, name: string): Promise<void> {
  await makeTopics(peer.wire, [name], 2);
  await produceTo(peer.wire, name, batchOf(['a', 'b', 'c', 'd']));
}

async function gettingOffsets(peer: ToolPeer): Promise<void> {
  await filledTopic(peer, 'ends-1');
  await filledTopic(peer, 'ends-2');
  const get = (...args: string[]) => peer.run(GET_OFFSETS, args);
  const times = ['latest', '-1', 'earliest', '-2', 'max-timestamp', '-3', 'earliest-local', '-4'];
  const tiered = ['latest-tiered', '-5', 'earliest-pending-upload', '-6'];
  const moments = [0, baseTimeMs, baseTimeMs + 1500, baseTimeMs + 60_000].map(String);
  for (const time of [...times, ...tiered, ...moments]) {
    await get('--topic', 'ends-1', '--time', time);
  }
  await get('--topic', 'ends.*');
  await get('--topic', 'ends.*', '--partitions', '1');
  await get('--topic-partitions', 'ends-1:0,ends-2:1-,ends-.:-1');
  await get('--exclude-internal-topics', '--topic', '.*ends-2');
  await peer.run(GET_OFFSETS, ['--topic', 'not-there'], { code: 1 });
  await peer.run(GET_OFFSETS, ['--topic', 'ends-1', '--partitions', '9'], { code: 1 });
  await peer.run(GET_OFFSETS, ['--topic', 'ends-1', '--time', 'yesterday'], { code: 1 });
}

async function deletingRecords(peer: ToolPeer): Promise<void> {
  await filledTopic(peer, 'trimmed');
  const remove = (partitions: readonly object[], code = 0) => {
    const file = peer.file(JSON.stringify({ version: 1, partitions }));
    return peer.run(DELETE_RECORDS, ['--offset-json-file', file], { code });
  };
  await remove([{ topic: 'trimmed', partition: 0, offset: 2 }]);
  await peer.run(GET_OFFSETS, ['--topic', 'trimmed', '--time', 'earliest']);
  await remove([{ topic: 'trimmed', partition: 0, offset: 1 }]);
  await remove([{ topic: 'trimmed', partition: 0, offset: 5 }]);
  await remove([{ topic: 'trimmed', partition: 0, offset: -1 }]);
  await remove([{ topic: 'trimmed', partition: 1, offset: -1 }]);
  await peer.run(GET_OFFSETS, ['--topic', 'trimmed', '--time', 'earliest']);
}

async function describingLogs(peer: ToolPeer): Promise<void> {
  await filledTopic(peer, 'sized');
  await peer.run(LOG_DIRS, ['--describe', '--topic-list', 'sized'], { unordered: true });
  await peer.run(LOG_DIRS, ['--describe', '--topic-list', 'sized', '--broker-list', '1']);
  await peer.run(LOG_DIRS, ['--describe', '--topic-list', 'not-there']);
  await peer.run(LOG_DIRS, ['--describe', '--broker-list', '1,7'], { code: 1 });
}

export const offsetScripts = {
  'kafka-get-offsets': gettingOffsets,
  'kafka-delete-records': deletingRecords,
  'kafka-log-dirs': describingLogs,
};
