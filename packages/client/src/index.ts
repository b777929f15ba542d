export { type Address, formatAddress, parseBootstrap } from './address.ts';
export { type Api, api } from './api.ts';
export { BrokerVersions, type VersionRange } from './broker-versions.ts';
export { type Clock, systemClock } from './clock.ts';
export {
  Cluster,
  type Destination,
  type MetadataOptions,
  type SendOptions,
} from './cluster.ts';
export type {
  BrokerNode,
  ClusterMetadata,
  PartitionMetadata,
  TopicMetadata,
} from './cluster-metadata.ts';
export { type ClusterOptions, connectionOptions } from './cluster-options.ts';
export {
  type CommittedOffset,
  type Committer,
  commitEachOffset,
  commitOffsets,
  committedOffsets,
} from './committed-offsets.ts';
export {
  type Body,
  Connection,
  type ConnectionOptions,
  type RequestOptions,
} from './connection.ts';
export { Consumer, type ConsumerOptions, type Position } from './consumer.ts';
export { FetchedPartition } from './fetched-partition.ts';
export { GroupConsumer, type GroupConsumerOptions } from './group-consumer.ts';
export type { Isolation } from './isolation.ts';
export { type ClientErrorName, KafkaError } from './kafka-error.ts';
export {
  EARLIEST,
  LATEST,
  type ListedOffset,
  listEachOffset,
  listOffsets,
  NEWEST,
  type OffsetQuery,
} from './list-offsets.ts';
export { type OpenSocket, openTcp } from './open-socket.ts';
export type { Delivery, DeliveryListener } from './produce-batch.ts';
export { Producer, type ProducerRecord } from './producer.ts';
export type { ProducerOptions } from './producer-options.ts';
export { partitionKey, type TopicPartition } from './topic-partition.ts';
