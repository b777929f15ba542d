import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Broker, BrokerConfig, EventSurface } from '@millrace/broker';
import { LocalLogStore, nodeFileSystem, SqliteMetadataStore, systemClock } from '@millrace/storage';
import { DataDirectoryLock } from './data-directory-lock.ts';

export interface StartBrokerOptions {
  /** 0, the default, lets the system choose a free port. */
  readonly port?: number;
  /** Address to bind; `127.0.0.1` where it is left out. */
  readonly host?: string;
  /** What clients are told to connect to; the bound host where it is left out. */
  readonly advertisedHost?: string;
  /** Where records and metadata are kept; a temporary directory, removed by `close()`, where it is left out. */
  readonly dataDir?: string;
  /** Broker configs by their Kafka names, such as `{ 'num.partitions': '3' }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Subscribe to what happens before the broker starts. */
  readonly events?: EventSurface;
}

export interface RunningBroker {
  readonly port: number;
  /** `host:port` for a client's `bootstrap.servers`. */
  readonly bootstrap: string;
  readonly dataDir: string;
  /** Stops the broker cleanly and leaves nothing behind: no file, no timer, no socket. */
  close(): Promise<void>;
}

/**
 * Starts a broker in this process, for tests or to embed it. Rejects with `DataDirectoryError` when another broker holds
 * the directory, with `ConfigError` for a bad config, and with the system's error when the port is taken.
 */
export async function startBroker(options: StartBrokerOptions = {}): Promise<RunningBroker> {
  const config = new BrokerConfig(options.config);
  const events = options.events ?? new EventSurface();
  const host = options.host ?? '127.0.0.1';
  const isTemporary = options.dataDir === undefined;
  const dataDir = isTemporary
    ? await mkdtemp(join(tmpdir(), 'millrace-'))
    : resolve(options.dataDir!);
  const removeTemporary = async () => {
    if (isTemporary) await rm(dataDir, { recursive: true, force: true });
  };
  const lock = await DataDirectoryLock.acquire(dataDir);
  const broker = new Broker({
    logStore: new LocalLogStore({
      dataDir,
      fileSystem: nodeFileSystem,
      clock: systemClock,
      onNotice: (message: string) => events.emit('storage-notice', { message }),
    }),
    metadata: new SqliteMetadataStore({ path: join(dataDir, 'metadata.sqlite') }),
    host,
    port: options.port ?? 0,
    ...(options.advertisedHost === undefined ? {} : { advertisedHost: options.advertisedHost }),
    config,
    events,
  });
  try {
    await broker.start();
  } catch (error) {
    await broker.close().catch(() => undefined);
    await lock.release();
    await removeTemporary();
    throw error;
  }
  let closing: Promise<void> | null = null;
  const close = async () => {
    try {
      await broker.close();
    } finally {
      await lock.release();
      await removeTemporary();
    }
  };
  const { port } = broker;
  return {
    port,
    bootstrap: `${options.advertisedHost ?? (host === '::' ? 'localhost' : host)}:${port}`,
    dataDir,
    close: () => (closing ??= close()),
  };
}
