import type {
  CommittedOffset,
  ConfiguredResource,
  GroupRecord,
  MetadataErrorCode,
  TopicRecord,
} from './metadata-store.ts';

/** One call of `MetadataStore` as a value: it waits in a queue, crosses to a worker and changes the image. */
export type MetadataWrite =
  | { readonly kind: 'create-topic'; readonly topic: TopicRecord }
  | { readonly kind: 'delete-topic'; readonly topicId: string }
  | {
      readonly kind: 'set-partition-count';
      readonly topicId: string;
      readonly partitionCount: number;
      readonly expectedPartitionCount: number;
    }
  | {
      readonly kind: 'alter-topic-configs';
      readonly topicId: string;
      readonly configs: ReadonlyMap<string, string | null>;
    }
  | {
      readonly kind: 'alter-resource-configs';
      readonly resource: ConfiguredResource;
      readonly configs: ReadonlyMap<string, string | null>;
    }
  | { readonly kind: 'allocate-producer-ids'; readonly count: number }
  | {
      readonly kind: 'save-group';
      readonly group: GroupRecord;
      readonly expectedEpoch: number | null;
    }
  | { readonly kind: 'delete-group'; readonly groupId: string }
  | {
      readonly kind: 'commit-offsets';
      readonly groupId: string;
      readonly expectedEpoch: number | null;
      readonly offsets: readonly CommittedOffset[];
    }
  | {
      readonly kind: 'delete-offsets';
      readonly groupId: string;
      readonly partitions: readonly TopicPartition[];
    };

export interface TopicPartition {
  readonly topicId: string;
  readonly partition: number;
}

/** What became of one write. Refusals concern that write only. */
export type WriteOutcome =
  | { readonly refused: null; readonly value: number }
  | { readonly refused: MetadataErrorCode; readonly message: string };

/** `value` is the first id for `allocate-producer-ids`; other writes have none. */
export function accepted(value = 0): WriteOutcome {
  return { refused: null, value };
}

export function refusedTopicExists(topic: TopicRecord): WriteOutcome {
  return {
    refused: 'topic-exists',
    message: `a topic named '${topic.name}' or with the id ${topic.topicId} exists already`,
  };
}

export function refusedUnknownTopic(topicId: string): WriteOutcome {
  return { refused: 'unknown-topic', message: `no topic has the id ${topicId}` };
}

export function refusedFenced(groupId: string, expectedEpoch: number | null): WriteOutcome {
  return {
    refused: 'fenced',
    message:
      expectedEpoch === null
        ? `group '${groupId}' is stored already, and was expected to be new`
        : `the stored epoch of group '${groupId}' is not the expected ${expectedEpoch}`,
  };
}

export function refusedPartitionCount(
  topicId: string,
  expectedPartitionCount: number,
): WriteOutcome {
  return {
    refused: 'fenced',
    message: `topic ${topicId} does not have the expected ${expectedPartitionCount} partitions`,
  };
}

/** An object with a few numbers and references, in a queue and its promise: about this many bytes. */
const ROW_BYTES = 200;

/** Roughly what a write holds in memory, to bound the queue of those that wait. */
export function writeSizeBytes(write: MetadataWrite): number {
  switch (write.kind) {
    case 'create-topic':
      return ROW_BYTES + write.topic.configs.size * ROW_BYTES;
    case 'alter-topic-configs':
    case 'alter-resource-configs':
      return ROW_BYTES + write.configs.size * ROW_BYTES;
    case 'save-group':
      return ROW_BYTES + write.group.state.length;
    case 'commit-offsets':
      return write.offsets.reduce((sum, o) => sum + ROW_BYTES + o.metadata.length, ROW_BYTES);
    case 'delete-offsets':
      return ROW_BYTES + write.partitions.length * ROW_BYTES;
    default:
      return ROW_BYTES;
  }
}
