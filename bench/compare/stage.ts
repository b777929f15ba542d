import type { Clients } from './clients/clients.ts';
import { RECORDS_A_BATCH } from './clients/prepared-batch.ts';
import { rawProduce } from './clients/raw-producer.ts';
import { warmUp } from './clients/warm-up.ts';
import type { Peer } from './peers/peer.ts';
import type { PeerProcess } from './peers/peer-process.ts';
import { type Durability, durabilityConfigs } from './scenario.ts';
import { createReadyTopic, deleteTopic } from './topics.ts';

export interface FilledTopicSpec {
  readonly partitions: number;
  readonly bytes: number;
  readonly recordBytes: number;
}

export interface FilledTopic {
  readonly name: string;
  readonly records: number;
}

/** One kind of broker and what scenarios need to know of it: each has one that runs through all of them. */
export class Stage {
  readonly peer: Peer;
  readonly clients: Clients;
  /** How long a measured run should take. */
  readonly seconds: number;
  /** What a scenario found out about this broker, such as how many records a second it takes; by the scenario's name. */
  readonly rates = new Map<string, number>();
  #broker: Promise<PeerProcess> | null = null;
  #names = 0;
  /** Topics that are filled once and read by many runs; one for each number of partitions that scenarios ask for. */
  readonly #filled = new Map<string, Promise<FilledTopic>>();

  constructor(peer: Peer, clients: Clients, seconds: number) {
    this.peer = peer;
    this.clients = clients;
    this.seconds = seconds;
  }

  /** The one that runs through all scenarios, started and warmed up when the first one asks for it. */
  async broker(): Promise<PeerProcess> {
    const broker = await this.#broker?.catch(() => null);
    if (broker?.isRunning) return broker;
    // The first scenario, or the one after a crash, which its failure told of.
    this.#filled.clear();
    this.#broker = this.#start();
    return this.#broker;
  }

  /** Makes an empty topic, gives its name to `use`, and deletes it when that is done. */
  async withTopic<Result>(
    partitions: number,
    durability: Durability,
    use: (broker: PeerProcess, topic: string) => Promise<Result>,
  ): Promise<Result> {
    const broker = await this.broker();
    const topic = this.nextName('bench');
    await createReadyTopic(broker.port, topic, partitions, durabilityConfigs(durability));
    try {
      return await use(broker, topic);
    } finally {
      await deleteTopic(broker.port, topic);
    }
  }

  /** A topic that holds at least `bytes` of records, evenly over its partitions. */
  filledTopic(spec: FilledTopicSpec): Promise<FilledTopic> {
    const key = JSON.stringify(spec);
    const known = this.#filled.get(key);
    if (known !== undefined) return known;
    const filled = this.#fill(spec);
    this.#filled.set(key, filled);
    filled.catch(() => this.#filled.delete(key));
    return filled;
  }

  /** One that no other run has. */
  nextName(label: string): string {
    this.#names += 1;
    return `${label}-${this.#names}`;
  }

  async close(): Promise<void> {
    await (await this.#broker)?.stop();
    this.#broker = null;
  }

  async #fill({ partitions, bytes, recordBytes }: FilledTopicSpec): Promise<FilledTopic> {
    const { port } = await this.broker();
    const name = this.nextName('filled');
    await createReadyTopic(port, name, partitions, durabilityConfigs('neither syncs'));
    const batch = { recordBytes, recordsABatch: RECORDS_A_BATCH };
    const records = await rawProduce({ port, topic: name, partitions, bytes, ...batch });
    return { name, records };
  }

  async #start(): Promise<PeerProcess> {
    const broker = await this.peer.start();
    if (this.peer.id !== 'sink') await warmUp(broker, this.clients, this.seconds);
    return broker;
  }
}
