export { Broker, type BrokerOptions } from './broker.ts';
export type { BrokerStatus, GroupOffsetStatus, PartitionStatus } from './broker-status.ts';
export { BROKER_CONFIGS, BrokerConfig, ConfigError } from './config/broker-configs.ts';
export type { ConfigDefinition } from './config/config-definition.ts';
export { KAFKA_BROKER_DEFAULTS, KAFKA_TOPIC_DEFAULTS } from './config/kafka-defaults.ts';
export { TOPIC_CONFIGS } from './config/topic-configs.ts';
export { type BrokerEvents, EventSurface } from './events.ts';
export type { DiskSpace, LogDirectory } from './log-directory.ts';
export type { BrokerNode, PartitionLeadership, Placement } from './placement.ts';
