import type * as Http from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';

/**
 * Not imported: that would evaluate every export of the module, of which one loads Node's HTTP client, HTTP/2 and TLS,
 * 16 MiB in all.
 */
const { createServer } = createRequire(import.meta.url)('node:http') as typeof Http;

/** Scrapers and probes are few; more than this are turned away. */
const MAX_CONNECTIONS = 100;
/** Of `/metrics` at a time: each may have some megabytes of text that its client has not taken. */
const MAX_SCRAPES = 4;
/** How long a client may take nothing of it: Prometheus itself gives up after 10 s by default. */
const SCRAPE_STALL_MS = 10_000;

export interface HttpEndpointOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly metrics: { readonly contentType: string; text(): AsyncGenerator<string | Buffer> };
  /** Null when the broker serves, else why it does not. */
  readonly unreadyReason: () => Promise<string | null>;
}

/** `/metrics` for Prometheus, `/health/live` and `/health/ready` for those who start and route. */
export class HttpEndpoint {
  readonly #options: HttpEndpointOptions;
  readonly #server: Server;
  #scrapes = 0;

  constructor(options: HttpEndpointOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** Resolves to the bound port; rejects when the address cannot be had. */
  bind(): Promise<number> {
    const { host, port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as { port: number }).port);
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    if (pathname === '/metrics') {
      await this.#sendMetrics(response);
    } else if (pathname === '/health/live') {
      sendJson(response, 200, { status: 'live' });
    } else if (pathname === '/health/ready') {
      const reason = await this.#options.unreadyReason();
      if (reason === null) sendJson(response, 200, { status: 'ready' });
      else sendJson(response, 503, { status: 'not ready', reason });
    } else {
      const known = ['/metrics', '/health/live', '/health/ready'];
      sendJson(response, 404, { error: `nothing at ${pathname}`, known });
    }
  }

  async #sendMetrics(response: ServerResponse): Promise<void> {
    if (this.#scrapes === MAX_SCRAPES) {
      sendJson(response, 503, { error: `${MAX_SCRAPES} scrapes are under way` });
      return;
    }
    this.#scrapes++;
    try {
      const parts = this.#options.metrics.text();
      const first = await parts.next();
      response.writeHead(200, { 'content-type': this.#options.metrics.contentType });
      response.setTimeout(SCRAPE_STALL_MS, () => response.destroy());
      await pipeline(async function* () {
        if (first.done !== true) yield first.value;
        yield* parts;
      }, response);
    } catch (error) {
      // Later there is nobody to tell: the client is gone, or sees an answer that breaks off.
      if (!response.headersSent) sendJson(response, 500, { error: messageOf(error) });
    } finally {
      this.#scrapes--;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
