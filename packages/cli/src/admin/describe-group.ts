import { api, type BrokerNode, type Cluster, KafkaError } from '@millrace/client';
import { ErrorCode, MalformedError, Reader } from '@millrace/protocol';
import {
  ConsumerGroupDescribeRequest,
  createConsumerGroupDescribeRequest,
} from '@millrace/protocol/messages/consumer-group-describe-request';
import { ConsumerGroupDescribeResponse } from '@millrace/protocol/messages/consumer-group-describe-response';
import { ConsumerProtocolAssignment } from '@millrace/protocol/messages/consumer-protocol-assignment';
import {
  createDescribeGroupsRequest,
  DescribeGroupsRequest,
} from '@millrace/protocol/messages/describe-groups-request';
import { DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups-response';
import { passing } from './groups.ts';

export interface GroupMember {
  readonly memberId: string;
  /** `group.instance.id` of a static member. */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  /** Null where it cannot be read: the members speak a protocol of their own. */
  readonly assignment:
    | readonly { readonly topic: string; readonly partitions: readonly number[] }[]
    | null;
}

export interface DescribedGroup {
  readonly group: string;
  readonly type: 'classic' | 'consumer';
  /** As `Stable` or `Empty`. */
  readonly state: string;
  readonly protocolType: string;
  /** Null before the members agreed on one. */
  readonly assignor: string | null;
  readonly coordinator: Pick<BrokerNode, 'id' | 'host' | 'port'>;
  readonly members: readonly GroupMember[];
}

const consumerGroupDescribeApi = api(ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse);
const describeGroupsApi = api(DescribeGroupsRequest, DescribeGroupsResponse);

/** Null when there is no such group, or it is neither of the consumer nor of the classic kind. */
export async function describeGroup(
  cluster: Cluster,
  group: string,
): Promise<DescribedGroup | null> {
  const { id, host, port } = await cluster.coordinator(group);
  const coordinator = { id, host, port };
  return (
    (await describeConsumerGroup(cluster, group, coordinator)) ??
    (await describeClassicGroup(cluster, group, coordinator))
  );
}

/** The group of KIP-848; null where it is not one, or the broker has none. */
async function describeConsumerGroup(
  cluster: Cluster,
  group: string,
  coordinator: DescribedGroup['coordinator'],
): Promise<DescribedGroup | null> {
  const request = createConsumerGroupDescribeRequest({ groupIds: [group] });
  let response: ConsumerGroupDescribeResponse;
  try {
    response = await cluster.send(consumerGroupDescribeApi, request, {
      node: { coordinator: group },
      errorCode: passing(({ groups: [one] }) => one),
    });
  } catch (error) {
    if (error instanceof KafkaError && error.code === 'UNSUPPORTED_BY_BROKER') return null;
    throw error;
  }
  const found = response.groups[0];
  if (found === undefined || isNotFound(found.errorCode)) return null;
  if (found.errorCode !== ErrorCode.NONE) {
    throw KafkaError.ofBroker(found.errorCode, `group ${group}`, found.errorMessage);
  }
  return {
    group,
    type: 'consumer',
    state: found.groupState,
    protocolType: 'consumer',
    assignor: found.assignorName || null,
    coordinator,
    members: found.members.map(({ memberId, instanceId, clientId, clientHost, assignment }) => ({
      memberId,
      instanceId,
      clientId,
      host: plainHost(clientHost),
      assignment: assignment.topicPartitions.map(({ topicName, partitions }) => ({
        topic: topicName,
        partitions: ascending(partitions),
      })),
    })),
  };
}

async function describeClassicGroup(
  cluster: Cluster,
  group: string,
  coordinator: DescribedGroup['coordinator'],
): Promise<DescribedGroup | null> {
  const { groups } = await cluster.send(
    describeGroupsApi,
    createDescribeGroupsRequest({ groups: [group] }),
    { node: { coordinator: group }, errorCode: passing(({ groups: [one] }) => one) },
  );
  const found = groups[0];
  // Before version 6 a group that there is not is a dead one.
  if (found === undefined || isNotFound(found.errorCode) || found.groupState === 'Dead')
    return null;
  if (found.errorCode !== ErrorCode.NONE) {
    throw KafkaError.ofBroker(found.errorCode, `group ${group}`, found.errorMessage);
  }
  const isConsumer = found.protocolType === 'consumer';
  return {
    group,
    type: 'classic',
    state: found.groupState,
    protocolType: found.protocolType,
    assignor: found.protocolData || null,
    coordinator,
    members: found.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.groupInstanceId,
      clientId: member.clientId,
      host: plainHost(member.clientHost),
      assignment: isConsumer ? readAssignment(member.memberAssignment) : null,
    })),
  };
}

function isNotFound(errorCode: number): boolean {
  return errorCode === ErrorCode.GROUP_ID_NOT_FOUND || errorCode === ErrorCode.UNSUPPORTED_VERSION;
}

/** Kafka writes a slash in front of the address. */
function plainHost(host: string): string {
  return host.replace(/^\//, '');
}

/** The members' own bytes, which no broker checks: null where they are something else. */
function readAssignment(bytes: Buffer): GroupMember['assignment'] {
  if (bytes.length === 0) return [];
  try {
    const reader = new Reader(bytes);
    const newest = ConsumerProtocolAssignment.maxVersion;
    const version = Math.min(reader.readInt16(), newest);
    return ConsumerProtocolAssignment.decode(reader, version).assignedPartitions.map(
      ({ topic, partitions }) => ({ topic, partitions: ascending(partitions) }),
    );
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}
