import { nearestName } from '@millrace/broker/nearest-name';
import { api, type Cluster, KafkaError } from '@millrace/client';
import { ErrorCode, isRetriable } from '@millrace/protocol';
import {
  createDeleteGroupsRequest,
  DeleteGroupsRequest,
} from '@millrace/protocol/messages/delete-groups-request';
import { DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups-response';
import {
  createListGroupsRequest,
  ListGroupsRequest,
} from '@millrace/protocol/messages/list-groups-request';
import { ListGroupsResponse } from '@millrace/protocol/messages/list-groups-response';
import { CommandError } from '../command/errors.ts';
import { isPattern, namePattern } from '../command/name-pattern.ts';
import { type ItemError, itemError } from './item-error.ts';

export interface ListedGroup {
  readonly group: string;
  /** `consumer` or `classic`, also `share` and `streams`; null from brokers before Kafka 3.8, which have but one. */
  readonly type: string | null;
  /** As `Stable` or `Empty`; null from brokers before Kafka 2.6. */
  readonly state: string | null;
  /** What its members speak: `consumer`, `connect`; null where nobody said. */
  readonly protocolType: string | null;
  /** The broker that coordinates it. */
  readonly coordinator: number;
}

const listGroupsApi = api(ListGroupsRequest, ListGroupsResponse);
const deleteGroupsApi = api(DeleteGroupsRequest, DeleteGroupsResponse);

/** The groups that any broker coordinates, by their ids. */
export async function listGroups(cluster: Cluster): Promise<ListedGroup[]> {
  if (cluster.nodes().length === 0) await cluster.metadata([]);
  const answers = cluster.nodes().map(async ({ id }) => {
    const { groups } = await cluster.send(listGroupsApi, createListGroupsRequest(), {
      node: id,
      errorCode: (response) => response.errorCode,
      subject: `groups of broker ${id}`,
    });
    return groups.map(({ groupId, groupType, groupState, protocolType }) => ({
      group: groupId,
      type: groupType.toLowerCase() || null,
      state: groupState || null,
      protocolType: protocolType || null,
      coordinator: id,
    }));
  });
  const groups = (await Promise.all(answers)).flat();
  return groups.sort((a, b) => (a.group < b.group ? -1 : 1));
}

/** Names as they are, patterns as the groups that match. Throws `CommandError` for a pattern that matches none. */
export async function groupsNamed(
  cluster: Cluster,
  wanted: readonly string[],
): Promise<readonly string[]> {
  if (!wanted.some(isPattern)) return [...new Set(wanted)];
  const all = (await listGroups(cluster)).map(({ group }) => group);
  const found = wanted.flatMap((text) => {
    const matched = all.filter(namePattern(text));
    if (isPattern(text) && matched.length === 0) {
      throw new CommandError('GROUP_ID_NOT_FOUND', `no group matches ${text}.`);
    }
    return isPattern(text) ? matched : [text];
  });
  return [...new Set(found)];
}

/** With the name that is nearest, or the reason why a group that is listed cannot be described. */
export async function noSuchGroup(cluster: Cluster, group: string): Promise<CommandError> {
  const all = await listGroups(cluster);
  const listed = all.find((one) => one.group === group);
  if (listed !== undefined) {
    const message = `group ${group} is a ${listed.type} group, which this command does not know.`;
    return new CommandError('GROUP_ID_NOT_FOUND', message);
  }
  const near = nearestName(
    group,
    all.map((one) => one.group),
  );
  const hint = near === null ? null : `Did you mean ${near}?`;
  return new CommandError('GROUP_ID_NOT_FOUND', `there is no group ${group}.`, hint);
}

/** Null when it is gone. */
export async function deleteGroup(cluster: Cluster, group: string): Promise<ItemError | null> {
  try {
    const { results } = await cluster.send(
      deleteGroupsApi,
      createDeleteGroupsRequest({ groupsNames: [group] }),
      { node: { coordinator: group }, errorCode: passing(({ results: [result] }) => result) },
    );
    return itemError(results[0]?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR, `group ${group}`);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { code: error.code, message: error.summary, hint: error.hint };
  }
}

/** The error code of one part of an answer where it may pass, such as that of a coordinator that moves; else 0. */
export function passing<Response>(
  part: (response: Response) => { readonly errorCode: number } | undefined,
): (response: Response) => number {
  return (response) => {
    const code = part(response)?.errorCode ?? ErrorCode.NONE;
    return isRetriable(code) ? code : ErrorCode.NONE;
  };
}
