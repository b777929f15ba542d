import type { RecordHeader } from '@millrace/protocol';
import { type ReadRecord, readJsonRecord } from './json-record.ts';

export interface LineFormat {
  readonly format: 'lines' | 'json';
  /** Between key and value; null for lines that are values. */
  readonly keyDelimiter: Buffer | null;
  /** The key of every record; null for none. */
  readonly key: Buffer | null;
  readonly headers: readonly RecordHeader[];
  /** A value that stands for null; null for none. */
  readonly nullValue: Buffer | null;
  /** Whether an empty value is null. */
  readonly emptyIsNull: boolean;
}

/** What a line of the input says. Throws Error that says what is wrong with it. */
export function readLineRecord(line: Buffer, format: LineFormat): ReadRecord {
  if (format.format === 'json') {
    const record = readJsonRecord(line);
    return { ...record, headers: [...record.headers, ...format.headers] };
  }
  const { key, value } = keyAndValue(line, format);
  const isNull =
    (format.emptyIsNull && value.length === 0) || format.nullValue?.equals(value) === true;
  return {
    partition: undefined,
    timestampMs: undefined,
    key,
    value: isNull ? null : value,
    headers: format.headers,
  };
}

function keyAndValue(line: Buffer, { keyDelimiter, key }: LineFormat) {
  if (keyDelimiter === null) return { key, value: line };
  const at = line.indexOf(keyDelimiter);
  if (at === -1) {
    throw new Error(`it has no key: there is no ${JSON.stringify(String(keyDelimiter))} in it`);
  }
  return { key: line.subarray(0, at), value: line.subarray(at + keyDelimiter.length) };
}
