// What is looked up, of a real broker over memory.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Broker } from '@millrace/broker';
import { BatchBuilder } from '@millrace/protocol';
import { LocalLogStore, MemoryFileSystem, MemoryMetadataStore } from '@millrace/storage';
import { MetricText } from './metric-text.ts';
import { STATUS_METRICS, tellStatus } from './status-metrics.ts';

const ORDERS = 'AAAAAAAAAAAAAAAAAAAAAQ';

async function startedBroker(context: TestContext, partitionCount: number) {
  const fileSystem = new MemoryFileSystem();
  const metadata = new MemoryMetadataStore();
  await metadata.open();
  const topic = { topicId: ORDERS, name: 'orders', createdAtMs: 0, configs: new Map() };
  await metadata.createTopic({ ...topic, partitionCount });
  const logStore = new LocalLogStore({ dataDir: '/data', fileSystem });
  const address = { name: 'PLAINTEXT', host: '127.0.0.1', port: 0 };
  const listeners = [{ ...address, advertisedHost: null, advertisedPort: null }];
  const space = async () => ({ totalBytes: 5000, usableBytes: 3000 });
  const logDirectory = { path: '/data', space };
  const broker = new Broker({ logStore, metadata, listeners, logDirectory });
  await broker.start();
  context.after(() => broker.close());
  return { broker, metadata, logStore };
}

async function told(broker: Broker) {
  const text = new MetricText(STATUS_METRICS);
  let turns = 0;
  await tellStatus(broker.status, text, async () => void turns++);
  const lines = Buffer.concat([...text.chunks()])
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { turns, lines };
}

async function appendOne(log: ReturnType<LocalLogStore['get']>): Promise<void> {
  const batch = new BatchBuilder({});
  batch.add({ timestampMs: Date.now(), value: Buffer.from('a') });
  await log!.append(batch.build());
}

test('partitions and groups under the names that dashboards know', async (context) => {
  const { broker, metadata, logStore } = await startedBroker(context, 2);
  for (let count = 0; count < 3; count++) await appendOne(logStore.get(ORDERS, 0));
  const rest = { topicId: ORDERS, leaderEpoch: -1, metadata: '', commitTimestampMs: 0 };
  await metadata.commitOffsets('re"aders', null, [
    { partition: 0, offset: 1, ...rest },
    { partition: 1, offset: 0, ...rest },
  ]);
  const { lines } = await told(broker);
  const size = logStore.get(ORDERS, 0)!.sizeBytes;
  const first = '{topic="orders",partition="0"}';
  for (const expected of [
    'kafka_brokers 1',
    'millrace_data_directory_free_bytes 3000',
    'millrace_data_directory_size_bytes 5000',
    'kafka_log_logcleanermanager_uncleanable_partitions_count 0',
    'kafka_log_logcleaner_cleaner_recopy_percent 0',
    'kafka_topic_partitions{topic="orders"} 2',
    `kafka_topic_partition_current_offset${first} 3`,
    `kafka_topic_partition_oldest_offset${first} 0`,
    `kafka_topic_partition_leader${first} 1`,
    `kafka_topic_partition_leader_is_preferred${first} 1`,
    `kafka_topic_partition_replicas${first} 1`,
    `kafka_topic_partition_in_sync_replica${first} 1`,
    `kafka_topic_partition_under_replicated_partition${first} 0`,
    `kafka_cluster_partition_replicascount${first} 1`,
    `kafka_log_log_size${first} ${size}`,
    String.raw`kafka_consumergroup_current_offset{consumergroup="re\"aders",topic="orders",partition="0"} 1`,
    String.raw`kafka_consumergroup_lag{consumergroup="re\"aders",topic="orders",partition="0"} 2`,
    String.raw`kafka_consumergroup_lag{consumergroup="re\"aders",topic="orders",partition="1"} 0`,
    String.raw`kafka_consumergroup_current_offset_sum{consumergroup="re\"aders",topic="orders"} 1`,
    String.raw`kafka_consumergroup_lag_sum{consumergroup="re\"aders",topic="orders"} 2`,
    String.raw`kafka_consumergroup_members{consumergroup="re\"aders"} 0`,
    'kafka_server_replicamanager_partitioncount 2',
    'kafka_server_replicamanager_leadercount 2',
    'kafka_server_replicamanager_underreplicatedpartitions 0',
    'kafka_server_replicamanager_atminisrpartitioncount 2',
    'kafka_server_replicamanager_offlinereplicacount 0',
    'kafka_controller_kafkacontroller_activecontrollercount 1',
    'kafka_controller_kafkacontroller_offlinepartitionscount 0',
    'kafka_controller_kafkacontroller_globaltopiccount 1',
    'kafka_controller_kafkacontroller_globalpartitioncount 2',
    'kafka_coordinator_group_groupmetadatamanager_numgroups 1',
    'kafka_coordinator_group_groupmetadatamanager_numgroupsempty 1',
    'kafka_server_socket_server_metrics_connection_count{listener="PLAINTEXT"} 0',
    'millrace_request_memory_bytes 0',
    'millrace_request_memory_limit_bytes 268435456',
  ]) {
    assert.ok(lines.includes(expected), `${expected} is not among\n${lines.join('\n')}`);
  }
});

test('a partition whose log is gone has no leader, and is offline', async (context) => {
  const { broker, logStore } = await startedBroker(context, 2);
  await logStore.delete(ORDERS, 1);
  const { lines } = await told(broker);
  for (const expected of [
    'kafka_topic_partition_leader{topic="orders",partition="1"} -1',
    'kafka_topic_partition_under_replicated_partition{topic="orders",partition="1"} 1',
    'kafka_server_replicamanager_partitioncount 1',
    'kafka_server_replicamanager_underminisrpartitioncount 1',
    'kafka_controller_kafkacontroller_offlinepartitionscount 1',
  ]) {
    assert.ok(lines.includes(expected), `${expected} is not among\n${lines.join('\n')}`);
  }
  assert.ok(!lines.some((line) => /current_offset.*partition="1"/.test(line)));
});

test('many partitions and offsets are told in slices', async (context) => {
  const { broker, metadata } = await startedBroker(context, 600);
  assert.equal((await told(broker)).turns, 2);
  const rest = { topicId: ORDERS, leaderEpoch: -1, metadata: '', commitTimestampMs: 0, offset: 0 };
  const offsets = Array.from({ length: 600 }, (_, partition) => ({ partition, ...rest }));
  await metadata.commitOffsets('readers', null, offsets);
  assert.equal((await told(broker)).turns, 4);
});

test('a topic that is deleted in the middle of the walk ends there', async (context) => {
  const { broker, metadata } = await startedBroker(context, 600);
  const text = new MetricText(STATUS_METRICS);
  await tellStatus(broker.status, text, () => metadata.deleteTopic(ORDERS).catch(() => {}));
  assert.match(
    Buffer.concat([...text.chunks()]).toString(),
    /\nkafka_controller_kafkacontroller_globalpartitioncount 250\n/,
  );
});
