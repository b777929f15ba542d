import { compactView } from './compact-view.ts';
import type { FrameMemory } from './frame-memory.ts';
import { EMPTY_BYTES } from './reader.ts';

/** Every frame begins with its length, which does not count itself: int32. */
const LENGTH_BYTES = 4;
/** Chunks smaller than this are gathered while a frame waits for more; larger ones are kept as they came. */
const GATHER_BELOW_BYTES = 16 * 1024;
const FIRST_GATHER_BYTES = 1024;
const MAX_GATHER_BYTES = 64 * 1024;
/** A rest smaller than this is copied out of its chunk, so that a quiet connection does not keep the chunk. */
const COMPACT_BELOW_BYTES = 4 * 1024;

const HTTP_STARTS = new Set([
  'GET ',
  'HEAD',
  'POST',
  'PUT ',
  'PATC',
  'DELE',
  'OPTI',
  'CONN',
  'PRI ',
]);
const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR_VERSION = 0x03;

/** A length that no frame may have. The stream cannot be read any further: the connection is to be closed. */
export class FrameTooLargeError extends Error {
  /** The length that was announced; negative lengths come here too. */
  readonly length: number;

  constructor(length: number, maxFrameBytes: number) {
    const problem =
      length < 0
        ? `A frame announces the negative length ${length}`
        : `A frame announces ${length} bytes, and at most ${maxFrameBytes} are allowed`;
    const cause = likelyCause(length);
    super(cause === null ? `${problem}.` : `${problem}; ${cause}`);
    this.name = 'FrameTooLargeError';
    this.length = length;
  }
}

/**
 * Cuts the stream of a socket into frames. `push` takes chunks as they come, `next` gives one frame at a time, so that
 * a connection may stop between any two, also in the middle of a chunk.
 *
 * A frame is what its length counts, without the length. One that lies within a chunk is a view on it; one that spans
 * chunks is joined, with one copy, once its last byte is there. Nothing is allocated for bytes that were only
 * announced. Chunks pushed belong to the reader and must not be written to again, unless they are lent; a frame keeps
 * the chunk it lies in alive, so who keeps bytes of it for long asks `compactView`.
 *
 * With a `FrameMemory` the rest of a lent chunk is copied there, and frames are joined there. What lies there is lent too
 * (`isFrameLent`): it is there until the reader is used again.
 *
 * The reader keeps what was pushed and not taken by `next`. Who pushes bounds that: it takes frames until `next` gives
 * null, or stops reading from the socket; then at most one unfinished frame of `maxFrameBytes` and one chunk are held.
 */
export class FrameReader {
  readonly #maxFrameBytes: number;
  /** Not empty chunks; the first one is read from `#position` on. At most one per 16 KiB held, and one more. */
  readonly #chunks: Buffer[] = [];
  #position = 0;
  #bufferedBytes = 0;
  /** Length of the frame that is being read, once its four bytes were there; else −1. */
  #frameBytes = -1;
  /** Holds the last chunk when that was gathered from small ones, and may have room for more; else null. */
  #gather: Buffer | null = null;
  /** The last chunk is the caller's, until `detach`. */
  #isLent = false;
  readonly #memory: FrameMemory | null;
  /** Where the frame that is being read is joined; all that was pushed of it is there, and none of it in the chunks. */
  #joining: Buffer | null = null;
  #joinedBytes = 0;
  /** Memory that holds the rest of a chunk that was lent, one of the chunks. */
  #rest: Buffer | null = null;
  /** Memory in which the frame may lie that `next` gave last, and nothing else: two pieces at most. */
  readonly #used: Buffer[] = [];
  #isFrameLent = false;
  #failure: FrameTooLargeError | null = null;

  /** `maxFrameBytes` is Kafka's `socket.request.max.bytes`. */
  constructor(maxFrameBytes: number, memory: FrameMemory | null = null) {
    this.#maxFrameBytes = maxFrameBytes;
    this.#memory = memory;
  }

  /** Bytes pushed that no frame took yet. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** Whether the frame that `next` gave last lies in memory of the `FrameMemory`. */
  get isFrameLent(): boolean {
    return this.#isFrameLent;
  }

  /** With `isLent` the chunk stays the caller's, who calls `detach` before writing to it again. */
  push(bytes: Buffer, isLent = false): void {
    this.#takeBack();
    this.#bufferedBytes += bytes.length;
    const chunk = this.#joining === null ? bytes : bytes.subarray(this.#joinMore(bytes));
    if (chunk.length === 0) return;
    if (this.#chunks.length > 0 && chunk.length < GATHER_BELOW_BYTES) {
      this.#gatherChunk(chunk);
    } else {
      this.#chunks.push(chunk);
      this.#gather = null;
      this.#isLent = isLent;
    }
  }

  /** Copies what is left of a chunk that was lent. Frames that `next` gave may be views on it. */
  detach(): void {
    this.#takeBack();
    if (!this.#isLent) return;
    const isUnfinished = !this.hasNext();
    this.#isLent = false;
    const chunk = this.#chunks.pop();
    if (chunk === undefined) return;
    const isFirst = this.#chunks.length === 0;
    const rest = isFirst ? chunk.subarray(this.#position) : chunk;
    if (isFirst) this.#position = 0;
    if (isFirst && (isUnfinished ? this.#joinIn(rest) : this.#keepRest(rest))) return;
    if (rest.length < GATHER_BELOW_BYTES) this.#gatherChunk(rest);
    else this.#chunks.push(copyOf(rest));
  }

  /** Whether `next` gives a frame, or throws. */
  hasNext(): boolean {
    if (this.#failure !== null) return true;
    if (this.#frameBytes < 0 && this.#bufferedBytes >= LENGTH_BYTES) this.#readLength();
    if (this.#failure !== null) return true;
    return this.#frameBytes >= 0 && this.#bufferedBytes >= this.#frameBytes;
  }

  /**
   * The next frame, or null when its end has not come yet. Throws FrameTooLargeError when its length is negative or
   * larger than allowed, and again whenever it is called after that.
   */
  next(): Buffer | null {
    this.#takeBack();
    if (!this.hasNext()) {
      this.#compactRest();
      return null;
    }
    if (this.#failure !== null) throw this.#failure;
    const isInRest = this.#rest !== null && this.#rest.buffer === this.#chunks[0]?.buffer;
    const frame = this.#joining === null ? this.#take(this.#frameBytes) : this.#takeJoined();
    this.#isFrameLent = isInRest || this.#used.length > 0;
    this.#frameBytes = -1;
    return frame;
  }

  /** Nothing more is read: gives back what is lent. */
  destroy(): void {
    this.#takeBack();
    for (const lent of [this.#joining, this.#rest]) if (lent !== null) this.#memory!.giveBack(lent);
    this.#joining = null;
    this.#rest = null;
    this.#chunks.length = 0;
    this.#bufferedBytes = 0;
  }

  /** Begins to join the frame that is being read, of which `rest` is all there is. False when it has to be kept otherwise. */
  #joinIn(rest: Buffer): boolean {
    if (this.#frameBytes < 0 || this.#joining !== null) return false;
    this.#joining = this.#memory?.take(this.#frameBytes) ?? null;
    if (this.#joining === null) return false;
    this.#joinedBytes = rest.copy(this.#joining);
    return true;
  }

  /** Copies `rest`, which holds whole frames, as a chunk. False when it has to be kept otherwise. */
  #keepRest(rest: Buffer): boolean {
    if (this.#rest !== null) return false;
    this.#rest = this.#memory?.take(rest.length) ?? null;
    if (this.#rest === null) return false;
    rest.copy(this.#rest);
    this.#chunks.push(this.#rest.subarray(0, rest.length));
    return true;
  }

  /** Adds the next bytes of the frame that is being joined; gives how many of `bytes` are its. */
  #joinMore(bytes: Buffer): number {
    const missing = this.#frameBytes - this.#joinedBytes;
    const copied = bytes.copy(this.#joining!, this.#joinedBytes, 0, missing);
    this.#joinedBytes += copied;
    return copied;
  }

  #takeJoined(): Buffer {
    const memory = this.#joining!;
    this.#joining = null;
    this.#used.push(memory);
    this.#bufferedBytes -= this.#frameBytes;
    return memory.subarray(0, this.#frameBytes);
  }

  #takeBack(): void {
    this.#isFrameLent = false;
    while (this.#used.length > 0) this.#memory!.giveBack(this.#used.pop()!);
  }

  #readLength(): void {
    const length = this.#take(LENGTH_BYTES).readInt32BE();
    if (length < 0 || length > this.#maxFrameBytes) {
      this.#failure = new FrameTooLargeError(length, this.#maxFrameBytes);
    } else {
      this.#frameBytes = length;
    }
  }

  /** The next `length` bytes, which are there: a view where they lie in one chunk, else a copy. */
  #take(length: number): Buffer {
    if (length === 0) return EMPTY_BYTES;
    const first = this.#chunks[0]!;
    const end = this.#position + length;
    if (end > first.length) return this.#join(length);
    const view = first.subarray(this.#position, end);
    this.#bufferedBytes -= length;
    this.#position = end;
    if (end === first.length) this.#drop(1);
    return view;
  }

  #join(length: number): Buffer {
    const memory = this.#memory?.take(length) ?? null;
    if (memory !== null) this.#used.push(memory);
    const joined = memory?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
    let filled = 0;
    let used = 0;
    while (filled < length) {
      const chunk = this.#chunks[used]!;
      const copied = chunk.copy(joined, filled, this.#position);
      filled += copied;
      this.#position += copied;
      if (this.#position < chunk.length) break;
      this.#position = 0;
      used++;
    }
    this.#bufferedBytes -= length;
    const position = this.#position;
    this.#drop(used);
    this.#position = position;
    return joined;
  }

  /** Lets go of the first `count` chunks. */
  #drop(count: number): void {
    for (let index = 0; index < count; index++) this.#letGo(this.#chunks[index]!);
    if (count === 1) this.#chunks.shift();
    else this.#chunks.splice(0, count);
    this.#position = 0;
    if (this.#chunks.length === 0) this.#gather = null;
  }

  #letGo(chunk: Buffer): void {
    if (this.#rest === null || this.#rest.buffer !== chunk.buffer) return;
    this.#used.push(this.#rest);
    this.#rest = null;
  }

  /** Appends a small chunk to the ones before it: a peer that sends byte by byte costs bytes, not objects. */
  #gatherChunk(chunk: Buffer): void {
    const last = this.#chunks.length - 1;
    const filled = this.#gather === null ? 0 : this.#chunks[last]!.length;
    const needed = filled + chunk.length;
    if (this.#gather === null || needed > MAX_GATHER_BYTES) {
      this.#gather = Buffer.allocUnsafeSlow(Math.max(FIRST_GATHER_BYTES, 2 * chunk.length));
      chunk.copy(this.#gather);
      this.#chunks.push(this.#gather.subarray(0, chunk.length));
      return;
    }
    if (needed > this.#gather.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(MAX_GATHER_BYTES, 2 * needed));
      this.#gather.copy(grown, 0, 0, filled);
      this.#gather = grown;
    }
    chunk.copy(this.#gather, filled);
    this.#chunks[last] = this.#gather.subarray(0, needed);
  }

  #compactRest(): void {
    const first = this.#chunks[0];
    if (first === undefined || this.#gather !== null || this.#isLent) return;
    const rest = first.subarray(this.#position);
    const isInMemory = this.#rest?.buffer === first.buffer;
    if (isInMemory && this.#chunks.length === 1 && this.#joinIn(rest)) {
      this.#drop(1);
      this.#takeBack();
    } else if (rest.length < COMPACT_BELOW_BYTES) {
      this.#chunks[0] = isInMemory ? copyOf(rest) : compactView(rest);
      this.#letGo(first);
      this.#position = 0;
    }
  }
}

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

/** The first bytes of protocols that end up on a Kafka port by mistake, read as the length they are taken for. */
function likelyCause(length: number): string | null {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeInt32BE(length);
  const text = bytes.toString('latin1');
  if (HTTP_STARTS.has(text)) {
    return `it begins with ${JSON.stringify(text)}: is this an HTTP client on a Kafka port?`;
  }
  if (bytes[0] === TLS_HANDSHAKE && bytes[1] === TLS_MAJOR_VERSION) {
    return 'it begins like a TLS handshake: is this a TLS client on a plaintext Kafka port?';
  }
  if (text === 'AMQP') return 'it begins with "AMQP": is this an AMQP client on a Kafka port?';
  return null;
}
