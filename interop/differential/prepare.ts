// What both brokers have before the first scenario: topics with the same records, and a group coordinator that is up.

import { ErrorCode } from '@millrace/protocol';
import { CreateTopicsRequest } from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import { InitProducerIdRequest } from '@millrace/protocol/messages/init-producer-id-request';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id-response';
import { OffsetFetchRequest } from '@millrace/protocol/messages/offset-fetch-request';
import { OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch-response';
import { ProduceRequest } from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import { until } from '../harness/until.ts';
import { api } from './api.ts';
import { batchOf } from './batches.ts';
import type { Peer } from './peer.ts';

/** Has three batches on partition 0 and nothing on partition 1; scenarios only read it. */
export const readTopic = 'read';
/** Two partitions to be written to. */
export const writtenTopic = 'written';
/** Two partitions for what groups read and commit. */
export const groupTopic = 'grouped';

const createTopics = api(CreateTopicsRequest, CreateTopicsResponse);
const produce = api(ProduceRequest, ProduceResponse);
const findCoordinator = api(FindCoordinatorRequest, FindCoordinatorResponse);
const initProducerId = api(InitProducerIdRequest, InitProducerIdResponse);
const offsetFetch = api(OffsetFetchRequest, OffsetFetchResponse);

export async function prepare(peer: Peer): Promise<void> {
  const names = [readTopic, writtenTopic, groupTopic];
  await makeTopics(peer, names, 2);
  for (const batch of [batchOf(['a', 'b']), batchOf(['c']), batchOf(['d', 'e', 'f'])]) {
    await produceTo(peer, readTopic, batch);
  }
  // Kafka's broker fetches a block of producer ids from the controller first.
  await until(`${peer.name} gives out producer ids`, async () => {
    const { errorCode } = await peer.prepare(initProducerId, 4, {
      transactionalId: null,
      transactionTimeoutMs: 1000,
    });
    return errorCode === ErrorCode.NONE;
  });
  // Kafka makes its offsets topic when it is first asked, and loads it after that.
  await until(`${peer.name} has a group coordinator`, async () => {
    const found = await peer.prepare(findCoordinator, 4, { coordinatorKeys: ['warm-up'] });
    return found.coordinators[0]?.errorCode === ErrorCode.NONE;
  });
  await until(`${peer.name} has loaded its groups`, async () => {
    const { groups } = await peer.prepare(offsetFetch, 8, { groups: [{ groupId: 'warm-up' }] });
    return groups[0]?.errorCode === ErrorCode.NONE;
  });
}

export async function makeTopics(
  peer: Peer,
  names: readonly string[],
  numPartitions = 1,
): Promise<void> {
  const { topics } = await peer.prepare(createTopics, 7, {
    topics: names.map((name) => ({ name, numPartitions, replicationFactor: 1 })),
    timeoutMs: 10_000,
  });
  for (const { name, errorCode } of topics) {
    if (errorCode !== 0) throw new Error(`${peer.name}: topic ${name}: error ${errorCode}`);
    await peer.untilTopic(name, numPartitions);
  }
}

/** Appends to the topic's first partition. */
export async function produceTo(peer: Peer, name: string, records: Buffer): Promise<void> {
  const partitionData = [{ index: 0, records }];
  const { responses } = await peer.prepare(produce, 12, {
    acks: -1,
    timeoutMs: 10_000,
    topicData: [{ name, partitionData }],
  });
  const errorCode = responses[0]?.partitionResponses[0]?.errorCode;
  if (errorCode !== ErrorCode.NONE) {
    throw new Error(`${peer.name}: produce to ${name}: error ${errorCode}`);
  }
}
