/**
 * The statements over the schema, for SQLite and PostgreSQL alike. Parameters are `?` in the order in which they
 * appear; a driver that numbers them (PostgreSQL's `$1`) numbers them in that order.
 *
 * Epochs are checked by the statement that writes (`WHERE … epoch = ?`): no row written means fenced.
 */

export const insertClusterId =
  'INSERT INTO cluster (singleton, cluster_id) VALUES (1, ?) ON CONFLICT (singleton) DO NOTHING';
export const selectClusterId = 'SELECT cluster_id FROM cluster';

export const selectTopics =
  'SELECT topic_id, name, partition_count, created_at_ms FROM topics ORDER BY name';
export const selectTopicConfigs =
  'SELECT topic_id, name, value FROM topic_configs ORDER BY topic_id, name';
export const selectResourceConfigs = `
  SELECT resource_type, resource_name, name, value FROM resource_configs
  ORDER BY resource_type, resource_name, name`;
export const selectGroups =
  'SELECT group_id, epoch, protocol_type, state FROM coordinator_groups ORDER BY group_id';
export const selectOffsets = `
  SELECT group_id, topic_id, partition_index, committed_offset, leader_epoch, metadata,
    commit_timestamp_ms
  FROM committed_offsets
  ORDER BY group_id, topic_id, partition_index`;

/** Parameters: topic id, name, partition count, creation time. Writes no row when the id or name is taken. */
export const insertTopic = `
  INSERT INTO topics (topic_id, name, partition_count, created_at_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;
/** Parameter: topic id. Configs and committed offsets go with it. */
export const deleteTopic = 'DELETE FROM topics WHERE topic_id = ?';
/** Parameters: partition count, topic id, expected partition count. */
export const updatePartitionCount =
  'UPDATE topics SET partition_count = ? WHERE topic_id = ? AND partition_count = ?';
/** Parameter: topic id. */
export const selectTopicExists = 'SELECT 1 FROM topics WHERE topic_id = ?';
/** Parameters: topic id, name, value. */
export const upsertTopicConfig = `
  INSERT INTO topic_configs (topic_id, name, value) VALUES (?, ?, ?)
  ON CONFLICT (topic_id, name) DO UPDATE SET value = excluded.value`;
/** Parameters: topic id, name. */
export const deleteTopicConfig = 'DELETE FROM topic_configs WHERE topic_id = ? AND name = ?';

/** Parameters: resource type, resource name, name, value. */
export const upsertResourceConfig = `
  INSERT INTO resource_configs (resource_type, resource_name, name, value) VALUES (?, ?, ?, ?)
  ON CONFLICT (resource_type, resource_name, name) DO UPDATE SET value = excluded.value`;
/** Parameters: resource type, resource name, name. */
export const deleteResourceConfig =
  'DELETE FROM resource_configs WHERE resource_type = ? AND resource_name = ? AND name = ?';

/** Parameters: count, count. Gives the first id of the block. */
export const reserveProducerIds = `
  UPDATE counters SET next_value = next_value + ? WHERE name = 'producer-id'
  RETURNING next_value - ? AS first_id`;

/** Parameters: group id, epoch, protocol type, state. Writes no row when the group has one. */
export const insertGroup = `
  INSERT INTO coordinator_groups (group_id, epoch, protocol_type, state) VALUES (?, ?, ?, ?)
  ON CONFLICT (group_id) DO NOTHING`;
/** Parameters: epoch, protocol type, state, group id, expected epoch. */
export const updateGroup = `
  UPDATE coordinator_groups SET epoch = ?, protocol_type = ?, state = ?
  WHERE group_id = ? AND epoch = ?`;
/** Parameter: group id. */
export const deleteGroup = 'DELETE FROM coordinator_groups WHERE group_id = ?';
/** Parameters: group id, epoch. */
export const selectGroupAtEpoch =
  'SELECT 1 FROM coordinator_groups WHERE group_id = ? AND epoch = ?';

const insertOffset = `
  INSERT INTO committed_offsets (group_id, topic_id, partition_index, committed_offset, leader_epoch,
    metadata, commit_timestamp_ms)
  SELECT ?, ?, ?, ?, ?, ?, ?
  WHERE EXISTS (SELECT 1 FROM topics WHERE topic_id = ?)`;
const orReplaceOffset = `
  ON CONFLICT (group_id, topic_id, partition_index) DO UPDATE SET
    committed_offset = excluded.committed_offset,
    leader_epoch = excluded.leader_epoch,
    metadata = excluded.metadata,
    commit_timestamp_ms = excluded.commit_timestamp_ms`;

/**
 * Parameters: group id, topic id, partition, offset, leader epoch, metadata, commit time, topic id. Writes no row
 * when the topic is gone.
 */
export const upsertOffset = insertOffset + orReplaceOffset;
/** Parameters: those of `upsertOffset`, group id, expected epoch. Writes no row when the epoch differs, either. */
export const upsertOffsetAtEpoch = `${insertOffset}
    AND EXISTS (SELECT 1 FROM coordinator_groups WHERE group_id = ? AND epoch = ?)${orReplaceOffset}`;
/** Parameters: group id, topic id, partition. */
export const deleteOffset = `
  DELETE FROM committed_offsets WHERE group_id = ? AND topic_id = ? AND partition_index = ?`;
/** Parameter: group id. */
export const deleteGroupOffsets = 'DELETE FROM committed_offsets WHERE group_id = ?';
