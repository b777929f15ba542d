package millrace.interop;

import static millrace.interop.AdminReport.get;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Groups of the classic protocol: a static and a dynamic member, offsets without members, and what is done to them. */
final class AdminGroupCalls {
    private static final String TOPIC = "calls-grouped";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
    private static final TopicPartition NOWHERE = new TopicPartition("calls-nowhere", 0);
    private static final String BUSY = "calls-busy";
    private static final String IDLE = "calls-idle";
    private static final String NOBODY = "calls-nobody";

    private final Admin admin;
    private final AdminReport report;
    private final String bootstrap;

    AdminGroupCalls(Admin admin, AdminReport report, String bootstrap) {
        this.admin = admin;
        this.report = report;
        this.bootstrap = bootstrap;
    }

    void run() throws Exception {
        get(admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all());
        offsetsWithoutMembers();
        try (var fixed = member("fixed"); var loose = member(null)) {
            Waiting.until(() -> {
                fixed.poll(Duration.ofMillis(50));
                loose.poll(Duration.ofMillis(50));
                return fixed.assignment().size() == 1 && loose.assignment().size() == 1;
            });
            fixed.commitSync(Map.of(fixed.assignment().iterator().next(), new OffsetAndMetadata(5, "note")));
            list();
            describe();
            offsetsOfMembers();
            removeMembers();
        }
        delete();
    }

    private KafkaConsumer<String, String> member(String instance) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", BUSY,
                "client.id", instance == null ? "loose-client" : "fixed-client",
                "enable.auto.commit", false,
                "session.timeout.ms", 30_000,
                "heartbeat.interval.ms", 300,
                "partition.assignment.strategy", CooperativeStickyAssignor.class.getName()));
        if (instance != null) config.put("group.instance.id", instance);
        var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(TOPIC));
        return consumer;
    }

    private void offsetsWithoutMembers() {
        var offsets = Map.of(FIRST, new OffsetAndMetadata(3, "by hand"), SECOND, new OffsetAndMetadata(0));
        report.say("alterConsumerGroupOffsets", () -> get(admin.alterConsumerGroupOffsets(IDLE, offsets).all()));
        report.say("of an unknown topic", () ->
                get(admin.alterConsumerGroupOffsets(IDLE, Map.of(NOWHERE, new OffsetAndMetadata(1))).partitionResult(NOWHERE)));
        report.say("listConsumerGroupOffsets", () -> get(admin.listConsumerGroupOffsets(IDLE).partitionsToOffsetAndMetadata()));
        var some = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(FIRST, NOWHERE));
        ListConsumerGroupOffsetsOptions stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
        report.say("of some", () -> get(admin.listConsumerGroupOffsets(Map.of(IDLE, some), stable).partitionsToOffsetAndMetadata(IDLE)));
        var all = new ListConsumerGroupOffsetsSpec();
        report.say("of several groups", () -> get(admin.listConsumerGroupOffsets(Map.of(IDLE, all, NOBODY, all)).all()));
        report.say("deleteConsumerGroupOffsets", () -> get(admin.deleteConsumerGroupOffsets(IDLE, Set.of(SECOND)).partitionResult(SECOND)));
        report.say("again", () -> get(admin.deleteConsumerGroupOffsets(IDLE, Set.of(SECOND)).partitionResult(SECOND)));
        report.say("of nobody", () -> get(admin.deleteConsumerGroupOffsets(NOBODY, Set.of(SECOND)).all()));
        report.say("what is left", () -> get(admin.listConsumerGroupOffsets(IDLE).partitionsToOffsetAndMetadata()));
    }

    private void list() {
        list("listGroups", new ListGroupsOptions());
        list("of consumers", ListGroupsOptions.forConsumerGroups());
        list("of shares", ListGroupsOptions.forShareGroups());
        list("stable", new ListGroupsOptions().inGroupStates(Set.of(GroupState.STABLE)));
        list("empty or dead", new ListGroupsOptions().inGroupStates(Set.of(GroupState.EMPTY, GroupState.DEAD)));
        list("classic", new ListGroupsOptions().withTypes(Set.of(GroupType.CLASSIC)));
        list("of the new type", new ListGroupsOptions().withTypes(Set.of(GroupType.CONSUMER)));
        list("of a protocol", new ListGroupsOptions().withProtocolTypes(Set.of("consumer")));
        list("of no protocol", new ListGroupsOptions().withProtocolTypes(Set.of("")));
        report.say("listConsumerGroups", () -> ours(get(admin.listConsumerGroups().all()), group -> group.groupId().startsWith("calls-")));
    }

    private void list(String name, ListGroupsOptions options) {
        report.say(name, () -> ours(get(admin.listGroups(options).all()), (GroupListing group) -> group.groupId().startsWith("calls-")));
    }

    private static <T> Set<String> ours(Collection<T> groups, Predicate<T> isOurs) {
        Set<String> said = new TreeSet<>();
        for (T group : groups) if (isOurs.test(group)) said.add(group.toString());
        return said;
    }

    private void describe() {
        DescribeConsumerGroupsOptions operations = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        report.say("describeConsumerGroups", () -> {
            var group = get(admin.describeConsumerGroups(List.of(BUSY), operations).describedGroups().get(BUSY));
            Set<String> members = new TreeSet<>();
            group.members().forEach(m -> members.add(List.of(
                    m.clientId(), m.groupInstanceId(), m.host(), m.assignment().topicPartitions().size(), m.upgraded(), m.memberEpoch()).toString()));
            return List.of(group.groupState(), group.type(), group.partitionAssignor(), group.isSimpleConsumerGroup(),
                    group.groupEpoch(), new TreeSet<>(group.authorizedOperations()), members);
        });
        report.say("of others", () -> admin.describeConsumerGroups(List.of(IDLE, NOBODY)).describedGroups());
        report.say("describeClassicGroups", () -> {
            var group = get(admin.describeClassicGroups(List.of(BUSY)).describedGroups().get(BUSY));
            return List.of(group.state(), group.protocol(), group.protocolData(), group.members().size());
        });
        report.say("classic, of others", () -> admin.describeClassicGroups(List.of(IDLE, NOBODY)).describedGroups());
    }

    private void offsetsOfMembers() {
        report.say("committed by a member", () ->
                get(admin.listConsumerGroupOffsets(BUSY).partitionsToOffsetAndMetadata()).values());
        report.say("altered under members", () ->
                get(admin.alterConsumerGroupOffsets(BUSY, Map.of(FIRST, new OffsetAndMetadata(1))).all()));
        report.say("deleted under members", () -> get(admin.deleteConsumerGroupOffsets(BUSY, Set.of(FIRST)).partitionResult(FIRST)));
        report.say("deleted with members", () -> admin.deleteConsumerGroups(List.of(BUSY, NOBODY)).deletedGroups());
    }

    private void removeMembers() {
        var unknown = new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("unknown")));
        report.say("remove an unknown member", () -> get(admin.removeMembersFromConsumerGroup(BUSY, unknown).all()));
        var fixed = new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("fixed")));
        fixed.reason("to see what happens");
        report.say("removeMembersFromConsumerGroup", () -> get(admin.removeMembersFromConsumerGroup(BUSY, fixed).all()));
        report.say("remove all", () ->
                get(admin.removeMembersFromConsumerGroup(BUSY, new RemoveMembersFromConsumerGroupOptions()).all()));
        report.say("remove of nobody", () -> get(admin.removeMembersFromConsumerGroup(NOBODY, fixed).all()));
    }

    private void delete() throws Exception {
        Waiting.until(() -> get(admin.describeConsumerGroups(List.of(BUSY)).all()).get(BUSY).members().isEmpty());
        report.say("deleteConsumerGroups", () -> admin.deleteConsumerGroups(List.of(BUSY, IDLE)).deletedGroups());
        report.say("listed no more", () -> ours(get(admin.listGroups().all()), (GroupListing group) -> group.groupId().startsWith("calls-")));
    }
}
