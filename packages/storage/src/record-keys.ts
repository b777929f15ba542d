import { RecordCursor } from '@millrace/protocol';
import type { RecordError } from './log-store.ts';

/** Bad records of one batch that are named. */
export const MAX_RECORD_ERRORS = 1000;

export const NO_KEY_MESSAGE =
  'The topic is compacted (cleanup.policy), so every record must have a key, and these have none.';

/**
 * The records without a key in the batch at `at`, at most `MAX_RECORD_ERRORS`; it decompresses to at most `maxBytes`.
 * Throws CompressionError and MalformedError.
 */
export function keylessRecords(buffer: Buffer, at: number, maxBytes: number): RecordError[] {
  const errors: RecordError[] = [];
  const cursor = new RecordCursor(buffer, at, maxBytes);
  for (let index = 0; cursor.next() && errors.length < MAX_RECORD_ERRORS; index++) {
    if (!cursor.findKey())
      errors.push({ index, message: 'A record of a compacted topic needs a key.' });
  }
  return errors;
}
