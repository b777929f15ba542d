// Metadata, versions 0 to 13: all topics, some by name or by id (v12), auto-creation, topic ids (v10), offline replicas,
// authorized operations (without an authorizer: everything that the resource type knows).

import { type ElementList, ErrorCode, Writer, ZERO_UUID } from '@millrace/protocol';
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
      const topics = topicsAskedFor(dependencies, request, context.apiVersion);
      const answer = (found: readonly FoundTopic[]) => ({
        ...response,
        topics: describedTopics(dependencies.placement, request, found.length, found),
      });
      return topics instanceof Promise ? topics.then(answer) : answer(topics);
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
    const all = describedTopics(placement, request, topics.count, topics.all());
    const writer = new Writer();
    MetadataResponse.encode(writer, { ...response, topics: all }, version);
    return new EncodedBody(writer.toBuffer(), writer.errorCounts);
  };
  // Without its topics the answer is small, and has all else that differs between two clients.
  const key = JSON.stringify([version, request.includeTopicAuthorizedOperations, response]);
  return kept.get(`${metadata.image.topicsVersion}/${placement.version}`, key, encode);
}

/** A topic that is, or the answer about one that is not. */
type FoundTopic = TopicRecord | MetadataResponseTopic;

/** What was asked for by name or id; a promise only where a topic is created, or is being created, for it. */
function topicsAskedFor(
  dependencies: MetadataDependencies,
  request: MetadataRequest,
  version: number,
): FoundTopic[] | Promise<FoundTopic[]> {
  // Versions below 4 have no such field and always allow it.
  const mayCreate =
    (version < 4 || request.allowAutoTopicCreation) &&
    dependencies.config.boolean('auto.create.topics.enable');
  const found: (FoundTopic | CreatedFirst)[] = [];
  let creations = 0;
  let waits = false;
  for (const wanted of uniqueTopics(dependencies.topics, request.topics ?? [])) {
    const topic = findWanted(dependencies, wanted, mayCreate && creations < MAX_AUTO_CREATIONS);
    if ('creates' in topic) {
      waits = true;
      if (topic.creates) creations++;
    }
    found.push(topic);
  }
  return waits ? createMissing(dependencies, found) : (found as FoundTopic[]);
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

function findWanted(
  { topics }: MetadataDependencies,
  { name, topicId }: MetadataRequestTopic,
  mayCreate: boolean,
): FoundTopic | CreatedFirst {
  if (name === null || topicId !== ZERO_UUID) {
    const topic = topics.byId(topicId);
    if (topic !== undefined) return topic;
    return createMetadataResponseTopic({
      errorCode: ErrorCode.UNKNOWN_TOPIC_ID,
      name: null,
      topicId,
    });
  }
  const existing = topics.byName(name);
  if (existing !== undefined && topics.isServed(existing)) return existing;
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
async function createMissing(
  { topics }: MetadataDependencies,
  found: readonly (FoundTopic | CreatedFirst)[],
): Promise<FoundTopic[]> {
  const complete: FoundTopic[] = [];
  for (const topic of found) {
    if (!('creates' in topic)) {
      complete.push(topic);
      continue;
    }
    try {
      complete.push(await topics.findOrCreate(topic.name));
    } catch (error) {
      if (!(error instanceof TopicError)) throw error;
      complete.push(failed(topic.name, error.error));
    }
  }
  return complete;
}

/**
 * Describes each topic when it is encoded, so that what a topic is described by can go before the next one: of thousands
 * together most would outlive a collection, and V8 takes what does for something that stays.
 */
function describedTopics(
  placement: Placement,
  { includeTopicAuthorizedOperations }: MetadataRequest,
  length: number,
  found: Iterable<FoundTopic>,
): ElementList<MetadataResponseTopic> {
  return {
    length,
    *[Symbol.iterator]() {
      for (const topic of found) {
        const described = 'errorCode' in topic ? topic : describe(placement, topic);
        if (includeTopicAuthorizedOperations) {
          described.topicAuthorizedOperations = TOPIC_OPERATIONS;
        }
        yield described;
      }
    },
  };
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
