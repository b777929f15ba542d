// Kafka's admin client: the same program on both brokers, a line for each call. What it calls: java/…/Admin*Calls.java.

import type { RunOptions, ToolPeer } from '../tool-peer.ts';

const calls = (subject: string, options: RunOptions = {}) => {
  return async (peer: ToolPeer) => {
    await peer.run('millrace.interop.AdminCalls', [subject], options);
  };
};

export const adminClientScripts = {
  'the admin client on topics': calls('topics'),
  'the admin client on partitions': calls('partitions'),
  'the admin client on groups': calls('groups'),
  'the admin client on the cluster': calls('cluster'),
  'the admin client on security': calls('security'),
  'the admin client on what is not served': calls('absent', {
    differs: {
      reason: 'transactions, quotas, credentials and the new groups have issues of their own',
      kafka: /describeMetadataQuorum: 1\nlistTransactions: \[\]\n/,
      ours: /^exit code 0(\n\w+: (UnsupportedVersion|InvalidRequest)Exception)+$/,
    },
  }),
};
