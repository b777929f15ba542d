import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type BoundListener,
  Broker,
  BrokerConfig,
  ConfigError,
  EventSurface,
  hostPort,
  type ListenerAddress,
  type LogDirectory,
  type Loggers,
  logCleanerConfig,
} from '@millrace/broker';
import { LocalLogStore, nodeFileSystem, SqliteMetadataStore, systemClock } from '@millrace/storage';
import { DataDirectoryLock } from './data-directory-lock.ts';
import type { Observation } from './observation.ts';
import { openFileLimits } from './open-file-limits.ts';

export interface StartBrokerOptions {
  /** 0, the default, lets the system choose a free port. */
  readonly port?: number;
  /** Address to bind, `''` for all of them; `127.0.0.1` where it is left out. */
  readonly host?: string;
  /** What clients are told to connect to; the bound host, or the one that they reached, where it is left out. */
  readonly advertisedHost?: string;
  /** The bound port where it is left out. */
  readonly advertisedPort?: number;
  /** In place of the four options above, where one listener does not do. */
  readonly listeners?: readonly ListenerAddress[];
  /** Where records and metadata are kept; a temporary directory, removed by `close()`, where it is left out. */
  readonly dataDir?: string;
  /** Broker configs by their Kafka names, such as `{ 'num.partitions': '3' }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Serves `/metrics` and `/health/…` on this port (0: a free one); not at all where it is left out. */
  readonly httpPort?: number;
  /** Address to bind for it; that of the first listener where it is left out. */
  readonly httpHost?: string;
  /** Subscribe to what happens before the broker starts. */
  readonly events?: EventSurface;
  /** What the log of `events` is written by; clients can change its levels. */
  readonly loggers?: Loggers;
}

export interface RunningBroker {
  /** What is bound, and what clients are told; at least one. */
  readonly listeners: readonly BoundListener[];
  /** The bound port of the first listener. */
  readonly port: number;
  /** `host:port` of the first listener for a client's `bootstrap.servers`. */
  readonly bootstrap: string;
  readonly dataDir: string;
  /** Where metrics and health are served; null without `httpPort`. */
  readonly httpPort: number | null;
  /** Stops the broker cleanly and leaves nothing behind: no file, no timer, no socket. */
  close(): Promise<void>;
}

/**
 * Starts a broker in this process, for tests or to embed it. Rejects with `DataDirectoryError` when another broker holds
 * the directory, with `ConfigError` for a bad config, and with the system's error when the port is taken.
 */
export async function startBroker(options: StartBrokerOptions = {}): Promise<RunningBroker> {
  const config = new BrokerConfig(options.config);
  const listeners = listenerAddresses(options);
  /** What was set up so far, undone last first: at the end, and when the start fails half-way. */
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    let failure: unknown = null;
    for (const step of undo.splice(0).reverse()) {
      await step().catch((error: unknown) => {
        failure ??= error;
      });
    }
    if (failure !== null) throw failure;
  };
  try {
    const { broker, dataDir, observation } = await setUp(options, config, listeners, undo);
    const first = broker.listeners[0]!;
    let closing: Promise<void> | null = null;
    return {
      listeners: broker.listeners,
      port: first.port,
      bootstrap: hostPort(first.advertisedHost ?? 'localhost', first.advertisedPort),
      dataDir,
      httpPort: observation?.port ?? null,
      close() {
        observation?.announceClosing();
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

async function setUp(
  options: StartBrokerOptions,
  config: BrokerConfig,
  listeners: readonly ListenerAddress[],
  undo: (() => Promise<void>)[],
) {
  const events = options.events ?? new EventSurface();
  const dataDir = resolve(options.dataDir ?? (await temporaryDirectory(undo)));
  const lock = await DataDirectoryLock.acquire(dataDir);
  undo.push(() => lock.release());
  const observation = await observe(options, events, options.httpHost ?? listeners[0]!.host);
  if (observation !== null) undo.push(() => observation.close());
  const openFiles = await openFileLimits();
  const logStore = new LocalLogStore({
    dataDir,
    fileSystem: observation?.timed(nodeFileSystem) ?? nodeFileSystem,
    clock: systemClock,
    maxActiveFiles: openFiles.activeFiles,
    retentionCheckIntervalMs: config.number('log.retention.check.interval.ms'),
    cleaner: logCleanerConfig(config),
    onNotice: (message: string) => events.emit('storage-notice', { message }),
    onExpired: (expired) => events.emit('records-expired', expired),
  });
  config.onChange(() => logStore.configureCleaner(logCleanerConfig(config)));
  const broker = new Broker({
    logStore,
    logDirectory: logDirectory(dataDir),
    metadata: new SqliteMetadataStore({ path: join(dataDir, 'metadata.sqlite') }),
    listeners,
    connectionLimit: openFiles.connections,
    config,
    events,
    ...(options.loggers === undefined ? {} : { loggers: options.loggers }),
  });
  undo.push(() => broker.close());
  await broker.start();
  observation?.start(broker.status);
  return { broker, dataDir, observation };
}

function listenerAddresses(options: StartBrokerOptions): readonly ListenerAddress[] {
  const { listeners, host, port, advertisedHost, advertisedPort } = options;
  if (listeners === undefined) {
    const listener = {
      name: 'PLAINTEXT',
      host: host ?? '127.0.0.1',
      port: port ?? 0,
      advertisedHost: advertisedHost ?? null,
      advertisedPort: advertisedPort ?? null,
    };
    return [listener];
  }
  if (listeners.length === 0) throw new ConfigError('listeners: expected at least one.');
  const single = { host, port, advertisedHost, advertisedPort };
  for (const [option, value] of Object.entries(single)) {
    if (value !== undefined) throw new ConfigError(`${option}: give it in listeners, or alone.`);
  }
  return listeners;
}

function logDirectory(path: string): LogDirectory {
  return {
    path,
    async space() {
      const { bsize, blocks, bavail } = await statfs(path);
      return { totalBytes: blocks * bsize, usableBytes: bavail * bsize };
    },
  };
}

async function temporaryDirectory(undo: (() => Promise<void>)[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-'));
  undo.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function observe(
  options: StartBrokerOptions,
  events: EventSurface,
  host: string,
): Promise<Observation | null> {
  if (options.httpPort === undefined) return null;
  // Loaded only here: a broker without the endpoint pays neither for HTTP nor for the metrics library.
  const { Observation } = await import('./observation.ts');
  return Observation.create(events, host, options.httpPort);
}
