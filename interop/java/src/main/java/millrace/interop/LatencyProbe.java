package millrace.interop;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What kafka-e2e-latency does, with the same client configs: sends one record, waits for its acknowledgement, polls until
 * it is there, and goes on with the next. That tool prints whole milliseconds, of which a record takes less than one;
 * this prints microseconds, and leaves out the first records, which are sent while the JVM still compiles.
 */
final class LatencyProbe {
    private static final Duration POLL = Duration.ofSeconds(60);

    /** Of which the times are kept. */
    private static final int MOST_RECORDS = 1_000_000;

    private LatencyProbe() {}

    /** Arguments: bootstrap, topic (one partition), acks, record size, milliseconds that do not count, and that do. */
    public static void main(String[] args) throws Exception {
        Map<String, Object> producerConfig = Map.of(
                "bootstrap.servers", args[0], "acks", args[2], "linger.ms", "0", "max.block.ms", Long.MAX_VALUE);
        Map<String, Object> consumerConfig = Map.of(
                "bootstrap.servers", args[0], "enable.auto.commit", "false", "fetch.max.wait.ms", "0");
        byte[] value = new byte[Integer.parseInt(args[3])];
        new Random(0).nextBytes(value);
        long[] took = new long[MOST_RECORDS];
        int count = 0;
        try (var producer =
                        new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer());
                var consumer =
                        new KafkaConsumer<>(consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(args[1], 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            long counted = System.nanoTime() + Long.parseLong(args[4]) * 1_000_000;
            long end = counted + Long.parseLong(args[5]) * 1_000_000;
            for (long now = System.nanoTime(); now < end && count < MOST_RECORDS; ) {
                long started = now;
                producer.send(new ProducerRecord<>(args[1], value)).get();
                ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
                now = System.nanoTime();
                if (started >= counted) took[count++] = now - started;
                if (read.count() != 1) throw new IllegalStateException(read.count() + " records came for one");
            }
        }
        took = Arrays.copyOf(took, count);
        Arrays.sort(took);
        System.out.printf(
                "{\"records\":%d,\"p50Us\":%d,\"p99Us\":%d,\"p999Us\":%d}%n",
                count, at(took, 0.5), at(took, 0.99), at(took, 0.999));
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) ((sorted.length - 1) * part)] / 1000;
    }
}
