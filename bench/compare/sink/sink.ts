// A broker that does nothing: it acknowledges what it is given and drops it, and serves made-up records as fast as it is
// asked. A client's rate against it is the most that the client can do on this machine.
//
//   sink.ts --port=N

import { createServer, type Socket } from 'node:net';
import {
  decodeRequestHeader,
  type EncodedFrame,
  encodeResponseFrame,
  FrameReader,
  Reader,
  Writer,
} from '@millrace/protocol';
import { sinkAnswers } from './sink-answers.ts';

const MAX_FRAME_BYTES = 128 * 1024 * 1024;

const port = Number(process.argv.find((argument) => argument.startsWith('--port='))?.slice(7));
const answers = sinkAnswers(port);

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  const frames = new FrameReader(MAX_FRAME_BYTES);
  const writer = new Writer();
  socket.on('data', (chunk: Buffer) => {
    frames.push(chunk);
    socket.cork();
    try {
      for (let frame = frames.next(); frame !== null; frame = frames.next()) {
        send(socket, answer(frame, writer));
      }
    } catch (error) {
      // Only a client that the sink was not made for comes here.
      console.error(error);
      socket.destroy();
    }
    socket.uncork();
  });
  socket.on('error', () => socket.destroy());
}

/** The sink has no answer with parts of files. */
function send(socket: Socket, answered: EncodedFrame | null): void {
  if (answered === null) return;
  const last = answered.parts.length - 1;
  for (const [index, part] of answered.parts.entries()) {
    socket.write(part as Buffer, index === last ? () => answered.release() : undefined);
  }
}

function answer(frame: Buffer, writer: Writer): EncodedFrame | null {
  const reader = new Reader(frame, 0, frame.length);
  const { apiKey, apiVersion, correlationId } = decodeRequestHeader(reader);
  const api = answers.get(apiKey);
  if (api === undefined) throw new Error(`the sink does not know API ${apiKey}`);
  // A client that asks for a version that is too new is told what there is in version 0 (KIP-511).
  const version = apiVersion > api.maxVersion ? 0 : apiVersion;
  const request = version === apiVersion ? api.request.decode(reader, version) : null;
  const response = api.answer(request);
  if (response === null) return null;
  return encodeResponseFrame(writer, api.response, response, {
    apiVersion: version,
    correlationId,
  });
}

createServer(serve).listen(port, '127.0.0.1');
