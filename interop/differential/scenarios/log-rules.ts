// ListOffsets, OffsetForLeaderEpoch, InitProducerId, DeleteRecords, DescribeProducers: what cannot be asked of a log, and
// the corners of what can.

import { DescribeProducersRequest } from '@millrace/protocol/messages/describe-producers-request';
import { DescribeProducersResponse } from '@millrace/protocol/messages/describe-producers-response';
import { InitProducerIdRequest } from '@millrace/protocol/messages/init-producer-id-request';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id-response';
import { OffsetForLeaderEpochRequest } from '@millrace/protocol/messages/offset-for-leader-epoch-request';
import { OffsetForLeaderEpochResponse } from '@millrace/protocol/messages/offset-for-leader-epoch-response';
import { api } from '../api.ts';
import { baseTimeMs, batchOf } from '../batches.ts';
import { makeTopics, produceTo, readTopic, writtenTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';
import { deleteRecords, deleting, epochOf, listing, listOffsets, ofProducers } from './records.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const specialTimes = [-1, -2, -3, -4, -5, -6];

export const listingStrangely = new Scenarios(listOffsets)
  .ask('times below all', listing(readTopic, { timestamp: -99 }))
  .ask('the largest time', listing(readTopic, { timestamp: LARGEST }))
  .ask('exactly the first and last', {
    replicaId: -1,
    topics: [baseTimeMs, baseTimeMs + 1000, baseTimeMs + 2000, baseTimeMs + 2001].map(
      (timestamp) => ({ name: readTopic, partitions: [{ timestamp }] }),
    ),
  })
  .ask('a topic twice', {
    replicaId: -1,
    topics: [
      { name: readTopic, partitions: [{ timestamp: -1 }] },
      { name: readTopic, partitions: [{ timestamp: -2 }, { timestamp: -1, partitionIndex: 1 }] },
    ],
  })
  .ask('no partitions', listing(readTopic))
  .ask('no topics', { replicaId: -1 })
  .ask('as a debugger', { ...listing(readTopic, { timestamp: -1 }), replicaId: -2 })
  .ask('as a replica that is not', { ...listing(readTopic, { timestamp: -1 }), replicaId: 9 })
  .ask(
    'an isolation that is not',
    {
      ...listing(readTopic, { timestamp: -1 }),
      isolationLevel: 9,
    },
    2,
  )
  .ask('an epoch before all', listing(readTopic, { timestamp: -1, currentLeaderEpoch: -2 }), 4)
  .ask('an epoch of what is not there', listing('nowhere', { currentLeaderEpoch: 9 }), 4)
  .ask(
    'within no time',
    {
      ...listing(readTopic, { timestamp: -1 }, { timestamp: -1, partitionIndex: 1 }),
      timeoutMs: 0,
    },
    10,
  )
  .ask('within a negative time', { ...listing(readTopic, { timestamp: 1 }), timeoutMs: -1 }, 10)
  .script('a log whose start was deleted', async (peer, version) => {
    const name = `list-trimmed-${version}`;
    await makeTopics(peer, [name]);
    await produceTo(peer, name, batchOf(['a', 'b', 'c']));
    await produceTo(peer, name, batchOf(['d'], { startMs: baseTimeMs - 5000 }));
    await peer.ask(deleteRecords, 2, deleting(name, 2));
    for (const timestamp of [
      ...specialTimes,
      0,
      baseTimeMs,
      baseTimeMs + 2000,
      baseTimeMs + 3000,
    ]) {
      await peer.ask(listOffsets, version, listing(name, { timestamp }));
    }
  })
  .script('a log that was emptied', async (peer, version) => {
    const name = `list-emptied-${version}`;
    await makeTopics(peer, [name]);
    await produceTo(peer, name, batchOf(['a', 'b']));
    await peer.ask(deleteRecords, 2, deleting(name, -1));
    for (const timestamp of [...specialTimes, 0]) {
      await peer.ask(listOffsets, version, listing(name, { timestamp }));
    }
  })
  .script('times that do not ascend', async (peer, version) => {
    const name = `list-mixed-${version}`;
    await makeTopics(peer, [name]);
    for (const startMs of [baseTimeMs, baseTimeMs - 9000, baseTimeMs + 9000, -1, baseTimeMs]) {
      await produceTo(peer, name, batchOf(['a', 'b'], { startMs, stepMs: startMs < 0 ? 0 : 500 }));
    }
    for (const ms of [-9001, -9000, -8999, 0, 1, 500, 501, 9000, 9001, 9500, 9501]) {
      await peer.ask(listOffsets, version, listing(name, { timestamp: baseTimeMs + ms }));
    }
    await peer.ask(listOffsets, version, listing(name, { timestamp: -3 }));
  });

export const leaderEpochsStrangely = new Scenarios(
  api(OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse),
)
  .ask('before all', epochOf(readTopic, { leaderEpoch: -2 }, { currentLeaderEpoch: -2 }))
  .ask('of a topic twice', {
    replicaId: -1,
    topics: [...epochOf(readTopic, {}).topics, ...epochOf(readTopic, { partition: 1 }).topics],
  })
  .ask('of a partition twice', epochOf(readTopic, {}, {}))
  .ask('of bad names', {
    replicaId: -1,
    topics: [...epochOf('a b', {}).topics, ...epochOf('', {}).topics],
  })
  .ask('of negative partitions', epochOf(readTopic, { partition: -1 }))
  .ask('of no partitions', epochOf(readTopic))
  .ask('of no topics', { replicaId: -1, topics: [] })
  .ask('as a replica', { ...epochOf(readTopic, {}), replicaId: 1 }, 3)
  .ask('as a replica that is not', { ...epochOf(readTopic, {}), replicaId: 9 }, 3);

export const producerIdsStrangely = new Scenarios(
  api(InitProducerIdRequest, InitProducerIdResponse),
)
  .ask('without time', { transactionalId: null, transactionTimeoutMs: 0 })
  .ask('for the largest time', { transactionalId: null, transactionTimeoutMs: 2 ** 31 - 1 })
  .ask(
    'for an epoch without an id',
    { transactionalId: null, producerEpoch: 3, transactionTimeoutMs: 1000 },
    3,
  )
  .ask(
    'for an id and epoch below all',
    { transactionalId: null, producerId: -5, producerEpoch: -5, transactionTimeoutMs: 1000 },
    3,
  );

export const deletingStrangely = new Scenarios(deleteRecords)
  .ask('of bad names', {
    topics: ['a b', '', '__consumer_offsets'].map((name) => ({
      name,
      partitions: [{ partitionIndex: 99 }],
    })),
    timeoutMs: 5000,
  })
  .ask('of negative partitions', deleting(readTopic, 0, -1))
  .ask('of no partitions', { topics: [{ name: readTopic, partitions: [] }], timeoutMs: 5000 })
  .ask('of no topics', { topics: [], timeoutMs: 5000 })
  .ask('far beyond the end', deleting(readTopic, LARGEST))
  .ask('of an empty log, up to its end', deleting(readTopic, -1, 1))
  .ask('within no time', { ...deleting(readTopic, 0), timeoutMs: 0 })
  .ask('within a negative time', { ...deleting(readTopic, 0), timeoutMs: -1 })
  .ask('of a partition twice', {
    topics: [{ name: readTopic, partitions: [{ offset: 99 }, { offset: 0 }] }],
    timeoutMs: 5000,
  })
  .ask('of a topic twice', {
    topics: [
      { name: readTopic, partitions: [{ offset: 0 }] },
      { name: readTopic, partitions: [{ offset: 0, partitionIndex: 1 }] },
    ],
    timeoutMs: 5000,
  });

const describeProducers = api(DescribeProducersRequest, DescribeProducersResponse);

export const describingProducersStrangely = new Scenarios(describeProducers)
  .ask('of nobody', ofProducers(writtenTopic, 1))
  .ask('of a partition twice', ofProducers(readTopic, 0, 0))
  .ask('of a topic twice', {
    topics: [...ofProducers(readTopic, 0).topics, ...ofProducers(readTopic, 1).topics],
  })
  .ask('of negative partitions', ofProducers(readTopic, -1))
  .ask('of no partitions', ofProducers(readTopic))
  .ask('of no topics', { topics: [] })
  .ask('of nothing', ofProducers('', 0))
  .script('who came, went on and changed', async (peer, version) => {
    const name = `producers-changed-${version}`;
    await makeTopics(peer, [name]);
    for (const [producerId, baseSequence] of [
      [4600, 0],
      [4601, 0],
      [4600, 1],
    ] as const) {
      await produceTo(peer, name, batchOf(['a'], { producerId, baseSequence }));
      await peer.ask(describeProducers, version, ofProducers(name, 0));
    }
    await peer.ask(deleteRecords, 2, deleting(name, -1));
    await peer.ask(describeProducers, version, ofProducers(name, 0));
  });
