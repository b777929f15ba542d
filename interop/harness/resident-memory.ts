import type { Broker } from './broker.ts';

const SAMPLE_EVERY_MS = 50;

/** Samples how much memory a broker's process holds, and remembers the most it was. */
export class ResidentMemory {
  readonly #broker: Broker;
  readonly #timer: NodeJS.Timeout;
  readonly startBytes: number;
  #peakBytes: number;

  constructor(broker: Broker) {
    this.#broker = broker;
    this.startBytes = broker.residentBytes();
    this.#peakBytes = this.startBytes;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_EVERY_MS);
    this.#timer.unref();
  }

  get peakBytes(): number {
    this.#sample();
    return this.#peakBytes;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    this.#peakBytes = Math.max(this.#peakBytes, this.#broker.residentBytes());
  }
}
