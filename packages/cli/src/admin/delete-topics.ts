import { api, type Cluster } from '@millrace/client';
import {
  createDeleteTopicsRequest,
  createDeleteTopicsRequestDeleteTopicState,
  DeleteTopicsRequest,
} from '@millrace/protocol/messages/delete-topics-request';
import { DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics-response';
import { type ItemError, itemError } from './item-error.ts';

const deleteTopicsApi = api(DeleteTopicsRequest, DeleteTopicsResponse);
/** From here on topics are named by `topics`, before by `topicNames`. */
const TOPIC_STATES_VERSION = 6;

/** What is wrong with each topic; null for one that is deleted. */
export async function deleteTopics(
  cluster: Cluster,
  names: readonly string[],
  timeoutMs: number,
): Promise<Map<string, ItemError | null>> {
  const body = (version: number) =>
    version >= TOPIC_STATES_VERSION
      ? createDeleteTopicsRequest({
          topics: names.map((name) => createDeleteTopicsRequestDeleteTopicState({ name })),
          timeoutMs,
        })
      : createDeleteTopicsRequest({ topicNames: [...names], timeoutMs });
  const { responses } = await cluster.send(deleteTopicsApi, body, { node: 'controller' });
  return new Map(
    responses.map(({ name, errorCode, errorMessage }) => [
      name ?? '',
      itemError(errorCode, `topic ${name}`, errorMessage),
    ]),
  );
}
