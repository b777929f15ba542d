// What is asked about the broker and its cluster: versions, features, quorum, ids, ACLs, tokens, transactions.

import { makeTopics } from '../../differential/prepare.ts';
import type { RunOptions, ToolPeer } from '../tool-peer.ts';

async function apiVersions(peer: ToolPeer): Promise<void> {
  // Every line of the announcement is compared in differential.test.ts.
  const sample = /Produce\(0\): 0 to 13 \[usable: 13\],\nFetch\(1\): 4 to 18 \[usable: 18\]/;
  await peer.run('BrokerApiVersionsCommand', [], {
    differs: { reason: 'only what is served is announced', kafka: sample, ours: sample },
  });
}

async function features(peer: ToolPeer): Promise<void> {
  const at = ['--bootstrap-server', peer.bootstrap];
  const run = (args: readonly string[], options: RunOptions = {}) =>
    peer.run('FeatureCommand', [...at, ...args], options);
  const noFeatures = 'there is no KRaft quorum whose features could be upgraded';
  const refused = /Invalid update version \d for feature/;
  await run(['describe'], {
    differs: { reason: noFeatures, kafka: /Feature: metadata\.version/, ours: /^exit code 0$/ },
  });
  await run(['upgrade', '--feature', 'group.version=1', '--dry-run'], {
    differs: { reason: noFeatures, kafka: /can be upgraded to 1/, ours: refused },
  });
  await run(['downgrade', '--feature', 'group.version=0', '--dry-run'], {
    differs: { reason: noFeatures, kafka: /can be downgraded to 0/, ours: refused },
  });
  await run(['upgrade', '--feature', 'no.such.version=1'], { code: 1, says: refused });
  await run(['version-mapping', '--release-version', '4.3-IV0']);
  await run(['feature-dependencies', '--feature', 'group.version=1']);
}

async function cluster(peer: ToolPeer): Promise<void> {
  const run = (args: readonly string[], options: RunOptions = {}) =>
    peer.run('ClusterTool', [...args, '--bootstrap-server', peer.bootstrap], options);
  await run(['cluster-id']);
  await run(['list-endpoints']);
  await run(['list-endpoints', '--include-fenced-brokers']);
  await run(['unregister', '--id', '7'], { code: 1, says: /BrokerIdNotRegisteredException/ });
}

async function quorum(peer: ToolPeer): Promise<void> {
  const at = ['--bootstrap-server', peer.bootstrap];
  const ours = /UnsupportedVersionException: The node does not support DESCRIBE_QUORUM/;
  const reason = 'there is no KRaft quorum to describe';
  for (const [what, kafka] of [
    ['--status', /LeaderId: 1/],
    ['--replication', /LogEndOffset/],
  ] as const) {
    const differs = { reason, kafka, ours };
    await peer.run('MetadataQuorumCommand', [...at, 'describe', what], { differs });
  }
}

async function acls(peer: ToolPeer): Promise<void> {
  const ask = (...args: string[]) => peer.refuse('AclCommand', args, /SecurityDisabledException/);
  await ask('--list');
  await ask('--add', '--allow-principal', 'User:a', '--operation', 'Read', '--topic', 't');
  await ask('--remove', '--force', '--topic', 't');
}

async function delegationTokens(peer: ToolPeer): Promise<void> {
  const config = ['--command-config', peer.file('')];
  const ask = (...args: string[]) =>
    peer.run('DelegationTokenCommand', [...config, ...args], { code: 1 });
  await ask('--create', '--max-life-time-period', '-1');
  await ask('--describe');
  await ask('--renew', '--renew-time-period', '-1', '--hmac', 'aGk=');
  await ask('--expire', '--expiry-time-period', '-1', '--hmac', 'aGk=');
}

async function transactions(peer: ToolPeer): Promise<void> {
  await makeTopics(peer.wire, ['transacted']);
  const at = ['--bootstrap-server', peer.bootstrap];
  const ask = (...args: string[]) => peer.run('TransactionsCommand', [...at, ...args]);
  await peer.run('TransactionsCommand', [...at, 'list'], {
    differs: {
      reason: 'transactions are not served yet',
      kafka: /TransactionalId Coordinator/,
      ours: /The node does not support LIST_TRANSACTIONS/,
    },
  });
  await ask('describe-producers', '--topic', 'transacted', '--partition', '0');
  await ask('find-hanging', '--broker-id', '1');
  await ask('find-hanging', '--topic', 'transacted');
}

export const clusterScripts = {
  'kafka-broker-api-versions': apiVersions,
  'kafka-features': features,
  'kafka-cluster': cluster,
  'kafka-metadata-quorum': quorum,
  'kafka-acls without an authorizer': acls,
  'kafka-delegation-tokens': delegationTokens,
  'kafka-transactions': transactions,
};
