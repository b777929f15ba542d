import type { MetadataSnapshot } from '../live-metadata-image.ts';
import type { MetadataWrite, WriteOutcome } from '../metadata-write.ts';

/** What the store sends to the thread: one transaction at a time, and `close` last. */
export type SqliteRequest =
  | { readonly kind: 'transact'; readonly writes: readonly MetadataWrite[] }
  | { readonly kind: 'close' };

/**
 * What it hears: `opened` or `open-failed` unasked, then one answer for each transaction. The thread itself tells
 * `open-failed` at most: it opens what was opened and read before.
 */
export type SqliteResponse =
  | { readonly kind: 'opened'; readonly snapshot: MetadataSnapshot }
  | { readonly kind: 'open-failed'; readonly message: string }
  /** The transaction is committed; one outcome for each write, in order. */
  | { readonly kind: 'committed'; readonly outcomes: readonly WriteOutcome[] }
  /** The database failed and the transaction is undone. */
  | { readonly kind: 'failed'; readonly message: string };
