/**
 * The SQL schema of the metadata, written once for SQLite and PostgreSQL: TEXT, BIGINT and INTEGER only, and
 * nothing that one of the two lacks. Names that either keeps for itself (`offset`, `partition`, `groups`) are avoided.
 * The data is small and read once, at the start, so there is one index that is not a key: for the
 * cascade from topics to committed offsets.
 */

/** Holds one row: how many of `migrations` have been applied. */
export const createSchemaVersion =
  'CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)';

/**
 * Migration n (counted from 1) leads from version n − 1 to version n, in one transaction. What was released is
 * never edited: a change is a new entry at the end.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    // One row; the key makes that sure.
    `CREATE TABLE cluster (
      singleton INTEGER NOT NULL PRIMARY KEY CHECK (singleton = 1),
      cluster_id TEXT NOT NULL
    )`,
    `CREATE TABLE counters (
      name TEXT NOT NULL PRIMARY KEY,
      next_value BIGINT NOT NULL
    )`,
    `INSERT INTO counters (name, next_value) VALUES ('producer-id', 0)`,
    `CREATE TABLE topics (
      topic_id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      partition_count INTEGER NOT NULL,
      created_at_ms BIGINT NOT NULL
    )`,
    `CREATE TABLE topic_configs (
      topic_id TEXT NOT NULL REFERENCES topics (topic_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (topic_id, name)
    )`,
    `CREATE TABLE coordinator_groups (
      group_id TEXT NOT NULL PRIMARY KEY,
      epoch INTEGER NOT NULL,
      protocol_type TEXT NOT NULL,
      state TEXT NOT NULL
    )`,
    // A group can commit without having a row, so its id is no foreign key.
    `CREATE TABLE committed_offsets (
      group_id TEXT NOT NULL,
      topic_id TEXT NOT NULL REFERENCES topics (topic_id) ON DELETE CASCADE,
      partition_index INTEGER NOT NULL,
      committed_offset BIGINT NOT NULL,
      leader_epoch INTEGER NOT NULL,
      metadata TEXT NOT NULL,
      commit_timestamp_ms BIGINT NOT NULL,
      PRIMARY KEY (group_id, topic_id, partition_index)
    )`,
    'CREATE INDEX committed_offsets_by_topic ON committed_offsets (topic_id)',
  ],
  [
    // Configs of all that is no topic: type is Kafka's code, the name is empty for what holds for all of a type.
    `CREATE TABLE resource_configs (
      resource_type INTEGER NOT NULL,
      resource_name TEXT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (resource_type, resource_name, name)
    )`,
  ],
];
