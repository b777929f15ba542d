import assert from 'node:assert/strict';
import { type Encodable, type MessageCodec, Reader, Writer } from '@millrace/protocol';
import { EncodedBody, type Handler } from '../src/handler.ts';

const context = {
  correlationId: 1,
  clientId: 'client',
  connection: {
    id: 1,
    remoteHost: '127.0.0.1',
    remoteAddress: '127.0.0.1:50000',
    localAddress: '127.0.0.1',
    localPort: 9092,
    listener: 'PLAINTEXT',
    clientSoftware: null,
    closed: new AbortController().signal,
  },
};

/** Calls a handler as the wire would: request and answer go through the codec in this version. */
export async function callHandler<Request, Response>(
  handler: Handler<Request, Response>,
  request: Request,
  apiVersion: number,
): Promise<Response> {
  const received = throughCodec(handler.request, request, apiVersion);
  const answer = await handler.handle(received, { ...context, apiVersion });
  assert.ok(answer !== null, `${handler.request.name} was not answered`);
  if (answer instanceof EncodedBody) return decoded(handler.response, answer.bytes, apiVersion);
  return throughCodec(handler.response, answer as Response | Encodable<Response>, apiVersion);
}

/** The answer that carries one error for the whole request, through the codec. */
export function callFailure<Request, Response>(
  handler: Handler<Request, Response>,
  request: Request,
  error: number,
  apiVersion: number,
): Response {
  const received = throughCodec(handler.request, request, apiVersion);
  const answer = handler.failure(received, error, { ...context, apiVersion });
  return throughCodec(handler.response, answer, apiVersion);
}

function throughCodec<T>(
  codec: Pick<MessageCodec<T>, 'encode' | 'decode'>,
  message: T | Encodable<T>,
  version: number,
): T {
  const writer = new Writer();
  codec.encode(writer, message, version);
  return decoded(codec, writer.toBuffer(), version);
}

function decoded<T>(codec: Pick<MessageCodec<T>, 'decode'>, bytes: Buffer, version: number): T {
  const reader = new Reader(bytes);
  const message = codec.decode(reader, version);
  assert.equal(reader.remaining, 0);
  return message;
}
