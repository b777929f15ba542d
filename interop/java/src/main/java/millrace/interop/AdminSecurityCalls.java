package millrace.interop;

import static millrace.interop.AdminReport.get;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Access control lists, tokens, quotas and credentials, of which there are none. */
final class AdminSecurityCalls {
    private final Admin admin;
    private final AdminReport report;

    AdminSecurityCalls(Admin admin, AdminReport report) {
        this.admin = admin;
        this.report = report;
    }

    void run() {
        AclBinding binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "calls", PatternType.LITERAL),
                new AccessControlEntry("User:a", "*", AclOperation.READ, AclPermissionType.ALLOW));
        report.say("describeAcls", () -> get(admin.describeAcls(AclBindingFilter.ANY).values()));
        report.say("createAcls", () -> get(admin.createAcls(List.of(binding)).all()));
        report.say("deleteAcls", () -> get(admin.deleteAcls(List.of(binding.toFilter())).all()));
        report.say("createDelegationToken", () -> get(admin.createDelegationToken().delegationToken()));
        report.say("renewDelegationToken", () -> get(admin.renewDelegationToken(new byte[] {1}).expiryTimestamp()));
        report.say("expireDelegationToken", () -> get(admin.expireDelegationToken(new byte[] {1}).expiryTimestamp()));
        report.say("describeDelegationToken", () -> get(admin.describeDelegationToken().delegationTokens()));
        report.say("describeClientQuotas", () -> get(admin.describeClientQuotas(ClientQuotaFilter.all()).entities()));
        report.say("describeUserScramCredentials", () -> get(admin.describeUserScramCredentials().all()));
    }
}
