import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Scrapers and probes are few; more than this are turned away. */
const MAX_CONNECTIONS = 100;

export interface HttpEndpointOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  /** Null when the broker serves, else why it does not. */
  readonly unreadyReason: () => Promise<string | null>;
}

/** `/metrics` for Prometheus, `/health/live` and `/health/ready` for those who start and route. */
export class HttpEndpoint {
  readonly #options: HttpEndpointOptions;
  readonly #server: Server;

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
    try {
      const text = await this.#options.metrics.text();
      response.writeHead(200, { 'content-type': this.#options.metrics.contentType }).end(text);
    } catch (error) {
      sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
