// Asks RecordBatches.java, and puts what this project sees into the same words.

import { join } from 'node:path';
import {
  batchHeader,
  Compression,
  type CompressionName,
  parseControlRecord,
  records,
} from '@millrace/protocol';
import { runOk } from '../harness/program.ts';
import { paths } from '../harness/tools.ts';

/** Bound of what one batch in these tests decompresses to. */
const MAX_BYTES = 16 * 1024 * 1024;
const CODEC_NAMES = Object.keys(Compression) as CompressionName[];

export interface DescribedRecord {
  readonly offset: number;
  readonly timestampMs: number;
  /** Bytes are base64. */
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly { readonly key: string; readonly value: string | null }[];
  /** Of a marker only. */
  readonly result?: string;
  readonly coordinatorEpoch?: number;
}

/** A batch for Java to build. */
export interface BatchSpec {
  readonly magic: number;
  readonly codec: CompressionName;
  readonly level: number | null;
  readonly baseOffset: number;
  /** Last offset of a compacted batch that lost its last records. */
  readonly lastOffset: number | null;
  readonly partitionLeaderEpoch: number;
  readonly logAppendTimeMs: number | null;
  readonly deleteHorizonMs: number | null;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
  readonly records: readonly DescribedRecord[];
}

export interface MarkerSpec {
  readonly result: 'commit' | 'abort';
  readonly coordinatorEpoch: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly timestampMs: number;
  readonly baseOffset: number;
  readonly partitionLeaderEpoch: number;
}

export type JavaRequest =
  | { readonly build: BatchSpec }
  | { readonly marker: MarkerSpec }
  /** Record batches in base64. */
  | { readonly read: string };

/** What Java made or was given, and how it reads it; or why it would not. */
export interface JavaAnswer {
  readonly bytes: Buffer;
  readonly batches: readonly { readonly records: readonly DescribedRecord[] }[];
  readonly error: string | null;
}

/** One JVM answers all requests, in order. */
export async function askJava(requests: readonly JavaRequest[]): Promise<JavaAnswer[]> {
  const program = join(import.meta.dirname, 'RecordBatches.java');
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  // Short-lived: the quick compiler and the plain collector start fastest.
  const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx512m'];
  const args = [...flags, '-cp', join(paths.javaLibraries, '*'), program];
  const { stdout } = await runOk('java', args, { input, timeoutMs: 120_000 });
  const lines = stdout.trimEnd().split('\n');
  if (lines.length !== requests.length) {
    throw new Error(`${lines.length} answers to ${requests.length} requests`);
  }
  return lines.map((line) => {
    const answer = JSON.parse(line) as Omit<JavaAnswer, 'bytes'> & { readonly bytes?: string };
    const { bytes = '', batches = [], error = null } = answer;
    return { bytes: Buffer.from(bytes, 'base64'), batches, error };
  });
}

/** How this project reads the batch at `at`, field by field as RecordBatches.java describes it. */
export function describeBatch(buffer: Buffer, at: number) {
  const attributes = batchHeader.attributes(buffer, at);
  const control = batchHeader.isControl(attributes);
  const horizon = batchHeader.hasDeleteHorizon(attributes);
  return {
    magic: batchHeader.magic(buffer, at),
    sizeBytes: batchHeader.batchSizeBytes(buffer, at),
    crc: batchHeader.storedCrc(buffer, at),
    codec: CODEC_NAMES[batchHeader.compressionCodec(attributes)],
    baseOffset: batchHeader.baseOffset(buffer, at),
    lastOffset: batchHeader.lastOffset(buffer, at),
    partitionLeaderEpoch: batchHeader.partitionLeaderEpoch(buffer, at),
    logAppendTime: batchHeader.isLogAppendTime(attributes),
    maxTimestamp: batchHeader.maxTimestamp(buffer, at),
    deleteHorizonMs: horizon ? batchHeader.baseTimestamp(buffer, at) : null,
    producerId: batchHeader.producerId(buffer, at),
    producerEpoch: batchHeader.producerEpoch(buffer, at),
    baseSequence: batchHeader.baseSequence(buffer, at),
    lastSequence: batchHeader.lastSequence(buffer, at),
    transactional: batchHeader.isTransactional(attributes),
    control,
    recordCount: batchHeader.recordCount(buffer, at),
    records: describeRecords(buffer, at, control),
  };
}

function describeRecords(buffer: Buffer, at: number, control: boolean): DescribedRecord[] {
  return [...records(buffer, at, MAX_BYTES)].map((record) => ({
    offset: record.offset,
    timestampMs: record.timestampMs,
    key: record.key?.toString('base64') ?? null,
    value: record.value?.toString('base64') ?? null,
    headers: record.headers.map(({ key, value }) => ({
      key,
      value: value?.toString('base64') ?? null,
    })),
    ...(control ? parseControlRecord(record) : null),
  }));
}
