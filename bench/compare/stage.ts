import {
  createTopic,
  frame,
  int32,
  RawConnection,
  requestHeader,
  string,
} from '../../interop/harness/wire.ts';
import { warmUp } from './clients/warm-up.ts';
import type { Peer } from './peers/peer.ts';
import type { PeerProcess } from './peers/peer-process.ts';
import { type Durability, durabilityConfigs } from './scenario.ts';

const DELETE_TOPICS = 20;

/** One kind of broker and what scenarios need to know of it: each has one that runs through all of them. */
export class Stage {
  readonly peer: Peer;
  /** How long a measured run should take. */
  readonly seconds: number;
  /** What a scenario found out about this broker, such as how many records a second it takes; by the scenario's name. */
  readonly rates = new Map<string, number>();
  #broker: Promise<PeerProcess> | null = null;
  #topics = 0;

  constructor(peer: Peer, seconds: number) {
    this.peer = peer;
    this.seconds = seconds;
  }

  /** The one that runs through all scenarios, started and warmed up when the first one asks for it. */
  broker(): Promise<PeerProcess> {
    this.#broker ??= this.#start();
    return this.#broker;
  }

  /** Makes an empty topic, gives its name to `use`, and deletes it when that is done. */
  async withTopic<Result>(
    partitions: number,
    durability: Durability,
    use: (broker: PeerProcess, topic: string) => Promise<Result>,
  ): Promise<Result> {
    const broker = await this.broker();
    this.#topics += 1;
    const topic = `bench-${this.#topics}`;
    await createTopic(broker.port, topic, partitions, durabilityConfigs(durability));
    try {
      return await use(broker, topic);
    } finally {
      await deleteTopic(broker.port, topic);
    }
  }

  async close(): Promise<void> {
    await (await this.#broker)?.stop();
    this.#broker = null;
  }

  async #start(): Promise<PeerProcess> {
    const broker = await this.peer.start();
    if (this.peer.id !== 'sink') await warmUp(broker);
    return broker;
  }
}

/** By DeleteTopics v1. */
async function deleteTopic(port: number, topic: string): Promise<void> {
  const connection = await RawConnection.open(port);
  try {
    const body = [requestHeader(DELETE_TOPICS, 1, 1), int32(1), string(topic), int32(30_000)];
    connection.send(frame(Buffer.concat(body)));
    await connection.answer(60_000);
  } finally {
    connection.close();
  }
}
