import assert from 'node:assert/strict';
import { ErrorCode } from '@millrace/protocol';
import { ClassicGroupDriver } from '../../test/classic-group-driver.ts';
import type { JoinReply, SyncReply, Ticket } from './classic-group-types.ts';

const MAX_CLIENTS = 8;
const CONFIG = { initialRebalanceDelayMs: 1000, maxSize: 7 };
const SESSION_TIMEOUT_MS = 10_000;
const REBALANCE_TIMEOUT_MS = 20_000;
/** Long enough for every timeout of a group to pass a few times over, the five minutes of a first join included. */
const QUIET_ROUNDS = 900;

type Phase = 'out' | 'joining' | 'joined' | 'syncing' | 'stable' | 'gone';

/**
 * Random consumers on one group: they come, leave, stall, give up, die and come back under their instance id, while
 * stores fail and the broker restarts. Checks the invariants after every step, then lets things calm down and checks
 * that the group does. Throws on a violation; the seed replays it.
 */
export function fuzzClassicGroup(seed: number, steps: number): void {
  const world = new World(seed);
  try {
    for (let step = 0; step < steps; step++) world.step();
    world.calmDown();
  } catch (error) {
    throw new Error(`fuzzClassicGroup(${seed}, ${steps}) failed`, { cause: error });
  }
}

interface Client {
  readonly groupInstanceId: string | null;
  readonly protocols: Readonly<Record<string, string>>;
  readonly requiresKnownMemberId: boolean;
  memberId: string;
  generation: number;
  phase: Phase;
  leads: boolean;
  ticket: Ticket;
  /** Members the leader was told of, for its assignment. */
  members: readonly string[];
}

class World {
  readonly #random: () => number;
  #driver = new ClassicGroupDriver(CONFIG);
  readonly #clients = new Set<Client>();
  /** Generation → what its members were told in common. */
  readonly #told = new Map<number, { protocol: string | null; leader: string }>();
  /** Generation → who gets what, by member id or, for static members, instance id. */
  readonly #assigned = new Map<number, Map<string, string>>();
  #highestGeneration = 0;
  #assignments = 0;

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  step(): void {
    const dice = this.#random();
    if (dice < 0.06) this.#spawn();
    else if (dice < 0.08) this.#vanish();
    else if (dice < 0.1) this.#leave();
    else if (dice < 0.11) this.#driver.failNextPersist = true;
    else if (dice < 0.115) this.#restartBroker();
    else if (dice < 0.13) this.#giveUp();
    else if (dice < 0.3) this.#driver.advance(Math.floor(this.#random() ** 3 * 12_000));
    else this.#act(this.#anyone());
    this.#check();
  }

  /** Everyone behaves; then the group has all of them and nobody else. Then everyone dies, and it has nobody. */
  calmDown(): void {
    this.#driver.failNextPersist = false;
    for (let round = 0; round < QUIET_ROUNDS; round++) {
      for (const client of this.#clients) this.#act(client);
      this.#driver.advance(1000);
      this.#check();
    }
    const { group } = this.#driver;
    const alive = [...this.#clients].filter((client) => client.phase !== 'gone');
    assert.equal(group.state, alive.length === 0 ? 'Empty' : 'Stable');
    assert.equal(this.#driver.parked.size, 0, 'requests are still parked');
    const ids = [...group.members].map((member) => member.memberId).sort();
    assert.deepEqual(ids, alive.map((client) => client.memberId).sort());
    for (const client of alive) assert.equal(client.generation, group.generation);

    this.#driver.advance(20 * 60_000);
    assert.equal(group.state, 'Empty');
    assert.equal(this.#driver.timers.size, 0, 'an empty group keeps timers');
    assert.equal(this.#driver.parked.size, 0);
  }

  #spawn(): void {
    if (this.#clients.size >= MAX_CLIENTS) return;
    const groupInstanceId = this.#random() < 0.4 ? `i${Math.floor(this.#random() * 3)}` : null;
    this.#clients.add({
      groupInstanceId,
      protocols: this.#random() < 0.5 ? { range: 'r', sticky: 's' } : { sticky: 's', range: 'r' },
      requiresKnownMemberId: this.#random() < 0.7,
      memberId: '',
      generation: -1,
      phase: 'out',
      leads: false,
      ticket: 0,
      members: [],
    });
  }

  #anyone(): Client | undefined {
    return [...this.#clients][Math.floor(this.#random() * this.#clients.size)];
  }

  #vanish(): void {
    const client = this.#anyone();
    if (client !== undefined) this.#clients.delete(client);
  }

  #leave(): void {
    const client = this.#anyone();
    if (client === undefined || client.memberId === '') return;
    this.#driver.leave(client);
    this.#clients.delete(client);
  }

  /** The client's connection times out: it forgets what it asked and joins again. */
  #giveUp(): void {
    const client = this.#anyone();
    if (client?.phase === 'joining' || client?.phase === 'syncing') client.phase = 'out';
  }

  /** What was stored is all that is left; parked requests end with their connections. */
  #restartBroker(): void {
    const snapshot = this.#driver.snapshots.at(-1);
    this.#driver = new ClassicGroupDriver(CONFIG, snapshot, this.#driver);
    if (snapshot !== undefined) this.#driver.snapshots.push(snapshot);
    for (const client of this.#clients) {
      if (client.phase === 'joining' || client.phase === 'syncing') client.phase = 'out';
    }
    assert.ok(this.#driver.group.generation >= this.#highestGeneration, 'a generation was lost');
  }

  #act(client: Client | undefined): void {
    if (client === undefined || client.phase === 'gone') return;
    if (client.phase === 'out') this.#join(client);
    else if (client.phase === 'joined') this.#sync(client);
    else if (client.phase === 'stable') this.#heartbeat(client);
    else if (client.phase === 'joining') this.#joinAnswered(client);
    else this.#syncAnswered(client);
  }

  #join(client: Client): void {
    client.ticket = this.#driver.join({
      memberId: client.memberId,
      groupInstanceId: client.groupInstanceId,
      protocols: client.protocols,
      requiresKnownMemberId: client.requiresKnownMemberId,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
    });
    client.phase = 'joining';
  }

  #joinAnswered(client: Client): void {
    const reply = this.#driver.replies.get(client.ticket) as JoinReply | undefined;
    if (reply === undefined) return;
    if (reply.error === ErrorCode.MEMBER_ID_REQUIRED) {
      client.memberId = reply.memberId;
      client.phase = 'out';
    } else if (reply.error !== ErrorCode.NONE) {
      this.#failed(client, reply.error);
    } else {
      client.memberId = reply.memberId;
      client.generation = reply.generation;
      client.leads = reply.leader === reply.memberId && !reply.skipAssignment;
      client.members = reply.members.map((member) => member.memberId);
      client.phase = 'joined';
      this.#compareTold(reply);
    }
  }

  #compareTold(reply: JoinReply): void {
    const told = { protocol: reply.protocolName, leader: identity(reply.leader) };
    const before = this.#told.get(reply.generation);
    if (before === undefined) this.#told.set(reply.generation, told);
    else assert.deepEqual(told, before, 'two protocols or leaders in one generation');
  }

  #sync(client: Client): void {
    const { group } = this.#driver;
    const toSend = client.leads
      ? Object.fromEntries(client.members.map((id) => [id, `a${++this.#assignments}`]))
      : {};
    const counts =
      group.state === 'CompletingRebalance' &&
      group.leaderId === client.memberId &&
      group.generation === client.generation;
    client.ticket = this.#driver.sync(
      client.memberId,
      client.generation,
      toSend,
      client.groupInstanceId === null ? {} : { groupInstanceId: client.groupInstanceId },
    );
    client.phase = 'syncing';
    // When it could not be stored nobody is told, and after a restart the leader may assign once more.
    if (!counts || this.#driver.group.state !== 'Stable') return;
    assert.ok(!this.#assigned.has(client.generation), 'a generation was assigned twice');
    const byIdentity = Object.entries(toSend).map(([id, what]) => [identity(id), what] as const);
    this.#assigned.set(client.generation, new Map(byIdentity));
  }

  #syncAnswered(client: Client): void {
    const reply = this.#driver.replies.get(client.ticket) as SyncReply | undefined;
    if (reply === undefined) return;
    if (reply.error !== ErrorCode.NONE) {
      this.#failed(client, reply.error);
      return;
    }
    const expected = this.#assigned.get(client.generation)?.get(identity(client.memberId));
    assert.equal(reply.assignment.toString(), expected, 'not what the leader sent');
    client.phase = 'stable';
  }

  #heartbeat(client: Client): void {
    const { memberId, generation, groupInstanceId } = client;
    const error = this.#driver.heartbeat(memberId, generation, groupInstanceId);
    if (error !== ErrorCode.NONE) this.#failed(client, error);
  }

  #failed(client: Client, error: number): void {
    const fatal =
      error === ErrorCode.FENCED_INSTANCE_ID || error === ErrorCode.GROUP_MAX_SIZE_REACHED;
    client.phase = fatal ? 'gone' : 'out';
    if (fatal) this.#clients.delete(client);
    if (error === ErrorCode.UNKNOWN_MEMBER_ID) client.memberId = '';
  }

  #check(): void {
    const { group, parked } = this.#driver;
    assert.ok(group.generation >= this.#highestGeneration, 'the generation went back');
    // A generation that was not stored may come again after a restart, so only told ones count.
    for (const generation of this.#told.keys()) {
      this.#highestGeneration = Math.max(this.#highestGeneration, generation);
    }
    let waiting = 0;
    for (const member of group.members) {
      if (member.joinTicket !== null) {
        assert.equal(group.state, 'PreparingRebalance', 'a join is parked in the wrong state');
        assert.ok(parked.has(member.joinTicket), 'an answered join is still kept');
        waiting++;
      }
      if (member.syncTicket !== null) {
        assert.equal(group.state, 'CompletingRebalance', 'a sync is parked in the wrong state');
        assert.ok(parked.has(member.syncTicket), 'an answered sync is still kept');
        waiting++;
      }
    }
    assert.equal(parked.size, waiting, 'a parked request belongs to no member');
    const members = [...group.members];
    assert.equal(members.length === 0, group.leaderId === null);
    if (group.state === 'Empty') assert.equal(members.length, 0);
    assert.ok(members.length <= MAX_CLIENTS * 10);
    for (const member of members) {
      assert.ok(
        this.#driver.timers.has(`session:${member.memberId}`) ||
          member.joinTicket !== null ||
          member.syncTicket !== null,
        'a member that nothing will ever end',
      );
    }
  }
}

/** A static member changes its id and stays who it is: its ids begin with its instance id. */
function identity(memberId: string): string {
  return memberId.startsWith('client-') ? memberId : memberId.slice(0, memberId.indexOf('-'));
}

/** A small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
