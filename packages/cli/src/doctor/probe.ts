import {
  type Address,
  Connection,
  type ConnectionOptions,
  formatAddress,
  KafkaError,
} from '@millrace/client';

/** What the doctor needs of the world; passed in so that tests can stand in for it. */
export interface World {
  /** The addresses of a host, as the system gives them; rejects with the system's error. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  readonly connections: ConnectionOptions;
  /** A clock that never goes back, in milliseconds. */
  readonly elapsedMs: () => number;
  /** The wall clock, in milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** What came of connecting to one of a host's addresses. */
export interface Endpoint {
  readonly ip: string;
  /** Null when a Kafka broker answers there. */
  readonly error: KafkaError | null;
}

/** What came of an address: a connection to it, or why there is none. */
export interface Probe {
  readonly address: Address;
  /** One for each address of the host; empty when it has none. */
  readonly endpoints: readonly Endpoint[];
  /** The first that answers. */
  readonly connection: Connection | null;
  /** Why there is no connection; null where there is one. */
  readonly error: KafkaError | null;
}

/** Resolves the host, and connects to each of its addresses as a client would. */
export async function probe(address: Address, world: World): Promise<Probe> {
  let ips: readonly string[];
  try {
    ips = await world.lookup(address.host);
  } catch (error) {
    return { address, endpoints: [], connection: null, error: notFound(address.host, error) };
  }
  const tries = await Promise.all(ips.map((ip) => open(ip, address.port, world)));
  const [first, ...others] = tries.flatMap(({ connection }) =>
    connection === null ? [] : [connection],
  );
  for (const other of others) other.close();
  return {
    address,
    endpoints: tries.map(({ ip, error }) => ({ ip, error })),
    connection: first ?? null,
    error: first === undefined ? (tries[0]?.error ?? notFound(address.host, null)) : null,
  };
}

async function open(ip: string, port: number, { connections }: World) {
  try {
    const connection = await Connection.open({ host: ip, port }, connections);
    return { ip, connection, error: null };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { ip, connection: null, error };
  }
}

function notFound(host: string, cause: unknown): KafkaError {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? 'no address';
  return new KafkaError('HOST_NOT_FOUND', `The host ${host} is not known here (${code}).`, {
    cause,
  });
}

/** Whether somebody listens, whoever it is. */
export function isOpen({ error }: Endpoint): boolean {
  return (
    error === null ||
    !['CONNECTION_REFUSED', 'CONNECT_TIMEOUT', 'CONNECT_FAILED', 'HOST_NOT_FOUND'].includes(
      error.code,
    )
  );
}

/** `localhost:9092`, with the addresses behind it where they say more. */
export function probeName({ address, endpoints }: Probe): string {
  const name = formatAddress(address);
  const ips = endpoints.map(({ ip }) => ip).filter((ip) => ip !== address.host);
  return ips.length === 0 ? name : `${name} (${ips.join(', ')})`;
}
