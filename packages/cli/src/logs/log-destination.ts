import { write, writeSync } from 'node:fs';
import type { OutputStream } from '../process-context.ts';

/** Bytes of lines that may wait for a slow reader; past it lines are lost, and their number is told. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** Before a pipe that is full is tried again. */
const RETRY_MS = 20;
/** How long the end of the program waits for a reader that does not read. */
const MAX_END_MS = 2000;

/** Takes whole lines. */
export interface LogDestination {
  write(line: string): unknown;
  /** Resolves once what waits is written, or its reader has had two seconds. */
  flush(): Promise<void>;
  /** The same, for when nothing asynchronous runs any more. */
  flushSync(): void;
}

/** A stream that stands in for a file descriptor. */
export function streamDestination(stream: OutputStream): LogDestination {
  return { write: (line) => stream.write(line), flush: async () => {}, flushSync() {} };
}

/**
 * Writes to a file descriptor in the background, in order, one write at a time. Standard error itself would block the
 * event loop for a slow reader, and sonic-boom, pino's own way, never ends its last flush when the reader has gone.
 */
export class BackgroundDestination implements LogDestination {
  readonly #fd: number;
  readonly #onLost: (lines: number) => void;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #lost = 0;
  #isWriting = false;
  #onIdle: (() => void) | null = null;

  /** `onLost` is told how many lines were lost, once there is room to say so. */
  constructor(fd: number, onLost: (lines: number) => void) {
    this.#fd = fd;
    this.#onLost = onLost;
  }

  write(line: string): void {
    if (this.#waitingBytes + line.length > MAX_WAITING_BYTES) {
      this.#lost++;
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    if (!this.#isWriting) this.#writeWaiting();
  }

  flush(): Promise<void> {
    if (!this.#isWriting) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, MAX_END_MS);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  flushSync(): void {
    let rest = this.#takeWaiting();
    const endMs = Date.now() + MAX_END_MS;
    while (rest.length > 0 && Date.now() < endMs) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!isFull(error)) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      }
    }
  }

  #takeWaiting(): Buffer {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#waitingBytes = 0;
    const lost = this.#lost;
    this.#lost = 0;
    if (lost > 0) this.#onLost(lost);
    return bytes;
  }

  #writeWaiting(): void {
    this.#isWriting = this.#waiting.length > 0;
    if (!this.#isWriting) {
      this.#onIdle?.();
      return;
    }
    this.#writeOut(this.#takeWaiting());
  }

  #writeOut(bytes: Buffer): void {
    write(this.#fd, bytes, (error, written) => {
      if (isFull(error)) setTimeout(() => this.#writeOut(bytes), RETRY_MS);
      else if (error === null && written < bytes.length) this.#writeOut(bytes.subarray(written));
      // The reader has gone, or the disk is full: that must not end the broker, and the next lines may fare better.
      else this.#writeWaiting();
    });
  }
}

function isFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EAGAIN';
}
