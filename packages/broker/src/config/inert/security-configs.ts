import type { InertGroup } from './inert-group.ts';

/** TLS, SASL, authorization, quotas. */
export const SECURITY_CONFIGS: readonly InertGroup[] = [
  {
    because: 'this version has no TLS.',
    configs: `
ssl.allow.dn.changes: Whether a certificate that is loaded anew may have another distinguished name.
ssl.allow.san.changes: Whether a certificate that is loaded anew may have other alternative names.
ssl.cipher.suites: The cipher suites that may be agreed on; empty for all that the platform has.
ssl.client.auth: Whether clients must show a certificate: required, requested or none.
ssl.enabled.protocols: The TLS versions that connections may use.
ssl.endpoint.identification.algorithm: How the name in a server's certificate is checked; empty for not at all.
ssl.engine.factory.class: A Java class that makes the TLS engines.
ssl.key.password: The password of the private key.
ssl.keymanager.algorithm: The algorithm of the JVM's key manager.
ssl.keystore.certificate.chain: The certificate chain as PEM text.
ssl.keystore.key: The private key as PEM text.
ssl.keystore.location: The file with the key and its certificate.
ssl.keystore.password: The password of the key store file.
ssl.keystore.type: The format of the key store file.
ssl.principal.mapping.rules: Rules that make a user name from a certificate's distinguished name.
ssl.protocol: The TLS version of new contexts.
ssl.provider: The security provider of the JVM.
ssl.secure.random.implementation: The random generator of the JVM.
ssl.trustmanager.algorithm: The algorithm of the JVM's trust manager.
ssl.truststore.certificates: The trusted certificates as PEM text.
ssl.truststore.location: The file with the trusted certificates.
ssl.truststore.password: The password of the trust store file.
ssl.truststore.type: The format of the trust store file.
`,
  },
  {
    because: 'this version has no SASL.',
    configs: `
connection.failed.authentication.delay.ms: How long a connection stays open after a failed login, to slow down guessing.
connections.max.reauth.ms: After how long a client must log in again; 0 for never.
sasl.client.callback.handler.class: A Java class that gives credentials to SASL clients.
sasl.enabled.mechanisms: The SASL mechanisms that clients may use.
sasl.jaas.config: Login modules and their options in JAAS form.
sasl.kerberos.kinit.cmd: The path of the kinit command.
sasl.kerberos.min.time.before.relogin: The shortest time between two Kerberos logins.
sasl.kerberos.principal.to.local.rules: Rules that make a user name from a Kerberos principal.
sasl.kerberos.service.name: The Kerberos name that brokers run under.
sasl.kerberos.ticket.renew.jitter: The share of random time added before a ticket is renewed.
sasl.kerberos.ticket.renew.window.factor: The share of a ticket's life after which it is renewed.
sasl.login.callback.handler.class: A Java class that handles the broker's own login.
sasl.login.class: A Java class that makes the broker's own login.
sasl.login.connect.timeout.ms: How long to wait for a connection to the login provider.
sasl.login.read.timeout.ms: How long to wait for the login provider's answer.
sasl.login.refresh.buffer.seconds: The time that must be left of a credential when it is refreshed.
sasl.login.refresh.min.period.seconds: The shortest time before a credential is refreshed.
sasl.login.refresh.window.factor: The share of a credential's life after which it is refreshed.
sasl.login.refresh.window.jitter: The share of random time added before a refresh.
sasl.login.retry.backoff.max.ms: The longest wait between two tries to reach the login provider.
sasl.login.retry.backoff.ms: The first wait between two tries to reach the login provider.
sasl.mechanism.controller.protocol: The SASL mechanism between brokers and controllers.
sasl.mechanism.inter.broker.protocol: The SASL mechanism between brokers.
sasl.server.callback.handler.class: A Java class that checks credentials.
sasl.server.max.receive.size: The most bytes that a client may send before it is logged in.
`,
  },
  {
    because: 'this version has no OAuth.',
    configs: `
sasl.oauthbearer.assertion.algorithm: The algorithm that signs assertions.
sasl.oauthbearer.assertion.claim.aud: The audience claim of assertions.
sasl.oauthbearer.assertion.claim.exp.seconds: How far ahead the expiry claim of an assertion lies.
sasl.oauthbearer.assertion.claim.iss: The issuer claim of assertions.
sasl.oauthbearer.assertion.claim.jti.include: Whether assertions carry an id of their own.
sasl.oauthbearer.assertion.claim.nbf.seconds: How far back the not-before claim of an assertion lies.
sasl.oauthbearer.assertion.claim.sub: The subject claim of assertions.
sasl.oauthbearer.assertion.file: A file with a finished assertion.
sasl.oauthbearer.assertion.private.key.file: The file with the key that signs assertions.
sasl.oauthbearer.assertion.private.key.passphrase: The passphrase of that key.
sasl.oauthbearer.assertion.template.file: A file with headers and claims of assertions.
sasl.oauthbearer.client.credentials.client.id: The client id shown to the token endpoint.
sasl.oauthbearer.client.credentials.client.secret: The client secret shown to the token endpoint.
sasl.oauthbearer.clock.skew.seconds: How far the clocks of broker and provider may lie apart.
sasl.oauthbearer.expected.audience: The audiences of which a token must name one.
sasl.oauthbearer.expected.issuer: The issuer that a token must name.
sasl.oauthbearer.jwks.endpoint.refresh.ms: How often the provider's keys are read anew.
sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms: The longest wait between two tries to read the provider's keys.
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms: The first wait between two tries to read the provider's keys.
sasl.oauthbearer.jwks.endpoint.url: Where the provider's keys are.
sasl.oauthbearer.jwt.retriever.class: A Java class that fetches tokens.
sasl.oauthbearer.jwt.validator.class: A Java class that checks tokens.
sasl.oauthbearer.scope: The scope asked for at the token endpoint.
sasl.oauthbearer.scope.claim.name: The claim that holds a token's scope.
sasl.oauthbearer.sub.claim.name: The claim that holds a token's subject.
sasl.oauthbearer.token.endpoint.url: Where tokens are fetched.
`,
  },
  {
    because: 'this version has no authorization and no delegation tokens.',
    configs: `
authorizer.class.name: A Java class that decides who may do what.
delegation.token.expiry.check.interval.ms: How often expired delegation tokens are looked for.
delegation.token.expiry.time.ms: How long a delegation token holds before it must be renewed.
delegation.token.max.lifetime.ms: How long a delegation token can be renewed for.
delegation.token.secret.key: The key that delegation tokens are signed with.
principal.builder.class: A Java class that says who a connection belongs to.
security.providers: Java classes of security providers.
`,
  },
  {
    because: 'this version has no quotas.',
    configs: `
client.quota.callback.class: A Java class that decides the quotas of clients.
controller.quota.window.num: How many samples the quota on changes of metadata is measured over.
controller.quota.window.size.seconds: The length of each of these samples.
quota.window.num: How many samples client quotas are measured over.
quota.window.size.seconds: The length of each of these samples.
`,
  },
];
