import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogStore, MetadataStore } from '@millrace/storage';
import type { GroupCoordinator } from './coordinator/group-coordinator.ts';

/** Logs that are looked at before the event loop gets its turn: less than a millisecond of them. */
const LOGS_OF_A_TURN = 1000;

export interface PartitionStatus {
  readonly topic: string;
  readonly partition: number;
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly sizeBytes: number;
}

export interface GroupOffsetStatus {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly committedOffset: number;
  /** Records between the committed offset and the high watermark. */
  readonly lag: number;
}

/** What an operator looks at, computed when it is asked for: costs nothing while nobody looks. */
export class BrokerStatus {
  readonly #logStore: LogStore;
  readonly #metadata: MetadataStore;
  readonly #groups: GroupCoordinator;
  readonly #connectionCount: () => number;

  constructor(options: {
    readonly logStore: LogStore;
    readonly metadata: MetadataStore;
    readonly groups: GroupCoordinator;
    readonly connectionCount: () => number;
  }) {
    this.#logStore = options.logStore;
    this.#metadata = options.metadata;
    this.#groups = options.groups;
    this.#connectionCount = options.connectionCount;
  }

  get connectionCount(): number {
    return this.#connectionCount();
  }

  /** Why clients cannot be served as they should be now; null when all is well. */
  async failure(): Promise<string | null> {
    return (await this.#metadataFailure()) ?? (await this.#logFailure());
  }

  /** Of partitions whose log is open. */
  *partitions(): Generator<PartitionStatus> {
    for (const topic of this.#metadata.image.topicsByName.values()) {
      for (let partition = 0; partition < topic.partitionCount; partition++) {
        const log = this.#logStore.get(topic.topicId, partition);
        if (log === undefined) continue;
        const { logStartOffset, highWatermark, sizeBytes } = log;
        yield { topic: topic.name, partition, logStartOffset, highWatermark, sizeBytes };
      }
    }
  }

  *groupOffsets(): Generator<GroupOffsetStatus> {
    const { image } = this.#metadata;
    for (const groupId of image.groupIds()) {
      for (const { topicId, partition, offset } of image.offsets(groupId).values()) {
        const topic = image.topicsById.get(topicId)?.name;
        const log = this.#logStore.get(topicId, partition);
        if (topic === undefined || log === undefined) continue;
        const lag = Math.max(0, log.highWatermark - offset);
        yield { groupId, topic, partition, committedOffset: offset, lag };
      }
    }
  }

  *groupMembers(): Generator<{ readonly groupId: string; readonly members: number }> {
    for (const { groupId } of this.#groups.list()) {
      yield { groupId, members: this.#groups.describe(groupId)?.members.length ?? 0 };
    }
  }

  async #metadataFailure(): Promise<string | null> {
    const metadata = this.#metadata;
    if (metadata.failure === null) return null;
    // What made a write fail may have passed, and a broker that nobody is sent to gets no write that would show it.
    await metadata.allocateProducerIds(1).catch(() => {});
    return metadata.failure;
  }

  async #logFailure(): Promise<string | null> {
    let looked = 0;
    let stopped = 0;
    let example = '';
    for (const { topicId, name, partitionCount } of [
      ...this.#metadata.image.topicsByName.values(),
    ]) {
      for (let partition = 0; partition < partitionCount; partition++) {
        const failure = this.#logStore.get(topicId, partition)?.failure ?? null;
        if (failure !== null && ++stopped === 1) example = `${name}-${partition}: ${failure}`;
        if (++looked % LOGS_OF_A_TURN === 0) await nextTurn();
      }
    }
    if (stopped === 0) return null;
    return `${stopped} of ${looked} logs here take no records, such as ${example}`;
  }
}
