import { isIPv4, isIPv6 } from 'node:net';
import { FrameMemory } from '@millrace/protocol';
import { isWildcard } from './address.ts';
import { BufferPool } from './buffer-pool.ts';
import { Listener, type ListenerOptions } from './listener.ts';

/** One entry of `listeners` with its counterpart in `advertised.listeners`. */
export interface ListenerAddress {
  /** Unique among the broker's listeners, such as `PLAINTEXT`. */
  readonly name: string;
  /** Address or name to bind; empty for all addresses, IPv4 and IPv6. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** What clients are told; where it is null the bound host, or the address that they reached when all are bound. */
  readonly advertisedHost: string | null;
  /** Null for the bound port. */
  readonly advertisedPort: number | null;
}

export interface BoundListener {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Null when each client is told the address that it reached. */
  readonly advertisedHost: string | null;
  readonly advertisedPort: number;
}

type Shared = Omit<
  ListenerOptions,
  'name' | 'host' | 'port' | 'ipv6Only' | 'pool' | 'readBuffer' | 'frameMemory' | 'nextId'
>;

/** What one read of a socket takes at most. Larger reads make fewer calls; a burst of a producer fits. */
const READ_BUFFER_BYTES = 256 * 1024;

/** The listeners of one broker, which share its bounds. */
export class Listeners {
  readonly #listeners: readonly {
    readonly address: ListenerAddress;
    readonly listener: Listener;
  }[];

  constructor(addresses: readonly ListenerAddress[], shared: Shared) {
    const pool = new BufferPool();
    const readBuffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
    const frameMemory = new FrameMemory();
    let lastId = 0;
    const nextId = () => ++lastId;
    this.#listeners = addresses.map((address) => {
      const { name, host, port } = address;
      const ipv6Only = sharesPortWithIpv4(address, addresses);
      const listener = new Listener({
        ...{ ...shared, name, host, port, ipv6Only },
        ...{ pool, readBuffer, frameMemory, nextId },
      });
      return { address, listener };
    });
  }

  /** By listener name. */
  connectionCounts(): ReadonlyMap<string, number> {
    return new Map(
      this.#listeners.map(({ address, listener }) => [address.name, listener.connectionCount]),
    );
  }

  /**
   * `onBound` is called before the listener's first client is served. Rejects at the first that cannot be bound; the
   * others are closed then.
   */
  async bind(onBound: (bound: BoundListener) => void): Promise<void> {
    for (const { address, listener } of this.#listeners) {
      const port = await this.#bindOrCloseAll(listener);
      const { name, host, advertisedHost, advertisedPort } = address;
      onBound({
        name,
        host,
        port,
        advertisedHost: advertisedHost ?? (isWildcard(host) ? null : host),
        advertisedPort: advertisedPort ?? port,
      });
    }
  }

  async #bindOrCloseAll(listener: Listener): Promise<number> {
    try {
      return await listener.bind();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Stops accepting, answers the requests that were begun, and closes every connection. */
  async close(): Promise<void> {
    await Promise.all(this.#listeners.map(({ listener }) => listener.close()));
  }
}

/** An IPv6 socket would take the IPv4 address of the other listener as well. */
function sharesPortWithIpv4(one: ListenerAddress, all: readonly ListenerAddress[]): boolean {
  if (!isIPv6(one.host) || one.port === 0) return false;
  return all.some(({ host, port }) => port === one.port && isIPv4(host));
}
