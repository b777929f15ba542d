// What differs between any two runs is replaced by names that stay, so that all the rest can be compared.

import { ZERO_UUID } from '@millrace/protocol';

/** A topic id that no broker has given out, for requests that ask for one. */
export const unknownTopicId = 'AAAAAAAAAAAAAAAAAAAABw';

const uuidPattern = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Lists that Kafka answers in the order of a hash table or shuffled on purpose, with the fields that tell their
 * elements apart. They are compared as sets.
 */
const unordered: ReadonlyMap<string, readonly string[]> = new Map([
  ['ApiVersionsResponse.apiKeys', ['apiKey']],
  ['ApiVersionsResponse.supportedFeatures', ['name']],
  ['ApiVersionsResponse.finalizedFeatures', ['name']],
  ['MetadataResponse.topics', ['name', 'topicId']],
  ['MetadataResponse.topics.partitions', ['partitionIndex']],
  ['CreateTopicsResponse.topics', ['name']],
  ['CreateTopicsResponse.topics.configs', ['name']],
  ['CreatePartitionsResponse.results', ['name']],
  ['DeleteTopicsResponse.responses', ['name', 'topicId']],
  ['DeleteRecordsResponse.topics', ['name']],
  ['DeleteRecordsResponse.topics.partitions', ['partitionIndex']],
  ['DescribeConfigsResponse.results.configs', ['name']],
  ['AlterConfigsResponse.responses', ['resourceType', 'resourceName']],
  ['IncrementalAlterConfigsResponse.responses', ['resourceType', 'resourceName']],
  ['AlterClientQuotasResponse.entries.entity', ['entityType']],
  ['DescribeUserScramCredentialsResponse.results', ['user']],
  ['AlterUserScramCredentialsResponse.results', ['user']],
  ['DescribeLogDirsResponse.results.topics', ['name']],
  ['DescribeLogDirsResponse.results.topics.partitions', ['partitionIndex']],
  ['AlterReplicaLogDirsResponse.results', ['topicName']],
  ['AlterReplicaLogDirsResponse.results.partitions', ['partitionIndex']],
  ['ElectLeadersResponse.replicaElectionResults', ['topic']],
  ['FetchResponse.responses', ['topic', 'topicId']],
  ['FetchResponse.responses.partitions', ['partitionIndex']],
  ['ListOffsetsResponse.topics', ['name']],
  ['OffsetForLeaderEpochResponse.topics', ['topic']],
  ['OffsetCommitResponse.topics', ['name', 'topicId']],
  ['OffsetCommitResponse.topics.partitions', ['partitionIndex']],
  ['OffsetFetchResponse.topics', ['name']],
  ['OffsetFetchResponse.topics.partitions', ['partitionIndex']],
  ['OffsetFetchResponse.groups.topics', ['name', 'topicId']],
  ['OffsetFetchResponse.groups.topics.partitions', ['partitionIndex']],
  ['OffsetDeleteResponse.topics', ['name']],
  ['OffsetDeleteResponse.topics.partitions', ['partitionIndex']],
  ['ProduceResponse.responses', ['name', 'topicId']],
  ['ProduceResponse.responses.partitionResponses', ['index']],
  ['JoinGroupResponse.members', ['memberId']],
  ['DescribeGroupsResponse.groups.members', ['memberId']],
  ['ListGroupsResponse.groups', ['groupId']],
  ['DeleteGroupsResponse.results', ['groupId']],
  ['DescribeTopicPartitionsResponse.topics', ['name']],
  ['ListConfigResourcesResponse.configResources', ['resourceType', 'resourceName']],
]);

/** What one broker made up in this run, and the names that stand for it. */
export class Placeholders {
  readonly #port: number;
  readonly #topics = new Map<string, string>();
  /** Names by uuid, in the order of their first appearance in the scenario. */
  readonly #uuids = new Map<string, string>();

  constructor(port: number) {
    this.#port = port;
  }

  /** Names start anew, so that a scenario in which the brokers differ does not shift those of the next. */
  forgetUuids(): void {
    this.#uuids.clear();
  }

  learnTopic(name: string, topicId: string): void {
    this.#topics.set(topicId, name);
  }

  knowsTopic(name: string): boolean {
    return [...this.#topics.values()].includes(name);
  }

  topicId(name: string): string {
    for (const [id, known] of this.#topics) if (known === name) return id;
    throw new Error(`no topic ${name} is known`);
  }

  /** A decoded message as plain values: bytes as hex, unordered lists as objects by key, what is random by name. */
  normalise(message: unknown, messageName: string): unknown {
    return this.#value(message, messageName, '');
  }

  #value(value: unknown, path: string, field: string): unknown {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    if (Array.isArray(value)) {
      const elements = value.map((element) => this.#value(element, path, field));
      const keys = unordered.get(path);
      return keys === undefined ? elements : keyed(elements as Record<string, unknown>[], keys);
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [
          name,
          this.#value(part, `${path}.${name}`, name),
        ]),
      );
    }
    return this.#leaf(value, path, field);
  }

  #leaf(value: unknown, path: string, field: string): unknown {
    if (typeof value === 'number') return this.#number(value, path, field);
    if (typeof value !== 'string' || value === '') return value;
    switch (field) {
      case 'topicId':
        return this.#topicPlaceholder(value);
      case 'clusterId':
        return '<cluster id>';
      case 'logDir':
        return '<log directory>';
      case 'documentation':
      case 'errorMessage':
      case 'batchIndexErrorMessage':
        return '<text>';
      default:
        return value.replaceAll(uuidPattern, (uuid) => this.#uuidPlaceholder(uuid));
    }
  }

  #number(value: number, path: string, field: string): unknown {
    if (path === 'InitProducerIdResponse.producerId' && value >= 0) return '<producer id>';
    if (value <= 0) return value;
    if (field === 'port' && value === this.#port) return '<port>';
    if (field === 'logAppendTimeMs') return '<time>';
    if (path === 'FetchResponse.sessionId') return '<session>';
    if (field === 'totalBytes' || field === 'usableBytes') return '<bytes>';
    return value;
  }

  #topicPlaceholder(topicId: string): string {
    if (topicId === ZERO_UUID || topicId === unknownTopicId) return topicId;
    const name = this.#topics.get(topicId);
    return name === undefined ? '<topic id>' : `<id of ${name}>`;
  }

  #uuidPlaceholder(uuid: string): string {
    const known = this.#uuids.get(uuid);
    if (known !== undefined) return known;
    const name = `<uuid ${this.#uuids.size + 1}>`;
    this.#uuids.set(uuid, name);
    return name;
  }
}

/** The elements by their key fields; the second of a kind is told from the first. */
function keyed(elements: readonly Record<string, unknown>[], keys: readonly string[]): object {
  const byKey: Record<string, unknown> = {};
  for (const element of elements) {
    const key = keys.map((name) => String(element[name])).join(' ');
    let unique = key;
    for (let count = 2; unique in byKey; count++) unique = `${key} #${count}`;
    byKey[unique] = element;
  }
  return byKey;
}
