import * as path from 'node:path';
import type { AbortedTransaction } from '../compaction/transaction-tracker.ts';
import { type FileSystem, readSmallFile } from '../file-system.ts';
import { offsetFileName, TXN_INDEX_SUFFIX } from './log-names.ts';
import { DamagedLogError } from './log-reader.ts';

// Kafka's index of the transactions that were aborted with a marker in one segment. All numbers are big-endian.
//
//   entry: version int16 · producerId int64 · firstOffset int64 · lastOffset int64 · lastStableOffset int64

const VERSION = 0;
const ENTRY_BYTES = 34;

/** Of one segment; none when there is no file. Throws `DamagedLogError` when it is not one. */
export async function readTransactionIndex(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
): Promise<AbortedTransaction[]> {
  const filePath = path.join(directory, offsetFileName(baseOffset, TXN_INDEX_SUFFIX));
  const content = await readSmallFile(fileSystem, filePath);
  const transactions = parseTransactionIndex(content ?? Buffer.alloc(0));
  if (transactions === null) throw new DamagedLogError(`${filePath} is no transaction index.`);
  return transactions;
}

/** Null when the bytes are not whole entries. */
export function parseTransactionIndex(content: Buffer): AbortedTransaction[] | null {
  if (content.length % ENTRY_BYTES !== 0) return null;
  const transactions: AbortedTransaction[] = [];
  for (let at = 0; at < content.length; at += ENTRY_BYTES) {
    if (content.readInt16BE(at) !== VERSION) return null;
    transactions.push({
      producerId: readInt64(content, at + 2),
      firstOffset: readInt64(content, at + 10),
      lastOffset: readInt64(content, at + 18),
      lastStableOffset: readInt64(content, at + 26),
    });
  }
  return transactions;
}

export function formatTransactionIndex(transactions: readonly AbortedTransaction[]): Buffer {
  const content = Buffer.alloc(transactions.length * ENTRY_BYTES);
  let at = 0;
  for (const { producerId, firstOffset, lastOffset, lastStableOffset } of transactions) {
    at = content.writeInt16BE(VERSION, at);
    for (const value of [producerId, firstOffset, lastOffset, lastStableOffset]) {
      at = content.writeBigInt64BE(BigInt(value), at);
    }
  }
  return content;
}

function readInt64(content: Buffer, at: number): number {
  return Number(content.readBigInt64BE(at));
}
