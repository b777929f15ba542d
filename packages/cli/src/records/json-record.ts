import type { BatchRecord, RecordHeader } from '@millrace/protocol';

/** Bytes as JSON: text where they are UTF-8, else base64; null stays null. */
export type JsonBytes = string | { readonly base64: string } | null;

/** A record as `consume --json` writes it and `produce --format json` reads it. */
export interface JsonRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970; −1 for none. */
  readonly timestamp: number;
  readonly key: JsonBytes;
  readonly value: JsonBytes;
  readonly headers: readonly { readonly key: string; readonly value: JsonBytes }[];
}

/** What can be produced of a `JsonRecord`: the rest is what the broker gives. */
export interface ReadRecord {
  readonly partition: number | undefined;
  readonly timestampMs: number | undefined;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function jsonBytes(bytes: Buffer | null): JsonBytes {
  if (bytes === null) return null;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return { base64: bytes.toString('base64') };
  }
}

export function jsonRecord(topic: string, partition: number, record: BatchRecord): JsonRecord {
  const { offset, timestampMs, key, value, headers } = record;
  return {
    topic,
    partition,
    offset,
    timestamp: timestampMs,
    key: jsonBytes(key),
    value: jsonBytes(value),
    headers: headers.map((header) => ({ key: header.key, value: jsonBytes(header.value) })),
  };
}

/** Reads a line as `jsonRecord` makes it; what is left out is null or empty. Throws Error that says what is wrong. */
export function readJsonRecord(line: Buffer): ReadRecord {
  const record: unknown = JSON.parse(line.toString());
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new Error('a record is a JSON object');
  }
  const { partition, timestamp, key, value, headers } = record as Record<string, unknown>;
  return {
    partition: readNumber('partition', partition),
    timestampMs: readNumber('timestamp', timestamp),
    key: readBytes('key', key),
    value: readBytes('value', value),
    headers: readHeaders(headers),
  };
}

function readNumber(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isSafeInteger(value)) return value as number;
  throw new Error(`"${name}" is a whole number, not ${JSON.stringify(value)}`);
}

function readBytes(name: string, value: unknown): Buffer | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return Buffer.from(value);
  const { base64 } = value as { base64?: unknown };
  if (typeof base64 === 'string' && isBase64(base64)) return Buffer.from(base64, 'base64');
  throw new Error(`"${name}" is a string, null or {"base64": "…"}`);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function readHeaders(value: unknown): readonly RecordHeader[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error('"headers" is a list of {"key": …, "value": …}');
  return value.map((header: unknown) => {
    const { key, value: bytes } = (header ?? {}) as Record<string, unknown>;
    if (typeof key !== 'string') throw new Error('each of the "headers" has a string as "key"');
    return { key, value: readBytes('value of a header', bytes) };
  });
}
