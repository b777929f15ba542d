// Metadata, versions 0 to 13: all topics, some by name or by id (v12), auto-creation, topic ids (v10), offline replicas,
// authorized operations (without an authorizer: everything that the resource type knows).

import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  MetadataRequest,
  type MetadataRequestTopic,
} from '@millrace/protocol/messages/metadata-request';
import {
  createMetadataResponse,
  createMetadataResponseBroker,
  createMetadataResponsePartition,
  createMetadataResponseTopic,
  MetadataResponse,
  type MetadataResponseTopic,
} from '@millrace/protocol/messages/metadata-response';
import type { MetadataStore, TopicRecord } from '@millrace/storage';
import { CLUSTER_OPERATIONS, TOPIC_OPERATIONS } from '../authorized-operations.ts';
import type { BrokerConfig } from '../config/broker-configs.ts';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';
import { isInternalTopic, topicNameProblem } from '../topic-name.ts';
import { TopicError, type Topics } from '../topics.ts';

/** From this version on topics may be asked for by id. */
const ID_VERSION = 12;
/** Topics that one request may create: a bound on what a mistyped list can do. */
const MAX_AUTO_CREATIONS = 1000;

export interface MetadataDependencies {
  readonly topics: Topics;
  readonly placement: Placement;
  readonly metadata: MetadataStore;
  readonly config: BrokerConfig;
}

export function metadataHandler(
  dependencies: MetadataDependencies,
): Handler<MetadataRequest, MetadataResponse> {
  return {
    apiKey: MetadataRequest.apiKey,
    minVersion: 0,
    maxVersion: 13,
    request: MetadataRequest,
    response: MetadataResponse,
    async handle(request, context) {
      const isRefused = context.apiVersion < ID_VERSION ? isAskedById : isAskedByNothing;
      if (request.topics?.some(isRefused)) {
        return failure(request, ErrorCode.INVALID_REQUEST, context.apiVersion);
      }
      const response = createMetadataResponse({
        brokers: dependencies.placement
          .brokers(context.connection)
          .map(({ nodeId, host, port, rack }) =>
            createMetadataResponseBroker({ nodeId, host, port, rack }),
          ),
        clusterId: dependencies.metadata.image.clusterId,
        controllerId: dependencies.placement.controllerId(),
        topics: await describeTopics(dependencies, request, context.apiVersion),
      });
      if (request.includeClusterAuthorizedOperations && context.apiVersion <= 10) {
        response.clusterAuthorizedOperations = CLUSTER_OPERATIONS;
      }
      if (request.includeTopicAuthorizedOperations) {
        for (const topic of response.topics) {
          topic.topicAuthorizedOperations = TOPIC_OPERATIONS;
        }
      }
      return response;
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

async function describeTopics(
  dependencies: MetadataDependencies,
  request: MetadataRequest,
  version: number,
): Promise<MetadataResponseTopic[]> {
  // In version 0 an empty list asks for all topics; later a null one does.
  const wantsAll = request.topics === null || (version === 0 && request.topics.length === 0);
  if (wantsAll) {
    return [...dependencies.topics.all()].map((topic) => describe(dependencies, topic));
  }
  // Versions below 4 have no such field and always allow it.
  const allowsCreation = version < 4 || request.allowAutoTopicCreation;
  const answers: MetadataResponseTopic[] = [];
  let creations = 0;
  for (const wanted of uniqueTopics(dependencies.topics, request.topics ?? [])) {
    const mayCreate = allowsCreation && creations < MAX_AUTO_CREATIONS;
    if (mayCreate && wanted.name !== null && !dependencies.topics.byName(wanted.name)) creations++;
    answers.push(await describeWanted(dependencies, wanted, mayCreate));
  }
  return answers;
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

async function describeWanted(
  dependencies: MetadataDependencies,
  wanted: MetadataRequestTopic,
  mayCreate: boolean,
): Promise<MetadataResponseTopic> {
  const { topics, config } = dependencies;
  const { name, topicId } = wanted;
  if (name === null || topicId !== ZERO_UUID) {
    const topic = topics.byId(topicId);
    if (topic !== undefined) return describe(dependencies, topic);
    return createMetadataResponseTopic({
      errorCode: ErrorCode.UNKNOWN_TOPIC_ID,
      name: null,
      topicId,
    });
  }
  const failed = (errorCode: number) =>
    createMetadataResponseTopic({ errorCode, name, isInternal: isInternalTopic(name) });
  const existing = topics.byName(name);
  if (existing !== undefined && topics.isServed(existing)) return describe(dependencies, existing);
  if (topicNameProblem(name) !== null) return failed(ErrorCode.INVALID_TOPIC_EXCEPTION);
  if (existing === undefined && !(mayCreate && config.boolean('auto.create.topics.enable'))) {
    return failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }
  try {
    return describe(dependencies, await topics.findOrCreate(name));
  } catch (error) {
    if (error instanceof TopicError) return failed(error.error);
    throw error;
  }
}

function describe({ placement }: MetadataDependencies, topic: TopicRecord): MetadataResponseTopic {
  const answer = createMetadataResponseTopic({
    name: topic.name,
    topicId: topic.topicId,
    isInternal: isInternalTopic(topic.name),
  });
  for (let partitionIndex = 0; partitionIndex < topic.partitionCount; partitionIndex++) {
    const leadership = placement.leadership(topic.topicId, partitionIndex);
    // Deleted between the look at the image and here: what is left is told as it is.
    if (leadership === null) continue;
    answer.partitions.push(
      createMetadataResponsePartition({
        errorCode: leadership.leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
        partitionIndex,
        leaderId: leadership.leaderId,
        leaderEpoch: leadership.leaderEpoch,
        replicaNodes: [...leadership.replicas],
        isrNodes: [...leadership.inSyncReplicas],
        offlineReplicas: [...leadership.offlineReplicas],
      }),
    );
  }
  return answer;
}
