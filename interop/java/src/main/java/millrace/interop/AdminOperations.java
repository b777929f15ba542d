package millrace.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The admin calls of harness/admin-calls.ts. Each is in a method of its own, so that a release which lacks a call fails
 * only when it is asked for it.
 */
final class AdminOperations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EARLIEST = -2;
    private static final long LATEST = -1;

    private final AdminClient admin;

    AdminOperations(AdminClient admin) {
        this.admin = admin;
    }

    ObjectNode perform(JsonNode request) throws Exception {
        ObjectNode result = JSON.createObjectNode();
        switch (request.get("op").asText()) {
            case "newTopic" -> newTopic(request, false);
            case "validateTopic" -> newTopic(request, true);
            case "createPartitions" -> createPartitions(request);
            case "describeTopic" -> describeTopic(request, result.putArray("partitions"));
            case "describeCluster" -> describeCluster(result);
            case "describeConfigs" -> describeConfigs(request, result.putObject("configs"));
            case "alterConfigs" -> alterConfigs(request);
            case "incrementalAlterConfigs" -> incrementalAlterConfigs(request);
            case "listOffsets" -> listOffsets(request, result);
            case "deleteRecords" -> deleteRecords(request);
            case "describeLogDirs" -> describeLogDirs(request, result.putArray("sizes"));
            case "listGroups" -> listGroups(result.putArray("groups"));
            case "describeGroup" -> describeGroup(request, result);
            case "deleteGroup" -> deleteGroup(request);
            case "listGroupOffsets" -> listGroupOffsets(request, result.putArray("offsets"));
            case "alterGroupOffsets" -> alterGroupOffsets(request);
            case "deleteGroupOffsets" -> deleteGroupOffsets(request);
            case "electLeader" -> electLeader(request);
            case "alterReassignment" -> alterReassignment(request);
            case "listReassignments" -> listReassignments(request, result);
            case "createAcl", "describeAcls", "deleteAcls" -> acl(request);
            default -> throw new IllegalArgumentException("unknown operation " + request);
        }
        return result;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(Driver.WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private static String text(JsonNode request, String name) {
        return request.get(name).asText();
    }

    private static TopicPartition partition(JsonNode request) {
        return new TopicPartition(text(request, "topic"), request.get("partition").asInt());
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private void newTopic(JsonNode request, boolean validateOnly) throws Exception {
        short factor = (short) request.get("replicationFactor").asInt();
        NewTopic topic = new NewTopic(text(request, "topic"), request.get("partitions").asInt(), factor);
        topic.configs(texts(request.get("configs")));
        get(admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(validateOnly)).all());
    }

    private void createPartitions(JsonNode request) throws Exception {
        get(admin.createPartitions(Map.of(text(request, "topic"), NewPartitions.increaseTo(request.get("total").asInt()))).all());
    }

    private void describeTopic(JsonNode request, ArrayNode partitions) throws Exception {
        String topic = text(request, "topic");
        // values() went with 4.0, topicNameValues() came with 3.1.
        Map<String, Future<TopicDescription>> described = either(admin.describeTopics(List.of(topic)), "topicNameValues", "values");
        for (TopicPartitionInfo info : get(described.get(topic)).partitions()) {
            ObjectNode node = partitions.addObject().put("partition", info.partition());
            node.put("leader", info.leader() == null ? -1 : info.leader().id());
            ArrayNode replicas = node.putArray("replicas");
            for (Node replica : info.replicas()) replicas.add(replica.id());
        }
    }

    private void describeCluster(ObjectNode result) throws Exception {
        result.put("controller", get(admin.describeCluster().controller()).id());
        ArrayNode brokers = result.putArray("brokers");
        for (Node node : get(admin.describeCluster().nodes())) {
            brokers.addObject().put("id", node.id()).put("host", node.host()).put("port", node.port());
        }
    }

    private static ConfigResource resource(JsonNode request) {
        boolean isTopic = text(request, "resource").equals("topic");
        return new ConfigResource(isTopic ? ConfigResource.Type.TOPIC : ConfigResource.Type.BROKER, text(request, "name"));
    }

    private void describeConfigs(JsonNode request, ObjectNode configs) throws Exception {
        ConfigResource resource = resource(request);
        for (ConfigEntry entry : get(admin.describeConfigs(List.of(resource)).all()).get(resource).entries()) {
            configs.putObject(entry.name()).put("value", entry.value()).put("isDefault", entry.isDefault());
        }
    }

    /** The call went with 4.0. */
    private void alterConfigs(JsonNode request) throws Exception {
        List<ConfigEntry> entries = new ArrayList<>();
        texts(request.get("configs")).forEach((name, value) -> entries.add(new ConfigEntry(name, value)));
        Method alterConfigs = AdminClient.class.getMethod("alterConfigs", Map.class);
        Object altered = alterConfigs.invoke(admin, Map.of(resource(request), new Config(entries)));
        get(AdminOperations.<Future<Void>>either(altered, "all", "all"));
    }

    private void incrementalAlterConfigs(JsonNode request) throws Exception {
        List<AlterConfigOp> steps = new ArrayList<>();
        texts(request.get("set")).forEach((name, value) ->
                steps.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        request.get("remove").forEach(name ->
                steps.add(new AlterConfigOp(new ConfigEntry(name.asText(), null), AlterConfigOp.OpType.DELETE)));
        get(admin.incrementalAlterConfigs(Map.of(resource(request), steps)).all());
    }

    private void listOffsets(JsonNode request, ObjectNode result) throws Exception {
        long timestamp = request.get("timestamp").asLong();
        OffsetSpec spec = timestamp == EARLIEST ? OffsetSpec.earliest()
                : timestamp == LATEST ? OffsetSpec.latest() : OffsetSpec.forTimestamp(timestamp);
        TopicPartition partition = partition(request);
        result.put("offset", get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition)).offset());
    }

    private void deleteRecords(JsonNode request) throws Exception {
        RecordsToDelete records = RecordsToDelete.beforeOffset(request.get("before").asLong());
        get(admin.deleteRecords(Map.of(partition(request), records)).all());
    }

    private void describeLogDirs(JsonNode request, ArrayNode sizes) throws Exception {
        int broker = get(admin.describeCluster().controller()).id();
        for (LogDirDescription directory : get(admin.describeLogDirs(List.of(broker)).descriptions().get(broker)).values()) {
            directory.replicaInfos().forEach((partition, replica) -> {
                if (!partition.topic().equals(text(request, "topic"))) return;
                sizes.addObject().put("partition", partition.partition()).put("bytes", replica.size());
            });
        }
    }

    private void listGroups(ArrayNode groups) throws Exception {
        for (ConsumerGroupListing group : get(admin.listConsumerGroups().all())) groups.add(group.groupId());
    }

    private void describeGroup(JsonNode request, ObjectNode result) throws Exception {
        String name = text(request, "group");
        ConsumerGroupDescription group = get(admin.describeConsumerGroups(List.of(name)).describedGroups().get(name));
        result.put("state", group.state().toString().toLowerCase(Locale.ROOT));
        result.put("protocol", group.partitionAssignor());
        ArrayNode members = result.putArray("members");
        for (MemberDescription member : group.members()) {
            ArrayNode partitions = members.addObject().putArray("partitions");
            for (TopicPartition partition : member.assignment().topicPartitions()) partitions.add(partition.partition());
        }
    }

    private void deleteGroup(JsonNode request) throws Exception {
        get(admin.deleteConsumerGroups(List.of(text(request, "group"))).all());
    }

    private void listGroupOffsets(JsonNode request, ArrayNode offsets) throws Exception {
        get(admin.listConsumerGroupOffsets(text(request, "group")).partitionsToOffsetAndMetadata()).forEach((partition, committed) ->
                offsets.addObject().put("partition", partition.partition()).put("offset", committed.offset()));
    }

    private void alterGroupOffsets(JsonNode request) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (JsonNode one : request.get("offsets")) {
            TopicPartition partition = new TopicPartition(text(request, "topic"), one.get("partition").asInt());
            offsets.put(partition, new OffsetAndMetadata(one.get("offset").asLong()));
        }
        get(admin.alterConsumerGroupOffsets(text(request, "group"), offsets).all());
    }

    private void deleteGroupOffsets(JsonNode request) throws Exception {
        TopicPartition partition = partition(request);
        get(admin.deleteConsumerGroupOffsets(text(request, "group"), Set.of(partition)).partitionResult(partition));
    }

    private void electLeader(JsonNode request) throws Exception {
        TopicPartition partition = partition(request);
        Optional<Throwable> failed = get(admin.electLeaders(ElectionType.PREFERRED, Set.of(partition)).partitions()).get(partition);
        if (failed.isPresent()) throw (Exception) failed.get();
    }

    private void alterReassignment(JsonNode request) throws Exception {
        List<Integer> replicas = new ArrayList<>();
        request.get("replicas").forEach(broker -> replicas.add(broker.asInt()));
        Optional<NewPartitionReassignment> target = Optional.of(new NewPartitionReassignment(replicas));
        get(admin.alterPartitionReassignments(Map.of(partition(request), target)).all());
    }

    private void listReassignments(JsonNode request, ObjectNode result) throws Exception {
        result.put("count", get(admin.listPartitionReassignments(Set.of(partition(request))).reassignments()).size());
    }

    private void acl(JsonNode request) throws Exception {
        AclBinding binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, text(request, "topic"), PatternType.LITERAL),
                new AccessControlEntry("User:someone", "*", AclOperation.READ, AclPermissionType.ALLOW));
        switch (text(request, "op")) {
            case "createAcl" -> get(admin.createAcls(List.of(binding)).all());
            case "deleteAcls" -> get(admin.deleteAcls(List.of(binding.toFilter())).all());
            default -> get(admin.describeAcls(binding.toFilter()).values());
        }
    }

    /** What the first of these methods returns that the object has; the caller knows the type. */
    @SuppressWarnings("unchecked")
    private static <T> T either(Object object, String name, String otherName) throws Exception {
        Method method;
        try {
            method = object.getClass().getMethod(name);
        } catch (NoSuchMethodException error) {
            method = object.getClass().getMethod(otherName);
        }
        try {
            return (T) method.invoke(object);
        } catch (InvocationTargetException error) {
            throw (Exception) error.getCause();
        }
    }
}
