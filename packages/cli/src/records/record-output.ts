import type { BatchRecord } from '@millrace/protocol';
import type { Output } from '../command/output.ts';
import { jsonRecord } from './json-record.ts';
import { recordFormat } from './record-format.ts';

/** How records are written. */
export interface RecordOutputOptions {
  readonly isJson: boolean;
  /** For people and pipes; the value and a line end where it is undefined. */
  readonly format: string | undefined;
  /** Where and how large, without what is inside. */
  readonly metaOnly: boolean;
}

const FLUSH_BYTES = 64 * 1024;

/** Writes records to standard output in pieces of 64 KiB, at the pace of who reads them. */
export class RecordOutput {
  readonly #output: Output;
  readonly #bytesOf: (topic: string, partition: number, record: BatchRecord) => Buffer;
  #pieces: Buffer[] = [];
  #sizeBytes = 0;

  /** Throws `ValueError` for a format that cannot be read. */
  constructor(output: Output, { isJson, format, metaOnly }: RecordOutputOptions) {
    this.#output = output;
    if (isJson) {
      const document = metaOnly ? metaRecord : jsonRecord;
      this.#bytesOf = (...where) => Buffer.from(`${JSON.stringify(document(...where))}\n`);
    } else {
      const write = recordFormat(format ?? (metaOnly ? '%t\\t%p\\t%o\\t%T\\t%K\\t%S\\n' : '%v\\n'));
      this.#bytesOf = (topic, partition, record) => write({ ...record, topic, partition });
    }
  }

  async write(topic: string, partition: number, record: BatchRecord): Promise<void> {
    const bytes = this.#bytesOf(topic, partition, record);
    this.#pieces.push(bytes);
    this.#sizeBytes += bytes.length;
    if (this.#sizeBytes >= FLUSH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#sizeBytes === 0) return;
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#sizeBytes = 0;
    await this.#output.bytes(bytes);
  }
}

function metaRecord(topic: string, partition: number, record: BatchRecord) {
  const { offset, timestampMs, key, value, headers } = record;
  return {
    topic,
    partition,
    offset,
    timestamp: timestampMs,
    keySize: key?.length ?? null,
    valueSize: value?.length ?? null,
    headers: headers.length,
  };
}
