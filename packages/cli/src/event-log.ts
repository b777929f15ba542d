import { type EventSurface, Loggers, type LogLevel } from '@millrace/broker';

/** What is logged, by subject, under the names that Kafka's loggers have, so that scripts which set levels go on working. */
const NETWORK = 'kafka.network.SocketServer';
const REQUESTS = 'kafka.request.logger';
const FAILURES = 'kafka.server.KafkaApis';
const STORAGE = 'kafka.log.LogManager';
const CHANGES = 'state.change.logger';

export function eventLoggers(): Loggers {
  return new Loggers([NETWORK, REQUESTS, FAILURES, STORAGE, CHANGES], 'INFO');
}

/** One line an event. The loggers' levels are asked for each, since they can change. */
export function logEvents(
  events: EventSurface,
  loggers: Loggers,
  write: (line: string) => void,
): void {
  const line = (logger: string, level: LogLevel, text: string) => {
    if (loggers.isOn(logger, level)) write(`${new Date().toISOString()} ${level} ${text}`);
  };
  events.on('storage-notice', ({ message }) => line(STORAGE, 'WARN', `storage: ${message}`));
  logChanges(events, line);
  logConnections(events, line);
  events.on('request-failed', ({ apiKey, apiVersion, clientId, error }) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    line(
      FAILURES,
      'ERROR',
      `API ${apiKey} v${apiVersion} from client "${clientId}" failed: ${detail}`,
    );
  });
  logRequests(events, loggers, line);
}

type WriteLine = (logger: string, level: LogLevel, text: string) => void;

function logChanges(events: EventSurface, line: WriteLine): void {
  events.on('topic-created', ({ topic, partitions, auto }) => {
    const occasion = auto ? ', on first use' : '';
    line(CHANGES, 'INFO', `topic ${topic} created with ${partitions} partition(s)${occasion}`);
  });
  events.on('topic-deleted', ({ topic }) => line(CHANGES, 'INFO', `topic ${topic} deleted`));
  const changes = (configs: ReadonlyMap<string, string | null>) =>
    [...configs]
      .map(([name, value]) => (value === null ? `${name} to its default` : `${name}=${value}`))
      .join(', ');
  events.on('topic-configs-changed', ({ topic, configs }) =>
    line(CHANGES, 'INFO', `topic ${topic} configured: ${changes(configs)}`),
  );
  events.on('broker-configs-changed', ({ nodeId, configs }) => {
    const which = nodeId === null ? 'all brokers' : `broker ${nodeId}`;
    line(CHANGES, 'INFO', `${which} configured: ${changes(configs)}`);
  });
}

function logConnections(events: EventSurface, line: WriteLine): void {
  events.on('connection-opened', ({ connectionId, listener, remoteAddress }) =>
    line(
      NETWORK,
      'DEBUG',
      `connection ${connectionId} from ${remoteAddress} opened on ${listener}`,
    ),
  );
  events.on('connection-delayed', ({ listener, remoteAddress, delayMs }) =>
    line(NETWORK, 'DEBUG', `connection from ${remoteAddress} to ${listener} waits ${delayMs} ms`),
  );
  events.on('connection-refused', ({ remoteAddress, reason }) =>
    line(NETWORK, 'WARN', `connection from ${remoteAddress} refused: ${reason}`),
  );
  events.on('connection-closed', ({ connectionId, remoteAddress, cause, reason }) => {
    if (reason === null) line(NETWORK, 'DEBUG', `connection ${connectionId} closed: ${cause}`);
    else line(NETWORK, 'WARN', `connection from ${remoteAddress} closed: ${reason}`);
  });
}

/** Subscribed only while they are logged: requests are many, and what nobody hears costs nothing. */
function logRequests(events: EventSurface, loggers: Loggers, line: WriteLine): void {
  let unsubscribe: (() => void) | null = null;
  const follow = () => {
    const isWanted = loggers.isOn(REQUESTS, 'DEBUG');
    if (isWanted === (unsubscribe !== null)) return;
    unsubscribe?.();
    unsubscribe = isWanted
      ? events.on('request-completed', (request) => {
          const { apiKey, apiVersion, requestBytes, responseBytes, durationMs } = request;
          const sizes = `${requestBytes} bytes in, ${responseBytes} bytes out`;
          const tookMs = durationMs.toFixed(1);
          line(REQUESTS, 'DEBUG', `API ${apiKey} v${apiVersion}: ${sizes}, ${tookMs} ms`);
        })
      : null;
  };
  loggers.onChange(follow);
  follow();
}
