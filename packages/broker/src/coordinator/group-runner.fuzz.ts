import assert from 'node:assert/strict';
import { ErrorCode } from '@millrace/protocol';
import {
  type GroupRecord,
  ManualClock,
  MemoryMetadataStore,
  MetadataError,
} from '@millrace/storage';
import { decodeClassicGroup } from './classic-group-record.ts';
import type { JoinReply, SyncReply } from './classic-group-types.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import type { GroupStore } from './group-offsets.ts';
import { TimerQueue } from './timer-queue.ts';

const GROUP_ID = 'g';
const CLIENTS = 4;
/** Past every timeout of the group, a few times over. */
const QUIET_ROUNDS = 400;

/**
 * Random consumers on a coordinator whose store takes its time and fails now and then, before or after it did what it was
 * asked, while the broker crashes and starts again. Checks at the moment a reply leaves that the store holds what it
 * promises. Rejects on a violation; the seed replays it.
 */
export async function fuzzGroupRunner(seed: number, steps: number): Promise<void> {
  const world = new World(seed);
  try {
    await world.start();
    for (let step = 0; step < steps; step++) await world.step();
    await world.calmDown();
  } catch (error) {
    throw new Error(`fuzzGroupRunner(${seed}, ${steps}) failed`, { cause: error });
  }
}

type Outcome = 'done' | 'failed' | 'lost answer';

/** What one life of the broker sees of the store. */
class UncertainStore implements GroupStore {
  /** Saves that wait for the word; bounded by the one coordinator, which saves a group one at a time. */
  readonly waiting: ((outcome: Outcome) => void)[] = [];
  /** The broker is no more: what it still asks for never happens. */
  isCut = false;
  readonly #store: MemoryMetadataStore;

  constructor(store: MemoryMetadataStore) {
    this.#store = store;
  }

  get image() {
    return this.#store.image;
  }

  async saveGroup(group: GroupRecord, expectedEpoch: number | null): Promise<void> {
    const outcome = await new Promise<Outcome>((resolve) => {
      if (!this.isCut) this.waiting.push(resolve);
    });
    const failure = new MetadataError('unavailable', 'the simulated disk failed');
    if (outcome === 'failed') throw failure;
    await this.#store.saveGroup(group, expectedEpoch);
    if (outcome === 'lost answer') throw failure;
  }

  deleteGroup(): Promise<void> {
    throw new Error('nobody deletes');
  }

  commitOffsets(): Promise<void> {
    throw new Error('nobody commits');
  }

  deleteOffsets(): Promise<void> {
    throw new Error('nobody deletes');
  }
}

interface Client {
  readonly groupInstanceId: string | null;
  memberId: string;
  generation: number;
  phase: 'out' | 'waiting' | 'joined' | 'stable';
  /** Counts up when the client forgets what it asked, so that a late answer means nothing to it. */
  attempt: number;
  members: readonly string[];
}

class World {
  readonly #random: () => number;
  readonly #memory = new MemoryMetadataStore();
  #store = new UncertainStore(this.#memory);
  readonly #clock = new ManualClock();
  readonly #clients: Client[] = [];
  #timers: TimerQueue | null = null;
  #coordinator!: GroupCoordinator;
  #uuids = 0;
  #assignments = 0;
  #violation: unknown = null;

  constructor(seed: number) {
    let state = seed >>> 0;
    this.#random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 4_294_967_296;
    };
    for (let index = 0; index < CLIENTS; index++) {
      this.#clients.push({
        groupInstanceId: index % 2 === 0 ? `i${index}` : null,
        memberId: '',
        generation: -1,
        phase: 'out',
        attempt: 0,
        members: [],
      });
    }
  }

  async start(): Promise<void> {
    await this.#memory.open();
    this.#startBroker();
  }

  async step(): Promise<void> {
    const dice = this.#random();
    const client = this.#clients[Math.floor(this.#random() * CLIENTS)]!;
    if (dice < 0.02) await this.#crash();
    else if (dice < 0.05) this.#restartClient(client);
    else if (dice < 0.25) this.#finishSave();
    else if (dice < 0.4) this.#clock.advance(this.#random() * 2000);
    else this.#act(client);
    await this.#settle();
  }

  /** The store works and everyone behaves: the group ends up stable with everyone in it. */
  async calmDown(): Promise<void> {
    for (let round = 0; round < QUIET_ROUNDS; round++) {
      for (const client of this.#clients) this.#act(client);
      await this.#settle();
      this.#store.waiting.shift()?.('done');
      this.#clock.advance(500);
      await this.#settle();
    }
    const described = this.#coordinator.describe(GROUP_ID)!;
    assert.equal(described.state, 'Stable');
    const ids = described.members.map((member) => member.memberId).sort();
    assert.deepEqual(ids, this.#clients.map((client) => client.memberId).sort());
  }

  #startBroker(): void {
    this.#timers = new TimerQueue(this.#clock, (error) => {
      this.#violation = error;
    });
    this.#coordinator = new GroupCoordinator({
      metadata: this.#store,
      clock: this.#clock,
      timers: this.#timers,
      newUuid: () => `uuid${++this.#uuids}`,
      onNotice: () => {},
      config: {
        initialRebalanceDelayMs: 100,
        minSessionTimeoutMs: 0,
        maxSessionTimeoutMs: 1_800_000,
        maxSize: 100,
        offsetMetadataMaxBytes: 100,
      },
    });
    this.#coordinator.start();
  }

  /** The store's writes under way are lost or were just done; all connections end. */
  async #crash(): Promise<void> {
    this.#timers?.close();
    this.#store.isCut = true;
    while (this.#store.waiting.length > 0) this.#finishSave();
    await this.#settle();
    this.#store = new UncertainStore(this.#memory);
    for (const client of this.#clients) {
      client.attempt++;
      if (client.phase === 'waiting') client.phase = 'out';
    }
    this.#startBroker();
  }

  /** A static member comes back under its instance id, any other as somebody new. */
  #restartClient(client: Client): void {
    client.attempt++;
    client.memberId = '';
    client.phase = 'out';
  }

  #finishSave(): void {
    const dice = this.#random();
    const outcome = dice < 0.75 ? 'done' : dice < 0.9 ? 'failed' : 'lost answer';
    this.#store.waiting.shift()?.(outcome);
  }

  #act(client: Client): void {
    if (client.phase === 'out') this.#join(client);
    else if (client.phase === 'joined') this.#sync(client);
    else if (client.phase === 'stable') this.#heartbeat(client);
  }

  #join(client: Client): void {
    const reply = this.#coordinator.join(GROUP_ID, {
      memberId: client.memberId,
      groupInstanceId: client.groupInstanceId,
      clientId: 'c',
      clientHost: '/h',
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 5000,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: Buffer.from('m') }],
      requiresKnownMemberId: true,
      supportsSkippingAssignment: true,
    });
    this.#await(client, reply, (joined) => this.#joined(client, joined));
  }

  #joined(client: Client, reply: JoinReply): void {
    if (reply.error === ErrorCode.NONE) {
      const stored = this.#stored();
      assert.ok(stored.generation >= reply.generation, 'a generation was told and not stored');
      const isIn = stored.members.some(({ memberId }) => memberId === reply.memberId);
      assert.ok(isIn || stored.generation > reply.generation, 'a member was told and not stored');
      client.generation = reply.generation;
      client.members = reply.members.map((member) => member.memberId);
      client.phase = 'joined';
    } else {
      client.phase = 'out';
    }
    client.memberId = reply.error === ErrorCode.UNKNOWN_MEMBER_ID ? '' : reply.memberId;
  }

  #sync(client: Client): void {
    const reply = this.#coordinator.sync(GROUP_ID, {
      memberId: client.memberId,
      generation: client.generation,
      groupInstanceId: client.groupInstanceId,
      protocolType: null,
      protocolName: null,
      assignments: client.members.map((memberId) => ({
        memberId,
        assignment: Buffer.from(`a${++this.#assignments}`),
      })),
    });
    this.#await(client, reply, (synced) => this.#synced(client, synced));
  }

  #synced(client: Client, reply: SyncReply): void {
    client.phase = reply.error === ErrorCode.NONE ? 'stable' : 'out';
    if (reply.error === ErrorCode.UNKNOWN_MEMBER_ID) client.memberId = '';
    if (reply.error !== ErrorCode.NONE) return;
    const stored = this.#stored();
    assert.ok(stored.generation >= client.generation, 'an assignment of no stored generation');
    if (stored.generation > client.generation) return;
    const member = stored.members.find(({ memberId }) => memberId === client.memberId);
    assert.deepEqual(member?.assignment, reply.assignment, 'told another assignment than stored');
  }

  #heartbeat(client: Client): void {
    const { memberId, generation, groupInstanceId } = client;
    const claim = { memberId, generation, groupInstanceId };
    this.#await(client, this.#coordinator.heartbeat(GROUP_ID, claim), ({ error }) => {
      client.phase = error === ErrorCode.NONE ? 'stable' : 'out';
      if (error === ErrorCode.UNKNOWN_MEMBER_ID) client.memberId = '';
    });
  }

  #await<Reply>(client: Client, reply: Promise<Reply>, read: (reply: Reply) => void): void {
    const attempt = ++client.attempt;
    client.phase = 'waiting';
    reply
      .then((answer) => {
        if (client.attempt === attempt) read(answer);
      })
      .catch((error: unknown) => {
        this.#violation ??= error;
      });
  }

  #stored() {
    const record = this.#memory.image.groups.get(GROUP_ID);
    assert.ok(record !== undefined, 'nothing is stored');
    return decodeClassicGroup(record)!;
  }

  async #settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#violation !== null) throw this.#violation;
  }
}
