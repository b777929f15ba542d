import { createServer, type Server, type Socket } from 'node:net';
import type { FrameMemory } from '@millrace/protocol';
import type { Clock } from '@millrace/storage';
import type { EventSurface } from '../events.ts';
import { hostPort, plainAddress } from './address.ts';
import type { AnswerMemory } from './answer-memory.ts';
import type { BufferPool } from './buffer-pool.ts';
import { Connection, type ConnectionCloseCause } from './connection.ts';
import type { ConnectionQuotas } from './connection-quotas.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { LoopTurn } from './loop-turn.ts';
import type { RequestMemory } from './request-memory.ts';

/** Pending connections that the kernel holds for us while we accept others. */
const BACKLOG = 1024;
const IDLE_CHECK_MS = 10_000;
/** How long clients have, at the end, to take their answers and to close. */
const DRAIN_MS = 1000;

export interface ListenerOptions {
  readonly name: string;
  /** Empty for all addresses. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Leaves the IPv4 addresses of this port to another listener. */
  readonly ipv6Only: boolean;
  readonly pool: BufferPool;
  /** What sockets are read into, one after the other. */
  readonly readBuffer: Buffer;
  /** Where requests are joined that came in pieces. */
  readonly frameMemory: FrameMemory;
  /** Gives ids that are unique in the broker. */
  readonly nextId: () => number;
  readonly dispatcher: Dispatcher;
  readonly memory: RequestMemory;
  readonly loopTurn: LoopTurn;
  readonly answerMemory: AnswerMemory;
  readonly events: EventSurface;
  readonly clock: Clock;
  readonly maxFrameBytes: number;
  readonly quotas: ConnectionQuotas;
  readonly maxIdleMs: number;
}

/** A connection that came faster than `max.connection.creation.rate`. */
interface HeldSocket {
  drop(): void;
}

/** Accepts connections on one address and keeps them within their bounds. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  /** Accepted, and waiting for their first request; bounded as connections are. */
  readonly #held = new Set<HeldSocket>();
  #cancelIdleCheck: () => void = () => {};

  constructor(options: ListenerOptions) {
    this.#options = options;
    // allowHalfOpen: a client that has sent its last request may still be owed the answers.
    this.#server = createServer(
      { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
      (socket) => this.#accept(socket),
    );
  }

  get connectionCount(): number {
    return this.#connections.size + this.#held.size;
  }

  /** Resolves to the bound port; rejects when the address cannot be had. */
  bind(): Promise<number> {
    const { name, host, port, ipv6Only } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      // Without a host Node takes IPv6 and IPv4, or IPv4 alone where the system has no IPv6.
      const address = host === '' ? { port } : { host, port, ipv6Only };
      this.#server.listen({ ...address, backlog: BACKLOG }, () => {
        this.#server.off('error', reject);
        // An error on a bound server (out of file descriptors) concerns the connection that was not accepted.
        this.#server.on('error', (error) => {
          this.#options.events.emit('connection-refused', {
            listener: name,
            remoteAddress: 'unknown',
            limit: null,
            reason: error.message,
          });
        });
        const bound = (this.#server.address() as { port: number }).port;
        this.#scheduleIdleCheck();
        this.#options.events.emit('listener-bound', { listener: name, host, port: bound });
        resolve(bound);
      });
    });
  }

  /** Stops accepting, answers the requests that were begun, and closes every connection. */
  async close(): Promise<void> {
    this.#cancelIdleCheck();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const held of this.#held) held.drop();
    for (const connection of this.#connections) connection.drain();
    const cancel = this.#options.clock.schedule(DRAIN_MS, () => {
      for (const connection of this.#connections) connection.close('shutdown', null);
    });
    await closed;
    cancel();
  }

  #accept(socket: Socket): void {
    const { name, quotas, events } = this.#options;
    const host = plainAddress(socket.remoteAddress ?? '?');
    const remoteAddress = hostPort(host, socket.remotePort ?? 0);
    const admission = quotas.admit(name, host);
    if (admission.refused !== null) {
      const { refused: limit, reason } = admission;
      socket.destroy();
      events.emit('connection-refused', { listener: name, remoteAddress, limit, reason });
      return;
    }
    const { delayMs } = admission;
    if (delayMs === 0) {
      this.#serve(socket);
      return;
    }
    events.emit('connection-delayed', { listener: name, remoteAddress, delayMs });
    this.#hold(socket, host, delayMs);
  }

  /** Accepted, but not read: the client's first request stays in the kernel. */
  #hold(socket: Socket, host: string, delayMs: number): void {
    const release = () => {
      cancel();
      this.#held.delete(held);
      socket.off('error', onError);
      socket.off('close', drop);
    };
    const drop = () => {
      release();
      socket.destroy();
      this.#options.quotas.release(this.#options.name, host);
    };
    // A close follows, which drops it.
    const onError = () => {};
    const cancel = this.#options.clock.schedule(delayMs, () => {
      release();
      this.#serve(socket);
    });
    const held: HeldSocket = { drop };
    this.#held.add(held);
    socket.on('error', onError);
    socket.on('close', drop);
  }

  #serve(socket: Socket): void {
    const { events, clock } = this.#options;
    const connection = new Connection({
      id: this.#options.nextId(),
      socket,
      readBuffer: this.#options.readBuffer,
      frameMemory: this.#options.frameMemory,
      listener: this.#options.name,
      dispatcher: this.#options.dispatcher,
      memory: this.#options.memory,
      loopTurn: this.#options.loopTurn,
      answerMemory: this.#options.answerMemory,
      pool: this.#options.pool,
      maxFrameBytes: this.#options.maxFrameBytes,
      nowMs: () => clock.nowMs(),
      onClose: (closed, cause, reason) => this.#onClose(closed, cause, reason),
    });
    this.#connections.add(connection);
    events.emit('connection-opened', {
      connectionId: connection.id,
      listener: this.#options.name,
      remoteAddress: connection.remoteAddress,
    });
  }

  #onClose(connection: Connection, cause: ConnectionCloseCause, reason: string | null): void {
    this.#connections.delete(connection);
    this.#options.quotas.release(this.#options.name, connection.remoteHost);
    this.#options.events.emit('connection-closed', {
      connectionId: connection.id,
      listener: this.#options.name,
      remoteAddress: connection.remoteAddress,
      cause,
      reason,
    });
  }

  #scheduleIdleCheck(): void {
    this.#cancelIdleCheck = this.#options.clock.schedule(IDLE_CHECK_MS, () => {
      const idleSinceMs = this.#options.clock.nowMs() - this.#options.maxIdleMs;
      for (const connection of this.#connections) {
        if (connection.lastActivityMs < idleSinceMs && !connection.hasRequests) {
          connection.close('idle', null);
        }
      }
      this.#scheduleIdleCheck();
    });
  }
}
