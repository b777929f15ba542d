const LARGE_BYTES = 256 * 1024;
const SMALL_BYTES = 16 * 1024;
/** Large buffers in use at one time; past it answers go out through small ones, slower but bounded: 32 MiB in all. */
const MAX_LARGE_IN_USE = 128;
/** Large buffers kept for reuse: 8 MiB. */
const MAX_LARGE_KEPT = 32;

/** Buffers through which file parts pass on their way to a socket. A slow reader holds at most one. */
export class BufferPool {
  readonly #kept: Buffer[] = [];
  #largeInUse = 0;

  acquire(): Buffer {
    if (this.#largeInUse >= MAX_LARGE_IN_USE) return Buffer.allocUnsafeSlow(SMALL_BYTES);
    this.#largeInUse++;
    return this.#kept.pop() ?? Buffer.allocUnsafeSlow(LARGE_BYTES);
  }

  release(buffer: Buffer): void {
    if (buffer.length !== LARGE_BYTES) return;
    this.#largeInUse--;
    if (this.#kept.length < MAX_LARGE_KEPT) this.#kept.push(buffer);
  }
}
