import type { LogStore, MetadataStore } from '@millrace/storage';
import type { BrokerNode, ClientRoute, PartitionLeadership, Placement } from './placement.ts';

/** One broker that leads and coordinates everything: the local mode. */
export class LocalPlacement implements Placement {
  readonly nodeId: number;
  readonly #logStore: LogStore;
  readonly #metadata: MetadataStore;
  readonly #rack: string | null;
  /** By listener; a null host stands for the address that the client reached. */
  readonly #advertised = new Map<string, { readonly host: string | null; readonly port: number }>();

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

  get version(): number {
    // Both only grow.
    return this.#metadata.image.topicsVersion + this.#logStore.version;
  }

  /**
   * Set once the listener is bound, because port 0 becomes a real port only then. A null host tells each client the
   * address that it reached.
   */
  advertise(listener: string, host: string | null, port: number): void {
    this.#advertised.set(listener, { host, port });
  }

  brokerIds(): readonly number[] {
    return [this.nodeId];
  }

  brokers(client: ClientRoute): readonly BrokerNode[] {
    const node = this.#self(client);
    return node === null ? [] : [node];
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

  coordinatorOf(_keyType: string, _key: string, client: ClientRoute): BrokerNode | null {
    return this.#self(client);
  }

  #self({ listener, localAddress }: ClientRoute): BrokerNode | null {
    const advertised = this.#advertised.get(listener);
    if (advertised === undefined) return null;
    const { host, port } = advertised;
    return { nodeId: this.nodeId, host: host ?? localAddress, port, rack: this.#rack };
  }
}
