import type { InertGroup } from './inert-group.ts';

/** Logs, tiered storage, the process and what it is started with. */
export const STORAGE_CONFIGS: readonly InertGroup[] = [
  {
    because: 'this version has no tiered storage.',
    configs: `
follower.fetch.last.tiered.offset.enable: Whether a new follower starts after what tiered storage holds.
log.local.retention.bytes: Bytes kept on local disk before tiered storage alone holds them.
log.local.retention.ms: Time kept on local disk before tiered storage alone holds it.
remote.fetch.max.wait.ms: How long a fetch waits for tiered storage.
remote.list.offsets.request.timeout.ms: How long a search for an offset waits for tiered storage.
remote.log.index.file.cache.total.size.bytes: Disk for indexes that were fetched from tiered storage.
remote.log.manager.copier.thread.pool.size: Threads that copy segments to tiered storage.
remote.log.manager.copy.max.bytes.per.second: The most bytes copied to tiered storage in a second.
remote.log.manager.copy.quota.window.num: How many samples these copies are measured over.
remote.log.manager.copy.quota.window.size.seconds: The length of each of these samples.
remote.log.manager.expiration.thread.pool.size: Threads that delete old segments from tiered storage.
remote.log.manager.fetch.max.bytes.per.second: The most bytes fetched from tiered storage in a second.
remote.log.manager.fetch.quota.window.num: How many samples these fetches are measured over.
remote.log.manager.fetch.quota.window.size.seconds: The length of each of these samples.
remote.log.manager.follower.thread.pool.size: Threads that follow what leaders copied to tiered storage.
remote.log.manager.task.interval.ms: How often tiered storage is brought up to date.
remote.log.manager.thread.pool.size: Threads that plan the work of tiered storage.
remote.log.metadata.custom.metadata.max.bytes: The most bytes that a storage plugin may note for a segment.
remote.log.metadata.manager.class.name: A Java class that keeps what tiered storage holds.
remote.log.metadata.manager.class.path: Where that class is.
remote.log.metadata.manager.impl.prefix: The prefix of that class's own configs.
remote.log.metadata.manager.listener.name: The listener that this class connects to.
remote.log.reader.max.pending.tasks: Reads of tiered storage that may wait.
remote.log.reader.threads: Threads that read tiered storage.
remote.log.storage.manager.class.name: A Java class that stores segments remotely.
remote.log.storage.manager.class.path: Where that class is.
remote.log.storage.manager.impl.prefix: The prefix of that class's own configs.
remote.log.storage.system.enable: Whether there is tiered storage.
`,
  },
  {
    because: 'logs here are written, synced and deleted in another way.',
    configs: `
log.dir.failure.timeout.ms: How long a broker waits for the controller to hear of a failed directory.
log.flush.offset.checkpoint.interval.ms: How often the point up to which logs are synced is written to disk.
log.flush.scheduler.interval.ms: How often logs are looked through for some that must be synced.
log.flush.start.offset.checkpoint.interval.ms: How often log starts are written to disk.
log.preallocate: Whether a segment file gets its full size when it is created.
num.recovery.threads.per.data.dir: Threads that recover logs at the start.
producer.id.expiration.ms: How long an idempotent producer that is silent is remembered.
`,
  },
  {
    because: "the lz4 library here has one level, the one that Kafka's default means.",
    configs: `
compression.lz4.level: Level used when compression.type is lz4.
`,
  },
  {
    because: 'there is one data directory.',
    configs: `
cordoned.log.dirs: Directories that get no new partitions.
log.dir: The data directory; see --data-dir.
log.dirs: The data directories; see --data-dir.
`,
  },
  {
    because: 'one process with an event loop has no such threads and queues.',
    configs: `
background.threads: Threads for work in the background.
delete.records.purgatory.purge.interval.requests: DeleteRecords requests after which those that are done are cleared away.
fetch.purgatory.purge.interval.requests: Fetches after which those that are done are cleared away.
num.io.threads: Threads that handle requests.
num.network.threads: Threads that read and write sockets.
producer.purgatory.purge.interval.requests: Produce requests after which those that are done are cleared away.
queued.max.requests: Requests that may wait for a thread.
`,
  },
  {
    because: 'it is given when the broker is started.',
    configs: `
advertised.listeners: The addresses that clients are told.
broker.id: This broker's number under its old name; node.id is the one that counts.
controller.listener.names: The listeners of the controllers.
early.start.listeners: Listeners that open before the broker is ready.
listener.security.protocol.map: The security protocol of each listener.
listeners: The addresses that are listened on.
socket.listen.backlog.size: Connections that may wait to be accepted.
socket.receive.buffer.bytes: The receive buffer of a socket.
socket.send.buffer.bytes: The send buffer of a socket.
`,
  },
  {
    because: 'it names Java classes or belongs to what they do; metrics here are served over HTTP.',
    configs: `
alter.config.policy.class.name: A Java class that may refuse changes of configs.
config.providers: Java classes that look config values up elsewhere.
create.topic.policy.class.name: A Java class that may refuse new topics.
kafka.metrics.polling.interval.secs: How often the older metrics reporters are fed.
kafka.metrics.reporters: Java classes of the older metrics reporters.
metric.reporters: Java classes that are told of metrics.
metrics.num.samples: How many samples a metric is measured over.
metrics.recording.level: The level of detail at which metrics are recorded.
metrics.sample.window.ms: The length of each of these samples.
`,
  },
];
