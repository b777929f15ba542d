package millrace.interop;

import static millrace.interop.AdminReport.get;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;

/** Topics: created, described by name and by id, grown, deleted. */
final class AdminTopicCalls {
    private final Admin admin;
    private final AdminReport report;

    AdminTopicCalls(Admin admin, AdminReport report) {
        this.admin = admin;
        this.report = report;
    }

    void run() throws Exception {
        createTopics();
        describeTopics();
        createPartitions();
        deleteTopics();
    }

    private void createTopics() throws Exception {
        NewTopic configured = new NewTopic("calls-1", 3, (short) 1).configs(Map.of("segment.bytes", "2097152"));
        CreateTopicsResult created = admin.createTopics(List.of(configured));
        report.say("createTopics", created::values);
        report.say("its partitions", () -> get(created.numPartitions("calls-1")));
        report.say("its replication factor", () -> get(created.replicationFactor("calls-1")));
        report.say("its config", () -> get(created.config("calls-1")).get("segment.bytes").value());
        report.say("created again", () -> admin.createTopics(List.of(configured)).values());
        NewTopic byHand = new NewTopic("calls-2", Map.of(0, List.of(1), 1, List.of(1)));
        report.say("with assignments", () -> admin.createTopics(List.of(byHand)).values());
        NewTopic gap = new NewTopic("calls-gap", Map.of(0, List.of(1), 2, List.of(1)));
        report.say("with a gap", () -> admin.createTopics(List.of(gap)).values());
        NewTopic doubled = new NewTopic("calls-double", Map.of(0, List.of(1, 1)));
        report.say("twice on a broker", () -> admin.createTopics(List.of(doubled)).values());
        NewTopic elsewhere = new NewTopic("calls-elsewhere", Map.of(0, List.of(7)));
        report.say("on an unknown broker", () -> admin.createTopics(List.of(elsewhere)).values());
        NewTopic replicated = new NewTopic("calls-replicated", 1, (short) 3);
        NewTopic unnamed = new NewTopic("", 1, (short) 1);
        NewTopic odd = new NewTopic("calls-odd", 1, (short) 1).configs(Map.of("retention.ms", "soon"));
        NewTopic none = new NewTopic("calls-none", 0, (short) 1);
        report.say("refused", () -> admin.createTopics(List.of(replicated, unnamed, odd, none)).values());
        CreateTopicsOptions validate = new CreateTopicsOptions().validateOnly(true);
        NewTopic onlyChecked = new NewTopic("calls-checked", 2, (short) 1);
        report.say("validated", () -> admin.createTopics(List.of(onlyChecked, replicated), validate).values());
        report.say("not made", () -> admin.describeTopics(List.of("calls-checked")).topicNameValues());
    }

    private void describeTopics() throws Exception {
        List<String> names = List.of("calls-1", "calls-2");
        Waiting.until(() -> get(admin.describeTopics(names).allTopicNames()).size() == 2);
        DescribeTopicsOptions operations = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        report.say("describeTopics", () -> admin.describeTopics(names).topicNameValues());
        report.say("with operations", () -> admin.describeTopics(names, operations).topicNameValues());
        report.say("in pages", () ->
                admin.describeTopics(names, new DescribeTopicsOptions().partitionSizeLimitPerResponse(1)).topicNameValues());
        Uuid id = get(admin.describeTopics(names).allTopicNames()).get("calls-1").topicId();
        TopicCollection ids = TopicCollection.ofTopicIds(List.of(id));
        report.say("by id", () -> get(admin.describeTopics(ids).allTopicIds()).get(id).name());
        Uuid unknown = new Uuid(1, 2);
        TopicCollection unknownIds = TopicCollection.ofTopicIds(List.of(unknown));
        report.say("by unknown id", () -> get(admin.describeTopics(unknownIds).allTopicIds()));
        report.say("unknown", () -> admin.describeTopics(List.of("calls-nowhere", "not a name")).topicNameValues());
        report.say("listTopics", () -> get(admin.listTopics().names()).stream().filter(n -> n.startsWith("calls-")).sorted().toList());
        report.say("with internal ones", () ->
                get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names()).containsAll(names));
    }

    private void createPartitions() throws Exception {
        CreatePartitionsOptions validate = new CreatePartitionsOptions().validateOnly(true);
        report.say("validated growth", () -> admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(9)), validate).values());
        report.say("createPartitions", () -> admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(4))).values());
        report.say("with assignments", () ->
                admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(5, List.of(List.of(1))))).values());
        report.say("with too few", () ->
                admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(7, List.of(List.of(1))))).values());
        report.say("on an unknown broker", () ->
                admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(6, List.of(List.of(7))))).values());
        report.say("on two brokers", () ->
                admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(6, List.of(List.of(1, 2))))).values());
        report.say("not more", () -> admin.createPartitions(Map.of("calls-1", NewPartitions.increaseTo(2))).values());
        report.say("unknown topic", () -> admin.createPartitions(Map.of("calls-nowhere", NewPartitions.increaseTo(2))).values());
        Waiting.until(() -> get(admin.describeTopics(List.of("calls-1")).allTopicNames()).get("calls-1").partitions().size() == 5);
    }

    private void deleteTopics() throws Exception {
        Uuid id = get(admin.describeTopics(List.of("calls-2")).allTopicNames()).get("calls-2").topicId();
        report.say("deleteTopics", () -> admin.deleteTopics(List.of("calls-1")).topicNameValues());
        report.say("by id", () -> get(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).topicIdValues().get(id)));
        report.say("by id again", () -> get(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).topicIdValues().get(id)));
        report.say("unknown", () -> admin.deleteTopics(List.of("calls-nowhere")).topicNameValues());
    }
}
