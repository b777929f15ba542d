import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MetadataSnapshot } from '../live-metadata-image.ts';
import type { MetadataWrite, WriteOutcome } from '../metadata-write.ts';
import { createSchemaVersion, migrations } from './schema.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import * as sql from './statements.ts';

export interface SqliteDatabaseOptions {
  /** The database file; its directory is made when it is missing. */
  readonly path: string;
  /** Becomes the cluster id when the database is new. */
  readonly newClusterId: string;
  /** Bound of the file in bytes; writes past it fail as on a full disk. Null leaves it to the disk. */
  readonly maxSizeBytes: number | null;
  /** How long to wait for another process to let go of the file, such as a broker that is just stopping. */
  readonly busyTimeoutMs: number;
}

/**
 * The metadata in one SQLite file. All calls block, so it lives in the worker. The file is held exclusively: the
 * image on the main side is only true as long as nobody else writes.
 */
export class SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #writer: SqliteWriter;

  /** Opens or creates the file and brings its schema up to date. Throws when that cannot be done. */
  constructor(options: SqliteDatabaseOptions) {
    mkdirSync(dirname(options.path), { recursive: true });
    this.#db = new DatabaseSync(options.path, { timeout: options.busyTimeoutMs });
    try {
      this.#configure(options.maxSizeBytes);
      this.#migrate(options.newClusterId);
      this.#writer = new SqliteWriter(this.#db);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Everything that is stored. */
  snapshot(): MetadataSnapshot {
    const rows = (text: string) => this.#db.prepare(text).all() as Record<string, never>[];
    const configs = new Map<string, Map<string, string>>();
    for (const row of rows(sql.selectTopicConfigs)) {
      const ofTopic = configs.get(row.topic_id!) ?? new Map<string, string>();
      configs.set(row.topic_id!, ofTopic.set(row.name!, row.value!));
    }
    return {
      clusterId: rows(sql.selectClusterId)[0]!.cluster_id!,
      topics: rows(sql.selectTopics).map((row) => ({
        topicId: row.topic_id!,
        name: row.name!,
        partitionCount: row.partition_count!,
        createdAtMs: row.created_at_ms!,
        configs: configs.get(row.topic_id!) ?? new Map(),
      })),
      resourceConfigs: rows(sql.selectResourceConfigs).map((row) => ({
        resource: { resourceType: row.resource_type!, resourceName: row.resource_name! },
        configs: new Map([[row.name!, row.value!]]),
      })),
      groups: rows(sql.selectGroups).map((row) => ({
        groupId: row.group_id!,
        epoch: row.epoch!,
        protocolType: row.protocol_type!,
        state: row.state!,
      })),
      offsets: rows(sql.selectOffsets).map((row) => ({
        groupId: row.group_id!,
        committed: {
          topicId: row.topic_id!,
          partition: row.partition_index!,
          offset: row.committed_offset!,
          leaderEpoch: row.leader_epoch!,
          metadata: row.metadata!,
          commitTimestampMs: row.commit_timestamp_ms!,
        },
      })),
    };
  }

  /**
   * Makes the writes in order, in one transaction, durably. A write that is refused leaves nothing behind and does
   * not touch the others. Throws when the database failed: then none of them was made.
   */
  transact(writes: readonly MetadataWrite[]): WriteOutcome[] {
    return this.#inTransaction(() => writes.map((write) => this.#writer.write(write)));
  }

  close(): void {
    this.#db.close();
  }

  #configure(maxSizeBytes: number | null): void {
    this.#db.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
    `);
    if (maxSizeBytes === null) return;
    const { page_size: pageSize } = this.#db.prepare('PRAGMA page_size').get() as {
      page_size: number;
    };
    this.#db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxSizeBytes / pageSize))}`);
  }

  #migrate(newClusterId: string): void {
    this.#inTransaction(() => {
      this.#db.exec(createSchemaVersion);
      const row = this.#db.prepare('SELECT version FROM schema_version').get();
      const version = row === undefined ? 0 : Number(row.version);
      if (version > migrations.length) {
        throw new Error(
          `its schema has version ${version}, this Millrace knows up to ${migrations.length}: a newer one wrote it`,
        );
      }
      if (row === undefined) this.#db.exec('INSERT INTO schema_version (version) VALUES (0)');
      if (version < migrations.length) {
        for (const statement of migrations.slice(version).flat()) this.#db.exec(statement);
        this.#db.prepare('UPDATE schema_version SET version = ?').run(migrations.length);
      }
      this.#db.prepare(sql.insertClusterId).run(newClusterId);
    });
  }

  #inTransaction<T>(run: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // After a failure such as a full disk SQLite may have rolled back by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
