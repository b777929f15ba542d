import { ErrorCode } from '@millrace/protocol';
import { type CommittedOffset, MetadataError, type MetadataStore } from '@millrace/storage';
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

/** Committed offsets of groups, in the `MetadataStore`. Errors are Kafka's codes; no method rejects. */
export class GroupOffsets {
  readonly #metadata: GroupStore;
  readonly #metadataMaxBytes: number;

  /** `metadataMaxBytes`: `offset.metadata.max.bytes`. */
  constructor(metadata: GroupStore, metadataMaxBytes: number) {
    this.#metadata = metadata;
    this.#metadataMaxBytes = metadataMaxBytes;
  }

  /**
   * Stores what is valid of a commit whose sender was found to be allowed to, in one step that is fenced by the
   * generation. Resolves to one error for each offset; NOT_COORDINATOR when the stored generation is another.
   */
  async commit(commit: CommitClaim, nowMs: number): Promise<number[]> {
    const { groupId, claim, offsets } = commit;
    const expectedEpoch = claim.generation >= 0 ? claim.generation : null;
    // A topic may be deleted while its offsets wait to be stored, which refuses the whole commit. Each further round
    // has fewer topics, so this ends.
    for (;;) {
      const errors = offsets.map((offset) => this.#problem(offset));
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
