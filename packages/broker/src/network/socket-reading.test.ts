import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { readInto } from './socket-reading.ts';

interface Accepted {
  readonly client: Socket;
  readonly server: Server;
  readonly socket: Socket;
}

async function accept(context: TestContext): Promise<Accepted> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const accepted = once(server, 'connection');
  const client = connect(port, '127.0.0.1');
  context.after(() => client.destroy());
  const [socket] = (await accepted) as [Socket];
  return { client, server, socket };
}

/** Sends a few pieces, each when the one before has come; gives what came, and the memory it came in. */
async function talk({ client }: Accepted, received: string[]): Promise<void> {
  for (const text of ['one', 'two', 'three']) {
    client.write(text);
    while (!received.join('').endsWith(text)) await new Promise(setImmediate);
  }
}

test('what a client sends is read into the buffer that was given, and the socket works as before', async (context) => {
  const accepted = await accept(context);
  const buffer = Buffer.alloc(1000);
  const received: string[] = [];
  const socket = readInto(accepted.socket, buffer, (bytes) => {
    assert.equal(bytes.buffer, buffer.buffer, 'this Node reads into a buffer of its own');
    received.push(bytes.toString());
  });
  await talk(accepted, received);
  assert.equal(socket.remotePort, accepted.client.localPort);

  socket.pause();
  accepted.client.write('paused');
  socket.write('answer');
  const [answer] = await once(accepted.client, 'data');
  assert.equal(String(answer), 'answer');
  assert.equal(received.includes('paused'), false);
  socket.resume();
  while (!received.includes('paused')) await new Promise(setImmediate);

  const closed = once(accepted.server, 'close');
  accepted.server.close();
  accepted.client.end();
  await once(socket, 'end');
  // Half open: the server may still answer, and is closed with its last connection.
  socket.end('goodbye');
  assert.equal(String((await once(accepted.client, 'data'))[0]), 'goodbye');
  await closed;
});

test('a Node that cannot do that gives each piece in memory of its own', async (context) => {
  const accepted = await accept(context);
  Object.assign((accepted.socket as unknown as { _handle: object })._handle, {
    useUserBuffer: undefined,
  });
  const buffer = Buffer.alloc(1000);
  const received: string[] = [];
  const socket = readInto(accepted.socket, buffer, (bytes) => {
    assert.notEqual(bytes.buffer, buffer.buffer);
    received.push(bytes.toString());
  });
  await talk(accepted, received);
  accepted.server.close();
  socket.destroy();
});
