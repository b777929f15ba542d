import type { ClusterMetadata } from '@millrace/client';
import { counted } from '../command/quantities.ts';
import type { Findings } from './findings.ts';

/** How many partitions a finding names. */
const MAX_NAMED = 5;

/** The controller, and partitions that cannot be used or have too few replicas. */
export function checkPartitions(metadata: ClusterMetadata, findings: Findings): void {
  checkController(metadata, findings);
  const partitions = metadata.topics.flatMap(({ name, partitions: own }) =>
    own.map((partition) => ({ ...partition, name: `${name}-${partition.partition}` })),
  );
  const offline = partitions.filter(({ leaderId }) => leaderId < 0);
  const under = partitions.filter(
    ({ leaderId, replicas, inSyncReplicas }) =>
      leaderId >= 0 && inSyncReplicas.length < replicas.length,
  );
  if (offline.length > 0) {
    findings.problem(
      'partitions',
      `${counted(offline.length, 'partition')} without a leader: ${named(offline)}.`,
      'a leader for every partition',
      `Start the brokers that have them: ${idsOf(offline.flatMap(({ replicas }) => replicas))}.`,
    );
  }
  if (under.length > 0) {
    const lagging = under.flatMap(({ replicas, inSyncReplicas }) =>
      replicas.filter((id) => !inSyncReplicas.includes(id)),
    );
    findings.warning(
      'partitions',
      `${counted(under.length, 'partition')} with replicas that are not in sync: ${named(under)}.`,
      'every replica in sync',
      `Look at the brokers that lag or are down: ${idsOf(lagging)}.`,
    );
  }
  if (offline.length + under.length > 0) return;
  const topics = counted(metadata.topics.length, 'topic');
  findings.ok(
    'partitions',
    `${topics} with ${counted(partitions.length, 'partition')}: all have a leader and all replicas in sync.`,
  );
}

function checkController({ nodes, controllerId }: ClusterMetadata, findings: Findings): void {
  if (nodes.some(({ id }) => id === controllerId)) {
    findings.ok('controller', `Broker ${controllerId} takes what is for the controller.`);
    return;
  }
  findings.problem(
    'controller',
    controllerId < 0
      ? 'There is no controller.'
      : `The controller, ${controllerId}, is no broker of the cluster.`,
    'a controller: without one no topic can be created, and no partition gets a new leader',
    'Look at the controllers: are most of them running, and do they reach each other?',
  );
}

function named(partitions: readonly { readonly name: string }[]): string {
  const names = partitions.slice(0, MAX_NAMED).map(({ name }) => name);
  return partitions.length > MAX_NAMED ? `${names.join(', ')}, …` : names.join(', ');
}

function idsOf(ids: readonly number[]): string {
  return [...new Set(ids)].sort((a, b) => a - b).join(', ');
}
