import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Address, formatAddress } from './address.ts';
import type { Clock } from './clock.ts';
import { KafkaError } from './kafka-error.ts';

/** Opens a byte stream to a broker; rejects with the error of the system. The signal ends a try that takes too long. */
export type OpenSocket = (address: Address, signal: AbortSignal) => Promise<Duplex>;

/** Plain TCP. */
export const openTcp: OpenSocket = (address, signal) =>
  new Promise((resolve, reject) => {
    const socket = connect({ ...address, noDelay: true, keepAlive: true });
    const settle = () => {
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', fail);
      socket.removeListener('connect', succeed);
    };
    const fail = (error: unknown) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const abort = () => fail(signal.reason);
    const succeed = () => {
      settle();
      // Whoever takes it over listens for errors, one turn later.
      socket.on('error', () => undefined);
      resolve(socket);
    };
    socket.once('error', fail);
    socket.once('connect', succeed);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });

/** As `open`, within `timeoutMs`, and with errors that name the likely cause. */
export async function openWithin(
  open: OpenSocket,
  address: Address,
  timeoutMs: number,
  clock: Clock,
): Promise<Duplex> {
  const abort = new AbortController();
  const cancel = clock.schedule(timeoutMs, () => {
    abort.abort(
      new KafkaError(
        'CONNECT_TIMEOUT',
        `No connection to ${formatAddress(address)} within ${timeoutMs} ms.`,
        {
          hint: 'A firewall that drops packets or a host that is down is the usual cause.',
          isRetriable: true,
        },
      ),
    );
  });
  try {
    return await open(address, abort.signal);
  } catch (error) {
    throw error instanceof KafkaError ? error : connectError(address, error);
  } finally {
    cancel();
  }
}

function connectError(address: Address, error: unknown): KafkaError {
  const where = formatAddress(address);
  const code = systemCode(error);
  const details = { isRetriable: true, cause: error };
  switch (code) {
    case 'ECONNREFUSED':
      return new KafkaError('CONNECTION_REFUSED', `${where} refuses the connection.`, {
        ...details,
        hint: 'No broker listens there: is it running, and is this its port?',
      });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NONAME':
      return new KafkaError('HOST_NOT_FOUND', `The host ${address.host} is not known (${code}).`, {
        ...details,
        hint: 'Check the spelling and the DNS of this machine.',
      });
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return new KafkaError('CONNECT_TIMEOUT', `${where} cannot be reached (${code}).`, {
        ...details,
        hint: 'There is no way to that network from here, or the host is down.',
      });
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      return new KafkaError('CONNECT_FAILED', `No connection to ${where}: ${reason}.`, details);
    }
  }
}

/** A host with several addresses fails with one error for each of them; the first one is as good as any. */
function systemCode(error: unknown): string | null {
  const { code, errors } = error as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] === undefined ? null : systemCode(errors[0]);
}
