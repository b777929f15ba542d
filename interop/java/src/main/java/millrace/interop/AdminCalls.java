package millrace.interop;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Calls the methods of Kafka's admin client and says what came of each: {@code --bootstrap-server HOST:PORT SUBJECT}.
 * Run on two brokers, the lines are to be the same.
 */
public final class AdminCalls {
    private AdminCalls() {}

    public static void main(String[] args) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", args[1], "request.timeout.ms", 15_000, "default.api.timeout.ms", 15_000);
        AdminReport report = new AdminReport();
        try (Admin admin = Admin.create(config)) {
            switch (args[2]) {
                case "topics" -> new AdminTopicCalls(admin, report).run();
                case "partitions" -> new AdminPartitionCalls(admin, report, args[1]).run();
                case "groups" -> new AdminGroupCalls(admin, report, args[1]).run();
                case "cluster" -> new AdminClusterCalls(admin, report).run();
                case "security" -> new AdminSecurityCalls(admin, report).run();
                case "absent" -> new AdminAbsentCalls(admin, report).run();
                default -> throw new IllegalArgumentException("unknown subject " + args[2]);
            }
        }
    }
}
