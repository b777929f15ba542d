package millrace.interop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The one call that no source can make of every release: poll(Duration) came with 2.0, poll(long) went with 4.0. */
final class Polling {
    private Polling() {}

    static ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer, long timeoutMs) {
        try {
            return poll(consumer, Duration.class, Duration.ofMillis(timeoutMs));
        } catch (NoSuchMethodException error) {
            try {
                return poll(consumer, long.class, timeoutMs);
            } catch (NoSuchMethodException neither) {
                throw new IllegalStateException(neither);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecords<byte[], byte[]> poll(
            KafkaConsumer<byte[], byte[]> consumer, Class<?> type, Object timeout) throws NoSuchMethodException {
        Method method = KafkaConsumer.class.getMethod("poll", type);
        try {
            return (ConsumerRecords<byte[], byte[]>) method.invoke(consumer, timeout);
        } catch (IllegalAccessException error) {
            throw new IllegalStateException(error);
        } catch (InvocationTargetException error) {
            if (error.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(error.getCause());
        }
    }
}
