import type { RecompressionOutcome } from './recompressor.ts';

/** To the worker. The batch's memory goes with it. */
export interface RecompressionRequest {
  readonly batch: Uint8Array<ArrayBuffer>;
  readonly codec: number;
  readonly level: number | undefined;
  readonly requiresKeys: boolean;
}

/** From the worker, one for each request, in their order. A batch comes as the plain bytes that threads can hand over. */
export type RecompressionResponse =
  | { readonly batch: Uint8Array<ArrayBuffer>; readonly error: 0 }
  | Extract<RecompressionOutcome, { readonly batch: null }>;
