import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import type {
  MetadataResponse,
  MetadataResponseTopic,
} from '@millrace/protocol/messages/metadata-response';
import type { Address } from './address.ts';
import { KafkaError } from './kafka-error.ts';

export interface BrokerNode extends Address {
  readonly id: number;
  readonly rack: string | null;
}

export interface PartitionMetadata {
  readonly partition: number;
  /** −1 when there is none. */
  readonly leaderId: number;
  /** −1 when the broker does not tell (before Kafka 2.1). */
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
  /** Why there is no leader or not all replicas; 0 as a rule. */
  readonly errorCode: number;
}

export interface TopicMetadata {
  readonly name: string;
  /** Null when the broker does not tell (before Kafka 2.8). */
  readonly topicId: string | null;
  readonly isInternal: boolean;
  /** In ascending order. */
  readonly partitions: readonly PartitionMetadata[];
  /** Null for a topic that is there. */
  readonly error: KafkaError | null;
}

/** What a broker said of the cluster at one moment. */
export interface ClusterMetadata {
  readonly clusterId: string | null;
  /** −1 when there is none, or the broker does not tell. */
  readonly controllerId: number;
  /** In ascending order of their ids. */
  readonly nodes: readonly BrokerNode[];
  /** In the order of their names, those asked for that do not exist included. */
  readonly topics: readonly TopicMetadata[];
}

export function readMetadata(response: MetadataResponse): ClusterMetadata {
  const nodes = response.brokers.map(({ nodeId, host, port, rack }) => ({
    id: nodeId,
    host,
    port,
    rack,
  }));
  return {
    clusterId: response.clusterId,
    controllerId: response.controllerId,
    nodes: nodes.sort((a, b) => a.id - b.id),
    topics: response.topics.map(readTopic).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function readTopic(topic: MetadataResponseTopic): TopicMetadata {
  const name = topic.name ?? '';
  const partitions = topic.partitions.map((partition) => ({
    partition: partition.partitionIndex,
    leaderId: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    replicas: partition.replicaNodes,
    inSyncReplicas: partition.isrNodes,
    offlineReplicas: partition.offlineReplicas,
    errorCode: partition.errorCode,
  }));
  return {
    name,
    topicId: topic.topicId === ZERO_UUID ? null : topic.topicId,
    isInternal: topic.isInternal,
    partitions: partitions.sort((a, b) => a.partition - b.partition),
    error:
      topic.errorCode === ErrorCode.NONE
        ? null
        : KafkaError.ofBroker(topic.errorCode, `topic ${name}`),
  };
}
