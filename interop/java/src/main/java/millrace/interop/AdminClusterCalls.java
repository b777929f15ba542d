package millrace.interop;

import static millrace.interop.AdminReport.get;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.Uuid;

/** The cluster, its brokers and features. */
final class AdminClusterCalls {
    private final Admin admin;
    private final AdminReport report;

    AdminClusterCalls(Admin admin, AdminReport report) {
        this.admin = admin;
        this.report = report;
    }

    void run() {
        DescribeClusterOptions options = new DescribeClusterOptions().includeAuthorizedOperations(true).includeFencedBrokers(true);
        var cluster = admin.describeCluster(options);
        report.say("describeCluster", () -> new Object[] {cluster.nodes(), cluster.controller()});
        report.say("cluster id", () -> get(cluster.clusterId()).length());
        report.say("operations", () -> get(cluster.authorizedOperations()));
        report.say("unregisterBroker", () -> get(admin.unregisterBroker(7).all()));
        UpdateFeaturesOptions validate = new UpdateFeaturesOptions().validateOnly(true);
        var upgrade = new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.UPGRADE);
        report.say("updateFeatures", () -> admin.updateFeatures(Map.of("no.such.feature", upgrade), validate).values());
        report.say("metrics", () -> admin.metrics().isEmpty());
        report.say("removeRaftVoter", () -> get(admin.removeRaftVoter(7, new Uuid(1, 2)).all()));
    }
}
