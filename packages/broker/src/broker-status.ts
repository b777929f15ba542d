import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  LogCleanerStatus,
  LogStore,
  MetadataStore,
  PartitionLog,
  TopicRecord,
} from '@millrace/storage';
import type { BrokerConfig } from './config/broker-configs.ts';
import type { GroupCoordinator, GroupStatus } from './coordinator/group-coordinator.ts';
import type { DiskSpace } from './log-directory.ts';
import type { PartitionLeadership, Placement } from './placement.ts';

/** Logs that are looked at before the event loop gets its turn: less than a millisecond of them. */
const LOGS_OF_A_TURN = 1000;

export interface PartitionStatus {
  readonly topic: string;
  readonly partition: number;
  /** Of its topic. */
  readonly partitionCount: number;
  /** `min.insync.replicas` of its topic. */
  readonly minInSyncReplicas: number;
  readonly leadership: PartitionLeadership;
  /** Null when it is not open here. */
  readonly log: Pick<
    PartitionLog,
    'logStartOffset' | 'highWatermark' | 'sizeBytes' | 'failure'
  > | null;
}

export interface GroupOffsetStatus {
  readonly topic: string;
  readonly partition: number;
  readonly committedOffset: number;
  /** Records between the committed offset and the high watermark. */
  readonly lag: number;
}

/** What the network holds now. */
export interface NetworkStatus {
  /** By listener. */
  readonly connections: ReadonlyMap<string, number>;
  readonly requestBytes: number;
  readonly requestLimitBytes: number;
  readonly answerBytes: number;
  readonly answerLimitBytes: number;
}

export interface BrokerStatusOptions {
  readonly logStore: LogStore;
  readonly metadata: MetadataStore;
  readonly groups: GroupCoordinator;
  readonly placement: Placement;
  readonly config: BrokerConfig;
  readonly network: () => NetworkStatus;
  readonly diskSpace: () => DiskSpace | null;
}

/**
 * What an operator looks at, computed when it is asked for: costs nothing while nobody looks. What yields may be walked
 * in slices: topics and groups are those of its beginning, less those that are deleted meanwhile.
 */
export class BrokerStatus {
  readonly #options: BrokerStatusOptions;

  constructor(options: BrokerStatusOptions) {
    this.#options = options;
  }

  get network(): NetworkStatus {
    return this.#options.network();
  }

  /** Null where compaction is not this broker's. */
  get cleaner(): LogCleanerStatus | null {
    return this.#options.logStore.cleanerStatus;
  }

  /** Of the directory of the logs, half a minute old at most; null where there is none, or it does not say. */
  get diskSpace(): DiskSpace | null {
    return this.#options.diskSpace();
  }

  get nodeId(): number {
    return this.#options.placement.nodeId;
  }

  get controllerId(): number {
    return this.#options.placement.controllerId();
  }

  get brokerCount(): number {
    return this.#options.placement.brokerIds().length;
  }

  hasTopic(name: string): boolean {
    return this.#options.metadata.image.topicsByName.has(name);
  }

  /** Why clients cannot be served as they should be now; null when all is well. */
  async failure(): Promise<string | null> {
    return (await this.#metadataFailure()) ?? (await this.#logFailure());
  }

  *partitions(): Generator<PartitionStatus> {
    const { logStore, placement, config } = this.#options;
    for (const { topicId, name, partitionCount, configs } of this.#topics()) {
      const ofTopic = configs.get('min.insync.replicas');
      const minInSyncReplicas = Number(ofTopic ?? config.number('min.insync.replicas'));
      for (let partition = 0; partition < partitionCount; partition++) {
        const leadership = placement.leadership(topicId, partition);
        if (leadership === null) break;
        const log = logStore.get(topicId, partition) ?? null;
        yield { topic: name, partition, partitionCount, minInSyncReplicas, leadership, log };
      }
    }
  }

  *groupOffsets(): Generator<{
    readonly groupId: string;
    readonly offsets: Iterable<GroupOffsetStatus>;
  }> {
    for (const groupId of [...this.#options.metadata.image.groupIds()]) {
      yield { groupId, offsets: this.#offsetsOf(groupId) };
    }
  }

  groups(): readonly GroupStatus[] {
    return this.#options.groups.statuses();
  }

  *#offsetsOf(groupId: string): Generator<GroupOffsetStatus> {
    const { logStore, metadata } = this.#options;
    const { image } = metadata;
    for (const { topicId, partition, offset } of [...image.offsets(groupId).values()]) {
      const topic = image.topicsById.get(topicId)?.name;
      const log = logStore.get(topicId, partition);
      if (topic === undefined || log === undefined) continue;
      const lag = Math.max(0, log.highWatermark - offset);
      yield { topic, partition, committedOffset: offset, lag };
    }
  }

  #topics(): readonly TopicRecord[] {
    return [...this.#options.metadata.image.topicsByName.values()];
  }

  async #metadataFailure(): Promise<string | null> {
    const { metadata } = this.#options;
    if (metadata.failure === null) return null;
    // What made a write fail may have passed, and a broker that nobody is sent to gets no write that would show it.
    await metadata.allocateProducerIds(1).catch(() => {});
    return metadata.failure;
  }

  async #logFailure(): Promise<string | null> {
    let looked = 0;
    let stopped = 0;
    let example = '';
    for (const { topicId, name, partitionCount } of this.#topics()) {
      for (let partition = 0; partition < partitionCount; partition++) {
        const failure = this.#options.logStore.get(topicId, partition)?.failure ?? null;
        if (failure !== null && ++stopped === 1) example = `${name}-${partition}: ${failure}`;
        if (++looked % LOGS_OF_A_TURN === 0) await nextTurn();
      }
    }
    if (stopped === 0) return null;
    return `${stopped} of ${looked} logs here take no records, such as ${example}`;
  }
}
