import type { Latencies } from './latencies.ts';
import { fetchRequest, produceRequest, RawConnection, recordBatch } from './wire.ts';

/**
 * A client that behaves: round after round it produces one record and reads back just that one. It runs beside the
 * hostile ones, who must not be able to disturb it.
 */
export class HealthyClient {
  readonly #port: number;
  readonly #topic: string;
  readonly #latencies: Latencies | null;
  #rounds = 0;
  #failure: Error | null = null;
  #stopping = false;
  #finished: Promise<void> = Promise.resolve();

  /** Each round's time goes to `latencies`. */
  constructor(port: number, topic: string, latencies: Latencies | null = null) {
    this.#port = port;
    this.#topic = topic;
    this.#latencies = latencies;
  }

  /** Rounds completed; throws what went wrong, if something did. */
  get rounds(): number {
    if (this.#failure !== null) throw this.#failure;
    return this.#rounds;
  }

  start(): void {
    this.#finished = this.#run().catch((error: unknown) => {
      this.#failure = new Error(`the healthy client failed in round ${this.#rounds}`, {
        cause: error,
      });
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#finished;
  }

  async #run(): Promise<void> {
    const connection = await RawConnection.open(this.#port);
    try {
      while (!this.#stopping) {
        await this.#round(connection);
        // A breath between rounds leaves the machine's two cores to the others.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally {
      connection.close();
    }
  }

  async #round(connection: RawConnection): Promise<void> {
    const startedMs = performance.now();
    const value = Buffer.from(`round ${this.#rounds}`);
    connection.send(produceRequest(this.#topic, recordBatch(value), this.#rounds));
    const produced = produceResult(await present(connection.answer(20_000)), this.#topic);
    if (produced.error !== 0) throw new Error(`produce answered error ${produced.error}`);
    if (produced.baseOffset !== this.#rounds) {
      throw new Error(`offset ${produced.baseOffset} instead of ${this.#rounds}`);
    }
    connection.send(fetchRequest(this.#topic, produced.baseOffset, this.#rounds));
    const fetched = await present(connection.answer(20_000));
    if (!fetched.includes(value)) throw new Error('the record just produced is not in the answer');
    this.#rounds += 1;
    this.#latencies?.add(performance.now() - startedMs);
  }
}

async function present(answer: Promise<Buffer | null>): Promise<Buffer> {
  const bytes = await answer;
  if (bytes === null) throw new Error('the broker closed the connection');
  return bytes;
}

/** Reads a Produce v3 answer about one partition. */
export function produceResult(
  answer: Buffer,
  topic: string,
): { readonly error: number; readonly baseOffset: number } {
  // Correlation id, topic count, name, partition count, partition index.
  const at = 4 + 4 + 2 + Buffer.byteLength(topic) + 4 + 4;
  return { error: answer.readInt16BE(at), baseOffset: Number(answer.readBigInt64BE(at + 2)) };
}
