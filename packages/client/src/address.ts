import { KafkaError } from './kafka-error.ts';

/** Where a broker listens. An IPv6 address stands without its brackets. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 9092;
/** More than this many are a mistake, such as a file passed for a list. */
const MAX_ADDRESSES = 1000;
const SCHEME = /^([A-Za-z][A-Za-z0-9+._-]*):\/\//;

/**
 * Reads Kafka's `bootstrap.servers`: `host:port` or `[IPv6]:port`, several with commas between. A port that is left
 * out is 9092. Throws KafkaError INVALID_BOOTSTRAP.
 */
export function parseBootstrap(text: string): readonly Address[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) throw invalid(text, 'expected host:port, several with commas between');
  if (parts.length > MAX_ADDRESSES) throw invalid(text, `at most ${MAX_ADDRESSES} addresses`);
  return parts.map(parseAddress);
}

/** `host:port`, with the brackets that an IPv6 address needs. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseAddress(given: string): Address {
  const part = withoutScheme(given);
  const bracketed = /^\[([0-9A-Fa-f:.%\w]+)\](?::(\d+))?$/.exec(part);
  if (bracketed !== null) return { host: bracketed[1]!, port: parsePort(given, bracketed[2]) };
  if (part.split(':').length > 2) {
    throw invalid(given, 'an IPv6 address stands in brackets, as in [::1]:9092');
  }
  const plain = /^([^\s:/[\]]+)(?::(\d*))?$/.exec(part);
  if (plain === null) throw invalid(given, 'expected host:port, as in 127.0.0.1:9092');
  return { host: plain[1]!, port: parsePort(given, plain[2]) };
}

/** Listener names are often copied along with the address: PLAINTEXT://host:port. */
function withoutScheme(given: string): string {
  const scheme = SCHEME.exec(given)?.[1];
  if (scheme === undefined) return given;
  if (/^(SSL|SASL_SSL|SASL_PLAINTEXT)$/i.test(scheme)) {
    throw invalid(given, `${scheme} listeners are not supported yet, only plaintext ones are`);
  }
  if (/^https?$/i.test(scheme)) throw invalid(given, 'a Kafka broker does not speak HTTP');
  return given.slice(scheme.length + '://'.length);
}

function parsePort(given: string, digits: string | undefined): number {
  if (digits === undefined) return DEFAULT_PORT;
  const port = Number(digits);
  if (digits !== '' && port >= 1 && port <= 65535) return port;
  throw invalid(given, 'the port is a number from 1 to 65535');
}

function invalid(given: string, expected: string): KafkaError {
  return new KafkaError(
    'INVALID_BOOTSTRAP',
    `${JSON.stringify(given)} is not a broker's address: ${expected}.`,
  );
}
