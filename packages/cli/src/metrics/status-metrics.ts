import type { BrokerStatus, GroupStatus, PartitionStatus } from '@millrace/broker';
import type { LogCleanerStatus } from '@millrace/storage';
import { labelPair, type MetricDefinition, type MetricText } from './metric-text.ts';

/** Partitions or committed offsets that are told before the event loop gets its turn: about a millisecond of them. */
const SERIES_OF_A_TURN = 250;

function gauge(name: string, help: string, ...labels: string[]): MetricDefinition {
  return { name, help, type: 'gauge', labels };
}

const ofPartition = (name: string, help: string) => gauge(name, help, 'topic', 'partition');
const ofOffset = (name: string, help: string) =>
  gauge(name, help, 'consumergroup', 'topic', 'partition');
const ofManager = (name: string, help: string) =>
  gauge(`kafka_server_replicamanager_${name}`, help);
const ofController = (name: string, help: string) =>
  gauge(`kafka_controller_kafkacontroller_${name}`, help);
const ofCleanerManager = (name: string, help: string) =>
  gauge(`kafka_log_logcleanermanager_${name}`, help);
const ofCleaner = (name: string, help: string) => gauge(`kafka_log_logcleaner_${name}`, help);
const ofGroups = (name: string, help: string) =>
  gauge(`kafka_coordinator_group_groupmetadatamanager_${name}`, help);

const TOPIC_PARTITIONS = gauge('kafka_topic_partitions', 'Partitions of the topic.', 'topic');

/** What each partition has, in the names of kafka_exporter and of Kafka's own beans; null where its log is not here. */
const PARTITION_GAUGES: readonly (readonly [
  MetricDefinition,
  (partition: PartitionStatus) => number | null,
])[] = [
  [
    ofPartition('kafka_topic_partition_current_offset', 'High watermark.'),
    ({ log }) => log?.highWatermark ?? null,
  ],
  [
    ofPartition('kafka_topic_partition_oldest_offset', 'Log start offset.'),
    ({ log }) => log?.logStartOffset ?? null,
  ],
  [
    ofPartition('kafka_topic_partition_leader', 'Node id of the leader, -1 without one.'),
    ({ leadership }) => leadership.leaderId,
  ],
  [
    ofPartition('kafka_topic_partition_leader_is_preferred', '1 when the first replica leads.'),
    ({ leadership: { leaderId, replicas } }) => Number(leaderId === replicas[0]),
  ],
  [
    ofPartition('kafka_topic_partition_replicas', 'Replicas.'),
    ({ leadership }) => leadership.replicas.length,
  ],
  [
    ofPartition('kafka_topic_partition_in_sync_replica', 'Replicas in sync.'),
    ({ leadership }) => leadership.inSyncReplicas.length,
  ],
  [
    ofPartition(
      'kafka_topic_partition_under_replicated_partition',
      '1 when a replica is not in sync.',
    ),
    (partition) => Number(isUnderReplicated(partition)),
  ],
  [
    ofPartition('kafka_cluster_partition_replicascount', 'Replicas.'),
    ({ leadership }) => leadership.replicas.length,
  ],
  [
    ofPartition('kafka_log_log_size', 'Bytes of the log on disk.'),
    ({ log }) => log?.sizeBytes ?? null,
  ],
];

/** How many partitions are so. */
const PARTITION_COUNTS: readonly (readonly [
  MetricDefinition,
  (partition: PartitionStatus, nodeId: number) => boolean,
])[] = [
  [ofManager('partitioncount', 'Partitions with a log here.'), ({ log }) => log !== null],
  [
    ofManager('leadercount', 'Partitions led here.'),
    ({ leadership }, nodeId) => leadership.leaderId === nodeId,
  ],
  [
    ofManager('underreplicatedpartitions', 'Partitions with a replica that is not in sync.'),
    isUnderReplicated,
  ],
  [
    ofManager('underminisrpartitioncount', 'Partitions with fewer than min.insync.replicas.'),
    ({ leadership, minInSyncReplicas }) => leadership.inSyncReplicas.length < minInSyncReplicas,
  ],
  [
    ofManager('atminisrpartitioncount', 'Partitions with exactly min.insync.replicas.'),
    ({ leadership, minInSyncReplicas }) => leadership.inSyncReplicas.length === minInSyncReplicas,
  ],
  [
    ofManager('offlinereplicacount', 'Partitions whose log here has stopped after a failed write.'),
    ({ log }) => log !== null && log.failure !== null,
  ],
  [
    ofController('offlinepartitionscount', 'Partitions without a leader.'),
    ({ leadership }) => leadership.leaderId < 0,
  ],
  [ofController('globalpartitioncount', 'Partitions of all topics.'), () => true],
];

const BROKERS = gauge('kafka_brokers', 'Brokers of the cluster.');
const ACTIVE_CONTROLLERS = ofController(
  'activecontrollercount',
  '1 on the broker that takes admin requests.',
);
const TOPICS = ofController('globaltopiccount', 'Topics.');

const COMMITTED = ofOffset('kafka_consumergroup_current_offset', 'Committed offset.');
const LAG = ofOffset(
  'kafka_consumergroup_lag',
  'Records between the committed offset and the high watermark.',
);
const COMMITTED_SUM = gauge(
  'kafka_consumergroup_current_offset_sum',
  'Committed offsets of all partitions of the topic.',
  'consumergroup',
  'topic',
);
const LAG_SUM = gauge(
  'kafka_consumergroup_lag_sum',
  'Lag over all partitions of the topic.',
  'consumergroup',
  'topic',
);
const MEMBERS = gauge('kafka_consumergroup_members', 'Members.', 'consumergroup');

const GROUPS = ofGroups('numgroups', 'Groups.');
const GROUPS_BY_STATE: ReadonlyMap<GroupStatus['state'], MetricDefinition> = new Map([
  ['Empty', ofGroups('numgroupsempty', 'Groups without members.')],
  ['PreparingRebalance', ofGroups('numgroupspreparingrebalance', 'Groups that members join.')],
  [
    'CompletingRebalance',
    ofGroups('numgroupscompletingrebalance', 'Groups that wait for their assignment.'),
  ],
  ['Stable', ofGroups('numgroupsstable', 'Groups whose members have their partitions.')],
  ['Dead', ofGroups('numgroupsdead', 'Groups that are being forgotten.')],
]);

/** Of Kafka's beans LogCleanerManager and LogCleaner; null where there is nothing to tell yet. */
const CLEANER_GAUGES: readonly (readonly [
  MetricDefinition,
  (cleaner: LogCleanerStatus) => number | null,
])[] = [
  [
    ofCleanerManager(
      'uncleanable_partitions_count',
      'Partitions whose compaction failed, left alone until the next start.',
    ),
    (cleaner) => cleaner.uncleanablePartitions,
  ],
  [
    ofCleanerManager('uncleanable_bytes', 'Bytes of these partitions.'),
    (cleaner) => cleaner.uncleanableBytes,
  ],
  [
    ofCleanerManager('max_dirty_percent', 'Largest share of a log that was not compacted, then.'),
    (cleaner) => Math.floor(100 * cleaner.maxDirtyRatio),
  ],
  [
    ofCleanerManager(
      'time_since_last_run_ms',
      'Milliseconds since logs were last looked through for some to compact.',
    ),
    (cleaner) => cleaner.timeSinceLastRunMs,
  ],
  [
    ofCleaner('max_compaction_delay_secs', 'Longest time past max.compaction.lag.ms, then.'),
    (cleaner) => cleaner.maxCompactionDelayMs / 1000,
  ],
  [
    ofCleaner('max_buffer_utilization_percent', 'Use of the table of keys by the last pass.'),
    (cleaner) => Math.floor(100 * cleaner.bufferUtilization),
  ],
  [
    ofCleaner('cleaner_recopy_percent', 'Of what the last pass read, what it wrote again.'),
    (cleaner) => Math.floor(100 * cleaner.recopyRatio),
  ],
  [
    ofCleaner('max_clean_time_secs', 'Seconds that the last pass took.'),
    (cleaner) => cleaner.cleanTimeMs / 1000,
  ],
];

const CONNECTIONS = gauge(
  'kafka_server_socket_server_metrics_connection_count',
  'Open connections.',
  'listener',
);
const REQUEST_BYTES = gauge(
  'millrace_request_memory_bytes',
  'Bytes that requests hold, whole or not yet.',
);
const REQUEST_LIMIT = gauge(
  'millrace_request_memory_limit_bytes',
  'Bound of what requests hold, past which sockets are not read (queued.max.request.bytes).',
);
const ANSWER_BYTES = gauge(
  'millrace_answer_memory_bytes',
  'Bytes of answers in memory that clients have not taken.',
);
const ANSWER_LIMIT = gauge(
  'millrace_answer_memory_limit_bytes',
  'Bound of answers in memory, past which fetches read from files.',
);

const DISK_FREE = gauge(
  'millrace_data_directory_free_bytes',
  'Bytes that can still be written where the data directory is.',
);
const DISK_SIZE = gauge(
  'millrace_data_directory_size_bytes',
  'Size of the file system that the data directory is on.',
);

export const STATUS_METRICS: readonly MetricDefinition[] = [
  BROKERS,
  TOPIC_PARTITIONS,
  ...PARTITION_GAUGES.map(([definition]) => definition),
  COMMITTED,
  LAG,
  COMMITTED_SUM,
  LAG_SUM,
  MEMBERS,
  ...PARTITION_COUNTS.map(([definition]) => definition),
  TOPICS,
  ACTIVE_CONTROLLERS,
  GROUPS,
  ...GROUPS_BY_STATE.values(),
  ...CLEANER_GAUGES.map(([definition]) => definition),
  CONNECTIONS,
  REQUEST_BYTES,
  REQUEST_LIMIT,
  ANSWER_BYTES,
  ANSWER_LIMIT,
  DISK_FREE,
  DISK_SIZE,
];

/**
 * Adds what can be looked up: one walk over partitions and one over groups, in slices, so that many of them do not hold
 * up clients. `nextTurn` resolves when the event loop has had its turn.
 */
export async function tellStatus(
  status: BrokerStatus,
  text: MetricText,
  nextTurn: () => Promise<void>,
): Promise<void> {
  const { nodeId, controllerId, network, diskSpace } = status;
  text.add(BROKERS, '', status.brokerCount);
  text.add(ACTIVE_CONTROLLERS, '', Number(nodeId === controllerId));
  for (const [listener, count] of network.connections) {
    text.add(CONNECTIONS, labelPair('listener', listener), count);
  }
  text.add(REQUEST_BYTES, '', network.requestBytes);
  text.add(REQUEST_LIMIT, '', network.requestLimitBytes);
  text.add(ANSWER_BYTES, '', network.answerBytes);
  text.add(ANSWER_LIMIT, '', network.answerLimitBytes);
  tellCleaner(status.cleaner, text);
  if (diskSpace !== null) {
    text.add(DISK_FREE, '', diskSpace.usableBytes);
    text.add(DISK_SIZE, '', diskSpace.totalBytes);
  }
  await tellPartitions(status, text, nextTurn);
  await tellOffsets(status, text, nextTurn);
  await tellGroups(status, text, nextTurn);
}

function tellCleaner(cleaner: LogCleanerStatus | null, text: MetricText): void {
  if (cleaner === null) return;
  for (const [definition, measure] of CLEANER_GAUGES) {
    const value = measure(cleaner);
    if (value !== null) text.add(definition, '', value);
  }
}

async function tellPartitions(
  status: BrokerStatus,
  text: MetricText,
  nextTurn: () => Promise<void>,
): Promise<void> {
  const counts = PARTITION_COUNTS.map(() => 0);
  let topics = 0;
  let topicLabel = '';
  let told = 0;
  for (const one of status.partitions()) {
    if (one.partition === 0) {
      topics++;
      topicLabel = labelPair('topic', one.topic);
      text.add(TOPIC_PARTITIONS, topicLabel, one.partitionCount);
    }
    const labels = `${topicLabel},${labelPair('partition', one.partition)}`;
    for (const [definition, measure] of PARTITION_GAUGES) {
      const value = measure(one);
      if (value !== null) text.add(definition, labels, value);
    }
    for (const [index, [, isSo]] of PARTITION_COUNTS.entries()) {
      if (isSo(one, status.nodeId)) counts[index]!++;
    }
    if (++told % SERIES_OF_A_TURN === 0) await nextTurn();
  }
  text.add(TOPICS, '', topics);
  for (const [index, [definition]] of PARTITION_COUNTS.entries()) {
    text.add(definition, '', counts[index]!);
  }
}

async function tellOffsets(
  status: BrokerStatus,
  text: MetricText,
  nextTurn: () => Promise<void>,
): Promise<void> {
  let told = 0;
  for (const { groupId, offsets } of status.groupOffsets()) {
    const group = labelPair('consumergroup', groupId);
    const sums = new Map<string, { committed: number; lag: number }>();
    for (const { topic, partition, committedOffset, lag } of offsets) {
      const ofTopic = `${group},${labelPair('topic', topic)}`;
      const labels = `${ofTopic},${labelPair('partition', partition)}`;
      text.add(COMMITTED, labels, committedOffset);
      text.add(LAG, labels, lag);
      const sum = sums.get(ofTopic) ?? { committed: 0, lag: 0 };
      sum.committed += committedOffset;
      sum.lag += lag;
      sums.set(ofTopic, sum);
      if (++told % SERIES_OF_A_TURN === 0) await nextTurn();
    }
    for (const [labels, { committed, lag }] of sums) {
      text.add(COMMITTED_SUM, labels, committed);
      text.add(LAG_SUM, labels, lag);
    }
    if (++told % SERIES_OF_A_TURN === 0) await nextTurn();
  }
}

async function tellGroups(
  status: BrokerStatus,
  text: MetricText,
  nextTurn: () => Promise<void>,
): Promise<void> {
  const byState = new Map([...GROUPS_BY_STATE.keys()].map((state) => [state, 0]));
  let told = 0;
  for (const { groupId, state, memberCount } of status.groups()) {
    byState.set(state, byState.get(state)! + 1);
    text.add(MEMBERS, labelPair('consumergroup', groupId), memberCount);
    if (++told % SERIES_OF_A_TURN === 0) await nextTurn();
  }
  text.add(GROUPS, '', told);
  for (const [state, count] of byState) text.add(GROUPS_BY_STATE.get(state)!, '', count);
}

function isUnderReplicated({ leadership }: PartitionStatus): boolean {
  return leadership.inSyncReplicas.length < leadership.replicas.length;
}
