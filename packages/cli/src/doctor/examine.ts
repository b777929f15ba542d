import {
  type Address,
  type BrokerNode,
  Cluster,
  type ClusterMetadata,
  formatAddress,
  KafkaError,
} from '@millrace/client';
import {
  type AdvertisedBroker,
  type AskedCluster,
  checkAdvertised,
  checkDistinct,
} from './check-advertised.ts';
import { checkBootstrap } from './check-bootstrap.ts';
import { checkPartitions } from './check-partitions.ts';
import type { Findings } from './findings.ts';
import { identify, latencyOf } from './identity.ts';
import { type Probe, probe, type World } from './probe.ts';

const SLOW_MS = 1000;

export interface ExaminedBroker {
  readonly id: number;
  readonly address: string;
  readonly reachable: boolean;
  /** Median of a few round trips; null when it cannot be reached. */
  readonly latencyMs: number | null;
}

export interface ExaminedCluster {
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly brokers: readonly ExaminedBroker[];
}

/**
 * Connects to the bootstrap addresses and then to every address that the cluster gives to clients. Null when no bootstrap
 * address answers.
 */
export async function examine(
  bootstrap: readonly Address[],
  world: World,
  findings: Findings,
): Promise<ExaminedCluster | null> {
  const probes = await Promise.all(bootstrap.map((address) => probe(address, world)));
  try {
    checkBootstrap(probes, findings);
    const asked = await askAll(probes, world, findings);
    if (asked === null) return null;
    findings.ok(
      'metadata',
      `Cluster ${asked.clusterId} has ${asked.nodes.map((node) => `broker ${node.id} at ${formatAddress(node)}`).join(', ')}.`,
    );
    checkDistinct(asked.nodes, findings);
    const examinations = await Promise.all(asked.nodes.map((node) => examineBroker(node, world)));
    for (const { broker } of examinations) checkAdvertised(broker, asked, findings);
    const brokers = examinations.map((one) => examined(one, findings));
    checkPartitions(asked, findings);
    return { clusterId: asked.clusterId, controllerId: asked.controllerId, brokers };
  } finally {
    for (const { connection } of probes) connection?.close();
  }
}

/** The first answer counts; an address of another cluster is a problem of its own. */
async function askAll(
  probes: readonly Probe[],
  world: World,
  findings: Findings,
): Promise<(AskedCluster & ClusterMetadata) | null> {
  let first: (AskedCluster & ClusterMetadata) | null = null;
  for (const one of probes) {
    if (one.connection === null) continue;
    const name = formatAddress(one.address);
    try {
      const asked = await askCluster(one.connection.address, world);
      const bootstrapIp = one.connection.address.host;
      first ??= { ...asked, bootstrap: one.address, bootstrapIp };
      if (asked.clusterId === first.clusterId) continue;
      findings.problem(
        'metadata',
        `${name} belongs to cluster ${asked.clusterId}, ${formatAddress(first.bootstrap)} to cluster ${first.clusterId}.`,
        'bootstrap addresses of one cluster',
        'Take the address of the other cluster out of --bootstrap.',
      );
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      findings.problem('metadata', error.summary, `an answer to Metadata from ${name}`, error.hint);
    }
  }
  return first;
}

/** Everything that the cluster tells, on a connection of its own to an address that answers. */
async function askCluster(address: Address, { connections }: World): Promise<ClusterMetadata> {
  const bootstrap = formatAddress(address);
  const retryTimeoutMs = connections.requestTimeoutMs;
  const cluster = await Cluster.connect({ ...connections, bootstrap, retryTimeoutMs });
  try {
    return await cluster.metadata(null);
  } finally {
    cluster.close();
  }
}

interface BrokerExamination {
  readonly broker: AdvertisedBroker;
  readonly latencyMs: number | null;
  readonly error: KafkaError | null;
}

async function examineBroker(node: BrokerNode, world: World): Promise<BrokerExamination> {
  const own = await probe(node, world);
  const { connection } = own;
  if (connection === null) {
    return { broker: { node, probe: own, identity: null }, latencyMs: null, error: null };
  }
  try {
    const identity = await identify(connection, node.id);
    const latencyMs = await latencyOf(connection, world.elapsedMs);
    return { broker: { node, probe: own, identity }, latencyMs, error: null };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { broker: { node, probe: own, identity: null }, latencyMs: null, error };
  } finally {
    connection.close();
  }
}

function examined(
  { broker: { node, probe: own }, latencyMs, error }: BrokerExamination,
  findings: Findings,
): ExaminedBroker {
  if (error !== null) {
    findings.problem('latency', error.summary, `answers from broker ${node.id}`, error.hint);
  } else if (latencyMs !== null) {
    const seen = `Broker ${node.id} answers in ${latencyMs.toFixed(1)} ms.`;
    if (latencyMs < SLOW_MS) findings.ok('latency', seen);
    else
      findings.warning(
        'latency',
        seen,
        `less than ${SLOW_MS} ms`,
        'Look at the network in between, and at the load of the broker.',
      );
  }
  return {
    id: node.id,
    address: formatAddress(node),
    reachable: own.connection !== null,
    latencyMs: latencyMs === null ? null : Math.round(latencyMs * 10) / 10,
  };
}
