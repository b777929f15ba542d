import type { Socket } from 'node:net';
import type { EncodedFrame, FilePart } from '@millrace/protocol';
import type { AnswerMemory } from './answer-memory.ts';
import type { BufferPool } from './buffer-pool.ts';

/** Up to here it is cheaper to copy answers into one buffer than to have the stream and the system gather them. */
const MAX_COPIED_BYTES = 4096;

/**
 * Sends encoded answers in order. Memory parts go to the socket as they are; file parts pass through one pooled
 * buffer, read only as fast as the socket takes them, so that the size of an answer costs a slow reader no memory.
 */
export class ResponseWriter {
  readonly #socket: Socket;
  readonly #pool: BufferPool;
  readonly #memory: AnswerMemory;
  readonly #onSent: () => void;
  readonly #onFailure: (reason: string) => void;
  /** Frames of this turn, or behind one that is being pumped; bounded by the connection's requests in flight. */
  readonly #queue: EncodedFrame[] = [];
  #isFlushDue = false;
  #pumping = false;
  #destroyed = false;
  #unsentBytes = 0;

  constructor(
    socket: Socket,
    pool: BufferPool,
    memory: AnswerMemory,
    onSent: () => void,
    onFailure: (reason: string) => void,
  ) {
    this.#socket = socket;
    this.#pool = pool;
    this.#memory = memory;
    this.#onSent = onSent;
    this.#onFailure = onFailure;
  }

  /** Bytes handed in that the kernel has not taken yet. */
  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  /**
   * The frame leaves when this turn of the event loop has made all the answers that it can make, together with them: a
   * round of the log answers many requests of a connection, and each call of the system costs more than an answer.
   */
  send(frame: EncodedFrame): void {
    if (this.#destroyed) {
      frame.release();
      return;
    }
    this.#unsentBytes += frame.sizeBytes;
    this.#memory.add(bytesInMemory(frame));
    this.#queue.push(frame);
    if (this.#pumping || this.#isFlushDue) return;
    this.#isFlushDue = true;
    process.nextTick(() => this.flush());
  }

  /** Hands over now what waits for the end of the turn. */
  flush(): void {
    this.#isFlushDue = false;
    while (!this.#pumping && !this.#destroyed && this.#queue.length > 0) {
      const fileAt = this.#queue.findIndex(hasFileParts);
      if (fileAt === 0) void this.#pump(this.#queue.shift()!);
      else this.#writeBuffers(this.#queue.splice(0, fileAt < 0 ? this.#queue.length : fileAt));
    }
  }

  /** Gives back what unsent frames hold. The socket is already closed. */
  destroy(): void {
    this.#destroyed = true;
    for (const frame of this.#queue.splice(0)) this.#giveBack(frame);
  }

  /** One call of the system for all of them. */
  #writeBuffers(frames: readonly EncodedFrame[]): void {
    const parts =
      frames.length === 1
        ? (frames[0]!.parts as readonly Buffer[])
        : frames.flatMap((frame) => frame.parts as readonly Buffer[]);
    const sent = () => this.#finished(frames);
    if (parts.length === 1) {
      this.#socket.write(parts[0]!, sent);
      return;
    }
    const sizeBytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (sizeBytes <= MAX_COPIED_BYTES) {
      this.#socket.write(Buffer.concat(parts, sizeBytes), sent);
      return;
    }
    this.#socket.cork();
    for (const part of parts.slice(0, -1)) this.#socket.write(part);
    this.#socket.write(parts.at(-1)!, sent);
    this.#socket.uncork();
  }

  async #pump(frame: EncodedFrame): Promise<void> {
    this.#pumping = true;
    try {
      for (const part of frame.parts) {
        if (Buffer.isBuffer(part)) await this.#write(part);
        else await this.#pumpFile(part);
      }
    } catch (error) {
      // The length prefix has been sent: only closing tells the client that the rest will not come.
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#destroyed)
        this.#onFailure(`an answer could not be read or sent to its end: ${reason}`);
    }
    this.#pumping = false;
    this.#finished([frame]);
    this.flush();
  }

  async #pumpFile(part: FilePart): Promise<void> {
    const buffer = this.#pool.acquire();
    try {
      let position = 0;
      while (position < part.sizeBytes) {
        const wanted = Math.min(buffer.length, part.sizeBytes - position);
        const read = await part.read(buffer, 0, wanted, position);
        position += read;
        await this.#write(read === buffer.length ? buffer : buffer.subarray(0, read));
      }
    } finally {
      this.#pool.release(buffer);
    }
  }

  /** Resolves when the kernel has taken the bytes; rejects when the socket is closed. */
  #write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#destroyed) {
        reject(new Error('the connection is closed'));
        return;
      }
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  #finished(frames: readonly EncodedFrame[]): void {
    for (const frame of frames) {
      this.#unsentBytes -= frame.sizeBytes;
      this.#giveBack(frame);
    }
    if (!this.#destroyed) this.#onSent();
  }

  #giveBack(frame: EncodedFrame): void {
    this.#memory.add(-bytesInMemory(frame));
    frame.release();
  }
}

function hasFileParts({ parts }: EncodedFrame): boolean {
  return !parts.every((part) => Buffer.isBuffer(part));
}

function bytesInMemory(frame: EncodedFrame): number {
  let bytes = 0;
  for (const part of frame.parts) if (Buffer.isBuffer(part)) bytes += part.length;
  return bytes;
}
