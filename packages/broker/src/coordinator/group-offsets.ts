import { ErrorCode } from '@millrace/protocol';
import {
  type CommittedOffset,
  MetadataError,
  type MetadataStore,
  sizeOfOffset,
} from '@millrace/storage';
import type { GenerationClaim } from './classic-group-types.ts';

/** What of the `MetadataStore` groups need. */
export type GroupStore = Pick<
  MetadataStore,
  'image' | 'saveGroup' | 'deleteGroup' | 'commitOffsets' | 'deleteOffsets'
>;

/** One commit, with the sender's claim to be allowed to. */
export interface CommitClaim {
  readonly groupId: string;
  readonly claim: GenerationClaim;
  readonly offsets: readonly OffsetToCommit[];
}

export type OffsetToCommit = Omit<CommittedOffset, 'commitTimestampMs'>;

export interface GroupOffsetsOptions {
  readonly metadata: GroupStore;
  /** `offset.metadata.max.bytes` */
  readonly metadataMaxBytes: number;
  /** What the committed offsets of all groups may take in memory. */
  readonly maxSizeBytes?: number;
  /** Something an operator should read: offsets that have no room. */
  readonly onNotice: (message: string) => void;
}

/** About two million offsets without metadata. */
const MAX_SIZE_BYTES = 512 * 1024 * 1024;

/** Committed offsets of groups, in the `MetadataStore`. Errors are Kafka's codes; no method rejects. */
export class GroupOffsets {
  readonly #metadata: GroupStore;
  readonly #metadataMaxBytes: number;
  readonly #maxSizeBytes: number;
  readonly #onNotice: (message: string) => void;

  constructor(options: GroupOffsetsOptions) {
    this.#metadata = options.metadata;
    this.#metadataMaxBytes = options.metadataMaxBytes;
    this.#maxSizeBytes = options.maxSizeBytes ?? MAX_SIZE_BYTES;
    this.#onNotice = options.onNotice;
  }

  /**
   * Stores what is valid of a commit whose sender was found to be allowed to, in one step that is fenced by the
   * generation. Resolves to one error for each offset; NOT_COORDINATOR when the stored generation is another,
   * COORDINATOR_NOT_AVAILABLE where it has no room.
   */
  async commit(commit: CommitClaim, nowMs: number): Promise<number[]> {
    const { groupId, claim, offsets } = commit;
    const expectedEpoch = claim.generation >= 0 ? claim.generation : null;
    // A topic may be deleted while its offsets wait to be stored, which refuses the whole commit. Each further round
    // has fewer topics, so this ends.
    for (;;) {
      const errors = this.#problems(groupId, offsets);
      const accepted = offsets.filter((_, index) => errors[index] === ErrorCode.NONE);
      if (accepted.length === 0) return errors;
      try {
        const timed = accepted.map((offset) => ({ ...offset, commitTimestampMs: nowMs }));
        await this.#metadata.commitOffsets(groupId, expectedEpoch, timed);
        return errors;
      } catch (cause) {
        const topicsLeft = accepted.every(({ topicId }) => this.#hasTopic(topicId));
        if (isRefused(cause, 'unknown-topic') && !topicsLeft) continue;
        const error = isRefused(cause, 'fenced')
          ? ErrorCode.NOT_COORDINATOR
          : ErrorCode.COORDINATOR_NOT_AVAILABLE;
        return errors.map((own) => (own === ErrorCode.NONE ? error : own));
      }
    }
  }

  /** All offsets that a group has committed, by `${topicId}:${partition}`. */
  all(groupId: string): ReadonlyMap<string, CommittedOffset> {
    return this.#metadata.image.offsets(groupId);
  }

  find(groupId: string, topicId: string, partition: number): CommittedOffset | undefined {
    return this.#metadata.image.offsets(groupId).get(`${topicId}:${partition}`);
  }

  async deleteGroup(groupId: string): Promise<number> {
    return this.#outcome(this.#metadata.deleteGroup(groupId));
  }

  async delete(
    groupId: string,
    partitions: readonly { readonly topicId: string; readonly partition: number }[],
  ): Promise<number> {
    return this.#outcome(this.#metadata.deleteOffsets(groupId, partitions));
  }

  #problems(groupId: string, offsets: readonly OffsetToCommit[]): number[] {
    const { image } = this.#metadata;
    const committed = image.offsets(groupId);
    let roomBytes = this.#maxSizeBytes - image.offsetsSizeBytes;
    let withoutRoom = 0;
    const errors = offsets.map((offset) => {
      const problem = this.#problem(offset);
      if (problem !== ErrorCode.NONE) return problem;
      const before = committed.get(`${offset.topicId}:${offset.partition}`);
      const growthBytes = sizeOfOffset(offset) - (before === undefined ? 0 : sizeOfOffset(before));
      // Who only moves on goes on, however full it is.
      if (growthBytes > 0 && growthBytes > roomBytes) {
        withoutRoom++;
        return ErrorCode.COORDINATOR_NOT_AVAILABLE;
      }
      roomBytes -= growthBytes;
      return ErrorCode.NONE;
    });
    if (withoutRoom > 0) {
      this.#onNotice(
        `Group "${groupId}" cannot commit ${withoutRoom} offsets: those of all groups take ${image.offsetsSizeBytes} ` +
          `of the ${this.#maxSizeBytes} bytes that they may. Delete groups that nobody uses any more.`,
      );
    }
    return errors;
  }

  #problem(offset: OffsetToCommit): number {
    const topic = this.#metadata.image.topicsById.get(offset.topicId);
    if (topic === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    if (offset.partition < 0 || offset.partition >= topic.partitionCount) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    // Despite its name Kafka counts characters.
    return offset.metadata.length > this.#metadataMaxBytes
      ? ErrorCode.OFFSET_METADATA_TOO_LARGE
      : ErrorCode.NONE;
  }

  #hasTopic(topicId: string): boolean {
    return this.#metadata.image.topicsById.has(topicId);
  }

  async #outcome(write: Promise<void>): Promise<number> {
    try {
      await write;
      return ErrorCode.NONE;
    } catch {
      return ErrorCode.COORDINATOR_NOT_AVAILABLE;
    }
  }
}

function isRefused(cause: unknown, code: MetadataError['code']): boolean {
  return cause instanceof MetadataError && cause.code === code;
}
