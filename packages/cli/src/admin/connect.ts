import type { Cluster } from '@millrace/client';
import type { CLIENT_OPTIONS } from '../command/client-options.ts';
import type { OptionValues } from '../command/option.ts';

export type ClientOptions = OptionValues<typeof CLIENT_OPTIONS>;

/** Runs `use` with a connection to the cluster, and ends that. Rejects with the client's `KafkaError`. */
export async function withCluster<T>(
  { bootstrap, timeout }: ClientOptions,
  use: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const { Cluster } = await import('@millrace/client');
  const cluster = await Cluster.connect({
    bootstrap,
    clientId: 'millrace-cli',
    connectTimeoutMs: timeout,
    requestTimeoutMs: timeout,
    retryTimeoutMs: timeout,
  });
  try {
    return await use(cluster);
  } finally {
    cluster.close();
  }
}
