import type { Address } from './address.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import type { KafkaError } from './kafka-error.ts';

/**
 * At most one connection a key, opened when it is asked for and again after it ended. The keys are nodes and the uses
 * of them, so their count is bounded by the size of the cluster.
 */
export class ConnectionPool {
  readonly #options: ConnectionOptions;
  readonly #open = new Map<string, Connection>();
  readonly #opening = new Map<string, Promise<Connection>>();
  #closed: KafkaError | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** The connection of this key, to `address` where it has to be opened. Rejects with KafkaError. */
  async get(key: string, address: Address): Promise<Connection> {
    if (this.#closed !== null) throw this.#closed;
    const open = this.#alive(key);
    if (open !== null) return open;
    let opening = this.#opening.get(key);
    if (opening === undefined) {
      opening = this.#connect(key, address).finally(() => this.#opening.delete(key));
      this.#opening.set(key, opening);
    }
    return opening;
  }

  /** The open connection that has the least to do, among the keys that will do; null when none is open. */
  leastBusy(willDo: (key: string) => boolean): Connection | null {
    let least: Connection | null = null;
    for (const key of this.#open.keys()) {
      const connection = willDo(key) ? this.#alive(key) : null;
      if (connection === null) continue;
      if (least === null || connection.pendingCount < least.pendingCount) least = connection;
    }
    return least;
  }

  /** Makes the connection of `from` the one of `to`, unless that has one. */
  rename(from: string, to: string): void {
    const connection = this.#alive(from);
    if (connection === null || this.#alive(to) !== null) return;
    this.#open.delete(from);
    this.#open.set(to, connection);
  }

  close(reason: KafkaError): void {
    this.#closed = reason;
    for (const connection of this.#open.values()) connection.close(reason);
    this.#open.clear();
  }

  #alive(key: string): Connection | null {
    const connection = this.#open.get(key);
    if (connection === undefined) return null;
    if (connection.failure === null) return connection;
    this.#open.delete(key);
    return null;
  }

  async #connect(key: string, address: Address): Promise<Connection> {
    const connection = await Connection.open(address, this.#options);
    if (this.#closed !== null) {
      connection.close(this.#closed);
      throw this.#closed;
    }
    this.#open.set(key, connection);
    return connection;
  }
}
