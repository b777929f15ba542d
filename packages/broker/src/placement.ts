/**
 * Who serves what. Handlers ask it and never assume that there is one broker.
 */
export interface Placement {
  /** This broker's `node.id`. */
  readonly nodeId: number;
  /** Grows whenever `leadership`, `brokerIds` or `controllerId` come to answer something else. */
  readonly version: number;
  /** All live brokers. */
  brokerIds(): readonly number[];
  /** The same, with the address that a client reaches them at. */
  brokers(client: ClientRoute): readonly BrokerNode[];
  /** The broker that takes admin requests; −1 when there is none. */
  controllerId(): number;
  /** Null when the partition does not exist. */
  leadership(topicId: string, partition: number): PartitionLeadership | null;
  /** The broker that coordinates a group or a transactional id; null when none can now. */
  coordinatorOf(keyType: CoordinatorKeyType, key: string, client: ClientRoute): BrokerNode | null;
}

/** How a client came in, which decides what addresses it is told. */
export interface ClientRoute {
  /** Name of the listener. */
  readonly listener: string;
  /** The address of this machine that it reached. */
  readonly localAddress: string;
}

export type CoordinatorKeyType = 'group' | 'transaction';

export interface BrokerNode {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export interface PartitionLeadership {
  /** −1 when the partition has no leader now. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
}
