import { isDeepStrictEqual } from 'node:util';
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
  /** The topic that was filled last, and is read by many runs; null when there is none. */
  #filled: { readonly spec: FilledTopicSpec; readonly topic: FilledTopic } | null = null;

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
    this.#filled = null;
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
    await this.#deleteFilled(broker);
    const topic = this.nextName('bench');
    await createReadyTopic(broker.port, topic, partitions, durabilityConfigs(durability));
    try {
      return await use(broker, topic);
    } finally {
      await deleteTopic(broker.port, topic);
    }
  }

  /**
   * A topic that holds at least `bytes` of records, evenly over its partitions. It is deleted when another topic is made: what
   * all brokers hold in the page cache should be memory that the machine has used before. That of a virtual machine costs
   * ten times as much when it is new.
   */
  async filledTopic(spec: FilledTopicSpec): Promise<FilledTopic> {
    const broker = await this.broker();
    if (isDeepStrictEqual(this.#filled?.spec, spec)) return this.#filled!.topic;
    await this.#deleteFilled(broker);
    const topic = await this.#fill(broker, spec);
    this.#filled = { spec, topic };
    return topic;
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

  async #deleteFilled({ port }: PeerProcess): Promise<void> {
    const filled = this.#filled;
    this.#filled = null;
    if (filled !== null) await deleteTopic(port, filled.topic.name);
  }

  async #fill({ port }: PeerProcess, spec: FilledTopicSpec): Promise<FilledTopic> {
    const { partitions, bytes, recordBytes } = spec;
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
