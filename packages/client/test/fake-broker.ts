import { Duplex } from 'node:stream';
import {
  ApiKey,
  decodeRequestHeader,
  encodeResponseFrame,
  FrameReader,
  type MessageCodec,
  Reader,
  type RequestHeader,
  Writer,
} from '@millrace/protocol';
import {
  ApiVersionsResponse,
  createApiVersionsResponse,
  createApiVersionsResponseApiVersion,
} from '@millrace/protocol/messages/api-versions-response';
import { type Address, formatAddress } from '../src/address.ts';
import type { OpenSocket } from '../src/open-socket.ts';
import type { ManualClock } from './manual-clock.ts';

/** A request as it came, and the reader at its body. */
export interface Asked {
  readonly header: RequestHeader;
  readonly body: Reader;
  readonly socket: FakeSocket;
}

/** Gives the frame to answer with; null to say nothing for now. */
export type Script = (asked: Asked) => Buffer | null;

/** The broker's end of a connection: keeps what was asked and answers by its script. */
export class FakeSocket extends Duplex {
  readonly asked: Asked[] = [];
  readonly #frames = new FrameReader(2 ** 30);
  readonly #script: Script;

  constructor(script: Script) {
    super({ autoDestroy: true });
    this.#script = script;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#frames.push(Buffer.from(chunk));
    for (let frame = this.#frames.next(); frame !== null; frame = this.#frames.next()) {
      const body = new Reader(frame);
      const asked = { header: decodeRequestHeader(body), body, socket: this };
      this.asked.push(asked);
      const answer = this.#script(asked);
      if (answer !== null) this.push(answer);
    }
    done();
  }

  /** The broker closes the connection. */
  hangUp(): void {
    this.push(null);
  }
}

/** A whole answer to `header`, its length included. */
export function answerTo<Response>(
  header: RequestHeader,
  codec: MessageCodec<Response>,
  message: Response,
  version = header.apiVersion,
): Buffer {
  const { correlationId } = header;
  const frame = encodeResponseFrame(new Writer(), codec, message, {
    apiVersion: version,
    correlationId,
  });
  return Buffer.concat(frame.parts as Buffer[]);
}

/** Answers ApiVersions with these versions, by API key, and the rest by `script`. */
export function serving(
  versions: Readonly<Record<number, readonly [min: number, max: number]>>,
  script: Script,
): Script {
  return (asked) => {
    if (asked.header.apiKey !== ApiKey.ApiVersions) return script(asked);
    const apiKeys = Object.entries(versions).map(([key, [minVersion, maxVersion]]) =>
      createApiVersionsResponseApiVersion({ apiKey: Number(key), minVersion, maxVersion }),
    );
    return answerTo(asked.header, ApiVersionsResponse, createApiVersionsResponse({ apiKeys }));
  };
}

/** Addresses that answer by a script, or refuse. Keeps the sockets that were opened. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  readonly tries: string[] = [];
  readonly #scripts: Map<string, Script>;

  constructor(scripts: Readonly<Record<string, Script>>) {
    this.#scripts = new Map(Object.entries(scripts));
  }

  /** Changes what answers at an address; null for nothing. */
  set(address: string, script: Script | null): void {
    if (script === null) this.#scripts.delete(address);
    else this.#scripts.set(address, script);
  }

  readonly open: OpenSocket = async (address: Address) => {
    const where = formatAddress(address);
    this.tries.push(where);
    const script = this.#scripts.get(where);
    if (script === undefined) {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    }
    const socket = new FakeSocket(script);
    this.sockets.push(socket);
    return socket;
  };
}

/** Lets everything that is ready run: what was written is read, what was pushed has arrived. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lets time pass, 100 ms at a step, until `promise` is settled: whatever waits for a retry or a timer gets its turn. */
export async function through<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = promise.finally(() => {
    isSettled = true;
  });
  settled.catch(() => undefined);
  for (let turn = 0; turn < 10_000 && !isSettled; turn++) {
    await settle();
    if (turn % 8 === 7 && !isSettled) clock.advance(100);
  }
  return settled;
}
