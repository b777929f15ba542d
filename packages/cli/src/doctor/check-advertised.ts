import { type Address, type BrokerNode, formatAddress } from '@millrace/client';
import type { Findings } from './findings.ts';
import { hostKind, isBareName } from './host-kind.ts';
import { type Probe, probeName } from './probe.ts';

/** How a broker presents itself on a connection to its advertised address. */
export interface Identity {
  readonly clusterId: string | null;
  /** Null where the broker does not tell whether it is the one of that id. */
  readonly isNode: boolean | null;
}

export interface AdvertisedBroker {
  readonly node: BrokerNode;
  readonly probe: Probe;
  /** Null when there is no connection. */
  readonly identity: Identity | null;
}

export interface AskedCluster {
  readonly clusterId: string | null;
  readonly nodes: readonly BrokerNode[];
  /** The address that the cluster was asked at, and the one of its host that answered. */
  readonly bootstrap: Address;
  readonly bootstrapIp: string;
}

/** The address that a broker tells clients to use: is it one that they can use, and is the broker there? */
export function checkAdvertised(
  broker: AdvertisedBroker,
  cluster: AskedCluster,
  findings: Findings,
): void {
  const { node, probe, identity } = broker;
  const where = `Broker ${node.id} tells clients to connect to ${formatAddress(node)}`;
  const change = advice(node, cluster);
  const wrong = (why: string, expected: string) =>
    findings.problem('advertised', `${where}${why}`, expected, change);
  const usable = 'an address that works from where the clients are';
  if (hostKind(node.host) === 'unspecified') {
    wrong(', which is no address of any machine: it stands for "all" when binding.', usable);
  } else if (isLoopback(probe) && hostKind(cluster.bootstrapIp) !== 'loopback') {
    wrong(
      `, which is each client's own machine, but it was asked at ${formatAddress(cluster.bootstrap)}.`,
      usable,
    );
  } else if (probe.connection === null) {
    wrong(`. ${probe.error?.summary ?? ''}${likelyCause(broker, cluster)}`, usable);
  } else if (identity !== null && isOther(identity.clusterId, cluster.clusterId)) {
    wrong(
      `, where cluster ${identity.clusterId} answers.`,
      `cluster ${cluster.clusterId}, which gave this address`,
    );
  } else if (identity?.isNode === false) {
    wrong(', where another broker of the cluster answers.', `broker ${node.id} itself`);
  } else {
    const only = isLoopback(probe) ? ' It is for clients on this machine only.' : '';
    findings.ok('advertised', `Broker ${node.id} is where it says, at ${probeName(probe)}.${only}`);
  }
}

/** Two brokers at one address: clients would ask one of them for what the other has. */
export function checkDistinct(nodes: readonly BrokerNode[], findings: Findings): void {
  const byAddress = Map.groupBy(nodes, formatAddress);
  for (const [address, same] of byAddress) {
    if (same.length === 1) continue;
    const ids = same.map(({ id }) => id).join(' and ');
    findings.problem(
      'advertised',
      `Brokers ${ids} both tell clients to connect to ${address}.`,
      'an address for each broker',
      'Give each broker its own host or port in advertised.listeners.',
    );
  }
}

function isLoopback({ address, endpoints }: Probe): boolean {
  if (hostKind(address.host) === 'loopback') return true;
  return endpoints.length > 0 && endpoints.every(({ ip }) => hostKind(ip) === 'loopback');
}

function isOther(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function likelyCause({ node, probe }: AdvertisedBroker, { bootstrap }: AskedCluster): string {
  const code = probe.error?.code;
  if (code === 'HOST_NOT_FOUND' && isBareName(node.host)) {
    return ' A name without a dot is that of a container or of a machine in another network, as a rule.';
  }
  const isSameHost = node.host === bootstrap.host;
  if (isSameHost && node.port !== bootstrap.port) {
    return ` The same host answers on port ${bootstrap.port}: is that port mapped to the broker's?`;
  }
  if (hostKind(node.host) === 'private') {
    return ' It is an address of a private network, which this machine may not be in.';
  }
  const hint = probe.error?.hint;
  return hint === null || hint === undefined ? '' : ` ${hint}`;
}

/** With one broker, the address that it was asked at works; with several, it may belong to any of them. */
function advice(node: BrokerNode, { nodes, bootstrap }: AskedCluster): string {
  if (nodes.length === 1) {
    const address = formatAddress(bootstrap);
    return `Set advertised.listeners=PLAINTEXT://${address} on the broker, or a listener of its own for clients out here.`;
  }
  return `Set advertised.listeners of broker ${node.id} to an address that clients can reach, or add a listener for them.`;
}
