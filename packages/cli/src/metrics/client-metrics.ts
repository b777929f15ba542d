import type { BrokerEvents, ClientMetric, EventSurface } from '@millrace/broker';
import { labelPair } from './metric-text.ts';

/** Clients whose metrics are shown; of more, those that pushed the longest ago are left out. */
const MAX_CLIENTS = 1000;
/** Series of one client; a Java client has a few hundred. */
const MAX_SERIES_PER_CLIENT = 1000;
/** Series that are told before the event loop gets its turn: about a millisecond of them. */
const SERIES_OF_A_TURN = 1000;
/** What our own metrics begin with. A client that takes such a name must not make the whole text unreadable. */
const OWN_NAME = /^(kafka|millrace|process|nodejs)_/;
/** Pushes that a client may miss before its series are dropped. */
const MISSED_PUSHES = 3;

type Push = BrokerEvents['client-metrics-received'];

interface Series {
  readonly name: string;
  readonly isCounter: boolean;
  /** `name="value"` pairs, escaped, in the order of their names. */
  readonly labels: string;
  value: number;
}

interface Client {
  /** By name and labels. */
  readonly series: Map<string, Series>;
  silentAtMs: number;
}

/**
 * What clients say about themselves (KIP-714), as Prometheus text: `org.apache.kafka.producer.record.send.rate` of the
 * client is `org_apache_kafka_producer_record_send_rate{client_id, client_instance_id, …}` here. A client is gone from the
 * text when it says that it ends, or is silent for three of its intervals.
 */
export class ClientMetrics {
  readonly #nowMs: () => number;
  /** By client instance id, the one that pushed last at the end. */
  readonly #clients = new Map<string, Client>();
  readonly #unsubscribe: () => void;

  constructor(events: EventSurface, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#unsubscribe = events.on('client-metrics-received', (push) => this.#take(push));
  }

  close(): void {
    this.#unsubscribe();
  }

  /** In parts, metric by metric; `nextTurn` resolves when the event loop has had its turn. */
  async *text(nextTurn: () => Promise<void>): AsyncGenerator<string> {
    for (const [name, all] of await this.#byName(nextTurn)) {
      yield `# HELP ${name} Sent by a client.\n`;
      yield `# TYPE ${name} ${all[0]!.isCounter ? 'counter' : 'gauge'}\n`;
      for (let at = 0; at < all.length; at += SERIES_OF_A_TURN) {
        const part = all.slice(at, at + SERIES_OF_A_TURN);
        yield part.map(({ labels, value }) => `${name}{${labels}} ${value}\n`).join('');
        await nextTurn();
      }
    }
  }

  async #byName(nextTurn: () => Promise<void>): Promise<ReadonlyMap<string, readonly Series[]>> {
    const nowMs = this.#nowMs();
    const byName = new Map<string, Series[]>();
    // Those of now: who pushes meanwhile moves to the end of the map.
    for (const [id, { series, silentAtMs }] of [...this.#clients]) {
      if (silentAtMs <= nowMs) {
        this.#clients.delete(id);
        continue;
      }
      for (const one of series.values()) {
        const all = byName.get(one.name) ?? [];
        if (all.push(one) === 1) byName.set(one.name, all);
      }
      await nextTurn();
    }
    return byName;
  }

  #take({ clientInstanceId, clientId, isTerminating, pushIntervalMs, metrics }: Push): void {
    const client = this.#clients.get(clientInstanceId) ?? { series: new Map(), silentAtMs: 0 };
    this.#clients.delete(clientInstanceId);
    if (isTerminating) return;
    client.silentAtMs = this.#nowMs() + MISSED_PUSHES * pushIntervalMs;
    this.#clients.set(clientInstanceId, client);
    if (this.#clients.size > MAX_CLIENTS) {
      const [oldest] = this.#clients.keys();
      this.#clients.delete(oldest!);
    }
    for (const metric of metrics) update(client, metric, { clientId, clientInstanceId });
  }
}

function update(
  client: Client,
  metric: ClientMetric,
  { clientId, clientInstanceId }: Pick<Push, 'clientId' | 'clientInstanceId'>,
): void {
  const isCounter = metric.kind === 'sum';
  const name = metricName(metric.name, isCounter);
  for (const { attributes, value } of metric.points) {
    const named = new Map(attributes);
    named.set('client_id', clientId).set('client_instance_id', clientInstanceId);
    const labels = labelText(named);
    const key = `${name}{${labels}}`;
    const known = client.series.get(key);
    if (known !== undefined) {
      known.value = metric.isDelta ? known.value + value : value;
    } else if (client.series.size < MAX_SERIES_PER_CLIENT) {
      client.series.set(key, { name, isCounter, labels, value });
    }
  }
}

function labelText(attributes: ReadonlyMap<string, string>): string {
  // Two attributes may become one label; the last one counts.
  const labels = new Map([...attributes].map(([name, value]) => [prometheusName(name), value]));
  return [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => labelPair(name, value))
    .join(',');
}

function metricName(sent: string, isCounter: boolean): string {
  const plain = prometheusName(sent);
  const name = OWN_NAME.test(plain) ? `client_${plain}` : plain;
  return isCounter && !name.endsWith('_total') ? `${name}_total` : name;
}

/** Letters, digits and underscores, no digit in front, nor two underscores, which Prometheus keeps for itself. */
function prometheusName(name: string): string {
  return name
    .replace(/[^a-zA-Z0-9_]/g, '_')
    .replace(/^_+/, '_')
    .replace(/^(?=\d|$)/, '_');
}
