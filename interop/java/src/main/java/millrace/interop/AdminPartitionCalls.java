package millrace.interop;

import static millrace.interop.AdminReport.get;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.serialization.StringSerializer;

/** Partitions: their offsets, records, producers, leaders, replicas and directories. */
final class AdminPartitionCalls {
    private static final String TOPIC = "calls-partitions";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition EMPTY = new TopicPartition(TOPIC, 1);
    private static final TopicPartition UNKNOWN = new TopicPartition(TOPIC, 9);
    private static final TopicPartition NOWHERE = new TopicPartition("calls-nowhere", 0);

    private final Admin admin;
    private final AdminReport report;
    private final String bootstrap;

    AdminPartitionCalls(Admin admin, AdminReport report, String bootstrap) {
        this.admin = admin;
        this.report = report;
        this.bootstrap = bootstrap;
    }

    void run() throws Exception {
        get(admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all());
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "batch.size", 0);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            // The record with the latest time is not the last one.
            long now = System.currentTimeMillis();
            for (long offset : new long[] {0, 60_000, 30_000}) {
                producer.send(new ProducerRecord<>(TOPIC, 0, now - 100_000 + offset, "key", "value " + offset)).get();
            }
            listOffsets(now - 100_000);
            describeProducers();
        }
        deleteRecords();
        electLeaders();
        reassign();
        logDirectories();
    }

    private void listOffsets(long firstMs) {
        Map<String, OffsetSpec> specs = new TreeMap<>(Map.of(
                "earliest", OffsetSpec.earliest(),
                "latest", OffsetSpec.latest(),
                "max timestamp", OffsetSpec.maxTimestamp(),
                "earliest local", OffsetSpec.earliestLocal(),
                "latest tiered", OffsetSpec.latestTiered(),
                "earliest pending upload", OffsetSpec.earliestPendingUpload(),
                "at the first", OffsetSpec.forTimestamp(firstMs),
                "after the first", OffsetSpec.forTimestamp(firstMs + 1),
                "after all", OffsetSpec.forTimestamp(firstMs + 90_000)));
        specs.forEach((name, spec) -> {
            for (TopicPartition partition : List.of(FIRST, EMPTY)) {
                report.say("listOffsets " + name + " of " + partition, () -> {
                    var found = get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition));
                    String time = found.timestamp() < 0 ? "none" : String.valueOf(found.timestamp() - firstMs);
                    return found.offset() + ", time " + time + ", epoch " + found.leaderEpoch();
                });
            }
        });
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        report.say("read committed", () -> get(admin.listOffsets(Map.of(FIRST, OffsetSpec.latest()), committed).partitionResult(FIRST)));
    }

    private void describeProducers() {
        report.say("describeProducers", () ->
                get(admin.describeProducers(List.of(FIRST)).partitionResult(FIRST)).activeProducers().stream()
                        .map(p -> List.of(p.producerEpoch(), p.lastSequence(), p.coordinatorEpoch(), p.currentTransactionStartOffset()))
                        .toList());
        report.say("of nobody", () -> get(admin.describeProducers(List.of(EMPTY)).partitionResult(EMPTY)));
    }

    private void deleteRecords() {
        report.say("deleteRecords", () -> {
            var deleted = admin.deleteRecords(Map.of(FIRST, RecordsToDelete.beforeOffset(1))).lowWatermarks();
            return get(deleted.get(FIRST)).lowWatermark();
        });
        report.say("past the end", () -> get(admin.deleteRecords(Map.of(FIRST, RecordsToDelete.beforeOffset(9))).all()));
        report.say("earliest now", () ->
                get(admin.listOffsets(Map.of(FIRST, OffsetSpec.earliest())).partitionResult(FIRST)).offset());
    }

    private void electLeaders() {
        for (ElectionType type : ElectionType.values()) {
            report.say("electLeaders " + type, () ->
                    get(admin.electLeaders(type, Set.of(FIRST, UNKNOWN, NOWHERE)).partitions()).entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue().map(error -> error.getClass().getSimpleName()))
                            .sorted().toList());
        }
    }

    private void reassign() {
        Map<String, Optional<NewPartitionReassignment>> wanted = new TreeMap<>(Map.of(
                "as it is", Optional.of(new NewPartitionReassignment(List.of(1))),
                "elsewhere", Optional.of(new NewPartitionReassignment(List.of(2))),
                "to two", Optional.of(new NewPartitionReassignment(List.of(1, 2))),
                "cancelled", Optional.empty()));
        wanted.forEach((name, target) -> {
            report.say("reassign " + name, () -> admin.alterPartitionReassignments(Map.of(FIRST, target)).values());
            report.say("reassign unknown " + name, () -> admin.alterPartitionReassignments(Map.of(UNKNOWN, target, NOWHERE, target)).values());
        });
        AlterPartitionReassignmentsOptions fixed = new AlterPartitionReassignmentsOptions().allowReplicationFactorChange(false);
        report.say("reassign without change of factor", () ->
                admin.alterPartitionReassignments(Map.of(FIRST, Optional.of(new NewPartitionReassignment(List.of(1, 2)))), fixed).values());
        report.say("listPartitionReassignments", () -> get(admin.listPartitionReassignments().reassignments()));
        report.say("of some", () -> get(admin.listPartitionReassignments(Set.of(FIRST, NOWHERE)).reassignments()));
    }

    private void logDirectories() throws Exception {
        Map<String, LogDirDescription> directories = get(admin.describeLogDirs(List.of(1)).descriptions().get(1));
        report.say("describeLogDirs", () -> directories.values().stream()
                .map(d -> d.error() + " " + d.replicaInfos().get(FIRST) + " " + d.isCordoned() + " "
                        + (d.totalBytes().getAsLong() > 0) + " " + (d.usableBytes().getAsLong() > 0))
                .toList());
        TopicPartitionReplica replica = new TopicPartitionReplica(TOPIC, 0, 1);
        TopicPartitionReplica unknown = new TopicPartitionReplica(TOPIC, 9, 1);
        report.say("describeReplicaLogDirs", () -> admin.describeReplicaLogDirs(List.of(replica, unknown)).values());
        String path = directories.keySet().iterator().next();
        report.say("to its directory", () -> admin.alterReplicaLogDirs(Map.of(replica, path)).values());
        report.say("to another directory", () -> admin.alterReplicaLogDirs(Map.of(replica, "/nowhere")).values());
        report.say("an unknown partition to its directory", () -> admin.alterReplicaLogDirs(Map.of(unknown, path)).values());
    }
}
