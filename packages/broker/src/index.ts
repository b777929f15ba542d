export { Broker, type BrokerOptions } from './broker.ts';
export type { BrokerStatus, PartitionStatus } from './broker-status.ts';
export {
  ALL_BROKER_CONFIGS,
  BROKER_CONFIGS,
  BrokerConfig,
  ConfigError,
  listenerConfig,
} from './config/broker-configs.ts';
export { logCleanerConfig } from './config/cleaner-configs.ts';
export { CLIENT_METRICS_CONFIGS } from './config/client-metrics-configs.ts';
export type { ConfigDefinition } from './config/config-definition.ts';
export { GROUP_CONFIGS } from './config/group-configs.ts';
export { INERT_BROKER_CONFIGS } from './config/inert/inert-broker-configs.ts';
export { KAFKA_BROKER_DEFAULTS, KAFKA_TOPIC_DEFAULTS } from './config/kafka-defaults.ts';
export { TOPIC_CONFIGS, topicConfigsProblem } from './config/topic-configs.ts';
export type { GroupStatus } from './coordinator/group-coordinator.ts';
export { type BrokerEvents, EventSurface } from './events.ts';
export type { DiskSpace, LogDirectory } from './log-directory.ts';
export { Loggers, type LogLevel } from './loggers.ts';
export { hostPort, isWildcard, plainAddress } from './network/address.ts';
export type { ConnectionCloseCause } from './network/connection.ts';
export type { ConnectionLimit } from './network/connection-quotas.ts';
export type { BoundListener, ListenerAddress } from './network/listeners.ts';
export type { BrokerNode, PartitionLeadership, Placement } from './placement.ts';
export type { ClientMetric, ClientMetricPoint } from './telemetry/otlp-metrics.ts';
