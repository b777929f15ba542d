// Metadata, versions 0 to 13: all topics, some by name or by id (v12), auto-creation, topic ids (v10), offline replicas,
// authorized operations (without an authorizer: everything that the resource type knows).

import { ErrorCode, Writer, ZERO_UUID } from '@millrace/protocol';
import {
  MetadataRequest,
  type MetadataRequestTopic,
} from '@millrace/protocol/messages/metadata-request';
import {
  createMetadataResponse,
  createMetadataResponseBroker,
  createMetadataResponseTopic,
  MetadataResponse,
  type MetadataResponseTopic,
} from '@millrace/protocol/messages/metadata-response';
import type { MetadataStore, TopicRecord } from '@millrace/storage';
import { CLUSTER_OPERATIONS, TOPIC_OPERATIONS } from '../authorized-operations.ts';
import type { BrokerConfig } from '../config/broker-configs.ts';
import { describedPartition } from '../described-partition.ts';
import { EncodedAnswers } from '../encoded-answers.ts';
import { EncodedBody, type Handler, type RequestContext } from '../handler.ts';
import type { Placement } from '../placement.ts';
import { isInternalTopic, topicNameProblem } from '../topic-name.ts';
import { TopicError, type Topics } from '../topics.ts';

/** From this version on topics may be asked for by id. */
const ID_VERSION = 12;
/** Topics that one request may create: a bound on what a mistyped list can do. */
const MAX_AUTO_CREATIONS = 1000;
/** Answers about all topics that are kept: each listener and version that clients use has its own. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

export interface MetadataDependencies {
  readonly topics: Topics;
  readonly placement: Placement;
  readonly metadata: MetadataStore;
  readonly config: BrokerConfig;
}

export function metadataHandler(
  dependencies: MetadataDependencies,
): Handler<MetadataRequest, MetadataResponse> {
  const kept = new EncodedAnswers(MAX_KEPT_BYTES);
  return {
    apiKey: MetadataRequest.apiKey,
    minVersion: 0,
    maxVersion: 13,
    request: MetadataRequest,
    response: MetadataResponse,
    handle(request, context) {
      const isRefused = context.apiVersion < ID_VERSION ? isAskedById : isAskedByNothing;
      if (request.topics?.some(isRefused)) {
        return failure(request, ErrorCode.INVALID_REQUEST, context.apiVersion);
      }
      const response = withoutTopics(dependencies, request, context);
      if (asksForAll(request, context.apiVersion)) {
        return allTopics(dependencies, kept, response, request, context.apiVersion);
      }
      const topics = describeTopics(dependencies, request, context.apiVersion);
      return topics instanceof Promise
        ? topics.then((described) => withTopics(response, request, described))
        : withTopics(response, request, topics);
    },
    failure(request, errorCode, context) {
      return failure(request, errorCode, context.apiVersion);
    },
  };
}

/** One error for the whole request: no brokers, and every topic that was asked for carries it. */
function failure(request: MetadataRequest, errorCode: number, version: number): MetadataResponse {
  const topics = (request.topics ?? []).map(({ name, topicId }) =>
    createMetadataResponseTopic({ errorCode, name: name ?? '', topicId }),
  );
  return createMetadataResponse(version >= 13 ? { topics, errorCode } : { topics });
}

function isAskedById({ name, topicId }: MetadataRequestTopic): boolean {
  return name === null || topicId !== ZERO_UUID;
}

/** Kafka stumbles over such a topic and answers UNKNOWN_SERVER_ERROR. */
function isAskedByNothing({ name, topicId }: MetadataRequestTopic): boolean {
  return name === null && topicId === ZERO_UUID;
}

function withoutTopics(
  { placement, metadata }: MetadataDependencies,
  request: MetadataRequest,
  { apiVersion, connection }: RequestContext,
): MetadataResponse {
  const response = createMetadataResponse({
    brokers: placement
      .brokers(connection)
      .map(({ nodeId, host, port, rack }) =>
        createMetadataResponseBroker({ nodeId, host, port, rack }),
      ),
    clusterId: metadata.image.clusterId,
    controllerId: placement.controllerId(),
  });
  if (request.includeClusterAuthorizedOperations && apiVersion <= 10) {
    response.clusterAuthorizedOperations = CLUSTER_OPERATIONS;
  }
  return response;
}

function withTopics(
  response: MetadataResponse,
  request: MetadataRequest,
  topics: MetadataResponseTopic[],
): MetadataResponse {
  response.topics = topics;
  if (request.includeTopicAuthorizedOperations) {
    for (const topic of topics) topic.topicAuthorizedOperations = TOPIC_OPERATIONS;
  }
  return response;
}

/** In version 0 an empty list asks for all topics; later a null one does. */
function asksForAll({ topics }: MetadataRequest, version: number): boolean {
  return topics === null || (version === 0 && topics.length === 0);
}

/** Of 10,000 topics it takes milliseconds to make and is most of a megabyte, and every client asks for the same. */
function allTopics(
  dependencies: MetadataDependencies,
  kept: EncodedAnswers,
  response: MetadataResponse,
  request: MetadataRequest,
  version: number,
): EncodedBody {
  const { topics, placement, metadata } = dependencies;
  const encode = () => {
    const all = Array.from(topics.all(), (topic) => describe(placement, topic));
    const writer = new Writer();
    MetadataResponse.encode(writer, withTopics(response, request, all), version);
    return new EncodedBody(writer.toBuffer(), writer.errorCounts);
  };
  // Without its topics the answer is small, and has all else that differs between two clients.
  const key = JSON.stringify([version, request.includeTopicAuthorizedOperations, response]);
  return kept.get(`${metadata.image.topicsVersion}/${placement.version}`, key, encode);
}

/** What was asked for by name or id; a promise only where a topic is created, or is being created, for it. */
function describeTopics(
  dependencies: MetadataDependencies,
  request: MetadataRequest,
  version: number,
): MetadataResponseTopic[] | Promise<MetadataResponseTopic[]> {
  // Versions below 4 have no such field and always allow it.
  const mayCreate =
    (version < 4 || request.allowAutoTopicCreation) &&
    dependencies.config.boolean('auto.create.topics.enable');
  const answers: (MetadataResponseTopic | CreatedFirst)[] = [];
  let creations = 0;
  let waits = false;
  for (const wanted of uniqueTopics(dependencies.topics, request.topics ?? [])) {
    const answer = describeWanted(
      dependencies,
      wanted,
      mayCreate && creations < MAX_AUTO_CREATIONS,
    );
    if ('creates' in answer) {
      waits = true;
      if (answer.creates) creations++;
    }
    answers.push(answer);
  }
  return waits ? createAndDescribe(dependencies, answers) : (answers as MetadataResponseTopic[]);
}

/** A topic that is asked for twice is answered once, also when it is named once and given by its id once. */
function uniqueTopics(
  topics: Topics,
  wanted: readonly MetadataRequestTopic[],
): Iterable<MetadataRequestTopic> {
  const unique = new Map<string, MetadataRequestTopic>();
  for (const topic of wanted) {
    const known = topic.topicId === ZERO_UUID ? undefined : topics.byId(topic.topicId);
    unique.set(known?.name ?? topic.name ?? topic.topicId, topic);
  }
  return unique.values();
}

/** A topic that is not there yet. */
interface CreatedFirst {
  readonly name: string;
  /** False when another request has begun to. */
  readonly creates: boolean;
}

function describeWanted(
  { topics, placement }: MetadataDependencies,
  { name, topicId }: MetadataRequestTopic,
  mayCreate: boolean,
): MetadataResponseTopic | CreatedFirst {
  if (name === null || topicId !== ZERO_UUID) {
    const topic = topics.byId(topicId);
    if (topic !== undefined) return describe(placement, topic);
    return createMetadataResponseTopic({
      errorCode: ErrorCode.UNKNOWN_TOPIC_ID,
      name: null,
      topicId,
    });
  }
  const existing = topics.byName(name);
  if (existing !== undefined && topics.isServed(existing)) return describe(placement, existing);
  if (topicNameProblem(name) !== null) return failed(name, ErrorCode.INVALID_TOPIC_EXCEPTION);
  if (existing === undefined && !mayCreate) {
    return failed(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }
  return { name, creates: existing === undefined };
}

function failed(name: string, errorCode: number): MetadataResponseTopic {
  return createMetadataResponseTopic({ errorCode, name, isInternal: isInternalTopic(name) });
}

/** One after the other: a request may ask for as many as a thousand. */
async function createAndDescribe(
  { topics, placement }: MetadataDependencies,
  answers: readonly (MetadataResponseTopic | CreatedFirst)[],
): Promise<MetadataResponseTopic[]> {
  const described: MetadataResponseTopic[] = [];
  for (const answer of answers) {
    if (!('creates' in answer)) {
      described.push(answer);
      continue;
    }
    try {
      described.push(describe(placement, await topics.findOrCreate(answer.name)));
    } catch (error) {
      if (!(error instanceof TopicError)) throw error;
      described.push(failed(answer.name, error.error));
    }
  }
  return described;
}

function describe(placement: Placement, topic: TopicRecord): MetadataResponseTopic {
  const answer = createMetadataResponseTopic({
    name: topic.name,
    topicId: topic.topicId,
    isInternal: isInternalTopic(topic.name),
  });
  for (let partitionIndex = 0; partitionIndex < topic.partitionCount; partitionIndex++) {
    const described = describedPartition(placement, topic.topicId, partitionIndex);
    // Deleted between the look at the image and here: what is left is told as it is.
    if (described !== null) answer.partitions.push(described);
  }
  return answer;
}
