package millrace.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaFuture;

/** Says what came of each call of an admin client, a line each, in an order that does not depend on hash tables. */
final class AdminReport {
    static final long WAIT_SECONDS = 20;
    /** A set within the text of a description. */
    private static final Pattern HASH_SET = Pattern.compile("(authorizedOperations=)\\[([^]]+)]");

    /** The result of a call that may take its futures apart; of an error the name, since texts are each broker's own. */
    void say(String name, Callable<?> call) {
        System.out.println(name + ": " + outcome(call));
    }

    private static String outcome(Callable<?> call) {
        try {
            return plain(call.call());
        } catch (ExecutionException error) {
            return nameOf(error.getCause());
        } catch (Exception error) {
            return nameOf(error);
        }
    }

    private static String nameOf(Throwable error) {
        return error.getClass().getSimpleName();
    }

    static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Futures become their results; maps and sets are sorted by what is said of their elements. */
    static String plain(Object value) {
        if (value == null) return "null";
        if (value instanceof KafkaFuture<?> future) return outcome(() -> get(future));
        if (value instanceof Object[] elements) return Arrays.stream(elements).map(AdminReport::plain).toList().toString();
        if (value instanceof Map<?, ?> map) {
            return sorted(map.entrySet().stream().map(e -> plain(e.getKey()) + "=" + plain(e.getValue())).toList()).toString();
        }
        if (value instanceof Collection<?> elements) {
            List<String> said = elements.stream().map(AdminReport::plain).toList();
            return (elements instanceof Set || !(elements instanceof List) ? sorted(said) : said).toString();
        }
        return HASH_SET.matcher(value.toString()).replaceAll(set -> set.group(1) + plain(Set.of(set.group(2).split(", "))));
    }

    private static List<String> sorted(List<String> said) {
        List<String> lines = new ArrayList<>(said);
        lines.sort(null);
        return lines;
    }
}
