import { MalformedError } from '../malformed-error.ts';
import { Reader } from '../reader.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { BatchRecord } from './record.ts';

/** The end of a transaction in one partition, written by the transaction coordinator (KIP-98). */
export interface TransactionMarker {
  readonly result: 'commit' | 'abort';
  /** Epoch of the coordinator that wrote it: older coordinators are fenced by it. */
  readonly coordinatorEpoch: number;
}

export interface ControlBatchOptions extends TransactionMarker {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly timestampMs: number;
  /** 0 by default. */
  readonly baseOffset?: number;
  /** −1 by default. */
  readonly partitionLeaderEpoch?: number;
}

const ABORT = 0;
const COMMIT = 1;
const VERSION = 0;

/** A control batch with the one marker. */
export function buildControlBatch(options: ControlBatchOptions): Buffer {
  const { result, coordinatorEpoch, timestampMs, ...rest } = options;
  const key = Buffer.alloc(4);
  key.writeInt16BE(VERSION, 0);
  key.writeInt16BE(result === 'commit' ? COMMIT : ABORT, 2);
  const value = Buffer.alloc(6);
  value.writeInt16BE(VERSION, 0);
  value.writeInt32BE(coordinatorEpoch, 2);
  const builder = new BatchBuilder({ ...rest, transactional: true, control: true });
  builder.add({ timestampMs, key, value });
  return builder.build();
}

/**
 * The marker that a record of a control batch holds; null for the other kinds of control record (of the metadata
 * log), which readers pass over. Later versions of key and value only append fields, so their start is read the same.
 * Throws MalformedError.
 */
export function parseControlRecord(record: BatchRecord): TransactionMarker | null {
  const type = readVersioned(record.key, 'key of a control record').readInt16();
  if (type !== ABORT && type !== COMMIT) return null;
  const coordinatorEpoch = readVersioned(record.value, 'value of a marker').readInt32();
  return { result: type === COMMIT ? 'commit' : 'abort', coordinatorEpoch };
}

/** A reader that stands behind the version. */
function readVersioned(bytes: Buffer | null, expected: string): Reader {
  if (bytes === null) throw new MalformedError(expected, 0, 'null');
  const reader = new Reader(bytes);
  const version = reader.readInt16();
  if (version < VERSION) throw new MalformedError(`version of the ${expected}`, 0, `${version}`);
  return reader;
}
