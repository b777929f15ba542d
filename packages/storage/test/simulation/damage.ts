import { BATCH_HEADER_BYTES, batchHeader, checkBatch } from '@millrace/protocol';
import type { World } from './life.ts';
import type { ModelLog } from './model-log.ts';

/** Bytes that no checksum covers: the base offset and the leader epoch of a batch. */
const isUncovered = (position: number) => position < 8 || (position >= 12 && position < 16);

/** Turns a bit around in one of the logs' files, and notes in the models which batch that belongs to. */
export function damageSomething(world: World, logs: readonly ModelLog[]): void {
  const { random, disk, trace } = world;
  const byDirectory = new Map(logs.map((log) => [`/data/${log.name}/`, log]));
  const files = [...disk.files].filter(
    ([path, file]) =>
      file.sizeBytes > 0 &&
      /\.(log|snapshot|index|timeindex)$/.test(path) &&
      byDirectory.has(path.slice(0, path.lastIndexOf('/') + 1)),
  );
  if (files.length === 0) return;
  const [path, file] = random.pick(files);
  const log = byDirectory.get(path.slice(0, path.lastIndexOf('/') + 1))!;
  const position = random.below(file.sizeBytes);
  if (path.endsWith('.log')) {
    if (!noteDamage(log, file.bytes, position)) return;
    log.hasUnsureProducers = true;
  }
  // No checksum covers them: what is looked up by time may be wrong, and what is read must not be.
  if (path.endsWith('index')) log.hasDamagedIndex = true;
  file.flipBit(position, random.below(8));
  trace.note(() => `a bit of ${path} at ${position} turned around`);
}

/** False where the byte is not part of a batch, or of what its checksum does not cover. */
function noteDamage(log: ModelLog, bytes: Buffer, position: number): boolean {
  for (let at = 0; bytes.length - at >= BATCH_HEADER_BYTES; ) {
    if (checkBatch(bytes, at, bytes.length) !== null) return false;
    const end = at + batchHeader.batchSizeBytes(bytes, at);
    if (position >= end) {
      at = end;
      continue;
    }
    const batch = log.batchAt(batchHeader.baseOffset(bytes, at));
    if (batch === undefined || isUncovered(position - at)) return false;
    batch.isDamaged = true;
    return true;
  }
  return false;
}
