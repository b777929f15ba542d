package millrace.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's own Java clients as a driver. Requests and events: see "Drivers" in interop/README.md. It runs with old releases
 * of the clients too, so it and what it uses call only what all of them have.
 */
public final class Driver {
    static final long WAIT_SECONDS = 45;
    private static final int LARGE_BYTES = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrap;
    private final PrintStream output = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private final AdminClient admin;
    private final AdminOperations adminOperations;
    /** One a codec and guarantee: at most ten. */
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
    private final Map<String, Member> members = new HashMap<>();

    private Driver(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = AdminClient.create(Map.of("bootstrap.servers", bootstrap));
        this.adminOperations = new AdminOperations(admin);
    }

    public static void main(String[] args) throws Exception {
        new Driver(args[0]).serve();
    }

    private void serve() throws Exception {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = input.readLine()) != null) {
            JsonNode request = JSON.readTree(line);
            ObjectNode answer = JSON.createObjectNode().put("id", request.get("id").asInt());
            try {
                answer.set("result", perform(request));
            } catch (Exception | LinkageError error) { // Whatever went wrong is the test's to judge.
                answer.put("error", error.toString());
                Throwable cause = error instanceof ExecutionException ? error.getCause() : error;
                if (cause instanceof ApiException) answer.put("code", Errors.forException(cause).code());
            }
            emit(answer);
        }
        for (Member member : members.values()) member.leave();
        for (KafkaProducer<byte[], byte[]> producer : producers.values()) producer.close();
        admin.close();
    }

    private ObjectNode perform(JsonNode request) throws Exception {
        return switch (request.get("op").asText()) {
            case "createTopic" -> createTopic(request);
            case "deleteTopic" -> deleteTopic(request);
            case "listTopics" -> listTopics();
            case "produce" -> produce(request);
            case "read" -> read(request);
            case "join" -> join(request);
            case "commit" -> commit(request);
            case "stall" -> stall(request);
            case "leave" -> leave(request);
            default -> adminOperations.perform(request);
        };
    }

    private ObjectNode createTopic(JsonNode request) throws Exception {
        String name = request.get("topic").asText();
        Map<String, String> configs = new HashMap<>();
        request.get("configs").properties().forEach(e -> configs.put(e.getKey(), e.getValue().asText()));
        NewTopic topic = new NewTopic(name, request.get("partitions").asInt(), (short) 1);
        admin.createTopics(List.of(topic.configs(configs))).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
        // A creation reaches the metadata a moment after it was answered.
        Waiting.until(() -> admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS).contains(name));
        return JSON.createObjectNode();
    }

    private ObjectNode deleteTopic(JsonNode request) throws Exception {
        admin.deleteTopics(List.of(request.get("topic").asText())).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
        return JSON.createObjectNode();
    }

    private ObjectNode listTopics() throws Exception {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode topics = result.putArray("topics");
        admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS).forEach(topics::add);
        return result;
    }

    private KafkaProducer<byte[], byte[]> producer(String codec, boolean idempotent) {
        return producers.computeIfAbsent(codec + idempotent, key -> {
            Properties config = new Properties();
            config.put("bootstrap.servers", bootstrap);
            config.put("compression.type", codec);
            config.put("enable.idempotence", idempotent);
            config.put("max.request.size", LARGE_BYTES);
            config.put("linger.ms", 5);
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        });
    }

    private ObjectNode produce(JsonNode request) throws Exception {
        KafkaProducer<byte[], byte[]> producer =
                producer(request.get("codec").asText(), request.get("idempotent").asBoolean());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (JsonNode record : request.get("records")) {
            List<Header> headers = new ArrayList<>();
            for (JsonNode header : record.get("headers")) {
                headers.add(new RecordHeader(header.get(0).asText(), bytes(header.get(1))));
            }
            sent.add(producer.send(new ProducerRecord<>(
                    request.get("topic").asText(),
                    record.get("partition").asInt(),
                    record.get("timestamp").asLong(),
                    bytes(record.get("key")),
                    bytes(record.get("value")),
                    headers)));
        }
        producer.flush();
        ObjectNode result = JSON.createObjectNode();
        ArrayNode offsets = result.putArray("offsets");
        for (Future<RecordMetadata> future : sent) {
            offsets.add(future.get(WAIT_SECONDS, TimeUnit.SECONDS).offset());
        }
        return result;
    }

    private ObjectNode read(JsonNode request) throws Exception {
        TopicPartition partition =
                new TopicPartition(request.get("topic").asText(), request.get("partition").asInt());
        int count = request.get("count").asInt();
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrap);
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", request.get("reset").asText());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            JsonNode from = request.get("from");
            if (from.has("timestamp")) {
                long timestamp = from.get("timestamp").asLong();
                consumer.seek(partition, consumer.offsetsForTimes(Map.of(partition, timestamp)).get(partition).offset());
            } else {
                consumer.seek(partition, from.get("offset").asLong());
            }
            ObjectNode result = JSON.createObjectNode();
            ArrayNode records = result.putArray("records");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (records.size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("read " + records.size() + " of " + count + " records in time");
                }
                for (ConsumerRecord<byte[], byte[]> record : Polling.poll(consumer, 500)) {
                    if (records.size() < count) records.add(describe(record));
                }
            }
            return result;
        }
    }

    private static ObjectNode describe(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode node = JSON.createObjectNode();
        node.put("partition", record.partition());
        node.put("offset", record.offset());
        node.put("timestamp", record.timestamp());
        node.put("key", text(record.key()));
        node.put("value", text(record.value()));
        ArrayNode headers = node.putArray("headers");
        for (Header header : record.headers()) {
            headers.addArray().add(header.key()).add(text(header.value()));
        }
        return node;
    }

    private ObjectNode join(JsonNode request) {
        String name = request.get("member").asText();
        members.put(name, new Member(this, bootstrap, request));
        return JSON.createObjectNode();
    }

    private ObjectNode commit(JsonNode request) throws Exception {
        members.get(request.get("member").asText()).commit();
        return JSON.createObjectNode();
    }

    private ObjectNode stall(JsonNode request) {
        members.get(request.get("member").asText()).stall(request.get("ms").asLong());
        return JSON.createObjectNode();
    }

    private ObjectNode leave(JsonNode request) throws Exception {
        members.remove(request.get("member").asText()).leave();
        return JSON.createObjectNode();
    }

    void emitAssignment(String member, Iterable<TopicPartition> partitions, int generation) {
        ObjectNode event = JSON.createObjectNode().put("event", "assignment").put("member", member);
        event.put("generation", generation);
        ArrayNode numbers = event.putArray("partitions");
        for (TopicPartition partition : partitions) numbers.add(partition.partition());
        emit(event);
    }

    void emitFailure(String member, Throwable failure) {
        ObjectNode event = JSON.createObjectNode().put("event", "failure").put("member", member);
        emit(event.put("code", Errors.forException(failure).code()));
    }

    void emitRecord(String member, ConsumerRecord<byte[], byte[]> record) {
        ObjectNode event = JSON.createObjectNode().put("event", "record").put("member", member);
        event.put("partition", record.partition()).put("offset", record.offset()).put("value", text(record.value()));
        emit(event);
    }

    private void emit(ObjectNode message) {
        synchronized (output) {
            output.println(message);
            output.flush();
        }
    }

    private static byte[] bytes(JsonNode node) {
        return node.isNull() ? null : Base64.getDecoder().decode(node.asText());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
