import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  accepted,
  type MetadataWrite,
  refusedFenced,
  refusedPartitionCount,
  refusedTopicExists,
  refusedUnknownTopic,
  type WriteOutcome,
} from '../metadata-write.ts';
import * as sql from './statements.ts';

type Write<Kind extends MetadataWrite['kind']> = Extract<MetadataWrite, { kind: Kind }>;

/** SQLite's primary result code for a value that breaks a constraint of the schema. */
const SQLITE_CONSTRAINT = 19;

/** Carries a write one by one into the transaction that is open. */
export class SqliteWriter {
  readonly #begin: StatementSync;
  readonly #keep: StatementSync;
  readonly #undo: StatementSync;
  readonly #statements: { readonly [Name in keyof typeof sql]: StatementSync };

  constructor(db: DatabaseSync) {
    this.#begin = db.prepare('SAVEPOINT one_write');
    this.#keep = db.prepare('RELEASE one_write');
    this.#undo = db.prepare('ROLLBACK TO one_write');
    this.#statements = Object.fromEntries(
      Object.entries(sql).map(([name, text]) => [name, db.prepare(text)]),
    ) as { [Name in keyof typeof sql]: StatementSync };
  }

  /**
   * Makes one write, or leaves nothing of it behind. Throws when the database itself failed, which fails the
   * whole transaction; a value that the schema does not take (a defect of the caller) fails only this write.
   */
  write(write: MetadataWrite): WriteOutcome {
    this.#begin.run();
    let outcome: WriteOutcome;
    try {
      outcome = this.#run(write);
    } catch (error) {
      if (!isBadValue(error)) throw error;
      outcome = {
        refused: 'unavailable',
        message: `${write.kind} was not stored: ${error.message}`,
      };
    }
    if (outcome.refused !== null) this.#undo.run();
    this.#keep.run();
    return outcome;
  }

  #run(write: MetadataWrite): WriteOutcome {
    switch (write.kind) {
      case 'create-topic':
        return this.#createTopic(write);
      case 'delete-topic':
        return this.#changes('deleteTopic', write.topicId) === 0
          ? refusedUnknownTopic(write.topicId)
          : accepted();
      case 'set-partition-count':
        return this.#setPartitionCount(write);
      case 'alter-topic-configs':
        return this.#alterTopicConfigs(write);
      case 'alter-resource-configs':
        return this.#alterResourceConfigs(write);
      case 'allocate-producer-ids': {
        const row = this.#statements.reserveProducerIds.get(write.count, write.count);
        return accepted(Number(row!.first_id));
      }
      case 'save-group':
        return this.#saveGroup(write);
      case 'delete-group':
        this.#changes('deleteGroupOffsets', write.groupId);
        this.#changes('deleteGroup', write.groupId);
        return accepted();
      case 'commit-offsets':
        return this.#commitOffsets(write);
      case 'delete-offsets':
        for (const { topicId, partition } of write.partitions) {
          this.#changes('deleteOffset', write.groupId, topicId, partition);
        }
        return accepted();
    }
  }

  #createTopic({ topic }: Write<'create-topic'>): WriteOutcome {
    const { topicId, name, partitionCount, createdAtMs, configs } = topic;
    if (this.#changes('insertTopic', topicId, name, partitionCount, createdAtMs) === 0) {
      return refusedTopicExists(topic);
    }
    for (const [key, value] of configs) this.#changes('upsertTopicConfig', topicId, key, value);
    return accepted();
  }

  #setPartitionCount(write: Write<'set-partition-count'>): WriteOutcome {
    const { topicId, partitionCount, expectedPartitionCount } = write;
    if (this.#changes('updatePartitionCount', partitionCount, topicId, expectedPartitionCount)) {
      return accepted();
    }
    return this.#exists('selectTopicExists', topicId)
      ? refusedPartitionCount(topicId, expectedPartitionCount)
      : refusedUnknownTopic(topicId);
  }

  #alterTopicConfigs({ topicId, configs }: Write<'alter-topic-configs'>): WriteOutcome {
    if (!this.#exists('selectTopicExists', topicId)) return refusedUnknownTopic(topicId);
    for (const [name, value] of configs) {
      if (value === null) this.#changes('deleteTopicConfig', topicId, name);
      else this.#changes('upsertTopicConfig', topicId, name, value);
    }
    return accepted();
  }

  #alterResourceConfigs({ resource, configs }: Write<'alter-resource-configs'>): WriteOutcome {
    const { resourceType, resourceName } = resource;
    for (const [name, value] of configs) {
      if (value === null) this.#changes('deleteResourceConfig', resourceType, resourceName, name);
      else this.#changes('upsertResourceConfig', resourceType, resourceName, name, value);
    }
    return accepted();
  }

  #saveGroup({ group, expectedEpoch }: Write<'save-group'>): WriteOutcome {
    const { groupId, epoch, protocolType, state } = group;
    const changes =
      expectedEpoch === null
        ? this.#changes('insertGroup', groupId, epoch, protocolType, state)
        : this.#changes('updateGroup', epoch, protocolType, state, groupId, expectedEpoch);
    return changes === 0 ? refusedFenced(groupId, expectedEpoch) : accepted();
  }

  #commitOffsets({ groupId, expectedEpoch, offsets }: Write<'commit-offsets'>): WriteOutcome {
    const isFenced = () =>
      expectedEpoch !== null && !this.#exists('selectGroupAtEpoch', groupId, expectedEpoch);
    // Without offsets there is no statement that could check the epoch.
    if (offsets.length === 0 && isFenced()) return refusedFenced(groupId, expectedEpoch);
    for (const committed of offsets) {
      const { topicId, partition, offset, leaderEpoch, metadata, commitTimestampMs } = committed;
      const row = [groupId, topicId, partition, offset, leaderEpoch, metadata, commitTimestampMs];
      const changes =
        expectedEpoch === null
          ? this.#changes('upsertOffset', ...row, topicId)
          : this.#changes('upsertOffsetAtEpoch', ...row, topicId, groupId, expectedEpoch);
      if (changes === 0) {
        return isFenced() ? refusedFenced(groupId, expectedEpoch) : refusedUnknownTopic(topicId);
      }
    }
    return accepted();
  }

  #changes(statement: keyof typeof sql, ...parameters: SQLInputValue[]): number {
    return Number(this.#statements[statement].run(...parameters).changes);
  }

  #exists(statement: keyof typeof sql, ...parameters: SQLInputValue[]): boolean {
    return this.#statements[statement].get(...parameters) !== undefined;
  }
}

/** A value that a column or a parameter does not take, as opposed to a database that failed. */
function isBadValue(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (!('errcode' in error)) return true;
  return (Number(error.errcode) & 0xff) === SQLITE_CONSTRAINT;
}
