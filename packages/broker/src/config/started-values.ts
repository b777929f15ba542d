import type { LogDirectory } from '../log-directory.ts';
import { hostPort } from '../network/address.ts';
import type { BoundListener } from '../network/listeners.ts';

/**
 * What the broker does, as values of the Kafka configs that stand for it: it was told in another way, so that they have no
 * values of their own.
 */
export function startedValues(broker: {
  readonly nodeId: number;
  readonly listeners: readonly BoundListener[];
  readonly logDirectory: LogDirectory | undefined;
}): ReadonlyMap<string, string> {
  const { nodeId, listeners, logDirectory } = broker;
  const ofEach = (value: (listener: BoundListener) => string) =>
    listeners.map((listener) => value(listener)).join(',');
  const values = new Map([
    ['broker.id', String(nodeId)],
    ['listeners', ofEach(({ name, host, port }) => `${name}://${hostPort(host, port)}`)],
    [
      'advertised.listeners',
      ofEach(
        ({ name, advertisedHost, advertisedPort }) =>
          // Without a host: each client is told the address that it reached.
          `${name}://${hostPort(advertisedHost ?? '', advertisedPort)}`,
      ),
    ],
    ['listener.security.protocol.map', ofEach(({ name }) => `${name}:PLAINTEXT`)],
  ]);
  if (logDirectory !== undefined) values.set('log.dirs', logDirectory.path);
  return values;
}
