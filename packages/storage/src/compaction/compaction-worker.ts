/** A worker thread of `CompactionThreads`: one pass at a time, whole batches in, what stays of them out. */

import { parentPort } from 'node:worker_threads';
import type { CompactionRequest, CompactionResponse } from './compaction-messages.ts';
import { Compactor, UncleanableError } from './compactor.ts';

const port = parentPort!;
let compactor: Compactor | null = null;

port.on('message', (request: CompactionRequest) => {
  try {
    handle(request);
  } catch (error) {
    if (!(error instanceof UncleanableError)) throw error;
    answer({ kind: 'uncleanable', message: error.message }, []);
  }
});

function handle(request: CompactionRequest): void {
  switch (request.kind) {
    case 'begin':
      compactor = new Compactor(request.options);
      return;
    case 'end':
      compactor = null;
      return;
    case 'index':
      answer({ kind: 'index', value: compactor!.index(bufferOf(request.chunk)) }, []);
      return;
    case 'endIndex': {
      const keys = compactor!.endIndex(request.reachedOffset);
      answer({ kind: 'endIndex', value: { ...keys, mapUse: compactor!.mapUse } }, []);
      return;
    }
    case 'filter': {
      const filtered = compactor!.filter(bufferOf(request.chunk), request.isGroupEnd);
      const output = ownBytes(filtered.output);
      answer({ kind: 'filter', value: { ...filtered, output } }, [output.buffer]);
    }
  }
}

function answer(response: CompactionResponse, transfer: ArrayBuffer[]): void {
  port.postMessage(response, transfer);
}

function bufferOf(chunk: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** Small results may stand in a pool of Node's, which must not be given away. */
function ownBytes(output: Buffer): Uint8Array<ArrayBuffer> {
  const isOwn = output.byteLength === output.buffer.byteLength;
  return isOwn ? new Uint8Array(output.buffer as ArrayBuffer) : new Uint8Array(output);
}
