import { type BrokerEvents, type EventSurface, Loggers } from '@millrace/broker';
import { apiName, errorName } from '@millrace/protocol';
import type { Clock } from '@millrace/storage';
import { type LogEntry, type LogLevel, loggersLevel } from './log-entry.ts';
import { LogThrottle } from './log-throttle.ts';

/** What is logged, by subject, under the names that Kafka's loggers have, so that scripts which set levels go on working. */
const NETWORK = 'kafka.network.SocketServer';
const REQUESTS = 'kafka.request.logger';
const FAILURES = 'kafka.server.KafkaApis';
const STORAGE = 'kafka.log.LogManager';
const CHANGES = 'state.change.logger';

/** Entries of one kind in ten seconds: of what clients can cause in a loop, and of what an operator must not miss. */
const FEW = 10;
const MANY = 200;
/** Of what is logged only when somebody turns it on. */
const ALL = Number.POSITIVE_INFINITY;

export function eventLoggers(level: LogLevel): Loggers {
  return new Loggers([NETWORK, REQUESTS, FAILURES, STORAGE, CHANGES], loggersLevel(level));
}

type Told = Omit<LogEntry, 'event'> & {
  /** Tells entries of one event apart that are counted on their own; out of few. */
  readonly kind?: string;
};

export interface EventLogOptions {
  readonly events: EventSurface;
  /** Asked for each event, since levels can change. */
  readonly loggers: Loggers;
  readonly clock: Clock;
  readonly write: (entry: LogEntry) => void;
}

/** Writes the broker's events as log entries, with a bound on how many. */
export class EventLog {
  readonly #events: EventSurface;
  readonly #loggers: Loggers;
  readonly #throttle: LogThrottle;

  constructor({ events, loggers, clock, write }: EventLogOptions) {
    this.#events = events;
    this.#loggers = loggers;
    this.#throttle = new LogThrottle(clock, write);
    this.#logStore();
    this.#logConfigs();
    this.#logConnections();
    this.#logFailures();
    this.#logRequests();
  }

  /** Sums up what was held back. */
  close(): void {
    this.#throttle.close();
  }

  /** Returns the function that unsubscribes. */
  #log<Name extends keyof BrokerEvents>(
    event: Name,
    logger: string,
    limit: number,
    describe: (happened: BrokerEvents[Name]) => Told,
  ): () => void {
    return this.#events.on(event, (happened) => {
      const { kind = '', ...told } = describe(happened);
      if (!this.#loggers.isOn(logger, loggersLevel(told.level))) return;
      this.#throttle.write(`${event} ${kind}`, limit, { event, ...told });
    });
  }

  #logStore(): void {
    this.#log('storage-notice', STORAGE, MANY, ({ message }) => ({
      level: 'warn',
      message: `storage: ${message}`,
      fields: { notice: message },
    }));
    this.#log('records-expired', STORAGE, MANY, (expired) => ({
      level: 'info',
      message:
        `${expired.topic}-${expired.partition}: retention let go of ${expired.segments} segment(s), ` +
        `${expired.bytes} bytes; it begins at offset ${expired.logStartOffset} now`,
      fields: { ...expired },
    }));
    this.#log('topic-created', CHANGES, MANY, ({ topic, partitions, auto }) => ({
      level: 'info',
      message: `topic ${topic} created with ${partitions} partition(s)${auto ? ', on first use' : ''}`,
      fields: { topic, partitions, auto },
    }));
    this.#log('topic-deleted', CHANGES, MANY, ({ topic }) => ({
      level: 'info',
      message: `topic ${topic} deleted`,
      fields: { topic },
    }));
  }

  #logConfigs(): void {
    this.#log('topic-configs-changed', CHANGES, MANY, ({ topic, configs }) => ({
      level: 'info',
      message: `topic ${topic} configured: ${changes(configs)}`,
      fields: { topic, configs: Object.fromEntries(configs) },
    }));
    this.#log('broker-configs-changed', CHANGES, MANY, ({ nodeId, configs }) => ({
      level: 'info',
      message: `${nodeId === null ? 'all brokers' : `broker ${nodeId}`} configured: ${changes(configs)}`,
      fields: { nodeId, configs: Object.fromEntries(configs) },
    }));
  }

  #logConnections(): void {
    this.#log('listener-bound', NETWORK, MANY, ({ listener, host, port }) => ({
      level: 'debug',
      message: `listener ${listener} bound to ${host || 'all addresses'}, port ${port}`,
      fields: { listener, host, port },
    }));
    this.#log('connection-opened', NETWORK, ALL, ({ connectionId, listener, remoteAddress }) => ({
      level: 'debug',
      message: `connection ${connectionId} from ${remoteAddress} opened`,
      fields: { connectionId, listener, remoteAddress },
    }));
    this.#log('connection-refused', NETWORK, FEW, ({ listener, remoteAddress, limit, reason }) => ({
      level: 'warn',
      kind: limit ?? '',
      message: `connection from ${remoteAddress} refused: ${reason}`,
      fields: { listener, remoteAddress, limit, reason },
    }));
    this.#log('connection-delayed', NETWORK, FEW, ({ listener, remoteAddress, delayMs }) => ({
      level: 'warn',
      message: `connection from ${remoteAddress} waits ${delayMs} ms (max.connection.creation.rate)`,
      fields: { listener, remoteAddress, delayMs },
    }));
    this.#log('connection-closed', NETWORK, FEW, (event) => {
      const { connectionId, listener, remoteAddress, cause, reason } = event;
      return {
        level: reason === null ? 'debug' : 'warn',
        kind: cause,
        message: `connection from ${remoteAddress} closed: ${reason ?? cause}`,
        fields: { connectionId, listener, remoteAddress, cause, reason },
      };
    });
  }

  #logFailures(): void {
    this.#log('request-failed', FAILURES, FEW, ({ apiKey, apiVersion, clientId, error }) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return {
        level: 'error',
        kind: String(apiKey),
        message: `${api(apiKey)} v${apiVersion} from client "${clientId}" failed: ${detail}`,
        fields: { api: api(apiKey), apiVersion, clientId, error: detail },
      };
    });
    this.#log('partition-failed', FAILURES, FEW, ({ apiKey, topic, error }) => ({
      level: 'debug',
      kind: String(error),
      message: `${api(apiKey)} on topic ${topic} answered ${errorName(error)}`,
      fields: { api: api(apiKey), topic, error: errorName(error) },
    }));
  }

  /** Subscribed only while they are logged: requests are many, and what nobody hears costs nothing. */
  #logRequests(): void {
    let unsubscribe: (() => void) | null = null;
    const follow = () => {
      const isWanted = this.#loggers.isOn(REQUESTS, 'DEBUG');
      if (isWanted === (unsubscribe !== null)) return;
      unsubscribe?.();
      unsubscribe = isWanted ? this.#logCompleted() : null;
    };
    this.#loggers.onChange(follow);
    follow();
  }

  #logCompleted(): () => void {
    return this.#log('request-completed', REQUESTS, ALL, (request) => {
      const { apiKey, apiVersion, requestBytes, responseBytes, durationMs } = request;
      const sizes = `${requestBytes} bytes in, ${responseBytes} bytes out`;
      return {
        level: 'debug',
        message: `${api(apiKey)} v${apiVersion}: ${sizes}, ${durationMs.toFixed(1)} ms`,
        fields: { api: api(apiKey), apiVersion, requestBytes, responseBytes, durationMs },
      };
    });
  }
}

function api(apiKey: number): string {
  return apiName(apiKey) ?? `API ${apiKey}`;
}

function changes(configs: ReadonlyMap<string, string | null>): string {
  return [...configs]
    .map(([name, value]) => (value === null ? `${name} to its default` : `${name}=${value}`))
    .join(', ');
}
