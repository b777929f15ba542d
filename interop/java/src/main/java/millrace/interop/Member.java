package millrace.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One group member. A consumer belongs to one thread, so commits and the leave are run between its polls. */
final class Member implements ConsumerRebalanceListener {
    private final Driver driver;
    private final String name;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LinkedBlockingQueue<FutureTask<Void>> commands = new LinkedBlockingQueue<>();
    private boolean left = false;

    /** What a join may ask for, in this library's words. */
    private static final Map<String, String> OPTIONS = Map.of(
            "instanceId", "group.instance.id",
            "metadataMaxAgeMs", "metadata.max.age.ms");

    /** By name: the older releases lack the last. */
    private static final Map<String, String> ASSIGNORS = Map.of(
            "range", "org.apache.kafka.clients.consumer.RangeAssignor",
            "roundrobin", "org.apache.kafka.clients.consumer.RoundRobinAssignor",
            "cooperative-sticky", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");

    Member(Driver driver, String bootstrap, JsonNode request) {
        this.driver = driver;
        this.name = request.get("member").asText();
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrap);
        config.put("group.id", request.get("group").asText());
        config.put("client.id", name);
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("session.timeout.ms", request.path("sessionTimeoutMs").asInt(10_000));
        if (request.has("rebalanceTimeoutMs")) {
            config.put("max.poll.interval.ms", request.get("rebalanceTimeoutMs").asInt());
            // A commit as partitions are taken waits no longer for a broker that is away.
            config.put("default.api.timeout.ms", request.get("rebalanceTimeoutMs").asInt());
        }
        config.put("heartbeat.interval.ms", 300);
        OPTIONS.forEach((option, property) -> {
            if (request.has(option)) config.put(property, request.get(option).asText());
        });
        if (request.has("assignor")) {
            config.put("partition.assignment.strategy", List.of(ASSIGNORS.get(request.get("assignor").asText())));
        }
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(request.get("topic").asText()), this);
        Thread thread = new Thread(this::loop, name);
        thread.setDaemon(true);
        thread.start();
    }

    void commit() throws Exception {
        ask(() -> {
            consumer.commitSync();
            return null;
        });
    }

    /** Begins to poll no more for that long; returns at once. */
    void stall(long ms) {
        commands.add(new FutureTask<>(() -> {
            Thread.sleep(ms);
            return null;
        }));
    }

    void leave() throws Exception {
        ask(() -> {
            consumer.commitSync(); // Releases before 2.4 do not revoke partitions as they close.
            consumer.close();
            left = true;
            return null;
        });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        // Of a cooperative assignor these are only the new ones; what the consumer holds is the whole.
        driver.emitAssignment(name, consumer.assignment(), generation());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        try {
            consumer.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException error) {
            // It lost its place before it could: others have its partitions now, or will.
        }
        onPartitionsLost(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        List<TopicPartition> kept =
                consumer.assignment().stream().filter(held -> !lost.contains(held)).toList();
        driver.emitAssignment(name, kept, generation());
    }

    /** −1 for releases before 2.5, which do not tell it. */
    private int generation() {
        try {
            return consumer.groupMetadata().generationId();
        } catch (NoSuchMethodError error) {
            return -1;
        }
    }

    private void ask(Callable<Void> command) throws Exception {
        FutureTask<Void> task = new FutureTask<>(command);
        commands.add(task);
        task.get(Driver.WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private void loop() {
        while (!left) {
            FutureTask<Void> command = commands.poll();
            if (command != null) {
                command.run();
                continue;
            }
            try {
                for (ConsumerRecord<byte[], byte[]> record : Polling.poll(consumer, 100)) {
                    driver.emitRecord(name, record);
                }
            } catch (KafkaException failure) {
                driver.emitFailure(name, failure);
            }
        }
    }
}
