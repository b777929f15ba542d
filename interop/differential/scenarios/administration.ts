// What administrators ask of a cluster of one: elections, reassignments, log directories, features, brokers that are gone.

import { AlterPartitionReassignmentsRequest } from '@millrace/protocol/messages/alter-partition-reassignments-request';
import { AlterPartitionReassignmentsResponse } from '@millrace/protocol/messages/alter-partition-reassignments-response';
import { AlterReplicaLogDirsRequest } from '@millrace/protocol/messages/alter-replica-log-dirs-request';
import { AlterReplicaLogDirsResponse } from '@millrace/protocol/messages/alter-replica-log-dirs-response';
import { DescribeLogDirsRequest } from '@millrace/protocol/messages/describe-log-dirs-request';
import { DescribeLogDirsResponse } from '@millrace/protocol/messages/describe-log-dirs-response';
import { ElectLeadersRequest } from '@millrace/protocol/messages/elect-leaders-request';
import { ElectLeadersResponse } from '@millrace/protocol/messages/elect-leaders-response';
import { ListPartitionReassignmentsRequest } from '@millrace/protocol/messages/list-partition-reassignments-request';
import { ListPartitionReassignmentsResponse } from '@millrace/protocol/messages/list-partition-reassignments-response';
import { UnregisterBrokerRequest } from '@millrace/protocol/messages/unregister-broker-request';
import { UnregisterBrokerResponse } from '@millrace/protocol/messages/unregister-broker-response';
import { UpdateFeaturesRequest } from '@millrace/protocol/messages/update-features-request';
import { UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features-response';
import { api, type Sparse } from '../api.ts';
import { readTopic, writtenTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

const describeLogDirs = api(DescribeLogDirsRequest, DescribeLogDirsResponse);

export const describingLogDirectories = new Scenarios(describeLogDirs)
  .ask('of a topic', { topics: [{ topic: readTopic, partitions: [0, 1] }] })
  .ask('of what is not there', { topics: [{ topic: 'nowhere', partitions: [0] }] })
  .ask('of partitions that are not', { topics: [{ topic: readTopic, partitions: [9, -1, 0, 0] }] })
  .ask('of a topic twice', {
    topics: [
      { topic: readTopic, partitions: [0] },
      { topic: readTopic, partitions: [1] },
    ],
  })
  .ask('of a bad name', { topics: [{ topic: 'a b', partitions: [0] }] })
  .ask('of no topics', { topics: [] });

const electing = (
  electionType: number,
  topic: string,
  ...partitions: readonly number[]
): Sparse<ElectLeadersRequest> => ({ electionType, topicPartitions: [{ topic, partitions }] });

export const electingLeaders = new Scenarios(api(ElectLeadersRequest, ElectLeadersResponse))
  .ask('one that leads', { topicPartitions: [{ topic: readTopic, partitions: [0] }] })
  .ask('an unclean one', electing(1, readTopic, 0), 1)
  .ask('what is not there', { topicPartitions: [{ topic: 'nowhere', partitions: [0] }] })
  .ask('an unknown partition', { topicPartitions: [{ topic: readTopic, partitions: [9, -1] }] })
  .ask('a kind that is not', electing(9, readTopic, 0), 1)
  .ask('a kind below all', electing(-1, readTopic, 0), 1)
  .ask('the same twice', { topicPartitions: [{ topic: readTopic, partitions: [0, 0] }] })
  .ask('a topic twice', {
    topicPartitions: [
      { topic: readTopic, partitions: [0] },
      { topic: readTopic, partitions: [1] },
    ],
  })
  .ask('no partitions', { topicPartitions: [{ topic: readTopic, partitions: [] }] })
  .ask('bad names', {
    topicPartitions: [
      { topic: 'a b', partitions: [0] },
      { topic: '', partitions: [0] },
    ],
  })
  .ask('none', { topicPartitions: [] })
  .ask('within no time', { topicPartitions: [{ topic: readTopic, partitions: [0] }], timeoutMs: 0 })
  .ask('a kind that is not, for all', { electionType: 9, topicPartitions: null }, 1);

const reassigning = (
  name: string,
  replicas: readonly number[] | null,
  partitionIndex = 0,
): Sparse<AlterPartitionReassignmentsRequest> => ({
  topics: [{ name, partitions: [{ partitionIndex, replicas }] }],
});

export const reassigningPartitions = new Scenarios(
  api(AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse),
)
  .ask('to where it stands', reassigning(readTopic, [1]))
  .ask('cancelled', reassigning(readTopic, null))
  .ask('within no time', { ...reassigning(readTopic, [1]), timeoutMs: 0 })
  .ask('to a broker that is not there', reassigning(readTopic, [7]))
  .ask('to two brokers', reassigning(readTopic, [1, 7]))
  .ask('to two brokers of one name', reassigning(readTopic, [1, 1]))
  .ask('to a negative broker', reassigning(readTopic, [-1]))
  .ask('to none', reassigning(readTopic, []))
  .ask('of an unknown partition', reassigning(readTopic, [1], 9))
  .ask('of a negative partition', reassigning(readTopic, [1], -1))
  .ask('of an unknown topic', reassigning('nowhere', [1]))
  .ask('of an unknown topic, cancelled', reassigning('nowhere', null))
  .ask('of a bad name', reassigning('a b', [1]))
  .ask('several', {
    topics: [
      {
        name: readTopic,
        partitions: [
          { partitionIndex: 0, replicas: [1] },
          { partitionIndex: 0, replicas: [7] },
          { partitionIndex: 1, replicas: null },
        ],
      },
      { name: 'nowhere', partitions: [{ replicas: null }] },
      { name: writtenTopic, partitions: [] },
      { name: writtenTopic, partitions: [{ replicas: [1] }] },
    ],
  })
  .ask(
    'that change the replication factor',
    { ...reassigning(readTopic, [1]), allowReplicationFactorChange: false },
    1,
  );

export const listingReassignments = new Scenarios(
  api(ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse),
)
  .ask('all', { topics: null })
  .ask('of no topics', { topics: [] })
  .ask('within no time', { topics: null, timeoutMs: 0 })
  .ask('of a topic', { topics: [{ name: readTopic, partitionIndexes: [0, 9] }] })
  .ask('of what is not there', { topics: [{ name: 'nowhere', partitionIndexes: [0] }] });

export const movingLogs = new Scenarios(
  api(AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse),
)
  .script('to where they stand', async (peer, version) => {
    const { results } = await peer.prepare(describeLogDirs, 4, { topics: [] });
    const path = results[0]!.logDir;
    await peer.ask(api(AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse), version, {
      dirs: [
        {
          path,
          topics: [
            { name: readTopic, partitions: [0, 1, 9, -1] },
            { name: 'nowhere', partitions: [0] },
            { name: 'a b', partitions: [0] },
          ],
        },
      ],
    });
  })
  .script('to two directories', async (peer, version) => {
    const { results } = await peer.prepare(describeLogDirs, 4, { topics: [] });
    const path = results[0]!.logDir;
    const topics = [{ name: readTopic, partitions: [0, 0] }];
    await peer.ask(api(AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse), version, {
      dirs: [
        { path: '/nowhere', topics },
        { path, topics },
      ],
    });
    await peer.ask(api(AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse), version, {
      dirs: [
        { path, topics },
        { path: '/nowhere', topics },
      ],
    });
  })
  .ask('to a directory that is not there', {
    dirs: [
      {
        path: '/nowhere',
        topics: [
          { name: readTopic, partitions: [0, 9] },
          { name: 'nowhere', partitions: [0] },
        ],
      },
    ],
  })
  .ask('to no absolute path', {
    dirs: [{ path: 'data', topics: [{ name: readTopic, partitions: [0] }] }],
  })
  .ask('none', { dirs: [{ path: '/nowhere', topics: [{ name: readTopic, partitions: [] }] }] });

const update = (feature: string, maxVersionLevel: number) => ({ feature, maxVersionLevel });

export const updatingFeatures = new Scenarios(api(UpdateFeaturesRequest, UpdateFeaturesResponse))
  .ask('one that is not', { featureUpdates: [update('nope', 1)] })
  .ask('two that are not', { featureUpdates: [update('nope', 1), update('nor.this', 2)] })
  .ask('one that is not, away', { featureUpdates: [update('nope', 0)] })
  .ask('to a negative level', { featureUpdates: [update('nope', -1)] })
  .ask('within no time', { featureUpdates: [update('nope', 1)], timeoutMs: 0 })
  .ask('without a name', { featureUpdates: [update('', 1)] })
  .ask('downwards', { featureUpdates: [{ ...update('nope', 1), allowDowngrade: true }] }, 0, 0)
  .ask('downwards', { featureUpdates: [{ ...update('nope', 1), upgradeType: 2 }] }, 1)
  .ask('in a way that is not', { featureUpdates: [{ ...update('nope', 1), upgradeType: 9 }] }, 1)
  .ask('only validated', { featureUpdates: [update('nope', 1)], validateOnly: true }, 1)
  .ask('the same twice', { featureUpdates: [update('nope', 1), update('nope', 2)] });

export const unregisteringBrokers = new Scenarios(
  api(UnregisterBrokerRequest, UnregisterBrokerResponse),
)
  .ask('one that is not', { brokerId: 9 })
  .ask('a negative id', { brokerId: -1 });
