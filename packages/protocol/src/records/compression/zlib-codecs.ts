import { createRequire } from 'node:module';
import type * as Zlib from 'node:zlib';
import { corrupt, tooLarge } from './compression-error.ts';

// The two codecs that Node has itself. Their decoders stop once the output passes `maxOutputLength`, checked per
// chunk of output; chunks are joined at the end, so up to twice the output is held for a moment. zstd's window can
// be as large as its default limit of 128 MiB (level 22 asks for it), of which the system backs with memory only
// what the decoder writes: at most the size of the output.

/** Loaded when it is used first: most brokers pass batches on as they are. */
const zlib = (): typeof Zlib => load('node:zlib');
const load = createRequire(import.meta.url);

const MIN_CHUNK_BYTES = 1024;
const MAX_CHUNK_BYTES = 256 * 1024;

export function gzipCompress(data: Buffer, level?: number): Buffer {
  return zlib().gzipSync(data, level === undefined ? {} : { level });
}

export function zstdCompress(data: Buffer, level?: number): Buffer {
  return zlib().zstdCompressSync(
    data,
    level === undefined ? {} : { params: { [zlib().constants.ZSTD_c_compressionLevel]: level } },
  );
}

/** Reads any number of gzip members, as Java's reader does. */
export function gzipDecompress(data: Buffer, maxBytes: number): Buffer {
  return bounded('gzip', zlib().gunzipSync, data, maxBytes);
}

/** Reads any number of zstd frames, with or without a content size. */
export function zstdDecompress(data: Buffer, maxBytes: number): Buffer {
  return bounded('zstd', zlib().zstdDecompressSync, data, maxBytes);
}

interface DecoderOptions {
  readonly info: true;
  readonly chunkSize: number;
  readonly maxOutputLength: number;
}

/** What Node's decoders return when asked for `info`; its type declarations leave that out. */
interface DecoderResult {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function bounded(
  codec: string,
  decode: (data: Buffer, options: DecoderOptions) => unknown,
  data: Buffer,
  maxBytes: number,
): Buffer {
  let result: DecoderResult;
  try {
    result = decode(data, {
      info: true,
      chunkSize: Math.min(Math.max(data.length * 4, MIN_CHUNK_BYTES), MAX_CHUNK_BYTES),
      // Node refuses a bound of 0, so the exact bound is checked again below.
      maxOutputLength: Math.max(maxBytes, 1),
    }) as DecoderResult;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(codec, maxBytes);
    }
    throw corrupt(codec, error instanceof Error ? error.message : String(error), error);
  }
  if (result.buffer.length > maxBytes) throw tooLarge(codec, maxBytes);
  const rest = data.length - result.engine.bytesWritten;
  if (rest !== 0) throw corrupt(codec, `${rest} bytes follow its end`);
  return result.buffer;
}
