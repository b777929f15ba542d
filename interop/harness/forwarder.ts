import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

/** What stands before a broker where it is reached by another port than it binds: a load balancer, a published port. */
export class Forwarder {
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  #forwarded = 0;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
    server.on('connection', () => {
      this.#forwarded += 1;
    });
  }

  /** Listens on `from` at `host` and hands each connection on to `to` there. */
  static async start(host: string, from: number, to: number): Promise<Forwarder> {
    // Bounded by the connections of the clients of one suite.
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true }, (client) => {
      const broker = connect({ host, port: to, allowHalfOpen: true });
      for (const socket of [client, broker]) {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      }
      // An end that breaks takes the other with it; the client tells of it.
      const broken = () => {};
      pipeline(client, broker, broken);
      pipeline(broker, client, broken);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(from, host, resolve);
    });
    return new Forwarder(server, sockets);
  }

  /** The connections since the last call. */
  takeForwarded(): number {
    const forwarded = this.#forwarded;
    this.#forwarded = 0;
    return forwarded;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
