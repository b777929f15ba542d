import { setTimeout as pause } from 'node:timers/promises';
import { RawConnection } from '../../interop/harness/wire.ts';
import type { CountedBroker } from './counted-broker.ts';
import type { Question, Reading } from './probe.ts';
import type { CallCounter, Calls } from './system-calls.ts';
import type { Running, Workload } from './workload.ts';

/** What a number of requests has cost the broker's process. */
export interface Cost {
  readonly requests: number;
  readonly recordBytes: number;
  /** Null where nothing counts them here. */
  readonly calls: Calls | null;
  /** How often a thread has waited, and the system turned to another; null where the system does not tell. */
  readonly handOvers: number | null;
  /** Bytes that JavaScript has allocated in its heap, without buffers. */
  readonly heapBytes: number;
  readonly scavenges: number;
  readonly markCompacts: number;
  /** Of new buffers, made by JavaScript and by Node itself, for each request. */
  readonly bufferBytesARequest: number;
  /** Copied from buffer to buffer, for each request. */
  readonly copiedBytesARequest: number;
}

const BUFFER_ATTEMPTS = 6;

/** Steps that take longer: after all garbage was collected, or methods were replaced, code has to be compiled again. */
const SETTLING_STEPS = 20;

/** A workload in a broker, made ready and warm. */
export class Measured {
  readonly #workload: Workload;
  readonly #broker: CountedBroker;
  readonly #running: Running;
  /** On the present connections. */
  #steps = 0;

  private constructor(workload: Workload, broker: CountedBroker, running: Running) {
    this.#workload = workload;
    this.#broker = broker;
    this.#running = running;
  }

  static async open(workload: Workload, broker: CountedBroker): Promise<Measured> {
    const measured = new Measured(workload, broker, await workload.open(broker));
    await measured.#connect();
    await measured.#run(workload.warmSteps);
    return measured;
  }

  /**
   * `share` of the steps are counted. System calls are counted apart, so that what counts them has no part in the rest.
   */
  async cost(counter: CallCounter | null, share: number): Promise<Cost> {
    const steps = Math.ceil(this.#workload.countedSteps * share);
    await this.#connect();
    const handOversBefore = this.#broker.handOvers();
    const { before, after } = await this.#between(steps);
    const handOvers = difference(this.#broker.handOvers(), handOversBefore);
    await this.#connect();
    const calls = (await counter?.count(this.#broker.pid, () => this.#run(steps))) ?? null;
    return {
      requests: steps * this.#running.requestsAStep,
      recordBytes: steps * this.#running.recordBytesAStep,
      calls,
      handOvers,
      heapBytes: after.heapBytes - before.heapBytes,
      scavenges: after.scavenges - before.scavenges,
      markCompacts: after.markCompacts - before.markCompacts,
      bufferBytesARequest: await this.#bufferBytes(),
      copiedBytesARequest: await this.#copiedBytes(),
    };
  }

  close(): void {
    this.#running.close();
  }

  /** Buffers are seen as they are made only while none is given back: between two garbage collections. */
  async #bufferBytes(): Promise<number> {
    let steps = this.#workload.bufferSteps;
    for (let attempt = 0; attempt < BUFFER_ATTEMPTS; attempt++) {
      await this.#settleAfter('collect-garbage');
      const { before, after } = await this.#between(steps);
      if (collections(after) === collections(before)) {
        return (after.bufferBytes - before.bufferBytes) / (steps * this.#running.requestsAStep);
      }
      steps = Math.ceil(steps / 2);
    }
    throw new Error(`garbage was collected within ${steps} steps, ${BUFFER_ATTEMPTS} times`);
  }

  async #copiedBytes(): Promise<number> {
    const steps = this.#workload.bufferSteps;
    await this.#settleAfter('count-copies');
    const { before, after } = await this.#between(steps);
    await this.#broker.ask('count-no-copies');
    return (after.copiedBytes - before.copiedBytes) / (steps * this.#running.requestsAStep);
  }

  /** What took long meanwhile is not held against the connections that come now. */
  async #settleAfter(question: Question): Promise<void> {
    await this.#broker.ask(question);
    await this.#run(Math.min(SETTLING_STEPS, this.#workload.bufferSteps));
    await this.#connect();
  }

  async #between(steps: number): Promise<{ before: Reading; after: Reading }> {
    const before = await this.#broker.ask('reading');
    await this.#run(steps);
    return { before, after: await this.#broker.ask('reading') };
  }

  async #connect(): Promise<void> {
    const { burden } = this.#running;
    await this.#running.connect();
    this.#steps = 0;
    if (burden === null) return;
    await burden();
    await this.#broker.ask('collect-garbage');
  }

  async #run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      if (this.#steps === this.#workload.stepsAConnection) await this.#connect();
      await this.#running.step();
      this.#steps++;
    }
  }
}

function collections({ scavenges, markCompacts }: Reading): number {
  return scavenges + markCompacts;
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}

/** What connections cost that do nothing, all together and with what the broker does by itself. */
export interface IdleCost {
  readonly connections: number;
  readonly seconds: number;
  readonly calls: Calls;
}

export async function idleCost(
  broker: CountedBroker,
  counter: CallCounter,
  connections: number,
  seconds: number,
): Promise<IdleCost> {
  const opening = Array.from({ length: connections }, () => RawConnection.open(broker.port));
  const open = await Promise.all(opening);
  const calls = await counter.count(broker.pid, () => pause(seconds * 1000));
  for (const connection of open) connection.close();
  return { connections, seconds, calls };
}
