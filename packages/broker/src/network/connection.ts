import type { Socket } from 'node:net';
import { type EncodedFrame, type FrameMemory, FrameReader } from '@millrace/protocol';
import type { ClientSoftware, ConnectionInfo } from '../handler.ts';
import { hostPort, plainAddress } from './address.ts';
import type { AnswerMemory } from './answer-memory.ts';
import type { BufferPool } from './buffer-pool.ts';
import { type Dispatcher, ProtocolViolation } from './dispatcher.ts';
import { type LoopTurn, TurnDebt, type TurnUser } from './loop-turn.ts';
import type { MemoryUser, RequestMemory } from './request-memory.ts';
import { ResponseWriter } from './response-writer.ts';
import { readInto } from './socket-reading.ts';

/** Requests of one connection that may be under way at a time; past it the socket is not read. */
const MAX_IN_FLIGHT_REQUESTS = 64;
/** Answer bytes that the client has not taken, past which none of its requests are begun. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** A request under way; answers leave in the order of these slots. */
interface Slot {
  /** The frame, and what it was decoded into. */
  readonly requestBytes: number;
  ready: boolean;
  /** Null when ready without an answer (Produce with acks=0). */
  answer: EncodedFrame | null;
}

/**
 * Why a connection ended: the client left; it was silent for too long; it broke the protocol; its request did not come
 * while the broker was out of memory; its answer could not be read or sent; the socket failed; the broker is closing; a
 * defect of ours.
 */
export type ConnectionCloseCause =
  | 'client'
  | 'idle'
  | 'malformed'
  | 'memory'
  | 'answer'
  | 'socket'
  | 'shutdown'
  | 'defect';

export interface ConnectionOptions {
  readonly id: number;
  /** Not read from yet. */
  readonly socket: Socket;
  /** What sockets are read into, one after the other. */
  readonly readBuffer: Buffer;
  /** Where requests are joined that came in pieces. */
  readonly frameMemory: FrameMemory;
  readonly listener: string;
  readonly dispatcher: Dispatcher;
  readonly memory: RequestMemory;
  readonly loopTurn: LoopTurn;
  readonly answerMemory: AnswerMemory;
  readonly pool: BufferPool;
  readonly maxFrameBytes: number;
  readonly nowMs: () => number;
  readonly onClose: (
    connection: Connection,
    cause: ConnectionCloseCause,
    reason: string | null,
  ) => void;
}

/**
 * One client: frames in, requests begun while earlier ones wait (pipelining), answers out in request order. Every
 * queue in it is bounded: past the bound the socket is not read, and TCP holds the client back.
 */
export class Connection implements ConnectionInfo, MemoryUser, TurnUser {
  readonly id: number;
  readonly remoteHost: string;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly listener: string;
  clientSoftware: ClientSoftware | null = null;
  readonly debt = new TurnDebt();
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #frames: FrameReader;
  readonly #writer: ResponseWriter;
  readonly #slots: Slot[] = [];
  #closed = false;
  #closeCause: ConnectionCloseCause | null = null;
  #closeReason: string | null = null;
  #decoding = false;
  /** True while an answer of unknown, possibly large size is being made (Fetch): nothing behind it is begun. */
  #bulkPending = false;
  /** The client has sent all it will; it may still be owed answers. */
  #ended = false;
  /** The broker is closing: what was begun is answered, what comes is not looked at. */
  #draining = false;
  /** What `RequestMemory` was last told of the bytes that wait in the frame reader. */
  #countedBytes = 0;
  /** Of requests under way. */
  #requestBytes = 0;
  #receivedBytes = 0;
  #abort: AbortController | null = null;
  lastActivityMs: number;

  constructor(options: ConnectionOptions) {
    const socket = readInto(options.socket, options.readBuffer, (bytes) => this.#onBytes(bytes));
    this.#options = options;
    this.#socket = socket;
    this.id = options.id;
    this.listener = options.listener;
    this.remoteHost = plainAddress(socket.remoteAddress ?? '?');
    this.remoteAddress = hostPort(this.remoteHost, socket.remotePort ?? 0);
    this.localAddress = plainAddress(socket.localAddress ?? 'localhost');
    this.localPort = socket.localPort ?? 0;
    this.lastActivityMs = options.nowMs();
    this.#frames = new FrameReader(options.maxFrameBytes, options.frameMemory);
    this.#writer = new ResponseWriter(
      socket,
      options.pool,
      options.answerMemory,
      () => this.#decode(),
      (reason) => this.close('answer', reason),
    );
    socket.setNoDelay(true);
    socket.on('end', () => this.#onEnd());
    socket.on('error', (error) => this.#onSocketError(error));
    socket.on('close', () => this.#onClosed());
  }

  get closed(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#closed || this.#draining) this.#abort.abort();
    return this.#abort.signal;
  }

  /** Waiting requests keep a connection from being idle: a long poll is not silence. */
  get hasRequests(): boolean {
    return this.#slots.length > 0;
  }

  get heldBytes(): number {
    return this.#countedBytes + this.#requestBytes;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** The first cause counts. `reason` is null where nobody needs to be told. */
  close(cause: ConnectionCloseCause, reason: string | null): void {
    if (this.#closed) return;
    this.#setCause(cause, reason);
    this.#writer.flush();
    this.#socket.destroy();
  }

  /** Answers what was begun, long polls at once, then says goodbye. What the client sends from now on is lost. */
  drain(): void {
    if (this.#closed || this.#draining) return;
    this.#draining = true;
    this.#ended = true;
    this.#abort?.abort();
    this.#endWhenAnswered();
    // Read on, to see the client's own end.
    this.#socket.resume();
  }

  resumeReading(): void {
    if (!this.#closed) this.#decode();
  }

  /** `bytes` are there until this returns. */
  #onBytes(bytes: Buffer): void {
    if (this.#closed || this.#draining) return;
    this.lastActivityMs = this.#options.nowMs();
    this.#receivedBytes += bytes.length;
    this.#frames.push(bytes, this.#isInReadBuffer(bytes));
    this.#decode();
    this.#frames.detach();
  }

  #isInReadBuffer(bytes: Buffer): boolean {
    return bytes.buffer === this.#options.readBuffer.buffer;
  }

  /** Begins every request that may begin, then reads on or holds the socket back. */
  #decode(): void {
    if (this.#decoding || this.#closed) return;
    if (this.#draining) {
      this.#endWhenAnswered();
      return;
    }
    this.#decoding = true;
    try {
      while (this.#mayBegin()) {
        const frame = this.#frames.next();
        if (frame === null) break;
        this.#options.memory.frameRead(this);
        const { loopTurn } = this.#options;
        const startedMs = loopTurn.nowMs();
        this.#begin(frame);
        loopTurn.used(this, startedMs);
        if (this.#closed || this.#socket.destroyed) return;
      }
    } catch (error) {
      this.close('malformed', error instanceof Error ? error.message : String(error));
      return;
    } finally {
      this.#decoding = false;
      this.#countWaitingBytes();
    }
    if (this.#ended) this.#endWhenAnswered();
    else if (this.#mayBegin() && this.#options.memory.mayRead(this)) this.#socket.resume();
    else if (this.#mustHoldBack()) this.#socket.pause();
  }

  /**
   * Of who waits for its answer nothing comes meanwhile as a rule, and to stop and start its socket costs more than a small
   * answer does. So it is stopped when something does come, which is not more than the read buffer holds.
   */
  #mustHoldBack(): boolean {
    return this.#frames.bufferedBytes > 0 || !this.#options.memory.hasRoom;
  }

  #mayBegin(): boolean {
    return (
      !this.#bulkPending &&
      this.#slots.length < MAX_IN_FLIGHT_REQUESTS &&
      this.#writer.unsentBytes < MAX_UNSENT_BYTES &&
      (!this.#frames.hasNext() || this.#options.loopTurn.mayBegin(this))
    );
  }

  #countWaitingBytes(): void {
    const waiting = this.#closed ? 0 : this.#frames.bufferedBytes;
    if (waiting === this.#countedBytes) return;
    const change = waiting - this.#countedBytes;
    this.#countedBytes = waiting;
    this.#options.memory.add(change);
  }

  #countRequest(bytes: number): void {
    this.#requestBytes += bytes;
    this.#options.memory.add(bytes);
  }

  #begin(frame: Buffer): void {
    const { dispatcher } = this.#options;
    const isBorrowed = this.#frames.isFrameLent || this.#isInReadBuffer(frame);
    const dispatched = dispatcher.begin(frame, this, isBorrowed);
    const slot: Slot = { requestBytes: dispatched.requestBytes, ready: false, answer: null };
    this.#slots.push(slot);
    this.#countRequest(slot.requestBytes);
    if (dispatched.answer instanceof Promise) {
      this.#bulkPending = dispatched.bulk;
      dispatched.answer.then(
        (answer) => {
          if (dispatched.bulk) this.#bulkPending = false;
          this.#complete(slot, answer);
          this.#decode();
        },
        (error: unknown) => {
          // Closed first: answers that wait behind this one must not pass for a sign that it went well.
          const known = error instanceof ProtocolViolation;
          if (known) this.close('malformed', error.message);
          else this.close('defect', `internal error: ${String(error)}`);
          this.#complete(slot, null);
        },
      );
    } else {
      this.#complete(slot, dispatched.answer);
    }
  }

  #complete(slot: Slot, answer: EncodedFrame | null): void {
    this.#countRequest(-slot.requestBytes);
    if (this.#closed || this.#socket.destroyed) {
      answer?.release();
      return;
    }
    slot.ready = true;
    slot.answer = answer;
    this.lastActivityMs = this.#options.nowMs();
    while (this.#slots.length > 0 && this.#slots[0]!.ready) {
      const next = this.#slots.shift()!.answer;
      if (next !== null) this.#writer.send(next);
    }
  }

  /** The client half-closed: it gets the answers to what it sent, then we close too. */
  #onEnd(): void {
    this.#ended = true;
    this.#endWhenAnswered();
  }

  #endWhenAnswered(): void {
    if (this.#ended && this.#slots.length === 0 && this.#writer.unsentBytes === 0) {
      this.#socket.end();
    }
  }

  #onSocketError(error: NodeJS.ErrnoException): void {
    // A reset or broken pipe is how clients leave; anything else is worth a line.
    const usual = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    if (!usual) this.#setCause('socket', error.message);
  }

  #setCause(cause: ConnectionCloseCause, reason: string | null): void {
    if (this.#closeCause !== null) return;
    this.#closeCause = cause;
    this.#closeReason = reason;
  }

  #onClosed(): void {
    this.#closed = true;
    this.#countWaitingBytes();
    this.#frames.destroy();
    this.#writer.destroy();
    for (const slot of this.#slots.splice(0)) slot.answer?.release();
    this.#options.memory.forget(this);
    this.#options.loopTurn.forget(this);
    this.#abort?.abort();
    const left = this.#draining ? 'shutdown' : 'client';
    this.#options.onClose(this, this.#closeCause ?? left, this.#closeReason);
  }
}
