import * as path from 'node:path';
import type { FileSystem } from '../file-system.ts';
import { readText, replaceFile } from './checkpoint-files.ts';
import { removeFile } from './log-files.ts';
import type { DamagedRange, Segment } from './segment.ts';

/** Beside a log's segments; no file of Kafka's, which passes it by. */
const DAMAGE_FILE = 'damaged-ranges';

/** By base offset of the segment. */
export type KnownDamage = ReadonlyMap<number, readonly DamagedRange[]>;

/**
 * The damage that recoveries have found in a log. Kept in a file, since later starts do not check again what lies below the
 * recovery point: without it they would take damaged bytes for batches.
 */
export async function readDamage(fileSystem: FileSystem, directory: string): Promise<KnownDamage> {
  const text = await readText(fileSystem, path.join(directory, DAMAGE_FILE));
  const lines = (text ?? '')
    .split('\n')
    .map((line) => /^(\d+) (\d+) (\d+) (\d+) (\d+)$/.exec(line));
  const known = new Map<number, DamagedRange[]>();
  for (const line of lines) {
    if (line === null) continue;
    const [baseOffset, position, endPosition, offset, endOffset] = line.slice(1).map(Number);
    const ranges = known.get(baseOffset!) ?? [];
    known.set(baseOffset!, ranges);
    ranges.push({
      position: position!,
      endPosition: endPosition!,
      offset: offset!,
      endOffset: endOffset!,
    });
  }
  return known;
}

/** Makes what the segments have the content of the file, durably; a log without damage has none. */
export async function keepDamage(
  fileSystem: FileSystem,
  directory: string,
  segments: readonly Segment[],
  known: KnownDamage,
): Promise<void> {
  const lines = segments.flatMap(({ baseOffset, damage }) => linesOf(baseOffset, damage));
  const before = [...known].flatMap(([baseOffset, damage]) => linesOf(baseOffset, damage));
  const text = lines.join('');
  if (text === before.join('')) return;
  const filePath = path.join(directory, DAMAGE_FILE);
  if (text === '') await removeFile(fileSystem, filePath);
  else await replaceFile(fileSystem, filePath, text);
}

function linesOf(baseOffset: number, damage: readonly DamagedRange[]): string[] {
  return damage.map(
    (range) =>
      `${baseOffset} ${range.position} ${range.endPosition} ${range.offset} ${range.endOffset}\n`,
  );
}
