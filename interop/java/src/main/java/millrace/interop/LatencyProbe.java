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

    private LatencyProbe() {}

    /** Arguments: bootstrap, topic (one partition), records, records before them, acks, record size. */
    public static void main(String[] args) throws Exception {
        int records = Integer.parseInt(args[2]);
        int warmUp = Integer.parseInt(args[3]);
        Map<String, Object> producerConfig = Map.of(
                "bootstrap.servers", args[0], "acks", args[4], "linger.ms", "0", "max.block.ms", Long.MAX_VALUE);
        Map<String, Object> consumerConfig = Map.of(
                "bootstrap.servers", args[0], "enable.auto.commit", "false", "fetch.max.wait.ms", "0");
        byte[] value = new byte[Integer.parseInt(args[5])];
        new Random(0).nextBytes(value);
        long[] took = new long[records];
        try (var producer =
                        new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer());
                var consumer =
                        new KafkaConsumer<>(consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(args[1], 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            for (int index = -warmUp; index < records; index++) {
                long started = System.nanoTime();
                producer.send(new ProducerRecord<>(args[1], value)).get();
                ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
                if (index >= 0) took[index] = System.nanoTime() - started;
                if (read.count() != 1) throw new IllegalStateException(read.count() + " records came for one");
            }
        }
        Arrays.sort(took);
        System.out.printf(
                "{\"p50Us\":%d,\"p99Us\":%d,\"p999Us\":%d}%n",
                at(took, 0.5), at(took, 0.99), at(took, 0.999));
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) ((sorted.length - 1) * part)] / 1000;
    }
}
