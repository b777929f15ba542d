// What can be asked of a cluster about directories, features and brokers that it does not have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  AlterReplicaLogDirsRequest,
  createAlterReplicaLogDirsRequest,
  createAlterReplicaLogDirsRequestAlterReplicaLogDir,
  createAlterReplicaLogDirsRequestAlterReplicaLogDirTopic,
} from '@millrace/protocol/messages/alter-replica-log-dirs-request';
import { AlterReplicaLogDirsResponse } from '@millrace/protocol/messages/alter-replica-log-dirs-response';
import {
  createUnregisterBrokerRequest,
  UnregisterBrokerRequest,
} from '@millrace/protocol/messages/unregister-broker-request';
import { UnregisterBrokerResponse } from '@millrace/protocol/messages/unregister-broker-response';
import {
  createUpdateFeaturesRequest,
  createUpdateFeaturesRequestFeatureUpdateKey,
  UpdateFeaturesRequest,
} from '@millrace/protocol/messages/update-features-request';
import { UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features-response';
import type { RawClient } from '../../test/raw-client.ts';
import { TestBroker } from '../../test/test-broker.ts';

const DIRECTORY = '/data';

/** Each move is a directory and partitions of topics; gives `[topic, [partition, error]…]…`. */
async function move(
  client: RawClient,
  version: number,
  ...moves: readonly (readonly [path: string, topic: string, ...partitions: number[]])[]
) {
  const request = createAlterReplicaLogDirsRequest({
    dirs: moves.map(([path, name, ...partitions]) =>
      createAlterReplicaLogDirsRequestAlterReplicaLogDir({
        path,
        topics: [createAlterReplicaLogDirsRequestAlterReplicaLogDirTopic({ name, partitions })],
      }),
    ),
  });
  const { results } = await client.request(
    AlterReplicaLogDirsRequest,
    AlterReplicaLogDirsResponse,
    request,
    version,
  );
  return results.map(({ topicName, partitions }) => [
    topicName,
    ...partitions.map(({ partitionIndex, errorCode }) => [partitionIndex, errorCode]),
  ]);
}

test('a log can move to where it stands, and nowhere else', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('t', 2);
  const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const noDirectory = ErrorCode.LOG_DIR_NOT_FOUND;
  for (const version of [1, 2]) {
    const moved = await move(client, version, [DIRECTORY, 't', 0, 9, -1], [DIRECTORY, 'u', 0]);
    const expected = [
      ['t', [0, 0], [9, unknown], [-1, unknown]],
      ['u', [0, unknown]],
    ];
    assert.deepEqual(moved, expected);
    const lost = await move(client, version, ['/nowhere', 't', 0, 9], ['data', 't', 1]);
    assert.deepEqual(lost, [['t', [0, noDirectory], [9, noDirectory], [1, noDirectory]]]);
  }
});

test('of two directories for one log the last counts; a topic without partitions is not answered', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('t');
  assert.deepEqual(await move(client, 2, ['/nowhere', 't', 0], [DIRECTORY, 't', 0]), [
    ['t', [0, ErrorCode.NONE]],
  ]);
  assert.deepEqual(await move(client, 2, [DIRECTORY, 't', 0, 0], ['/nowhere', 't', 0]), [
    ['t', [0, ErrorCode.LOG_DIR_NOT_FOUND]],
  ]);
  assert.deepEqual(await move(client, 2, [DIRECTORY, 't']), []);
});

test('there are no features to update', async (context) => {
  const client = await (await TestBroker.start(context)).connect();
  for (const version of [0, 1, 2]) {
    const update = async (...features: readonly string[]) => {
      const featureUpdates = features.map((feature) =>
        createUpdateFeaturesRequestFeatureUpdateKey({ feature, maxVersionLevel: 1 }),
      );
      const request = createUpdateFeaturesRequest({ featureUpdates });
      return client.request(UpdateFeaturesRequest, UpdateFeaturesResponse, request, version);
    };
    const refused = await update('group.version', 'x');
    assert.deepEqual([refused.errorCode, refused.results], [ErrorCode.INVALID_UPDATE_VERSION, []]);
    assert.match(refused.errorMessage!, /group\.version/);
    assert.equal((await update()).errorCode, ErrorCode.NONE);
  }
});

test('only a broker that is not there has no registration; the one that runs keeps its own', async (context) => {
  const broker = await TestBroker.start(context, { 'node.id': '3' });
  const client = await broker.connect();
  const unregister = async (brokerId: number) => {
    const request = createUnregisterBrokerRequest({ brokerId });
    return client.request(UnregisterBrokerRequest, UnregisterBrokerResponse, request, 0);
  };
  for (const brokerId of [1, -1]) {
    const { errorCode, errorMessage } = await unregister(brokerId);
    assert.equal(errorCode, ErrorCode.BROKER_ID_NOT_REGISTERED);
    assert.match(errorMessage!, new RegExp(String(brokerId)));
  }
  assert.equal((await unregister(3)).errorCode, ErrorCode.INVALID_REQUEST);
});
