import * as path from 'node:path';
import { batchHeader } from '@millrace/protocol';
import { type FileSystem, type OpenFile, readFully, writeFully } from '../file-system.ts';
import type { LogSpec } from '../log-store.ts';
import { ActiveIndexFiles } from './active-index-files.ts';
import { scanBatches } from './batch-scan.ts';
import {
  formatEpochStarts,
  formatPartitionMetadata,
  LEADER_EPOCH_FILE,
  PARTITION_METADATA_FILE,
  parseEpochStarts,
  readText,
  replaceFile,
} from './checkpoint-files.ts';
import { cutFile } from './cut-file.ts';
import { type KnownDamage, keepDamage, readDamage } from './damage-file.ts';
import { isDiskFull, messageOf } from './disk-errors.ts';
import { loadIndex, writeIndexFiles } from './index-cache.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import { readProducerSnapshot, removeFile, removeSegmentFiles } from './log-files.ts';
import {
  DELETED_SUFFIX,
  INDEX_SUFFIX,
  LOG_SUFFIX,
  offsetFileName,
  parseOffsetFileName,
  TIME_INDEX_SUFFIX,
} from './log-names.ts';
import { ProducerStates } from './producer-states.ts';
import { type ActiveSegment, type DamagedRange, Segment, SegmentList } from './segment.ts';
import type { SegmentIndex } from './segment-index.ts';
import {
  completeIndex,
  type KnownPart,
  RECOVERY_CHUNK_BYTES,
  recoverSegment,
  reindexSegment,
  type SegmentBounds,
  type SegmentContent,
} from './segment-recovery.ts';
import { recoverSwaps } from './segment-swap.ts';
import { SharedFile } from './shared-file.ts';

export interface LoadRequest {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly spec: LogSpec;
  readonly nowMs: number;
  /** Whether the last stop was clean, so that what the files say can be trusted. */
  readonly isClean: boolean;
  /**
   * Everything below this offset was synced before the last stop, and is not checked again. Where the files do not
   * bear it out, all of the segment is checked.
   */
  readonly recoveryPoint: number;
  readonly logStartOffset: number;
  readonly onNotice: (notice: string) => void;
}

export interface LoadedLog {
  readonly segments: SegmentList;
  /** Of the active segment; the caller's to release. Null when it is to be opened on need. */
  readonly activeFile: SharedFile | null;
  readonly producers: ProducerStates;
  readonly epochs: LeaderEpochs;
  readonly logStartOffset: number;
  readonly truncatedBytes: number;
  /** The files that a clean stop leaves are there and right, as long as nothing is appended. */
  readonly isSaved: boolean;
  readonly indexFiles: ActiveIndexFiles;
  /** Nothing below is checked by the next start; what is behind it has been synced by this one. */
  readonly recoveryPoint: number;
  /** Bytes behind it. */
  readonly uncheckpointedBytes: number;
}

/** A request while it is served. */
interface Loading extends LoadRequest {
  readonly knownDamage: KnownDamage;
  /** Base offsets of the segments that were made, empty. */
  readonly made: Set<number>;
}

/** Makes the directory and the files of a new log, durably but for the directory's own name. */
export async function createLogFiles(
  fileSystem: FileSystem,
  directory: string,
  topicId: string,
): Promise<void> {
  await fileSystem.mkdir(directory);
  const metadata = formatPartitionMetadata(topicId);
  await replaceFile(fileSystem, path.join(directory, PARTITION_METADATA_FILE), metadata);
  const epochs = formatEpochStarts([{ epoch: 0, startOffset: 0 }]);
  await replaceFile(fileSystem, path.join(directory, LEADER_EPOCH_FILE), epochs);
}

/**
 * Reads what a log's directory holds into memory. After an unclean stop every segment that was not wholly synced is
 * checked batch by batch, a torn tail is cut, and what is left is synced before anyone can see it. A new leader epoch
 * begins then, so that clients that read past a cut can learn of it.
 */
export async function loadLog(asked: LoadRequest): Promise<LoadedLog> {
  const { fileSystem, directory } = asked;
  const knownDamage = await readDamage(fileSystem, directory);
  const request = { ...asked, knownDamage, made: new Set<number>() };
  const bases = await segmentBases(request);
  const closed: Segment[] = [];
  for (let index = 0; index + 1 < bases.length; index++) {
    closed.push(await loadClosed(request, bases[index]!, bases[index + 1]!));
  }
  const active = await loadActive(request, bases.at(-1)!);
  if (active.segment.nextOffset < request.recoveryPoint) {
    request.onNotice(
      `${directory} ends at offset ${active.segment.nextOffset}, but had been synced up to ${request.recoveryPoint}: records are lost.`,
    );
  }
  const { segments, ...last } = await withStart(request, closed, active);
  try {
    await keepDamage(fileSystem, directory, segments.all, request.knownDamage).catch((error) => {
      if (!isDiskFull(error)) throw error;
      request.onNotice(
        `What is damaged in ${directory} could not be written down: ${messageOf(error)}`,
      );
    });
    const state = await loadState(request, segments, active.isTrusted);
    return {
      ...{ segments, ...state },
      activeFile: last.file,
      indexFiles: last.indexFiles,
      truncatedBytes: active.truncatedBytes,
      isSaved: last.isSaved,
      recoveryPoint: last.recoveryPoint,
      uncheckpointedBytes: last.uncheckpointedBytes,
    };
  } catch (error) {
    last.file.release();
    throw error;
  }
}

/** What is known of the log beside its records. */
async function loadState(
  request: Loading,
  segments: SegmentList,
  isTrusted: boolean,
): Promise<Pick<LoadedLog, 'producers' | 'epochs' | 'logStartOffset'>> {
  const { fileSystem, directory, spec } = request;
  const logStartOffset = Math.max(request.logStartOffset, segments.all[0]!.baseOffset);
  const producers = await loadProducers(request, segments);
  const earlier = await loadEpochs(request, segments);
  earlier.dropBefore(logStartOffset);
  const epochs = new LeaderEpochs(earlier.starts);
  if (!isTrusted) epochs.advance(segments.active.segment.nextOffset);
  try {
    if (!isTrusted) {
      const text = formatEpochStarts(epochs.starts);
      await replaceFile(fileSystem, path.join(directory, LEADER_EPOCH_FILE), text);
    }
    const metadataPath = path.join(directory, PARTITION_METADATA_FILE);
    if ((await readText(fileSystem, metadataPath)) === null) {
      await replaceFile(fileSystem, metadataPath, formatPartitionMetadata(spec.topicId));
    }
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    // To serve what is there and make room is worth more than a new epoch, which only tells of a cut.
    request.onNotice(`${directory} stays in leader epoch ${earlier.latest}: ${messageOf(error)}`);
    return { producers, epochs: earlier, logStartOffset };
  }
  return { producers, epochs, logStartOffset };
}

/** Base offsets of the segments, ascending; at least one, whose file exists. */
async function segmentBases(request: Loading): Promise<number[]> {
  const { fileSystem } = request;
  await recoverSwaps(fileSystem, request.directory, request.onNotice);
  const bases = await basesInDirectory(request);
  // An empty last segment comes from a roll that was cut short: the one before it is still where appends go.
  const { length } = bases;
  while (bases.length > 1 && (await fileSystem.sizeOf(segmentPath(request, bases.at(-1)!))) === 0) {
    await removeFile(fileSystem, segmentPath(request, bases.pop()!));
  }
  // It may not be empty on the disk, and must not come back to stand behind what is appended now.
  if (bases.length < length) await fileSystem.syncDirectory(request.directory);
  if (bases.length > 0) return bases;
  await createSegment(request, request.logStartOffset);
  return [request.logStartOffset];
}

/** Removes the files that wait for their end, and the indexes whose segment is gone: a removal was cut short. */
async function basesInDirectory({ fileSystem, directory }: Loading): Promise<number[]> {
  const names = (await fileSystem.readdir(directory)).map((entry) => entry.name);
  const bases = new Set<number>();
  for (const name of names) {
    const base = parseOffsetFileName(name, LOG_SUFFIX);
    if (base !== null) bases.add(base);
    if (name.endsWith(DELETED_SUFFIX)) await removeFile(fileSystem, path.join(directory, name));
  }
  for (const name of names) {
    const base =
      parseOffsetFileName(name, INDEX_SUFFIX) ?? parseOffsetFileName(name, TIME_INDEX_SUFFIX);
    if (base === null || bases.has(base)) continue;
    await removeFile(fileSystem, path.join(directory, name));
  }
  return [...bases].sort((a, b) => a - b);
}

/**
 * What is left of a log may end before the log's start, when its end was lost with the disk's promise. As in Kafka,
 * the log is then empty and goes on at its start, so that no offset is given out twice.
 */
async function withStart(
  request: Loading,
  closed: readonly Segment[],
  active: LoadedActive,
): Promise<LoadedActive & { readonly segments: SegmentList }> {
  const { fileSystem, directory, logStartOffset } = request;
  const segments = new SegmentList(closed, active);
  const endOffset = active.segment.nextOffset;
  if (endOffset >= logStartOffset) return { ...active, segments };
  request.onNotice(
    `${directory} ends at offset ${endOffset}, before its start ${logStartOffset}, and goes on there, empty.`,
  );
  active.file.release();
  for (const { baseOffset } of segments.all) {
    await removeSegmentFiles(fileSystem, directory, baseOffset);
  }
  await createSegment(request, logStartOffset);
  const fresh = await loadActive(request, logStartOffset);
  return { ...fresh, segments: new SegmentList([], fresh) };
}

async function createSegment(request: Loading, baseOffset: number): Promise<void> {
  const { fileSystem, directory } = request;
  const file = await fileSystem.open(segmentPath(request, baseOffset), 'replace');
  await file.close();
  await fileSystem.syncDirectory(directory);
  request.made.add(baseOffset);
}

function segmentPath(request: Loading, baseOffset: number): string {
  return path.join(request.directory, offsetFileName(baseOffset, LOG_SUFFIX));
}

async function loadClosed(
  request: Loading,
  baseOffset: number,
  nextBaseOffset: number,
): Promise<Segment> {
  const { fileSystem } = request;
  const segment = new Segment(baseOffset, segmentPath(request, baseOffset), request.nowMs);
  segment.nextOffset = nextBaseOffset;
  segment.sizeBytes = await fileSystem.sizeOf(segment.filePath);
  segment.readableBytes = segment.sizeBytes;
  if (request.isClean || nextBaseOffset <= request.recoveryPoint) {
    segment.damage = knownDamage(request, segment, segment.sizeBytes);
    reportDamage(request, segment);
    return segment;
  }
  const file = await fileSystem.open(segment.filePath, 'update');
  try {
    const { content } = await recoveredContent(request, file, segment, request.recoveryPoint);
    const tail = {
      position: content.sizeBytes,
      endPosition: segment.sizeBytes,
      offset: content.nextOffset,
      endOffset: nextBaseOffset,
    };
    const hasDamagedTail = content.problem !== null && tail.offset < tail.endOffset;
    segment.damage = hasDamagedTail ? [...content.damage, tail] : content.damage;
    // Where no offset is missing, what follows the last batch is not part of the log.
    if (!hasDamagedTail) segment.readableBytes = content.sizeBytes;
    reportDamage(request, segment);
    content.index.seal();
    segment.noteTimestamps(content.index);
    await file.datasync();
    await writeIndexFiles(fileSystem, segment, content.index);
  } finally {
    await file.close();
  }
  return segment;
}

interface LoadedActive extends ActiveSegment {
  readonly file: SharedFile;
  readonly indexFiles: ActiveIndexFiles;
  readonly truncatedBytes: number;
  /** Nothing that anyone may have seen can have been lost. */
  readonly isTrusted: boolean;
  readonly isSaved: boolean;
  readonly recoveryPoint: number;
  readonly uncheckpointedBytes: number;
}

/**
 * Makes bytes durable that somebody else has written. A sync alone is not enough: after one that failed the system takes
 * what it could not write for written, and later syncs pass it over.
 */
async function rewriteSynced(file: OpenFile, start: number, end: number): Promise<void> {
  const chunk = Buffer.allocUnsafe(Math.max(0, Math.min(RECOVERY_CHUNK_BYTES, end - start)));
  for (let position = start; position < end; position += chunk.length) {
    const bytes = chunk.subarray(0, Math.min(chunk.length, end - position));
    await readFully(file, bytes, 0, bytes.length, position);
    await writeFully(file, [bytes], position);
  }
  await file.datasync();
}

async function loadActive(request: Loading, baseOffset: number): Promise<LoadedActive> {
  const { fileSystem } = request;
  const segment = new Segment(baseOffset, segmentPath(request, baseOffset), request.nowMs);
  const file = await fileSystem.open(segment.filePath, 'update');
  try {
    segment.sizeBytes = await file.size();
    const found = request.isClean
      ? await cleanContent(request, file, segment)
      : await recoveredContent(request, file, segment, request.recoveryPoint);
    const { content, indexFiles, knownBytes } = found;
    const truncatedBytes = segment.sizeBytes - content.sizeBytes;
    const isUntouched = knownBytes === segment.sizeBytes;
    // Without a sync for each append, more may have been read than is left.
    const isTrusted = isUntouched && (request.isClean || request.spec.config.flushMessages === 1);
    // What a process left in the page cache becomes visible now, so it has to be durable now, and nothing behind it, where
    // the next epoch begins.
    if (!isTrusted) {
      await cutFile(file, content.sizeBytes);
      await rewriteSynced(file, knownBytes, content.sizeBytes);
    }
    if (truncatedBytes > 0) {
      request.onNotice(
        `${segment.filePath}: cut ${truncatedBytes} bytes after offset ${content.nextOffset - 1}. ${content.problem}`,
      );
    }
    segment.isEndSure = !isTrusted || request.made.has(baseOffset);
    segment.sizeBytes = content.sizeBytes;
    segment.nextOffset = content.nextOffset;
    segment.damage = content.damage;
    segment.publish(content.index);
    segment.firstTimestampMs = await firstTimestamp(file, segment.sizeBytes);
    reportDamage(request, segment);
    return {
      ...{ segment, index: content.index, indexFiles, truncatedBytes },
      file: SharedFile.of(file, segment.filePath, request.onNotice),
      isTrusted,
      // Of an empty segment there is nothing to save.
      isSaved: segment.sizeBytes === 0 || found.isSaved,
      recoveryPoint: knownBytes > 0 ? request.recoveryPoint : baseOffset,
      uncheckpointedBytes: segment.sizeBytes - knownBytes,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface FoundContent {
  readonly content: SegmentContent;
  readonly indexFiles: ActiveIndexFiles;
  /** Bytes that did not need to be checked. */
  readonly knownBytes: number;
  /** The index files are whole. */
  readonly isSaved: boolean;
}

/** What a clean stop left; where the files do not say that, nothing in them is taken for granted. */
async function cleanContent(
  request: Loading,
  file: OpenFile,
  segment: Segment,
): Promise<FoundContent> {
  const bounds = boundsOf(segment, request);
  const { recoveryPoint } = request;
  const index = await loadIndex(request.fileSystem, segment);
  if (index === null && segment.sizeBytes > 0) {
    request.onNotice(`The index of ${segment.filePath} was missing or wrong and is built anew.`);
  }
  const indexFiles = new ActiveIndexFiles(request.fileSystem, segment, index);
  const content =
    index === null
      ? await reindexSegment(file, bounds)
      : await completeIndex(file, bounds, index, recoveryPoint);
  const isWhole = content.sizeBytes === segment.sizeBytes && content.nextOffset === recoveryPoint;
  if (!isWhole) return recoveredContent(request, file, segment, 0);
  return {
    content: { ...content, damage: knownDamage(request, segment, segment.sizeBytes) },
    // What files an empty segment may have is overwritten.
    indexFiles:
      index === null && segment.sizeBytes > 0
        ? ActiveIndexFiles.unknown(request.fileSystem, segment)
        : indexFiles,
    knownBytes: segment.sizeBytes,
    isSaved: index !== null,
  };
}

/** Checks what lies at or behind `recoveryPoint`; all of it where what lies before is not as it was when that was set. */
async function recoveredContent(
  request: Loading,
  file: OpenFile,
  segment: Segment,
  recoveryPoint: number,
): Promise<FoundContent> {
  const { fileSystem } = request;
  const bounds = boundsOf(segment, request);
  if (recoveryPoint > segment.baseOffset) {
    const saved = await ActiveIndexFiles.readBefore(recoveryPoint, fileSystem, segment);
    const known = await knownPart(file, bounds, saved.index, recoveryPoint);
    if (known !== null) {
      const found = await recoverSegment(file, bounds, known);
      const damage = [...knownDamage(request, segment, known.endPosition), ...found.damage];
      const content = { ...found, damage };
      const { files: indexFiles } = saved;
      return { content, indexFiles, knownBytes: known.endPosition, isSaved: false };
    }
    request.onNotice(
      `${segment.filePath} is not as it was when its recovery point ${recoveryPoint} was set, and is checked from its first byte.`,
    );
  }
  return {
    content: await recoverSegment(file, bounds),
    indexFiles: ActiveIndexFiles.unknown(fileSystem, segment),
    knownBytes: 0,
    isSaved: false,
  };
}

/** Null when there is no whole number of batches up to `endOffset`. */
async function knownPart(
  file: OpenFile,
  bounds: SegmentBounds,
  index: SegmentIndex,
  endOffset: number,
): Promise<KnownPart | null> {
  const known = await completeIndex(file, bounds, index, endOffset);
  // A batch that is missing there may have been deleted by a compaction; then a later one is still to come.
  const isWhole =
    known.nextOffset === endOffset ||
    (known.problem === null && known.sizeBytes < bounds.fileBytes);
  return isWhole ? { index, endPosition: known.sizeBytes, nextOffset: known.nextOffset } : null;
}

function boundsOf(segment: Segment, request: Loading) {
  return {
    baseOffset: segment.baseOffset,
    fileBytes: segment.sizeBytes,
    indexIntervalBytes: request.spec.config.indexIntervalBytes,
  };
}

/** What earlier starts found of a segment that this one does not check up to `endPosition`. */
function knownDamage(
  request: Loading,
  segment: Segment,
  endPosition: number,
): readonly DamagedRange[] {
  const known = request.knownDamage.get(segment.baseOffset) ?? [];
  return known.filter((range) => range.endPosition <= endPosition);
}

function reportDamage(request: Loading, segment: Segment): void {
  for (const range of segment.damage) {
    request.onNotice(
      `${segment.filePath} is damaged from byte ${range.position} to ${range.endPosition}: offsets ${range.offset} to ${range.endOffset - 1} cannot be read.`,
    );
  }
}

async function firstTimestamp(file: OpenFile, sizeBytes: number): Promise<number | null> {
  let timestampMs: number | null = null;
  const range = { start: 0, end: sizeBytes, chunkBytes: 1024, whole: false };
  await scanBatches(file, range, (buffer, at) => {
    timestampMs = batchHeader.maxTimestamp(buffer, at);
    return false;
  });
  return timestampMs;
}

/** From the newest snapshot, and the headers of the batches that came after it. */
async function loadProducers(request: Loading, segments: SegmentList): Promise<ProducerStates> {
  const { fileSystem, directory, nowMs } = request;
  const producers = new ProducerStates();
  const endOffset = segments.active.segment.nextOffset;
  const snapshot = await readProducerSnapshot(fileSystem, directory, endOffset);
  for (const entry of snapshot?.entries ?? []) producers.restore(entry, entry.producerId);
  const from = snapshot?.offset ?? 0;
  for (const segment of segments.all) {
    if (segment.nextOffset <= from) continue;
    const index = segment === segments.active.segment ? segments.active.index : null;
    await replaySegment(request, segment, index?.positionOf(from) ?? 0, (buffer, at) => {
      if (batchHeader.lastOffset(buffer, at) < from) return;
      if (batchHeader.producerId(buffer, at) < 0) return;
      if (batchHeader.isControl(batchHeader.attributes(buffer, at))) return;
      producers.add(buffer, at, nowMs);
    });
  }
  return producers;
}

async function replaySegment(
  request: Loading,
  segment: Segment,
  start: number,
  see: (buffer: Buffer, at: number) => void,
): Promise<void> {
  const file = await request.fileSystem.open(segment.filePath, 'read');
  try {
    let position = start;
    while (position < segment.sizeBytes) {
      const end = segment.undamagedEnd(position);
      const range = { start: position, end, chunkBytes: RECOVERY_CHUNK_BYTES, whole: false };
      const stop = await scanBatches(file, range, (buffer, at) => {
        see(buffer, at);
        return true;
      });
      if (stop.problem !== null) {
        request.onNotice(
          `${segment.filePath} is damaged at byte ${stop.position}: ${stop.problem}`,
        );
        return;
      }
      position = segment.damage.find((range) => range.position === end)?.endPosition ?? end;
    }
  } finally {
    await file.close();
  }
}

/**
 * From their file. Where that cannot be read, the epoch goes on from that of the last batch, so that it never falls behind
 * what clients have seen; where earlier ones ended is not known any more.
 */
async function loadEpochs(request: Loading, segments: SegmentList): Promise<LeaderEpochs> {
  const filePath = path.join(request.directory, LEADER_EPOCH_FILE);
  const text = await readText(request.fileSystem, filePath);
  const starts = text === null ? null : parseEpochStarts(text);
  if (starts !== null) return new LeaderEpochs(starts);
  const epoch = await lastEpoch(request, segments);
  if (text !== null) {
    request.onNotice(`${filePath} cannot be read; the log goes on in leader epoch ${epoch}.`);
  }
  return new LeaderEpochs([{ epoch, startOffset: 0 }]);
}

/** Leader epoch of the active segment's last batch; 0 when it has none. */
async function lastEpoch(request: Loading, segments: SegmentList): Promise<number> {
  const { segment, index } = segments.active;
  let epoch = 0;
  await replaySegment(request, segment, index.lastPosition, (buffer, at) => {
    epoch = Math.max(epoch, batchHeader.partitionLeaderEpoch(buffer, at));
  });
  return epoch;
}
