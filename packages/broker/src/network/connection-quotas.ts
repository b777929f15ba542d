import { addressLimits } from '../config/address-limits.ts';
import type { BrokerConfig } from '../config/broker-configs.ts';
import { ConnectionRate } from './connection-rate.ts';

/** What turned a connection away: a config, or the system's limit on open files. */
export type ConnectionLimit =
  | 'open files'
  | 'max.connections'
  | 'max.connections.per.ip'
  | 'max.connection.creation.rate';

export type Admission =
  | {
      readonly refused: null /** How long the connection waits for its first request. */;
      readonly delayMs: number;
    }
  | { readonly refused: ConnectionLimit; readonly reason: string };

/** What one listener has open, and how fast it takes more. */
interface ListenerUse {
  connections: number;
  readonly rate: ConnectionRate;
}

/**
 * Who may connect: `max.connections` of the broker and of each listener, `max.connections.per.ip`, and
 * `max.connection.creation.rate` of the broker and of each listener. All are asked for each connection, since they can
 * change. Memory is bounded by the open connections.
 */
export class ConnectionQuotas {
  readonly #config: BrokerConfig;
  readonly #nowMs: () => number;
  readonly #listeners = new Map<string, ListenerUse>();
  readonly #byHost = new Map<string, number>();
  readonly #rate = new ConnectionRate();
  readonly #roomFor: number;
  #connections = 0;
  #overrides: ReadonlyMap<string, number>;

  /** `roomFor`: connections that the system's limit on open files leaves room for. */
  constructor(config: BrokerConfig, nowMs: () => number, roomFor = Number.POSITIVE_INFINITY) {
    this.#config = config;
    this.#roomFor = roomFor;
    this.#nowMs = nowMs;
    const overrides = () => addressLimits(config.text('max.connections.per.ip.overrides') ?? '');
    this.#overrides = overrides();
    config.onChange(() => {
      this.#overrides = overrides();
    });
  }

  /** Counts the connection unless it is refused; whoever was admitted is given back with `release`. */
  admit(listener: string, host: string): Admission {
    const use = this.#use(listener);
    const refusal = this.#refusal(listener, use, host);
    if (refusal !== null) return refusal;
    const nowMs = this.#nowMs();
    const broker = this.#config.number('max.connection.creation.rate');
    const own = this.#config.listenerNumber(listener, 'max.connection.creation.rate');
    const delayMs = Math.max(this.#rate.delayMs(broker, nowMs), use.rate.delayMs(own, nowMs));
    if (delayMs === Number.POSITIVE_INFINITY) {
      const limit = 'max.connection.creation.rate';
      return refused(limit, 'more connections wait than can be taken in time');
    }
    this.#rate.take(broker, nowMs);
    use.rate.take(own, nowMs);
    this.#connections++;
    use.connections++;
    this.#byHost.set(host, (this.#byHost.get(host) ?? 0) + 1);
    return { refused: null, delayMs };
  }

  release(listener: string, host: string): void {
    this.#connections--;
    this.#use(listener).connections--;
    const left = this.#byHost.get(host)! - 1;
    if (left === 0) this.#byHost.delete(host);
    else this.#byHost.set(host, left);
  }

  #refusal(listener: string, use: ListenerUse, host: string): Admission | null {
    const broker = this.#config.number('max.connections');
    const own = this.#config.listenerNumber(listener, 'max.connections');
    if (this.#connections >= broker) {
      return refused('max.connections', `${broker} connections are open`);
    }
    if (this.#connections >= this.#roomFor) {
      const reason = `${this.#connections} connections are open, more need a higher ulimit -Hn`;
      return refused('open files', reason);
    }
    if (use.connections >= own) {
      return refused('max.connections', `${own} connections are open on listener ${listener}`);
    }
    const ofHost = this.#overrides.get(host) ?? this.#config.number('max.connections.per.ip');
    if ((this.#byHost.get(host) ?? 0) < ofHost) return null;
    return refused('max.connections.per.ip', `${ofHost} connections from this address are open`);
  }

  /** Bounded by the listeners. */
  #use(listener: string): ListenerUse {
    let use = this.#listeners.get(listener);
    if (use === undefined) {
      use = { connections: 0, rate: new ConnectionRate() };
      this.#listeners.set(listener, use);
    }
    return use;
  }
}

function refused(limit: ConnectionLimit, reason: string): Admission {
  return { refused: limit, reason: `${reason} (${limit})` };
}
