import type { CollectedKeys } from './compaction-pass.ts';
import type { Filtered, IndexProgress, PassOptions } from './compactor.ts';

/** To the thread. The memory of chunks goes with them. `begin` and `end` get no answer. */
export type CompactionRequest =
  | { readonly kind: 'begin'; readonly options: PassOptions }
  | { readonly kind: 'index'; readonly chunk: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'endIndex'; readonly reachedOffset: number }
  | {
      readonly kind: 'filter';
      readonly chunk: Uint8Array<ArrayBuffer>;
      readonly isGroupEnd: boolean;
    }
  | { readonly kind: 'end' };

/** As `Filtered`, with the plain bytes that threads can hand over. */
export interface FilteredMessage extends Omit<Filtered, 'output'> {
  readonly output: Uint8Array<ArrayBuffer>;
}

/** From the thread, one for each request that gets an answer, in their order. */
export type CompactionResponse =
  | { readonly kind: 'index'; readonly value: IndexProgress }
  | { readonly kind: 'endIndex'; readonly value: CollectedKeys }
  | { readonly kind: 'filter'; readonly value: FilteredMessage }
  | { readonly kind: 'uncleanable'; readonly message: string };
