import type { InertGroup } from './inert-group.ts';

/** Quorum, replication, transactions and the newer kinds of groups. */
export const CLUSTER_CONFIGS: readonly InertGroup[] = [
  {
    because: 'there is no KRaft quorum: one process keeps its metadata in a database file.',
    configs: `
broker.heartbeat.interval.ms: How often a broker tells the controller that it lives.
broker.session.timeout.ms: How long a broker may be silent before the controller takes it for dead.
controlled.shutdown.enable: Whether a broker hands its partitions over before it stops.
controller.quorum.append.linger.ms: How long the quorum's leader collects writes before it syncs them.
controller.quorum.auto.join.enable: Whether a controller adds itself to the voters.
controller.quorum.bootstrap.servers: Where the quorum is found at first.
controller.quorum.election.backoff.max.ms: The longest wait before a new election.
controller.quorum.election.timeout.ms: How long a candidate waits for votes.
controller.quorum.fetch.max.bytes: The most bytes of the metadata log in one fetch.
controller.quorum.fetch.snapshot.max.bytes: The most bytes of a metadata snapshot in one fetch.
controller.quorum.fetch.timeout.ms: How long a controller goes without a fetch before it calls an election.
controller.quorum.request.timeout.ms: How long a request of the quorum may take.
controller.quorum.retry.backoff.ms: The wait before a request of the quorum is sent again.
controller.quorum.voters: The controllers that vote, as id@host:port.
controller.socket.timeout.ms: How long a connection to a controller may be silent.
initial.broker.registration.timeout.ms: How long a starting broker tries to register.
metadata.log.dir: The directory of the metadata log.
metadata.log.max.record.bytes.between.snapshots: The bytes of the metadata log after which a snapshot is written.
metadata.log.max.snapshot.interval.ms: The time after which a snapshot is written.
metadata.log.segment.bytes: Size of one segment of the metadata log.
metadata.log.segment.ms: Age at which a segment of the metadata log is closed.
metadata.max.idle.interval.ms: How often an idle controller writes to the metadata log.
metadata.max.retention.bytes: The size at which old metadata snapshots are deleted.
metadata.max.retention.ms: The age at which old metadata snapshots are deleted.
process.roles: Whether the process is a broker, a controller or both.
`,
  },
  {
    because: 'a single broker holds the only replica.',
    configs: `
alter.log.dirs.replication.quota.window.num: How many samples moves between directories are measured over.
alter.log.dirs.replication.quota.window.size.seconds: The length of each of these samples.
auto.leader.rebalance.enable: Whether leadership goes back to preferred replicas by itself.
inter.broker.listener.name: The listener that brokers use among themselves.
leader.imbalance.check.interval.seconds: How often the controller looks at where leaders are.
num.replica.alter.log.dirs.threads: Threads that move replicas between directories.
num.replica.fetchers: Threads that fetch from each other broker.
replica.fetch.backoff.ms: The wait after a failed fetch of a follower.
replica.fetch.max.bytes: The bytes that a follower asks for of each partition.
replica.fetch.min.bytes: The bytes that a follower waits for.
replica.fetch.response.max.bytes: The bytes that a follower asks for in all.
replica.fetch.wait.max.ms: How long a follower waits for new records.
replica.high.watermark.checkpoint.interval.ms: How often high watermarks are written to disk.
replica.lag.time.max.ms: How long a follower may lag before it leaves the in-sync replicas.
replica.selector.class: A Java class that chooses the replica to read from.
replica.socket.receive.buffer.bytes: The receive buffer of a follower's socket.
replica.socket.timeout.ms: How long a follower waits for an answer.
replication.quota.window.num: How many samples replication is measured over.
replication.quota.window.size.seconds: The length of each of these samples.
request.timeout.ms: How long brokers wait for each other's answers.
security.inter.broker.protocol: The security protocol between brokers.
socket.connection.setup.timeout.max.ms: The longest wait for a connection to another broker.
socket.connection.setup.timeout.ms: The first wait for a connection to another broker.
unclean.leader.election.enable: Whether a replica that is not in sync may become leader.
`,
  },
  {
    because: 'committed offsets and groups are in the metadata store, not in a topic.',
    configs: `
group.coordinator.append.linger.ms: How long the coordinator collects writes; −1 lets it decide.
group.coordinator.background.threads: Threads for the coordinator's slow work.
group.coordinator.cached.buffer.max.bytes: The largest write buffer that the coordinator keeps.
group.coordinator.threads: Threads of the group coordinator.
offsets.commit.timeout.ms: How long a commit may take.
offsets.load.buffer.size: Bytes read at a time when the offsets topic is loaded.
offsets.topic.compression.codec: The codec of the offsets topic, by its number.
offsets.topic.num.partitions: Partitions of the offsets topic.
offsets.topic.replication.factor: Replicas of the offsets topic.
offsets.topic.segment.bytes: Size of one segment of the offsets topic.
`,
  },
  {
    because: 'this version has no transactions.',
    configs: `
add.partitions.to.txn.retry.backoff.max.ms: The longest wait before a partition is added to a transaction again.
add.partitions.to.txn.retry.backoff.ms: The first wait before a partition is added to a transaction again.
transaction.abort.timed.out.transaction.cleanup.interval.ms: How often transactions that took too long are aborted.
transaction.max.timeout.ms: The longest timeout that a transaction may ask for.
transaction.partition.verification.enable: Whether a write is checked to belong to an open transaction.
transaction.remove.expired.transaction.cleanup.interval.ms: How often transactional ids that expired are removed.
transaction.state.log.load.buffer.size: Bytes read at a time when the transaction topic is loaded.
transaction.state.log.min.isr: Replicas of the transaction topic that must hold a write.
transaction.state.log.num.partitions: Partitions of the transaction topic.
transaction.state.log.replication.factor: Replicas of the transaction topic.
transaction.state.log.segment.bytes: Size of one segment of the transaction topic.
transaction.two.phase.commit.enable: Whether transactions may be prepared and end later (KIP-939).
transactional.id.expiration.ms: How long an unused transactional id is kept.
`,
  },
  {
    because: 'the classic group protocol is served, the new ones are not built yet.',
    configs: `
group.consumer.assignment.interval.ms: The shortest time between two assignments of a consumer group.
group.consumer.assignors: The assignors of the server for consumer groups, the default one first.
group.consumer.heartbeat.interval.ms: How often members of a consumer group send a heartbeat.
group.consumer.max.assignment.interval.ms: The longest assignment interval a group may have.
group.consumer.max.heartbeat.interval.ms: The longest heartbeat interval a group may have.
group.consumer.max.session.timeout.ms: The longest session timeout a group may have.
group.consumer.max.size: The most members in one consumer group.
group.consumer.migration.policy: Between which protocols a group may move without downtime.
group.consumer.min.assignment.interval.ms: The shortest assignment interval a group may have.
group.consumer.min.heartbeat.interval.ms: The shortest heartbeat interval a group may have.
group.consumer.min.session.timeout.ms: The shortest session timeout a group may have.
group.consumer.session.timeout.ms: How long a member of a consumer group may be silent.
group.coordinator.rebalance.protocols = classic: The group protocols that are served.
group.share.assignment.interval.ms: The shortest time between two assignments of a share group.
group.share.assignors: The assignors of the server for share groups.
group.share.delivery.count.limit: How often a record is delivered before it is given up.
group.share.heartbeat.interval.ms: How often members of a share group send a heartbeat.
group.share.max.assignment.interval.ms: The longest assignment interval a share group may have.
group.share.max.delivery.count.limit: The highest delivery limit a share group may have.
group.share.max.heartbeat.interval.ms: The longest heartbeat interval a share group may have.
group.share.max.partition.max.record.locks: The most record locks of a partition that a share group may ask for.
group.share.max.record.lock.duration.ms: The longest record lock a share group may have.
group.share.max.session.timeout.ms: The longest session timeout a share group may have.
group.share.max.share.sessions: Share sessions kept at one time.
group.share.max.size: The most members in one share group.
group.share.min.assignment.interval.ms: The shortest assignment interval a share group may have.
group.share.min.delivery.count.limit: The lowest delivery limit a share group may have.
group.share.min.heartbeat.interval.ms: The shortest heartbeat interval a share group may have.
group.share.min.partition.max.record.locks: The fewest record locks of a partition that a share group may ask for.
group.share.min.record.lock.duration.ms: The shortest record lock a share group may have.
group.share.min.session.timeout.ms: The shortest session timeout a share group may have.
group.share.partition.max.record.locks: Records of one partition that a share group may have in hand.
group.share.record.lock.duration.ms: How long a record stays with the member that took it.
group.share.session.timeout.ms: How long a member of a share group may be silent.
group.streams.assignment.interval.ms: The shortest time between two assignments of a streams group.
group.streams.heartbeat.interval.ms: How often members of a streams group send a heartbeat.
group.streams.initial.rebalance.delay.ms: How long a new streams group waits for more members.
group.streams.max.assignment.interval.ms: The longest assignment interval a streams group may have.
group.streams.max.heartbeat.interval.ms: The longest heartbeat interval a streams group may have.
group.streams.max.session.timeout.ms: The longest session timeout a streams group may have.
group.streams.max.size: The most members in one streams group.
group.streams.max.standby.replicas: The most standby replicas a streams group may ask for.
group.streams.min.assignment.interval.ms: The shortest assignment interval a streams group may have.
group.streams.min.heartbeat.interval.ms: The shortest heartbeat interval a streams group may have.
group.streams.min.session.timeout.ms: The shortest session timeout a streams group may have.
group.streams.num.standby.replicas: Standby replicas of each task of a streams group.
group.streams.session.timeout.ms: How long a member of a streams group may be silent.
share.coordinator.append.linger.ms: How long the share coordinator collects writes; −1 lets it decide.
share.coordinator.cached.buffer.max.bytes: The largest write buffer that the share coordinator keeps.
share.coordinator.load.buffer.size: Bytes read at a time when the share state topic is loaded.
share.coordinator.snapshot.update.records.per.snapshot: Updates of share state between two snapshots.
share.coordinator.state.topic.compression.codec: The codec of the share state topic, by its number.
share.coordinator.state.topic.min.isr: Replicas of the share state topic that must hold a write.
share.coordinator.state.topic.num.partitions: Partitions of the share state topic.
share.coordinator.state.topic.replication.factor: Replicas of the share state topic.
share.coordinator.state.topic.segment.bytes: Size of one segment of the share state topic.
share.coordinator.threads: Threads of the share coordinator.
share.coordinator.write.timeout.ms: How long a write of share state may take.
share.fetch.purgatory.purge.interval.requests: Share fetches after which those that are done are cleared away.
`,
  },
];
