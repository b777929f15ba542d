import type { Socket } from 'node:net';
import type { EncodedFrame, FilePart } from '@millrace/protocol';
import type { AnswerMemory } from './answer-memory.ts';
import type { BufferPool } from './buffer-pool.ts';

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
  /** Frames behind one that is being pumped; bounded by the connection's requests in flight. */
  readonly #queue: EncodedFrame[] = [];
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

  send(frame: EncodedFrame): void {
    if (this.#destroyed) {
      frame.release();
      return;
    }
    this.#unsentBytes += frame.sizeBytes;
    this.#memory.add(bytesInMemory(frame));
    if (this.#pumping) this.#queue.push(frame);
    else this.#begin(frame);
  }

  /** Gives back what unsent frames hold. The socket is already closed. */
  destroy(): void {
    this.#destroyed = true;
    for (const frame of this.#queue.splice(0)) this.#giveBack(frame);
  }

  #begin(frame: EncodedFrame): void {
    if (frame.parts.every((part) => Buffer.isBuffer(part))) this.#writeBuffers(frame);
    else void this.#pump(frame);
  }

  #writeBuffers(frame: EncodedFrame): void {
    const { parts } = frame;
    const last = parts.length - 1;
    if (last > 0) this.#socket.cork();
    for (let index = 0; index < last; index++) this.#socket.write(parts[index] as Buffer);
    this.#socket.write(parts[last] as Buffer, () => this.#finished(frame));
    if (last > 0) this.#socket.uncork();
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
    this.#finished(frame);
    while (!this.#pumping) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#begin(next);
    }
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

  #finished(frame: EncodedFrame): void {
    this.#unsentBytes -= frame.sizeBytes;
    this.#giveBack(frame);
    if (!this.#destroyed) this.#onSent();
  }

  #giveBack(frame: EncodedFrame): void {
    this.#memory.add(-bytesInMemory(frame));
    frame.release();
  }
}

function bytesInMemory(frame: EncodedFrame): number {
  let bytes = 0;
  for (const part of frame.parts) if (Buffer.isBuffer(part)) bytes += part.length;
  return bytes;
}
