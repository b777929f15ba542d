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
  /** Values have up to this many bytes more than their number. */
  readonly maxFill?: number;
  /** So many keys come again and again; by default each record has its own. */
  readonly keys?: number;
}

const DEFAULT_MAX_FILL = 300;

export class SteadyLoad {
  readonly topic: string;
  readonly partitions: number;
  readonly ledger: RecordLedger;
  readonly #options: LoadOptions;
  readonly #producer: Driver;
  #reader: Driver;
  /** What the ledger objected to first. */
  #failure: unknown = null;

  constructor(options: LoadOptions) {
    const { bootstrap, topic, partitions, recordsPerSecond } = options;
    const { maxFill = DEFAULT_MAX_FILL, keys = 0 } = options;
    this.#options = options;
    this.topic = topic;
    this.partitions = partitions;
    this.ledger = new RecordLedger(
      topic,
      partitions,
      // What steady_producer.py gives to a number.
      (number) => String(number).length + 1 + (number % maxFill),
    );
    const script = join(interopRoot, 'python', 'steady_producer.py');
    const producing = [script, bootstrap, topic, String(partitions)];
    const shape = [recordsPerSecond, maxFill, keys].map(String);
    this.#producer = new Driver(paths.python, [...producing, ...shape], (event) => {
      if (event.event !== 'ack') return;
      this.#judge(() => this.ledger.acknowledge(event.partition, event.offset, event.id));
    });
    this.#reader = this.#startReader();
  }

  #startReader(): Driver {
    const { bootstrap, topic, partitions } = this.#options;
    const script = join(interopRoot, 'python', 'steady_consumer.py');
    return new Driver(paths.python, [script, bootstrap, topic, String(partitions)], (event) => {
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

  /** Ends both; what was acknowledged stays as it is from then on. */
  async end(timeoutMs: number): Promise<void> {
    const { produced, failures } = await this.#producer.finish<{
      produced: number;
      failures: string[];
    }>(timeoutMs);
    await this.#reader.finish(timeoutMs);
    assert.deepEqual(failures, [], `the producer of ${this.topic} saw no failure`);
    assert.equal(this.acked, produced, `everything sent to ${this.topic} was acknowledged`);
  }

  /**
   * After `end`: compares what was read along the way, and what a new consumer reads now; gives lines with figures.
   * `beforeLook` is called after each reading: the ledger must have seen the log starts that passed the reader.
   */
  async check(timeoutMs: number, beforeLook = async () => {}): Promise<string[]> {
    const { keys } = this.#options;
    await beforeLook();
    const alongTheWay = this.ledger.check(keys);
    this.ledger.readAgain();
    this.#reader = this.#startReader();
    await this.#reader.finish(timeoutMs);
    await beforeLook();
    assert.equal(this.acked, this.ledger.ackedCount);
    return [...alongTheWay, ...this.ledger.check(keys).map((line) => `${line} (read again)`)];
  }

  #judge(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#failure ??= error;
    }
  }
}
