import type { LogStore, MetadataStore } from '@millrace/storage';
import type { BrokerNode, PartitionLeadership, Placement } from './placement.ts';

/** One broker that leads and coordinates everything: the local mode. */
export class LocalPlacement implements Placement {
  readonly nodeId: number;
  readonly #logStore: LogStore;
  readonly #metadata: MetadataStore;
  readonly #rack: string | null;
  readonly #advertised = new Map<string, BrokerNode>();

  constructor(options: {
    readonly nodeId: number;
    readonly rack: string | null;
    readonly logStore: LogStore;
    readonly metadata: MetadataStore;
  }) {
    this.nodeId = options.nodeId;
    this.#rack = options.rack;
    this.#logStore = options.logStore;
    this.#metadata = options.metadata;
  }

  /** Set once the listener is bound, because port 0 becomes a real port only then. */
  advertise(listener: string, host: string, port: number): void {
    this.#advertised.set(listener, { nodeId: this.nodeId, host, port, rack: this.#rack });
  }

  brokers(listener: string): readonly BrokerNode[] {
    const node = this.#advertised.get(listener);
    return node === undefined ? [] : [node];
  }

  controllerId(): number {
    return this.nodeId;
  }

  leadership(topicId: string, partition: number): PartitionLeadership | null {
    const topic = this.#metadata.image.topicsById.get(topicId);
    if (topic === undefined || partition < 0 || partition >= topic.partitionCount) return null;
    const self = [this.nodeId];
    const log = this.#logStore.get(topicId, partition);
    if (log === undefined) {
      // The topic is known, its log is still being created.
      return {
        leaderId: -1,
        leaderEpoch: -1,
        replicas: self,
        inSyncReplicas: [],
        offlineReplicas: self,
      };
    }
    return {
      leaderId: this.nodeId,
      leaderEpoch: log.leaderEpoch,
      replicas: self,
      inSyncReplicas: self,
      offlineReplicas: [],
    };
  }

  coordinatorOf(_keyType: string, _key: string, listener: string): BrokerNode | null {
    return this.#advertised.get(listener) ?? null;
  }
}
