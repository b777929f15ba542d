package millrace.interop;

import static millrace.interop.AdminReport.get;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** What Kafka serves and Millrace does not: there every call must fail at once, and not by a time-out. */
final class AdminAbsentCalls {
    private final Admin admin;
    private final AdminReport report;

    AdminAbsentCalls(Admin admin, AdminReport report) {
        this.admin = admin;
        this.report = report;
    }

    void run() {
        report.say("describeMetadataQuorum", () -> get(admin.describeMetadataQuorum().quorumInfo()).leaderId());
        report.say("listTransactions", () -> get(admin.listTransactions(new ListTransactionsOptions()).all()));
        report.say("describeTransactions", () -> admin.describeTransactions(List.of("nobody")).description("nobody"));
        report.say("fenceProducers", () -> get(admin.fenceProducers(List.of("nobody")).all()));
        report.say("forceTerminateTransaction", () -> get(admin.forceTerminateTransaction("nobody").result()));
        var credential = new UserScramCredentialUpsertion("a", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "secret");
        report.say("alterUserScramCredentials", () -> get(admin.alterUserScramCredentials(List.of(credential)).all()));
        report.say("describeShareGroups", () -> get(admin.describeShareGroups(List.of("nobody")).describedGroups().get("nobody")));
        report.say("describeStreamsGroups", () -> get(admin.describeStreamsGroups(List.of("nobody")).describedGroups().get("nobody")));
    }
}
