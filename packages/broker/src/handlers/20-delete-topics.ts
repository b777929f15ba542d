// DeleteTopics, versions 1 to 6: by name, and by id from version 6 on.

import { ErrorCode, errorMessage, ZERO_UUID } from '@millrace/protocol';
import { DeleteTopicsRequest } from '@millrace/protocol/messages/delete-topics-request';
import {
  createDeleteTopicsResponse,
  createDeleteTopicsResponseDeletableTopicResult,
  DeleteTopicsResponse,
  type DeleteTopicsResponseDeletableTopicResult,
} from '@millrace/protocol/messages/delete-topics-response';
import type { TopicRecord } from '@millrace/storage';
import type { BrokerConfig } from '../config/broker-configs.ts';
import type { Handler } from '../handler.ts';
import { repeated } from '../repeated.ts';
import { TopicError, type Topics } from '../topics.ts';

/** A topic to delete: named, or by id with a null name. */
interface Wanted {
  readonly name: string | null;
  readonly topicId: string;
}

type Result = DeleteTopicsResponseDeletableTopicResult;

export function deleteTopicsHandler(dependencies: {
  readonly topics: Topics;
  readonly config: BrokerConfig;
}): Handler<DeleteTopicsRequest, DeleteTopicsResponse> {
  const { topics, config } = dependencies;
  return {
    apiKey: DeleteTopicsRequest.apiKey,
    minVersion: 1,
    maxVersion: 6,
    request: DeleteTopicsRequest,
    response: DeleteTopicsResponse,
    async handle(request, context) {
      const response = createDeleteTopicsResponse({});
      const all = wantedTopics(request, context.apiVersion);
      const twice = repeated(all.map(keyOf));
      const different = new Map(all.map((wanted) => [keyOf(wanted), wanted])).values();
      // By its name and by its id.
      const bothWays = repeated([...different].flatMap((wanted) => topicOf(topics, wanted) ?? []));
      const told = new Set<unknown>();
      const refuse = (wanted: Wanted, key: unknown) => {
        if (!told.has(key)) response.responses.push(failed(wanted, ErrorCode.INVALID_REQUEST));
        told.add(key);
      };
      for (const wanted of all) {
        const key = keyOf(wanted);
        const topic = topicOf(topics, wanted);
        if (twice.has(key)) {
          refuse(wanted, key);
          continue;
        }
        if (topic !== undefined && bothWays.has(topic)) {
          refuse(topic, topic);
          continue;
        }
        response.responses.push(
          config.boolean('delete.topic.enable')
            ? await deleteOne(topics, wanted)
            : failed(wanted, ErrorCode.TOPIC_DELETION_DISABLED, 'delete.topic.enable is false.'),
        );
      }
      return response;
    },
    failure(request, error, context) {
      return createDeleteTopicsResponse({
        responses: wantedTopics(request, context.apiVersion).map((wanted) => failed(wanted, error)),
      });
    },
  };
}

function wantedTopics(request: DeleteTopicsRequest, version: number): Wanted[] {
  if (version >= 6) return request.topics.map(({ name, topicId }) => ({ name, topicId }));
  return request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }));
}

function keyOf({ name, topicId }: Wanted): string {
  return `${topicId}/${name ?? ''}`;
}

function topicOf(topics: Topics, { name, topicId }: Wanted): TopicRecord | undefined {
  if (name !== null && topicId !== ZERO_UUID) return undefined;
  return name === null ? topics.byId(topicId) : topics.byName(name);
}

async function deleteOne(topics: Topics, wanted: Wanted): Promise<Result> {
  const { name, topicId } = wanted;
  if (name !== null && topicId !== ZERO_UUID) {
    return failed(
      wanted,
      ErrorCode.INVALID_REQUEST,
      'Give the name or the id of a topic, not both.',
    );
  }
  if (name === null && topicId === ZERO_UUID) {
    return failed(
      wanted,
      ErrorCode.INVALID_REQUEST,
      'Neither a topic name nor a topic id was given.',
    );
  }
  const topic = topicOf(topics, wanted);
  if (topic === undefined) {
    const error = name === null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return failed(wanted, error);
  }
  try {
    await topics.delete(topic);
  } catch (error) {
    if (error instanceof TopicError) return failed(wanted, error.error, error.message);
    throw error;
  }
  return createDeleteTopicsResponseDeletableTopicResult({
    name: topic.name,
    topicId: topic.topicId,
  });
}

function failed(wanted: Wanted, errorCode: number, message = errorMessage(errorCode)): Result {
  return createDeleteTopicsResponseDeletableTopicResult({
    name: wanted.name,
    topicId: wanted.topicId,
    errorCode,
    errorMessage: message,
  });
}
