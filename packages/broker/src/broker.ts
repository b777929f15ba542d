import { randomUUID } from 'node:crypto';
import { type Clock, type LogStore, type MetadataStore, systemClock } from '@millrace/storage';
import { BrokerStatus } from './broker-status.ts';
import { BrokerConfigChanges } from './config/broker-config-changes.ts';
import { BrokerConfig } from './config/broker-configs.ts';
import { BrokerLoggerConfigs } from './config/broker-logger-configs.ts';
import { ClientMetricsConfigs } from './config/client-metrics-configs.ts';
import type { ConfigKind } from './config/config-kind.ts';
import { ConfigResource } from './config/config-resource.ts';
import { GroupConfigs } from './config/group-configs.ts';
import { startedValues } from './config/started-values.ts';
import { GroupCoordinator, type GroupCoordinatorConfig } from './coordinator/group-coordinator.ts';
import { GroupExpiry } from './coordinator/group-expiry.ts';
import { TimerQueue } from './coordinator/timer-queue.ts';
import { DiskSpaceWatch } from './disk-space-watch.ts';
import { EventSurface } from './events.ts';
import { FetchSessions } from './fetch-sessions.ts';
import type { Handler } from './handler.ts';
import { produceHandler } from './handlers/00-produce.ts';
import { fetchHandler } from './handlers/01-fetch.ts';
import { metadataHandler } from './handlers/03-metadata.ts';
import { apiVersionsHandler } from './handlers/18-api-versions.ts';
import { LocalPlacement } from './local-placement.ts';
import type { LogDirectory } from './log-directory.ts';
import type { Loggers } from './loggers.ts';
import { AnswerMemory } from './network/answer-memory.ts';
import { ConnectionQuotas } from './network/connection-quotas.ts';
import { Dispatcher } from './network/dispatcher.ts';
import { type BoundListener, type ListenerAddress, Listeners } from './network/listeners.ts';
import { LoopTurn } from './network/loop-turn.ts';
import { RequestMemory } from './network/request-memory.ts';
import { onDemand } from './on-demand-handler.ts';
import { PartitionGrowth } from './partition-growth.ts';
import { ProducerIds } from './producer-ids.ts';
import { randomUuidText } from './random-uuid.ts';
import { ClientTelemetry } from './telemetry/client-telemetry.ts';
import { TopicConfigChanges } from './topic-config-changes.ts';
import { Topics } from './topics.ts';

export interface BrokerOptions {
  readonly logStore: LogStore;
  readonly metadata: MetadataStore;
  /** At least one; names and addresses differ. */
  readonly listeners: readonly ListenerAddress[];
  /** Connections that the system has room for, where that may be fewer than `max.connections`. */
  readonly connectionLimit?: number;
  readonly config?: BrokerConfig;
  readonly clock?: Clock;
  readonly events?: EventSurface;
  /** What the program writes its log by; without it no levels are served. */
  readonly loggers?: Loggers;
  /** Where the logs stand; without it (a store that keeps no files) no API of log directories is served. */
  readonly logDirectory?: LogDirectory;
}

/** Fetched bytes in memory that clients have not taken, past which fetches read from files. */
const MAX_ANSWER_BYTES = 128 * 1024 * 1024;

/** One broker over a log store and a metadata store. `start` once, `close` once. */
export class Broker {
  readonly events: EventSurface;
  readonly config: BrokerConfig;
  readonly status: BrokerStatus;
  /** What is served, in the order of the keys; the same that ApiVersions announces. */
  readonly apis: readonly Pick<Handler, 'apiKey' | 'minVersion' | 'maxVersion'>[];
  readonly #options: BrokerOptions;
  readonly #clock: Clock;
  readonly #topics: Topics;
  readonly #brokerConfigs: BrokerConfigChanges;
  readonly #placement: LocalPlacement;
  readonly #timers: TimerQueue;
  readonly #groups: GroupCoordinator;
  readonly #groupExpiry: GroupExpiry;
  /** Null for a store that keeps no files. */
  readonly #diskSpace: DiskSpaceWatch | null;
  readonly #answerMemory = new AnswerMemory(MAX_ANSWER_BYTES);
  readonly #listeners: Listeners;
  readonly #bound: BoundListener[] = [];

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.events = options.events ?? new EventSurface();
    this.config = options.config ?? new BrokerConfig();
    this.#clock = options.clock ?? systemClock;
    const { logStore, metadata } = options;
    const nodeId = this.config.number('node.id');
    const rack = this.config.text('broker.rack');
    this.#placement = new LocalPlacement({ nodeId, rack, logStore, metadata });
    this.#topics = new Topics({
      metadata,
      logStore,
      config: this.config,
      clock: this.#clock,
      events: this.events,
      nodeId,
    });
    this.config.onChange(() => this.#topics.configureAllLogs());
    this.#brokerConfigs = new BrokerConfigChanges({
      config: this.config,
      metadata,
      nodeId,
      brokerIds: () => this.#placement.brokerIds(),
      listenerNames: options.listeners.map(({ name }) => name),
      events: this.events,
    });
    const notice = (message: string) => this.events.emit('storage-notice', { message });
    this.#timers = new TimerQueue(this.#clock, (error) =>
      notice(`a timer failed: ${String(error)}`),
    );
    this.#groups = new GroupCoordinator({
      metadata,
      clock: this.#clock,
      timers: this.#timers,
      config: groupConfig(this.config),
      newUuid: randomUUID,
      onNotice: notice,
    });
    this.#groupExpiry = new GroupExpiry({
      coordinator: this.#groups,
      metadata,
      clock: this.#clock,
      timers: this.#timers,
      retentionMs: this.config.number('offsets.retention.minutes') * 60_000,
      checkIntervalMs: this.config.number('offsets.retention.check.interval.ms'),
    });
    const { logDirectory: directory } = options;
    this.#diskSpace =
      directory === undefined
        ? null
        : new DiskSpaceWatch({ directory, clock: this.#clock, onNotice: notice });
    const nowMs = () => this.#clock.nowMs();
    const requestMemory = new RequestMemory(
      this.config.number('queued.max.request.bytes'),
      this.#clock,
    );
    const handlers = this.#handlers();
    this.apis = handlers.toSorted((a, b) => a.apiKey - b.apiKey);
    this.#listeners = new Listeners(options.listeners, {
      // The real clock and the real loop, also where a test moves the broker's time by hand.
      dispatcher: new Dispatcher(handlers, this.events, () => performance.now()),
      memory: requestMemory,
      loopTurn: new LoopTurn(() => performance.now(), setImmediate),
      answerMemory: this.#answerMemory,
      events: this.events,
      clock: this.#clock,
      maxFrameBytes: this.config.number('socket.request.max.bytes'),
      quotas: new ConnectionQuotas(this.config, nowMs, options.connectionLimit),
      maxIdleMs: this.config.number('connections.max.idle.ms'),
    });
    this.status = new BrokerStatus({
      logStore,
      metadata,
      groups: this.#groups,
      placement: this.#placement,
      config: this.config,
      diskSpace: () => this.#diskSpace?.space ?? null,
      network: () => ({
        connections: this.#listeners.connectionCounts(),
        requestBytes: requestMemory.usedBytes,
        requestLimitBytes: requestMemory.limitBytes,
        answerBytes: this.#answerMemory.heldBytes,
        answerLimitBytes: this.#answerMemory.limitBytes,
      }),
    });
  }

  /** Those that are bound, in the order they were given. */
  get listeners(): readonly BoundListener[] {
    return this.#bound;
  }

  /** Opens the stores, recovers what an unclean stop left, then listens. Rejects when any of it fails. */
  async start(): Promise<void> {
    const { metadata, logStore } = this.#options;
    await metadata.open();
    this.#brokerConfigs.load();
    const recovery = await logStore.open(this.#topics.logSpecs());
    for (const message of recovery.notices) this.events.emit('storage-notice', { message });
    this.#groups.start();
    this.#groupExpiry.start();
    this.#diskSpace?.start();
    await this.#listeners.bind((bound) => {
      this.#bound.push(bound);
      this.#placement.advertise(bound.name, bound.advertisedHost, bound.advertisedPort);
      const { logDirectory } = this.#options;
      const { nodeId } = this.#placement;
      this.config.setStarted(startedValues({ nodeId, listeners: this.#bound, logDirectory }));
    });
  }

  /**
   * Stops listening, answers the requests that were begun, makes everything durable and closes the stores. Rejects when
   * a log could not be made durable.
   */
  async close(): Promise<void> {
    const listenerClosed = this.#listeners.close();
    this.#groupExpiry.stop();
    this.#diskSpace?.stop();
    // Answers the members that wait in a rebalance; their connections drain meanwhile.
    await this.#groups.stop();
    await listenerClosed;
    this.#timers.close();
    try {
      await this.#options.logStore.close();
    } finally {
      await this.#options.metadata.close();
    }
  }

  #handlers(): Handler[] {
    const { logStore, metadata, logDirectory } = this.#options;
    const { config, events } = this;
    const topics = this.#topics;
    const placement = this.#placement;
    const { nodeId } = placement;
    const clock = this.#clock;
    const sessions = new FetchSessions(
      config.number('max.incremental.fetch.session.cache.slots'),
      () => clock.nowMs(),
    );
    const maxBytes = config.number('fetch.max.bytes');
    const maxPartitions = config.number('max.request.partition.size.limit');
    const coordinator = this.#groups;
    const clientMetricsConfigs = new ClientMetricsConfigs(metadata);
    const configKinds = new Map<number, ConfigKind>([
      [ConfigResource.TOPIC, new TopicConfigChanges({ topics, metadata, config, events })],
      [ConfigResource.BROKER, this.#brokerConfigs],
      [ConfigResource.CLIENT_METRICS, clientMetricsConfigs],
      [ConfigResource.GROUP, new GroupConfigs(metadata, config)],
    ]);
    const { loggers } = this.#options;
    if (loggers !== undefined) {
      configKinds.set(ConfigResource.BROKER_LOGGER, new BrokerLoggerConfigs(loggers, nodeId));
    }
    const handlers = [
      produceHandler({ topics, logStore, placement, events }),
      fetchHandler({
        topics,
        logStore,
        placement,
        sessions,
        clock,
        maxBytes,
        answerMemory: this.#answerMemory,
        events,
      }),
      onDemand('02-list-offsets', (file) =>
        file.listOffsetsHandler({ topics, logStore, placement }),
      ),
      metadataHandler({ topics, placement, metadata, config }),
      onDemand('08-offset-commit', (file) => file.offsetCommitHandler({ coordinator, metadata })),
      onDemand('09-offset-fetch', (file) =>
        file.offsetFetchHandler({ offsets: coordinator.offsets, metadata }),
      ),
      onDemand('10-find-coordinator', (file) => file.findCoordinatorHandler(placement)),
      onDemand('11-join-group', (file) => file.joinGroupHandler(coordinator)),
      onDemand('12-heartbeat', (file) => file.heartbeatHandler(coordinator)),
      onDemand('13-leave-group', (file) => file.leaveGroupHandler(coordinator)),
      onDemand('14-sync-group', (file) => file.syncGroupHandler(coordinator)),
      onDemand('15-describe-groups', (file) => file.describeGroupsHandler(coordinator)),
      onDemand('16-list-groups', (file) => file.listGroupsHandler(coordinator)),
      apiVersionsHandler(() => handlers),
      onDemand('19-create-topics', (file) => file.createTopicsHandler({ topics, config })),
      onDemand('20-delete-topics', (file) => file.deleteTopicsHandler({ topics, config })),
      onDemand('21-delete-records', (file) =>
        file.deleteRecordsHandler({ topics, logStore, placement }),
      ),
      onDemand('22-init-producer-id', (file) =>
        file.initProducerIdHandler(new ProducerIds(metadata)),
      ),
      onDemand('23-offset-for-leader-epoch', (file) =>
        file.offsetForLeaderEpochHandler({ topics, logStore, placement }),
      ),
      onDemand('29-describe-acls', (file) => file.describeAclsHandler()),
      onDemand('30-create-acls', (file) => file.createAclsHandler()),
      onDemand('31-delete-acls', (file) => file.deleteAclsHandler()),
      onDemand('32-describe-configs', (file) => file.describeConfigsHandler(configKinds)),
      onDemand('33-alter-configs', (file) => file.alterConfigsHandler(configKinds)),
      onDemand('37-create-partitions', (file) =>
        file.createPartitionsHandler(new PartitionGrowth({ topics, metadata, logStore, nodeId })),
      ),
      onDemand('38-create-delegation-token', (file) => file.createDelegationTokenHandler()),
      onDemand('39-renew-delegation-token', (file) => file.renewDelegationTokenHandler()),
      onDemand('40-expire-delegation-token', (file) => file.expireDelegationTokenHandler()),
      onDemand('41-describe-delegation-token', (file) => file.describeDelegationTokenHandler()),
      onDemand('42-delete-groups', (file) => file.deleteGroupsHandler(coordinator)),
      onDemand('44-incremental-alter-configs', (file) =>
        file.incrementalAlterConfigsHandler(configKinds),
      ),
      onDemand('43-elect-leaders', (file) => file.electLeadersHandler({ topics, placement })),
      onDemand('45-alter-partition-reassignments', (file) =>
        file.alterPartitionReassignmentsHandler({ topics, placement }),
      ),
      onDemand('46-list-partition-reassignments', (file) =>
        file.listPartitionReassignmentsHandler(),
      ),
      onDemand('47-offset-delete', (file) => file.offsetDeleteHandler({ coordinator, metadata })),
      onDemand('48-describe-client-quotas', (file) => file.describeClientQuotasHandler()),
      onDemand('49-alter-client-quotas', (file) => file.alterClientQuotasHandler()),
      onDemand('50-describe-user-scram-credentials', (file) =>
        file.describeUserScramCredentialsHandler(),
      ),
      onDemand('51-alter-user-scram-credentials', (file) =>
        file.alterUserScramCredentialsHandler(),
      ),
      onDemand('57-update-features', (file) => file.updateFeaturesHandler()),
      onDemand('60-describe-cluster', (file) =>
        file.describeClusterHandler({ placement, metadata }),
      ),
      ...this.#telemetryHandlers(clientMetricsConfigs),
      onDemand('61-describe-producers', (file) =>
        file.describeProducersHandler({ topics, logStore, placement }),
      ),
      onDemand('64-unregister-broker', (file) => file.unregisterBrokerHandler(placement)),
      onDemand('75-describe-topic-partitions', (file) =>
        file.describeTopicPartitionsHandler({
          topics,
          placement,
          maxPartitions,
        }),
      ),
      onDemand('74-list-config-resources', (file) => file.listConfigResourcesHandler(configKinds)),
      ...(logDirectory === undefined
        ? []
        : [
            onDemand('34-alter-replica-log-dirs', (file) =>
              file.alterReplicaLogDirsHandler({ topics, placement, logDirectory }),
            ),
            onDemand('35-describe-log-dirs', (file) =>
              file.describeLogDirsHandler({ topics, logStore, logDirectory }),
            ),
          ]),
    ] as Handler[];
    return handlers;
  }

  /** None where nobody takes what clients would push, as a Kafka without a telemetry plugin has none. */
  #telemetryHandlers(configs: ClientMetricsConfigs): Handler[] {
    const { events } = this;
    if (!events.hears('client-metrics-received')) return [];
    const clock = this.#clock;
    const telemetry = new ClientTelemetry({
      subscriptions: () => configs.subscriptions(),
      maxBytes: this.config.number('telemetry.max.bytes'),
    });
    return [
      onDemand('71-get-telemetry-subscriptions', (file) =>
        file.getTelemetrySubscriptionsHandler({
          telemetry,
          clock,
          newClientInstanceId: randomUuidText,
        }),
      ),
      onDemand('72-push-telemetry', (file) =>
        file.pushTelemetryHandler({ telemetry, clock, events }),
      ),
    ] as Handler[];
  }
}

function groupConfig(config: BrokerConfig): GroupCoordinatorConfig {
  return {
    initialRebalanceDelayMs: config.number('group.initial.rebalance.delay.ms'),
    minSessionTimeoutMs: config.number('group.min.session.timeout.ms'),
    maxSessionTimeoutMs: config.number('group.max.session.timeout.ms'),
    maxSize: config.number('group.max.size'),
    offsetMetadataMaxBytes: config.number('offset.metadata.max.bytes'),
  };
}
