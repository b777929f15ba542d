import { ErrorCode } from '@millrace/protocol';
import {
  createFindCoordinatorRequest,
  FindCoordinatorRequest,
} from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import {
  createMetadataRequest,
  createMetadataRequestTopic,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import { type Address, formatAddress, parseBootstrap } from './address.ts';
import { type Api, api } from './api.ts';
import { type Clock, sleep } from './clock.ts';
import { type BrokerNode, type ClusterMetadata, readMetadata } from './cluster-metadata.ts';
import { type ClusterOptions, connectionOptions, retryPolicy } from './cluster-options.ts';
import type { Body, Connection, RequestOptions } from './connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { KafkaError } from './kafka-error.ts';
import { isRepeatable } from './repeatable.ts';
import { backoffMs, type RetryPolicy } from './retry.ts';

/**
 * Which broker a request is for: whichever, the controller, the one of this id, or the coordinator of a group. Brokers
 * answer a connection's requests in turn, so those that are held back (a fetch, a rebalance) go their own ways.
 */
export type Destination =
  | 'any'
  | 'controller'
  | number
  | { readonly fetchFrom: number }
  | { readonly coordinator: string };

/** What a connection to a node is for. */
type Use = 'node' | 'fetch' | 'coordinator';

export interface SendOptions<Response> extends RequestOptions {
  /** `any` by default. */
  readonly node?: Destination;
  /**
   * Takes the error code out of an answer that has one for all of it. One that is not 0 rejects, after new tries where
   * it may pass. What has codes of its own inside the answer is for the caller.
   */
  readonly errorCode?: (response: Response) => number;
  /** What an error is about, such as `group readers`; the name of the API by default. */
  readonly subject?: string;
  /** Whether to send again when the answer was lost; by default only what changes nothing is. */
  readonly repeat?: boolean;
  /** Instead of the cluster's `retryTimeoutMs`; 0 for one try. */
  readonly retryTimeoutMs?: number;
}

export interface MetadataOptions {
  /** Lets the broker make topics that are asked for and not there, if its `auto.create.topics.enable` allows. */
  readonly allowAutoTopicCreation?: boolean;
}

const metadataApi = api(MetadataRequest, MetadataResponse);
const findCoordinatorApi = api(FindCoordinatorRequest, FindCoordinatorResponse);

/** Metadata without automatic topic creation, and so that no topics can be asked for: Kafka 0.11 and newer. */
const METADATA_VERSIONS = { min: 4, max: 0x7fff };
const GROUP_KEY_TYPE = 0;
/** Groups whose coordinator is remembered; the oldest is forgotten for one more. */
const MAX_COORDINATORS = 10_000;

/**
 * The brokers of a Kafka cluster, and the way to ask them anything:
 *
 *     const cluster = await Cluster.connect({ bootstrap: '127.0.0.1:9092' });
 *     const { topics } = await cluster.metadata(null);
 *     const answer = await cluster.send(
 *       api(DeleteTopicsRequest, DeleteTopicsResponse),
 *       createDeleteTopicsRequest({ topicNames: ['old'] }),
 *       { node: 'controller' },
 *     );
 *     cluster.close();
 *
 * The version is the newest that both sides know; a body that depends on it is given as a function of the version. There
 * is one connection a node, one more for fetches from it and one for it as a coordinator. What may pass (a lost connection, a new leader or coordinator) is tried again with growing waits until
 * `retryTimeoutMs` is over. Everything rejects with KafkaError.
 */
export class Cluster {
  readonly #bootstrap: readonly Address[];
  readonly #pool: ConnectionPool;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #retry: RetryPolicy;
  readonly #closing = new AbortController();
  readonly #coordinators = new Map<string, BrokerNode>();
  #nodes: readonly BrokerNode[] = [];
  #controllerId = -1;

  private constructor(options: ClusterOptions) {
    this.#bootstrap = parseBootstrap(options.bootstrap);
    const forConnections = connectionOptions(options);
    this.#pool = new ConnectionPool(forConnections);
    this.#clock = forConnections.clock;
    this.#random = options.random ?? Math.random;
    this.#retry = retryPolicy(options);
  }

  /** Asks the first bootstrap address that answers for the cluster. Every address is tried once. */
  static async connect(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    try {
      await cluster.#askMetadata([], {});
      return cluster;
    } catch (error) {
      cluster.close();
      throw error;
    }
  }

  /** The brokers, as last heard. */
  nodes(): readonly BrokerNode[] {
    return this.#nodes;
  }

  /** The time that this cluster's waits are measured in. */
  get clock(): Clock {
    return this.#clock;
  }

  /** Aborted by `close`, with the KafkaError CLIENT_CLOSED. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Sends a request and resolves to its answer. */
  async send<Request, Response>(
    served: Api<Request, Response>,
    body: Body<Request>,
    options: SendOptions<Response> = {},
  ): Promise<Response> {
    const { node = 'any', errorCode, repeat = isRepeatable(served.request.apiKey) } = options;
    const attempt = async () => {
      const connection = await this.connectionTo(node);
      const response = await connection.request(served, body, options);
      const code = errorCode?.(response) ?? ErrorCode.NONE;
      if (code === ErrorCode.NONE) return response;
      throw KafkaError.ofBroker(code, options.subject ?? served.request.name);
    };
    return this.retrying(attempt, {
      repeat,
      timeoutMs: options.retryTimeoutMs ?? this.#retry.timeoutMs,
      beforeRetry: (error) => this.#forget(node, error),
    });
  }

  /** What the cluster says of these topics, or of all (null), just now. A topic that is not there has an `error`. */
  metadata(
    topics: readonly string[] | null,
    options: MetadataOptions = {},
  ): Promise<ClusterMetadata> {
    return this.retrying(() => this.#askMetadata(topics, options));
  }

  /** The broker that coordinates a group. */
  async coordinator(groupId: string): Promise<BrokerNode> {
    return this.retrying(() => this.#coordinator(groupId));
  }

  /** Ends all connections; whoever waits for an answer or a retry is rejected with CLIENT_CLOSED. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    const reason = new KafkaError('CLIENT_CLOSED', 'The client was closed.');
    this.#closing.abort(reason);
    this.#pool.close(reason);
  }

  /**
   * Runs `attempt` until it succeeds, fails for good, or the time is over; waits in between. `repeat` says whether it may
   * run again when it is not known what came of it.
   */
  async retrying<Result>(
    attempt: () => Promise<Result>,
    options: {
      readonly repeat?: boolean;
      readonly timeoutMs?: number;
      readonly beforeRetry?: (error: KafkaError) => Promise<void>;
    } = {},
  ): Promise<Result> {
    const { repeat = true, timeoutMs = this.#retry.timeoutMs, beforeRetry } = options;
    const deadlineMs = this.#clock.nowMs() + timeoutMs;
    for (let failures = 1; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof KafkaError) || !error.isRetriable) throw error;
        if (error.mayHaveHappened && !repeat) throw error;
        const waitMs = backoffMs(this.#retry, failures, this.#random);
        if (this.#clock.nowMs() + waitMs > deadlineMs) throw error;
        await sleep(this.#clock, waitMs, this.closing);
        await beforeRetry?.(error);
      }
    }
  }

  /** Drops what an error shows to be out of date, and asks anew. */
  async #forget(node: Destination, error: KafkaError): Promise<void> {
    if (node === 'any') return;
    if (typeof node === 'object' && 'coordinator' in node) {
      this.#coordinators.delete(node.coordinator);
      return;
    }
    if (error.code === 'NOT_CONTROLLER') this.#controllerId = -1;
    // Where nobody can be asked, the next try fails with an error that says why.
    await this.#askMetadata([], {}).catch(() => undefined);
  }

  /** The connection to a node, for requests that are not answered (`Connection.post`). One try. */
  connectionTo(node: Destination): Promise<Connection> {
    if (node === 'any') return this.#anyConnection();
    if (node === 'controller') return this.#controllerConnection();
    if (typeof node === 'number') return this.#connectionToId(node, 'node');
    if ('fetchFrom' in node) return this.#connectionToId(node.fetchFrom, 'fetch');
    return this.#coordinator(node.coordinator).then((found) =>
      this.#nodeConnection(found, 'coordinator'),
    );
  }

  async #connectionToId(id: number, use: Use): Promise<Connection> {
    const node = this.#nodes.find((candidate) => candidate.id === id);
    if (node !== undefined) return this.#nodeConnection(node, use);
    const known = this.#nodes.map((candidate) => candidate.id).join(', ');
    throw new KafkaError('NO_SUCH_NODE', `There is no broker ${id}; the cluster has ${known}.`, {
      isRetriable: true,
    });
  }

  async #controllerConnection(): Promise<Connection> {
    const node = this.#nodes.find(({ id }) => id === this.#controllerId);
    // Brokers of a KRaft cluster pass on what is for the controller, and may not tell one.
    return node === undefined ? this.#anyConnection() : this.#nodeConnection(node, 'node');
  }

  async #nodeConnection(node: BrokerNode, use: Use): Promise<Connection> {
    try {
      return await this.#pool.get(`${use} ${node.id}`, node);
    } catch (error) {
      throw this.#explainAdvertised(node, error);
    }
  }

  /** An open connection, else one to any node, else one to a bootstrap address; each is tried once. */
  async #anyConnection(): Promise<Connection> {
    const open = this.#pool.leastBusy(answersAtOnce);
    if (open !== null) return open;
    const failures: unknown[] = [];
    for (const node of this.#shuffledNodes()) {
      try {
        return await this.#nodeConnection(node, 'node');
      } catch (error) {
        failures.push(error);
      }
    }
    for (const address of this.#bootstrap) {
      try {
        return await this.#pool.get(bootstrapKey(address), address);
      } catch (error) {
        failures.push(error);
      }
    }
    throw noBroker(failures);
  }

  #shuffledNodes(): BrokerNode[] {
    const start = Math.floor(this.#random() * this.#nodes.length);
    return [...this.#nodes.slice(start), ...this.#nodes.slice(0, start)];
  }

  async #askMetadata(
    topics: readonly string[] | null,
    { allowAutoTopicCreation = false }: MetadataOptions,
  ): Promise<ClusterMetadata> {
    const connection = await this.#anyConnection();
    const response = await connection.request(
      metadataApi,
      createMetadataRequest({
        topics: topics?.map((name) => createMetadataRequestTopic({ name })) ?? null,
        allowAutoTopicCreation,
      }),
      { versions: METADATA_VERSIONS },
    );
    if (response.errorCode !== ErrorCode.NONE) {
      throw KafkaError.ofBroker(response.errorCode, 'Metadata');
    }
    const metadata = readMetadata(response);
    this.#learn(metadata);
    return metadata;
  }

  #learn({ nodes, controllerId }: ClusterMetadata): void {
    // A broker that just started may not know of any yet; those known before are better than none.
    if (nodes.length === 0) return;
    this.#nodes = nodes;
    this.#controllerId = controllerId;
    for (const address of this.#bootstrap) {
      const same = nodes.find(({ host, port }) => host === address.host && port === address.port);
      if (same !== undefined) this.#pool.rename(bootstrapKey(address), `node ${same.id}`);
    }
  }

  async #coordinator(groupId: string): Promise<BrokerNode> {
    const known = this.#coordinators.get(groupId);
    if (known !== undefined) return known;
    const connection = await this.#anyConnection();
    const response = await connection.request(findCoordinatorApi, (version) =>
      version >= 4
        ? createFindCoordinatorRequest({ keyType: GROUP_KEY_TYPE, coordinatorKeys: [groupId] })
        : createFindCoordinatorRequest({ keyType: GROUP_KEY_TYPE, key: groupId }),
    );
    const found = response.coordinators[0] ?? response;
    if (found.errorCode !== ErrorCode.NONE) {
      throw KafkaError.ofBroker(found.errorCode, `group ${groupId}`, found.errorMessage);
    }
    const node = { id: found.nodeId, host: found.host, port: found.port, rack: null };
    if (this.#coordinators.size >= MAX_COORDINATORS) {
      const [oldest] = this.#coordinators.keys();
      this.#coordinators.delete(oldest!);
    }
    this.#coordinators.set(groupId, node);
    return node;
  }

  /** That the bootstrap address answers and the node's own does not is the commonest mistake in setting up Kafka. */
  #explainAdvertised(node: BrokerNode, error: unknown): unknown {
    if (!(error instanceof KafkaError) || error.code === 'CLIENT_CLOSED') return error;
    const isBootstrap = this.#bootstrap.some(
      ({ host, port }) => host === node.host && port === node.port,
    );
    if (isBootstrap) return error;
    const address = formatAddress(node);
    const { code, summary, isRetriable, mayHaveHappened } = error;
    return new KafkaError(code, summary, {
      hint: `The cluster tells clients to reach broker ${node.id} at ${address}, which is not the bootstrap address: is its advertised.listeners an address that works from here?`,
      isRetriable,
      mayHaveHappened,
      cause: error,
    });
  }
}

/** Whether the connections of this key have no requests that the broker holds back. */
function answersAtOnce(key: string): boolean {
  return key.startsWith('node ') || key.startsWith('bootstrap ');
}

function bootstrapKey(address: Address): string {
  return `bootstrap ${formatAddress(address)}`;
}

function noBroker(failures: readonly unknown[]): unknown {
  const [first] = failures;
  if (failures.length <= 1 || !(first instanceof KafkaError)) return first;
  const all = failures.map((error) => (error as Error).message).join(' ');
  const { code, isRetriable, mayHaveHappened } = first;
  return new KafkaError(code, `No broker can be reached. ${all}`, {
    isRetriable,
    mayHaveHappened,
    cause: new AggregateError(failures),
  });
}
