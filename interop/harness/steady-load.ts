// An idempotent librdkafka producer that never stops, a consumer that reads along, and the ledger that compares the two.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Driver } from './driver.ts';
import { RecordLedger } from './record-ledger.ts';
import { interopRoot, paths } from './tools.ts';

export interface LoadOptions {
  readonly bootstrap: string;
  /** Exists already. */
  readonly topic: string;
  readonly partitions: number;
  readonly recordsPerSecond: number;
}

/** The value that steady_producer.py gives to a number. */
function valueBytes(number: number): number {
  return String(number).length + 1 + (number % 300);
}

export class SteadyLoad {
  readonly topic: string;
  readonly partitions: number;
  readonly ledger: RecordLedger;
  readonly #producer: Driver;
  readonly #reader: Driver;
  /** What the ledger objected to first. */
  #failure: unknown = null;

  constructor({ bootstrap, topic, partitions, recordsPerSecond }: LoadOptions) {
    this.topic = topic;
    this.partitions = partitions;
    this.ledger = new RecordLedger(topic, partitions, valueBytes);
    const script = (name: string) => join(interopRoot, 'python', name);
    const producing = [script('steady_producer.py'), bootstrap, topic, String(partitions)];
    this.#producer = new Driver(paths.python, [...producing, String(recordsPerSecond)], (event) => {
      if (event.event !== 'ack') return;
      this.#judge(() => this.ledger.acknowledge(event.partition, event.offset, event.id));
    });
    const reading = [script('steady_consumer.py'), bootstrap, topic, String(partitions)];
    this.#reader = new Driver(paths.python, reading, (event) => {
      if (event.event !== 'read') return;
      this.#judge(() => {
        for (const row of event.rows) this.ledger.found(...row);
      });
    });
  }

  /** Records acknowledged so far; throws what the ledger objected to. */
  get acked(): number {
    if (this.#failure !== null) throw this.#failure;
    return this.ledger.ackedCount;
  }

  /** Ends both and compares; gives a line for each partition. The log starts must have been told before. */
  async finish(timeoutMs: number): Promise<string[]> {
    const { produced, failures } = await this.#producer.finish<{
      produced: number;
      failures: string[];
    }>(timeoutMs);
    await this.#reader.finish(timeoutMs);
    assert.deepEqual(failures, [], `the producer of ${this.topic} saw no failure`);
    assert.equal(this.acked, produced, `everything sent to ${this.topic} was acknowledged`);
    return this.ledger.check();
  }

  #judge(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#failure ??= error;
    }
  }
}
