// Produce, Fetch, ListOffsets, DeleteRecords, OffsetForLeaderEpoch, InitProducerId, DescribeProducers: records and where they are.

import { DeleteRecordsRequest } from '@millrace/protocol/messages/delete-records-request';
import { DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records-response';
import { DescribeProducersRequest } from '@millrace/protocol/messages/describe-producers-request';
import { DescribeProducersResponse } from '@millrace/protocol/messages/describe-producers-response';
import { InitProducerIdRequest } from '@millrace/protocol/messages/init-producer-id-request';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id-response';
import { ListOffsetsRequest } from '@millrace/protocol/messages/list-offsets-request';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets-response';
import { OffsetForLeaderEpochRequest } from '@millrace/protocol/messages/offset-for-leader-epoch-request';
import { OffsetForLeaderEpochResponse } from '@millrace/protocol/messages/offset-for-leader-epoch-response';
import { api, type Sparse } from '../api.ts';
import { baseTimeMs, batchOf } from '../batches.ts';
import { makeTopics, produceTo, readTopic, writtenTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

export const listOffsets = api(ListOffsetsRequest, ListOffsetsResponse);
export const deleteRecords = api(DeleteRecordsRequest, DeleteRecordsResponse);

type ListPartition = NonNullable<
  NonNullable<Sparse<ListOffsetsRequest>['topics']>[number]['partitions']
>[number];

export const listing = (
  name: string,
  ...partitions: readonly ListPartition[]
): Sparse<ListOffsetsRequest> => ({
  replicaId: -1,
  topics: [{ name, partitions }],
});

export const listingOffsets = new Scenarios(listOffsets);
for (const timestamp of [-1, -2, -3, -4, -5, -6, -7, 0, baseTimeMs + 1, baseTimeMs + 3000, 1e15]) {
  const partitions = [{ timestamp }, { timestamp, partitionIndex: 1 }];
  const name =
    timestamp > 0 ? `after the base by ${timestamp - baseTimeMs} ms` : `time ${timestamp}`;
  listingOffsets.ask(timestamp === 1e15 ? 'far from now' : name, listing(readTopic, ...partitions));
}
listingOffsets
  .ask('committed only', { ...listing(readTopic, { timestamp: -1 }), isolationLevel: 1 }, 2)
  .ask('the same partition twice', listing(readTopic, { timestamp: -1 }, { timestamp: -2 }))
  .ask('an unknown topic', listing('nowhere', { timestamp: -1 }))
  .ask('a bad name', listing('a b', { timestamp: -1 }))
  .ask(
    'an unknown partition',
    listing(readTopic, { timestamp: -1, partitionIndex: 9 }, { partitionIndex: -1 }),
  )
  .ask('a leader epoch', listing(readTopic, { timestamp: -1, currentLeaderEpoch: 9 }), 4)
  .ask('the current epoch', listing(readTopic, { timestamp: -1, currentLeaderEpoch: 0 }), 4)
  .ask('as a replica', { ...listing(readTopic, { timestamp: -1 }), replicaId: 1 });

type EpochPartition = NonNullable<
  NonNullable<Sparse<OffsetForLeaderEpochRequest>['topics']>[number]['partitions']
>[number];

export const epochOf = (topic: string, ...partitions: readonly EpochPartition[]) => ({
  replicaId: -1,
  topics: [{ topic, partitions }],
});

export const leaderEpochs = new Scenarios(
  api(OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse),
)
  .ask('the current', epochOf(readTopic, { leaderEpoch: 0 }, { partition: 1, leaderEpoch: 0 }))
  .ask('a later', epochOf(readTopic, { leaderEpoch: 5 }))
  .ask('none', epochOf(readTopic, { leaderEpoch: -1 }))
  .ask('as of a later leader', epochOf(readTopic, { currentLeaderEpoch: 5 }))
  .ask('as of this leader', epochOf(readTopic, { currentLeaderEpoch: 0 }))
  .ask('of an unknown partition', epochOf(readTopic, { partition: 9 }))
  .ask('of an unknown topic', epochOf('nowhere', {}));

export const producerIds = new Scenarios(api(InitProducerIdRequest, InitProducerIdResponse))
  .ask('a new one', { transactionalId: null, transactionTimeoutMs: 1000 })
  .ask('without a time-out', { transactionalId: null, transactionTimeoutMs: -1 })
  .ask('an empty transactional id', { transactionalId: '', transactionTimeoutMs: 1000 })
  .ask(
    'for an id and epoch',
    { transactionalId: null, producerId: 5, producerEpoch: 3, transactionTimeoutMs: 1000 },
    3,
  )
  .ask(
    'for an id without an epoch',
    { transactionalId: null, producerId: 5, transactionTimeoutMs: 1000 },
    3,
  );

export const deleting = (
  name: string,
  offset: number,
  partitionIndex = 0,
): Sparse<DeleteRecordsRequest> => ({
  topics: [{ name, partitions: [{ partitionIndex, offset }] }],
  timeoutMs: 5000,
});

export const deletingRecords = new Scenarios(deleteRecords)
  .script('up to an offset', async (peer, version) => {
    const name = `trimmed-${version}`;
    await makeTopics(peer, [name]);
    await produceTo(peer, name, batchOf(['a', 'b', 'c']));
    for (const offset of [2, 1, 4, -2, -1, 3])
      await peer.ask(deleteRecords, version, deleting(name, offset));
    await peer.ask(listOffsets, 7, listing(name, { timestamp: -2 }));
  })
  .ask('nothing', deleting(readTopic, 0))
  .ask('of an unknown topic', deleting('nowhere', 0))
  .ask('of an unknown partition', deleting(readTopic, 0, 9));

export const ofProducers = (name: string, ...partitionIndexes: readonly number[]) => ({
  topics: [{ name, partitionIndexes }],
});

export const describingProducers = new Scenarios(
  api(DescribeProducersRequest, DescribeProducersResponse),
)
  .script('who has written', async (peer, version) => {
    const name = `producers-${version}`;
    await makeTopics(peer, [name]);
    await produceTo(peer, name, batchOf(['a'], { producerId: 4100, baseSequence: 0 }));
    await peer.ask(
      api(DescribeProducersRequest, DescribeProducersResponse),
      version,
      ofProducers(name, 0),
    );
  })
  .ask('unknown', {
    topics: [...ofProducers('nowhere', 0).topics, ...ofProducers(writtenTopic, 9).topics],
  })
  .ask('a bad name', ofProducers('a b', 0));
