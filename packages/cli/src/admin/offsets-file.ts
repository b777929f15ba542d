import { readFile, writeFile } from 'node:fs/promises';
import { CommandError } from '../command/errors.ts';
import { PartitionMap, type TopicPartition } from './partition-map.ts';

/** Larger than any plan; so that a mistaken path does not fill the memory. */
const MAX_LINES = 1_000_000;

/**
 * Reads what `kafka-consumer-groups --export` and `--to-file` write: `topic,partition,offset` a line, or with the group in
 * front, then only the lines of this one count. Throws `CommandError`.
 */
export async function readOffsetsFile(path: string, group: string): Promise<PartitionMap<number>> {
  const lines = (await contentOf(path)).split(/\r?\n/);
  if (lines.length > MAX_LINES) throw unreadable(path, `it has more than ${MAX_LINES} lines`);
  const offsets = new PartitionMap<number>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const cells = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (cells.length === 4 && cells.shift() !== group) continue;
    const [topic, partition, offset] = cells;
    const isNumber = (text: string | undefined) => /^\d{1,15}$/.test(text ?? '');
    if (cells.length !== 3 || topic === '' || !isNumber(partition) || !isNumber(offset)) {
      throw unreadable(path, `line ${index + 1} is not TOPIC,PARTITION,OFFSET`);
    }
    offsets.set(topic!, Number(partition), Number(offset));
  }
  if (offsets.topics.length === 0) throw unreadable(path, `there is no offset for group ${group}`);
  return offsets;
}

export async function writeOffsetsFile(
  path: string,
  offsets: readonly (TopicPartition & { readonly offset: number })[],
): Promise<void> {
  const lines = offsets.map(({ topic, partition, offset }) => `${topic},${partition},${offset}\n`);
  try {
    await writeFile(path, lines.join(''));
  } catch (error) {
    throw new CommandError('FILE', `${path} cannot be written: ${(error as Error).message}`);
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, (error as Error).message);
  }
}

function unreadable(path: string, reason: string): CommandError {
  return new CommandError('FILE', `${path} cannot be read: ${reason}.`);
}
