/** A worker thread of `RecompressionPool`: batches in, batches in another codec out, one at a time. */

import { parentPort } from 'node:worker_threads';
import type { RecompressionRequest, RecompressionResponse } from './recompression-messages.ts';
import { recompressNow } from './recompressor.ts';

const port = parentPort!;

port.on('message', ({ batch, codec, level, requiresKeys }: RecompressionRequest) => {
  const received = Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength);
  const outcome = recompressNow(received, codec, level, requiresKeys);
  if (outcome.batch === null) {
    port.postMessage(outcome satisfies RecompressionResponse);
    return;
  }
  const bytes = new Uint8Array(
    outcome.batch.buffer as ArrayBuffer,
    outcome.batch.byteOffset,
    outcome.batch.length,
  );
  port.postMessage({ batch: bytes, error: 0 } satisfies RecompressionResponse, [bytes.buffer]);
});
