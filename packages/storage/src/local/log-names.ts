// Names of directories and files as Kafka gives them, so that its tools find their way in our data directory.

/** Most file systems allow 255 bytes in one name; topic names are ASCII. */
const MAX_NAME_LENGTH = 255;

export const DELETE_SUFFIX = '-delete';
export const STRAY_SUFFIX = '-stray';
export const LOG_SUFFIX = '.log';
export const INDEX_SUFFIX = '.index';
export const TIME_INDEX_SUFFIX = '.timeindex';
export const TXN_INDEX_SUFFIX = '.txnindex';
export const SNAPSHOT_SUFFIX = '.snapshot';
/** Behind the names of a compacted segment's files until they take the place of the old ones. */
export const CLEANED_SUFFIX = '.cleaned';
export const SWAP_SUFFIX = '.swap';
/** Behind the name of a file that goes for good after `file.delete.delay.ms`. */
export const DELETED_SUFFIX = '.deleted';

export function logDirectoryName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/**
 * Name for a log's directory that is put out of the way: unique by `uniqueHex` (32 hex digits), and cut where the
 * topic's name is so long that the whole would not fit.
 */
export function setAsideName(
  topic: string,
  partition: number,
  uniqueHex: string,
  suffix: typeof DELETE_SUFFIX | typeof STRAY_SUFFIX,
): string {
  const tail = `-${partition}.${uniqueHex}${suffix}`;
  return topic.slice(0, MAX_NAME_LENGTH - tail.length) + tail;
}

/** Topic and partition of a log's directory, or null when the name is not of that form. */
export function parseLogDirectoryName(name: string): { topic: string; partition: number } | null {
  const match = /^([A-Za-z0-9._-]+)-(0|[1-9][0-9]{0,9})$/.exec(name);
  return match === null ? null : { topic: match[1]!, partition: Number(match[2]) };
}

/** 20 digits, so that names sort as offsets do. */
export function offsetFileName(offset: number, suffix: string): string {
  return `${offset.toString().padStart(20, '0')}${suffix}`;
}

/** The offset in the name of a file with this suffix, or null when it is not one. */
export function parseOffsetFileName(name: string, suffix: string): number | null {
  if (!name.endsWith(suffix)) return null;
  const digits = name.slice(0, -suffix.length);
  if (!/^[0-9]{20}$/.test(digits)) return null;
  const offset = Number(digits);
  return Number.isSafeInteger(offset) ? offset : null;
}
