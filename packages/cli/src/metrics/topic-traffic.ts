import type { EventSurface } from '@millrace/broker';
import { ApiKey } from '@millrace/protocol';
import { labelPair, type MetricDefinition, type MetricText } from './metric-text.ts';

interface Traffic {
  recordsIn: number;
  bytesIn: number;
  bytesOut: number;
  produces: number;
  fetches: number;
  failedProduces: number;
  failedFetches: number;
}

function counter(name: string, what: string): MetricDefinition {
  return {
    name: `kafka_server_brokertopicmetrics_${name}_total`,
    help: `${what}, by topic; without the label, of all topics since the start.`,
    type: 'counter',
    labels: ['topic'],
  };
}

const COUNTERS: ReadonlyMap<keyof Traffic, MetricDefinition> = new Map([
  ['recordsIn', counter('messagesin', 'Records appended')],
  ['bytesIn', counter('bytesin', 'Bytes of batches appended')],
  ['bytesOut', counter('bytesout', 'Bytes of batches fetched')],
  ['produces', counter('totalproducerequests', 'Partitions of produce requests')],
  ['fetches', counter('totalfetchrequests', 'Partitions of fetches that had records or failed')],
  ['failedProduces', counter('failedproducerequests', 'Partitions of produce requests refused')],
  ['failedFetches', counter('failedfetchrequests', 'Partitions of fetches refused')],
]);

export const TOPIC_TRAFFIC_METRICS: readonly MetricDefinition[] = [...COUNTERS.values()];

/** Topics that are told before the event loop gets its turn: less than a millisecond of them. */
const TOPICS_OF_A_TURN = 250;

/**
 * What goes in and out, by topic and, as with Kafka, in series without the label of all topics. Plain numbers: they are
 * counted for each batch.
 */
export class TopicTraffic {
  readonly #exists: (topic: string) => boolean;
  readonly #unsubscribe: readonly (() => void)[];
  readonly #all = noTraffic();
  /** Bounded by the topics that exist: others are looked for at a scrape. */
  readonly #byTopic = new Map<string, Traffic>();

  /** `exists` keeps the names that clients make up out of the labels. */
  constructor(events: EventSurface, exists: (topic: string) => boolean) {
    this.#exists = exists;
    this.#unsubscribe = [
      events.on('records-produced', ({ topic, records, bytes }) => {
        for (const traffic of [this.#all, this.#of(topic)]) {
          traffic.produces++;
          traffic.recordsIn += records;
          traffic.bytesIn += bytes;
        }
      }),
      events.on('records-fetched', ({ topic, bytes }) => {
        for (const traffic of [this.#all, this.#of(topic)]) {
          traffic.fetches++;
          traffic.bytesOut += bytes;
        }
      }),
      events.on('partition-failed', ({ apiKey, topic }) => {
        countFailure(this.#all, apiKey);
        if (this.#byTopic.has(topic) || exists(topic)) countFailure(this.#of(topic), apiKey);
      }),
      events.on('topic-deleted', ({ topic }) => this.#byTopic.delete(topic)),
    ];
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** Adds all series; `nextTurn` resolves when the event loop has had its turn. */
  async tell(text: MetricText, nextTurn: () => Promise<void>): Promise<void> {
    for (const [field, definition] of COUNTERS) text.add(definition, '', this.#all[field]);
    let told = 0;
    for (const [topic, traffic] of [...this.#byTopic]) {
      // A batch that was under way when its topic was deleted is told after the deletion.
      if (!this.#exists(topic)) {
        this.#byTopic.delete(topic);
        continue;
      }
      const labels = labelPair('topic', topic);
      for (const [field, definition] of COUNTERS) text.add(definition, labels, traffic[field]);
      if (++told % TOPICS_OF_A_TURN === 0) await nextTurn();
    }
  }

  #of(topic: string): Traffic {
    let traffic = this.#byTopic.get(topic);
    if (traffic === undefined) {
      traffic = noTraffic();
      this.#byTopic.set(topic, traffic);
    }
    return traffic;
  }
}

function countFailure(traffic: Traffic, apiKey: number): void {
  if (apiKey === ApiKey.Produce) {
    traffic.produces++;
    traffic.failedProduces++;
  } else if (apiKey === ApiKey.Fetch) {
    traffic.fetches++;
    traffic.failedFetches++;
  }
}

function noTraffic(): Traffic {
  return {
    recordsIn: 0,
    bytesIn: 0,
    bytesOut: 0,
    produces: 0,
    fetches: 0,
    failedProduces: 0,
    failedFetches: 0,
  };
}
