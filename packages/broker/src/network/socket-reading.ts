import { Socket } from 'node:net';

/** What Node keeps in a socket and does not document: the handle, and the server that counts it. */
interface AcceptedSocket {
  _handle: { readonly useUserBuffer?: unknown } | null;
  _server: unknown;
}

/**
 * Reads what a client sends into `buffer`, which all sockets of a broker may share: `onBytes` gets a view on it that
 * holds until it returns. Otherwise Node makes a buffer of 64 KiB for each read, and V8 looks at the whole heap for
 * garbage whenever there have been some hundreds of them.
 *
 * Node offers that (`onread`) only where a socket is made, and a server makes its own. So the handle of `accepted`,
 * which must not have been read from (`pauseOnConnect`), moves to a socket made for it, which is given back. Where a
 * Node has no such handle, `accepted` is read in the usual way, and each view is on memory of its own.
 */
export function readInto(
  accepted: Socket,
  buffer: Buffer,
  onBytes: (bytes: Buffer) => void,
): Socket {
  const from = accepted as unknown as AcceptedSocket;
  const handle = from._handle;
  if (typeof handle?.useUserBuffer !== 'function') {
    return accepted.on('data', onBytes).resume();
  }
  const onread = {
    buffer,
    callback: (length: number) => {
      onBytes(buffer.subarray(0, length));
      return true;
    },
  };
  const options = { handle: handle as never, allowHalfOpen: accepted.allowHalfOpen, onread };
  const socket = new Socket(options);
  const to = socket as unknown as AcceptedSocket;
  to._server = from._server;
  from._server = null;
  from._handle = null;
  return socket;
}
