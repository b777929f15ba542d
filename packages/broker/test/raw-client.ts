import { connect, type Socket } from 'node:net';
import {
  decodeResponseHeader,
  encodeRequestHeader,
  FrameReader,
  type MessageCodec,
  Reader,
  Writer,
} from '@millrace/protocol';

/** A client of bytes and frames over a real socket, for tests that look at the wire. */
export class RawClient {
  readonly socket: Socket;
  readonly #frames = new FrameReader(2 ** 30);
  readonly #received: Buffer[] = [];
  readonly #waiting: ((frame: Buffer | null) => void)[] = [];
  #ended = false;
  #correlationId = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#frames.push(chunk);
      for (let frame = this.#frames.next(); frame !== null; frame = this.#frames.next()) {
        const waiting = this.#waiting.shift();
        if (waiting === undefined) this.#received.push(frame);
        else waiting(frame);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended = true;
      for (const waiting of this.#waiting.splice(0)) waiting(null);
    });
  }

  static open(port: number, host = '127.0.0.1'): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawClient(socket));
      });
    });
  }

  /** Sends a request and waits for its answer; requests may overlap, answers come in request order. */
  async request<Request, Response>(
    request: MessageCodec<Request>,
    response: MessageCodec<Response>,
    message: Request,
    version: number,
  ): Promise<Response> {
    const correlationId = this.send(request, message, version);
    const frame = await this.nextFrame();
    if (frame === null) throw new Error(`the broker closed the connection on ${request.name}`);
    const reader = new Reader(frame);
    const answered = decodeResponseHeader(reader, request.apiKey, version);
    if (answered !== correlationId) {
      throw new Error(`answer ${answered} came in the place of answer ${correlationId}`);
    }
    const decoded = response.decode(reader, version);
    if (reader.remaining > 0)
      throw new Error(`${reader.remaining} bytes left after ${response.name}`);
    return decoded;
  }

  /** Sends without waiting; gives the correlation id. */
  send<Request>(request: MessageCodec<Request>, message: Request, version: number): number {
    const correlationId = ++this.#correlationId;
    this.socket.write(frameOf(request, message, version, correlationId));
    return correlationId;
  }

  /** The next frame that the broker sends, without its length; null when it closed the connection. */
  nextFrame(): Promise<Buffer | null> {
    const received = this.#received.shift();
    if (received !== undefined) return Promise.resolve(received);
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A whole request frame, length included. */
export function frameOf<Request>(
  request: MessageCodec<Request>,
  message: Request,
  apiVersion: number,
  correlationId: number,
): Buffer {
  const body = new Writer();
  encodeRequestHeader(body, {
    apiKey: request.apiKey,
    apiVersion,
    correlationId,
    clientId: 'test',
  });
  request.encode(body, message, apiVersion);
  const bytes = body.toBuffer();
  const frame = Buffer.alloc(4 + bytes.length);
  frame.writeInt32BE(bytes.length);
  bytes.copy(frame, 4);
  return frame;
}
