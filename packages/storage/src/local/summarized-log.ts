import * as path from 'node:path';
import type { FileSystem } from '../file-system.ts';
import { ActiveIndexFiles } from './active-index-files.ts';
import { loadIndex } from './index-cache.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import type { LoadedLog, LoadRequest } from './log-loader.ts';
import { LOG_SUFFIX, offsetFileName } from './log-names.ts';
import type { IndexSummary, LogSummary } from './log-summary.ts';
import { decodeProducerSnapshot } from './producer-snapshot.ts';
import { ProducerStates } from './producer-states.ts';
import { Segment, SegmentList } from './segment.ts';
import { SegmentIndex } from './segment-index.ts';
import { reindexSegment } from './segment-recovery.ts';

/** Whether the log in `directory` is as it was when the summary was made. */
export async function isUnchanged(
  fileSystem: FileSystem,
  directory: string,
  summary: LogSummary,
): Promise<boolean> {
  const [baseOffset, sizeBytes] = summary.segments.at(-1)!;
  const active = path.join(directory, offsetFileName(baseOffset, LOG_SUFFIX));
  try {
    const modifiedMs = await fileSystem.modifiedMs(directory);
    if (modifiedMs !== summary.directoryModifiedMs) return false;
    return (await fileSystem.sizeOf(active)) === sizeBytes;
  } catch {
    // Whatever is wrong there, to look into the directory shows it.
    return false;
  }
}

/** The log as its summary, which must be true, tells of it: no file of it is opened before it is used. */
export function summarizedLog(request: LoadRequest, summary: LogSummary): LoadedLog {
  const segments = segmentsOf(request, summary);
  const active = segments.at(-1)!;
  const { index } = summary;
  active.firstTimestampMs = summary.firstTimestampMs;
  active.maxTimestampMs = index.maxTimestampMs;
  active.maxTimestampOffset = index.maxTimestampOffset;
  const epochs = new LeaderEpochs(
    summary.epochs.map(([epoch, startOffset]) => ({ epoch, startOffset })),
  );
  const logStartOffset = Math.max(request.logStartOffset, segments[0]!.baseOffset);
  epochs.dropBefore(logStartOffset);
  const hasEntries = index.offsetBytes + index.timeBytes > 0;
  const indexFiles = ActiveIndexFiles.ofBytes(request.fileSystem, active, index);
  const empty = SegmentIndex.restored(active.baseOffset, index, Buffer.alloc(0), Buffer.alloc(0));
  return {
    segments: new SegmentList(
      segments.slice(0, -1),
      { segment: active, index: empty },
      hasEntries ? () => savedIndex(request, active, index, indexFiles) : null,
    ),
    activeFile: null,
    producers: producersOf(summary),
    epochs,
    logStartOffset,
    truncatedBytes: 0,
    isSaved: summary.isSaved,
    indexFiles,
    recoveryPoint: summary.endOffset,
    uncheckpointedBytes: 0,
  };
}

function segmentsOf(request: LoadRequest, summary: LogSummary): Segment[] {
  return summary.segments.map(([baseOffset, sizeBytes], position) => {
    const filePath = path.join(request.directory, offsetFileName(baseOffset, LOG_SUFFIX));
    const segment = new Segment(baseOffset, filePath, request.nowMs);
    segment.sizeBytes = sizeBytes;
    segment.readableBytes = sizeBytes;
    segment.nextOffset = summary.segments[position + 1]?.[0] ?? summary.endOffset;
    return segment;
  });
}

function producersOf(summary: LogSummary): ProducerStates {
  const producers = new ProducerStates();
  if (summary.producers === '') return producers;
  const entries = decodeProducerSnapshot(Buffer.from(summary.producers, 'base64')) ?? [];
  for (const entry of entries) producers.restore(entry, entry.producerId);
  return producers;
}

/** The active segment's index from its files; both are made anew where they are not those that the summary tells of. */
async function savedIndex(
  request: LoadRequest,
  segment: Segment,
  index: IndexSummary,
  files: ActiveIndexFiles,
): Promise<SegmentIndex> {
  const { fileSystem, onNotice } = request;
  const saved = await loadIndex(fileSystem, segment);
  const offsets = saved?.offsetBytes();
  const times = saved?.timeBytes();
  if (offsets?.length === index.offsetBytes && times?.length === index.timeBytes) {
    return SegmentIndex.restored(segment.baseOffset, index, offsets, times);
  }
  onNotice(`The index of ${segment.filePath} was missing or wrong and is built anew.`);
  const file = await fileSystem.open(segment.filePath, 'read');
  try {
    const { indexIntervalBytes } = request.spec.config;
    const bounds = { baseOffset: segment.baseOffset, fileBytes: segment.sizeBytes };
    const { index: built } = await reindexSegment(file, { ...bounds, indexIntervalBytes });
    built.seal();
    await files.replace({ offsets: built.offsetBytes(), times: built.timeBytes() });
    return built;
  } finally {
    await file.close();
  }
}
