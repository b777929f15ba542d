import { createRequire } from 'node:module';
import type * as Snappy from 'snappy';
import { corrupt, tooLarge } from './compression-error.ts';

// Kafka's Java clients wrap snappy in the stream format of the snappy-java library ("xerial"): a header of 16 bytes,
// then chunks, each a length (int32) and that many bytes of plain snappy. librdkafka and others write plain snappy
// without any wrapping. Readers tell the two apart by the header's magic bytes.

/** The library, loaded when it is used first: most brokers pass batches on as they are. */
const snappy = (): typeof Snappy => load('snappy');
const load = createRequire(import.meta.url);

const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The first four bytes of the magic read as a chunk length: another stream begins here. */
const MAGIC_AS_LENGTH = MAGIC.readInt32BE(0);
const HEADER_BYTES = 16;
const VERSION = 1;
/** What snappy-java writes per chunk by default; small enough that readers' buffers stay small. */
const CHUNK_BYTES = 32 * 1024;
/**
 * Otherwise the library hands out memory that is freed only once the event loop turns, however often the garbage
 * collector ran: a loop over many batches would hold all that they ever decompressed to.
 */
const OWN_MEMORY = { copyOutputData: true };
/** No snappy element makes more than 64 bytes out of 3. */
const MAX_RATIO = 22;

export function snappyCompress(data: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeInt32BE(VERSION, 8);
  header.writeInt32BE(VERSION, 12);
  const parts: Buffer[] = [header];
  for (let at = 0; at < data.length; at += CHUNK_BYTES) {
    const chunk = snappy().compressSync(data.subarray(at, at + CHUNK_BYTES), OWN_MEMORY);
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(chunk.length);
    parts.push(length, chunk);
  }
  return Buffer.concat(parts);
}

/**
 * Reads plain and wrapped snappy. All lengths are checked, against the bytes that are there and against `maxBytes`,
 * before anything is allocated.
 */
export function snappyDecompress(data: Buffer, maxBytes: number): Buffer {
  if (!startsWithMagic(data, 0)) {
    checkOutputLength(data, maxBytes, maxBytes);
    return uncompress(data);
  }
  let total = 0;
  for (const chunk of wrappedChunks(data)) {
    total += checkOutputLength(chunk, maxBytes - total, maxBytes);
  }
  const output = Buffer.allocUnsafe(total);
  let at = 0;
  for (const chunk of wrappedChunks(data)) at += uncompress(chunk).copy(output, at);
  return output;
}

function startsWithMagic(data: Buffer, at: number): boolean {
  return data.length - at >= HEADER_BYTES && data.compare(MAGIC, 0, 8, at, at + 8) === 0;
}

function* wrappedChunks(data: Buffer): Generator<Buffer> {
  let at = readHeader(data, 0);
  while (at < data.length) {
    if (data.length - at < 4) throw corrupt('snappy', 'a chunk length is cut off');
    const length = data.readInt32BE(at);
    if (length === MAGIC_AS_LENGTH) {
      if (!startsWithMagic(data, at)) throw corrupt('snappy', 'the header within is broken');
      at = readHeader(data, at);
      continue;
    }
    at += 4;
    if (length < 0 || length > data.length - at) {
      throw corrupt('snappy', `a chunk of ${length} bytes, but only ${data.length - at} are left`);
    }
    yield data.subarray(at, at + length);
    at += length;
  }
}

/** Checks the header at `at` and gives the position after it. */
function readHeader(data: Buffer, at: number): number {
  const compatible = data.readInt32BE(at + 12);
  if (compatible > VERSION) {
    throw corrupt('snappy', `it needs a reader of stream version ${compatible}`);
  }
  return at + HEADER_BYTES;
}

/** The length that `bytes` claim to hold, which is what the native decoder allocates. */
function checkOutputLength(bytes: Buffer, leftBytes: number, maxBytes: number): number {
  const length = outputLength(bytes);
  if (length > bytes.length * MAX_RATIO) {
    throw corrupt('snappy', `${bytes.length} bytes claim to hold ${length}`);
  }
  if (length > leftBytes) throw tooLarge('snappy', maxBytes);
  return length;
}

/** Snappy data begins with its uncompressed length as a varint of at most 32 bits. */
function outputLength(bytes: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[index];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw corrupt('snappy', 'its length cannot be read');
}

function uncompress(bytes: Buffer): Buffer {
  try {
    return snappy().uncompressSync(bytes, OWN_MEMORY) as Buffer;
  } catch (error) {
    throw corrupt('snappy', error instanceof Error ? error.message : String(error), error);
  }
}
