export * from './clock.ts';
export type { DirectoryEntry, FileSystem, OpenFile, OpenMode } from './file-system.ts';
export { copyKafkaLogs, type KafkaTopic, readKafkaLogs } from './local/kafka-logs.ts';
export { LocalLogStore, type LocalLogStoreOptions } from './local/local-log-store.ts';
export { DEFAULT_LOG_CLEANER_CONFIG, type LogCleanerConfig } from './local/log-cleaner.ts';
export * from './log-store.ts';
export * from './manual-clock.ts';
export {
  type FileOperation,
  type FileOperationKind,
  MemoryFileSystem,
} from './memory-file-system.ts';
export { MemoryMetadataStore } from './memory-metadata-store.ts';
export * from './metadata-store.ts';
export { nodeFileSystem } from './node-file-system.ts';
export type { TargetCompression } from './recompression/recompressor.ts';
export {
  SqliteMetadataStore,
  type SqliteMetadataStoreOptions,
} from './sql/sqlite-metadata-store.ts';
export { TimedFileSystem } from './timed-file-system.ts';
