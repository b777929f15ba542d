import type { GroupRecord } from '@millrace/storage';
import type { ClassicGroupSnapshot, MemberSnapshot } from './classic-group-types.ts';

/** What a stored group's `state` column holds: JSON, byte strings in base64. */
interface StoredState {
  readonly type: 'classic';
  readonly state: ClassicGroupSnapshot['state'];
  /** When this state was stored: for an empty group, since when it is empty. */
  readonly storedAtMs: number;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  readonly members: readonly StoredMember[];
}

const STATES: readonly unknown[] = ['Empty', 'CompletingRebalance', 'Stable'];

type StoredMember = Omit<MemberSnapshot, 'protocols' | 'assignment'> & {
  readonly protocols: readonly { readonly name: string; readonly metadata: string }[];
  readonly assignment: string;
};

export function encodeClassicGroup(
  groupId: string,
  snapshot: ClassicGroupSnapshot,
  storedAtMs: number,
): GroupRecord {
  const stored: StoredState = {
    type: 'classic',
    state: snapshot.state,
    storedAtMs,
    protocolName: snapshot.protocolName,
    leaderId: snapshot.leaderId,
    members: snapshot.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      sessionTimeoutMs: member.sessionTimeoutMs,
      rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      protocols: member.protocols.map(({ name, metadata }) => ({
        name,
        metadata: metadata.toString('base64'),
      })),
      assignment: member.assignment.toString('base64'),
    })),
  };
  return {
    groupId,
    epoch: snapshot.generation,
    protocolType: snapshot.protocolType,
    state: JSON.stringify(stored),
  };
}

/**
 * Null when the record is not a classic group of a form that this version writes. The groups' offsets do not
 * depend on it.
 */
export function decodeClassicGroup(record: GroupRecord): ClassicGroupSnapshot | null {
  let stored: StoredState;
  try {
    stored = JSON.parse(record.state) as StoredState;
    if (stored.type !== 'classic' || !STATES.includes(stored.state)) return null;
    return {
      state: stored.state,
      generation: record.epoch,
      protocolType: record.protocolType,
      protocolName: stored.protocolName,
      leaderId: stored.leaderId,
      members: stored.members.map((member) => ({
        ...member,
        protocols: member.protocols.map(({ name, metadata }) => ({
          name,
          metadata: Buffer.from(metadata, 'base64'),
        })),
        assignment: Buffer.from(member.assignment, 'base64'),
      })),
    };
  } catch {
    return null;
  }
}

/** When the group was stored last; null when the record does not say. */
export function storedAtMs(record: GroupRecord): number | null {
  try {
    const { storedAtMs } = JSON.parse(record.state) as Partial<StoredState>;
    return typeof storedAtMs === 'number' ? storedAtMs : null;
  } catch {
    return null;
  }
}
