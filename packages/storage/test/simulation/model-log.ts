import { batchHeader, ErrorCode } from '@millrace/protocol';
import type { LogConfig, LogSpec, PartitionLog } from '../../src/log-store.ts';
import {
  compactedFrom,
  differenceTo,
  lastSequenceOf,
  type ModelBatch,
  nextOffsetOf,
  timestampOf,
} from './model-batch.ts';
import { expect, SimulationFailure } from './simulation-failure.ts';

/** Batches that a log remembers of a producer. */
const PRODUCER_WINDOW = 5;

/** So many changes of its configs are under way at the same time at most. */
const MAX_EARLIER_CONFIGS = 10;

/** What an idempotent batch should be answered. */
export type Expected =
  | { readonly outcome: 'appended' }
  | { readonly outcome: 'duplicate'; readonly original: ModelBatch }
  | { readonly outcome: 'refused'; readonly error: number };

/** How the process that had the log open came to its end. */
export type Ending = 'power' | 'kill' | 'stop';

/** What one log must hold, may hold and must not hold, as its users were told. */
export class ModelLog {
  readonly name: string;
  spec: LogSpec;
  /** In order of offset, without gaps: what is in the log, or on its way into it. From offset 0 on. */
  batches: ModelBatch[] = [];
  /** What was refused, or lost in a crash, and may still come up when a crash is recovered from. */
  ghosts: ModelBatch[] = [];
  /** Those of them that a start has seen nothing of, and not looked for; they may come up until something is acknowledged. */
  #earlierGhosts: readonly ModelBatch[] = [];
  #leaderEpoch = 0;
  /** Everything below is on the disk for good. */
  durableEnd = 0;
  /** Everything below was written by a process that was killed, and is there as long as the power is. */
  cachedEnd = 0;
  /** The largest high watermark that anybody saw. */
  highWatermark = 0;
  /** The largest log start that anybody saw. */
  startOffset = 0;
  /** The largest log start that was asked for: a deletion that failed may still have been done. */
  requestedStart = 0;
  /** At most this many records less one are acknowledged and not durable. */
  flushMessages: number;
  /** Producers with batches below this offset may be forgotten: those were deleted before a restart. */
  forgettableBelow = 0;
  /** Some of its files were damaged once, so that producers may be known by other batches than they wrote. */
  hasUnsureProducers = false;
  hasDamagedIndex = false;
  isDeleted = false;
  /** Compaction was on at some time. */
  wasCompacted = false;
  /** The smallest that compaction ever went by. */
  #minCompactionLagMs = Number.POSITIVE_INFINITY;
  #deleteRetentionMs = Number.POSITIVE_INFINITY;
  /** In force not long ago: what they ask for may still be under way. */
  #earlierConfigs: readonly LogConfig[] = [];
  /** Where the log may begin again after a crash: on a full disk retention cannot write down where it begins. */
  #keptStart = 0;
  /** A process has it open, and what it found was looked at. */
  isOpen = true;
  /** It takes no records until it is repaired. */
  #isFailed = false;

  /** Where an empty log begins. */
  firstOffset = 0;

  constructor(name: string, spec: LogSpec) {
    this.name = name;
    this.spec = spec;
    this.flushMessages = spec.config.flushMessages;
    this.#noteCompaction();
  }

  #noteCompaction(): void {
    const { cleanupPolicy, minCompactionLagMs, deleteRetentionMs } = this.config;
    this.wasCompacted ||= cleanupPolicy.compact;
    if (!this.wasCompacted) return;
    this.#minCompactionLagMs = Math.min(this.#minCompactionLagMs, minCompactionLagMs);
    this.#deleteRetentionMs = Math.min(this.#deleteRetentionMs, deleteRetentionMs);
  }

  get config(): LogConfig {
    return this.spec.config;
  }

  get endOffset(): number {
    const last = this.batches.at(-1);
    return last === undefined ? this.firstOffset : nextOffsetOf(last);
  }

  get hasDamage(): boolean {
    return this.batches.some((batch) => batch.isDamaged);
  }

  /** Whether a damaged batch holds `offset`, or comes before it. */
  isBehindDamage(offset: number): boolean {
    return this.batches.some((batch) => batch.isDamaged && batch.baseOffset <= offset);
  }

  /** Whether a read of `offset` may meet damage. Where a compacted log has no batch with it, the next one is read. */
  mayMeetDamage(offset: number): boolean {
    return this.isBehindDamage(offset) || (this.wasCompacted && this.hasDamage);
  }

  /** The batch that holds `offset`. */
  batchAt(offset: number): ModelBatch | undefined {
    let low = 0;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (nextOffsetOf(this.batches[middle]!) <= offset) low = middle + 1;
      else high = middle;
    }
    const batch = this.batches[low];
    return batch !== undefined && batch.baseOffset <= offset ? batch : undefined;
  }

  /** Takes batches in that the log has given offsets to. */
  appended(batches: readonly ModelBatch[], nowMs: number): void {
    const isStamped = this.config.messageTimestampType === 'LogAppendTime';
    for (const batch of batches) {
      batch.baseOffset = this.endOffset;
      batch.logAppendTimeMs = isStamped ? nowMs : -1;
      batch.appendedMs = nowMs;
      this.batches.push(batch);
    }
  }

  acknowledged(batches: readonly ModelBatch[]): void {
    const first = this.batches.indexOf(batches[0]!);
    expect(first >= 0, () => `${this.name}: an append was acknowledged that had been refused`);
    expect(
      this.batches.slice(0, first).every((batch) => batch.isAcknowledged),
      () => `${this.name}: ${batches[0]!.baseOffset} was acknowledged before what came before it`,
    );
    for (const batch of batches) batch.isAcknowledged = true;
    this.ghosts = this.ghosts.filter((ghost) => !this.#earlierGhosts.includes(ghost));
    this.#earlierGhosts = [];
  }

  /** Nothing of it is in the log, but its bytes may be where a crash brings them up again. */
  refused(batches: readonly ModelBatch[]): void {
    for (const batch of batches) {
      const index = this.batches.lastIndexOf(batch);
      if (index >= 0) this.batches.splice(index, 1);
      this.ghosts.push({ ...batch });
    }
  }

  configured(config: LogConfig): void {
    this.#earlierConfigs = [this.config, ...this.#earlierConfigs].slice(0, MAX_EARLIER_CONFIGS);
    this.spec = { ...this.spec, config };
    this.#noteCompaction();
    // Records that came under the old config may stay unsynced until the next append under the new one.
    this.flushMessages = Math.max(this.flushMessages, config.flushMessages);
  }

  /** All that the log shows of itself, at any moment. */
  observe(
    seen: Pick<PartitionLog, 'logStartOffset' | 'highWatermark' | 'logEndOffset' | 'failure'>,
    nowMs: number,
    isDiskFull: boolean,
  ): void {
    const { logStartOffset: start, highWatermark, logEndOffset } = seen;
    const state = () =>
      `${this.name}: start ${start}, high watermark ${highWatermark}, end ${logEndOffset}`;
    expect(
      highWatermark >= this.highWatermark,
      () => `${state()}: it was at ${this.highWatermark}`,
    );
    expect(highWatermark <= logEndOffset, () => `${state()}: the watermark is past the end`);
    expect(start >= this.startOffset, () => `${state()}: the start was at ${this.startOffset}`);
    expect(start <= highWatermark, () => `${state()}: the start is past the watermark`);
    this.highWatermark = highWatermark;
    if (start !== this.startOffset) this.#moveStart(start, nowMs, isDiskFull);
    this.durableEnd = Math.max(this.durableEnd, highWatermark - (this.flushMessages - 1));
    // A repair makes durable what was acknowledged without a sync as well.
    if (this.#isFailed && seen.failure === null) this.durableEnd = highWatermark;
    this.#isFailed = seen.failure !== null;
  }

  /** A producer's rules (KIP-98, KIP-360); null when both answers are right. */
  expected(batch: ModelBatch): Expected | null {
    const { id, epoch, baseSequence } = batch.producer!;
    const known = this.batches.filter((other) => other.producer?.id === id);
    const last = known.at(-1);
    if (this.hasUnsureProducers) return null;
    if (last === undefined) return { outcome: 'appended' };
    if (nextOffsetOf(last) <= this.forgettableBelow) return null;
    if (epoch < last.producer!.epoch) {
      return { outcome: 'refused', error: ErrorCode.INVALID_PRODUCER_EPOCH };
    }
    const outOfOrder = {
      outcome: 'refused',
      error: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
    } as const;
    if (epoch > last.producer!.epoch) {
      return baseSequence === 0 ? { outcome: 'appended' } : outOfOrder;
    }
    const isSame = (other: ModelBatch) =>
      other.producer!.epoch === epoch &&
      other.producer!.baseSequence === baseSequence &&
      other.records.length === batch.records.length;
    const window = known.slice(-PRODUCER_WINDOW);
    const original = window.find(isSame);
    if (original !== undefined) {
      return original.baseOffset < this.forgettableBelow
        ? null
        : { outcome: 'duplicate', original };
    }
    // A start that forgot one of them remembers one before them in its place.
    const mayReachBack = window.some((other) => nextOffsetOf(other) <= this.forgettableBelow);
    if (mayReachBack && known.slice(0, -PRODUCER_WINDOW).some(isSame)) return null;
    const expected = batchHeader.addToSequence(lastSequenceOf(last), 1);
    return baseSequence === expected ? { outcome: 'appended' } : outOfOrder;
  }

  /** A new process found this log start. */
  started(startOffset: number, nowMs: number): void {
    expect(
      startOffset >= this.#keptStart,
      () => `${this.name}: starts at ${startOffset}, and had started at ${this.#keptStart}`,
    );
    if (startOffset > this.startOffset) this.#moveStart(startOffset, nowMs, false);
    this.startOffset = startOffset;
    this.#keptStart = startOffset;
  }

  #moveStart(startOffset: number, nowMs: number, isDiskFull: boolean): void {
    expect(
      startOffset <= this.requestedStart ||
        [this.config, ...this.#earlierConfigs].some((config) =>
          this.#mayBegin(startOffset, config, nowMs),
        ),
      () => `${this.name}: what lies before ${startOffset} was to stay`,
    );
    this.startOffset = startOffset;
    if (!isDiskFull) this.#keptStart = startOffset;
  }

  /** Whether retention may have let go of all before `startOffset`: too old, each of them, or too much. */
  #mayBegin(startOffset: number, config: LogConfig, nowMs: number): boolean {
    if (!config.cleanupPolicy.delete) return false;
    const isGoing = (batch: ModelBatch) =>
      nextOffsetOf(batch) > this.requestedStart && batch.baseOffset < startOffset;
    const latest = this.wasCompacted ? this.#latestOffsets() : null;
    const isOld = (batch: ModelBatch) =>
      batch.records.every(
        (_record, index) =>
          timestampOf(batch, index) < nowMs - config.retentionMs ||
          (latest !== null && this.#mayBeGone(batch, index, latest, nowMs)),
      );
    const left = this.batches.filter((batch) => batch.baseOffset >= startOffset);
    const leftBytes = left.reduce((sum, batch) => sum + batch.bytes.length, 0);
    return (
      this.hasDamage ||
      this.hasDamagedIndex ||
      leftBytes >= config.retentionBytes ||
      this.batches.filter(isGoing).every(isOld)
    );
  }

  /** The process that had it open is gone. */
  ended(ending: Ending, mayHaveFailed: boolean): void {
    if (ending === 'stop') this.durableEnd = this.endOffset;
    // What a process wrote outlives it, unless the disk refused to take it.
    if (ending === 'power' || mayHaveFailed) this.cachedEnd = 0;
    else if (ending === 'kill' && this.isOpen) this.cachedEnd = this.highWatermark;
    this.isOpen = false;
    this.#isFailed = false;
  }

  /**
   * Compares with what was found after a restart: the batches from the log's start on, as read, without gaps, but for
   * the `damaged` ones, which cannot be read. What was found counts as acknowledged from now on. A start that begins no new
   * leader epoch has taken the log's end for what it was left as, without a look at the disk.
   */
  recovered(found: readonly ModelBatch[], endOffset: number, leaderEpoch: number): void {
    const keptEnd = Math.max(this.durableEnd, this.cachedEnd);
    for (const batch of this.batches) {
      if (batch.isDamaged || nextOffsetOf(batch) <= this.startOffset) continue;
      if (nextOffsetOf(batch) > keptEnd) break;
      expect(
        found.includes(batch),
        () =>
          `${this.name}: the batch at ${batch.baseOffset} is gone, everything below ${keptEnd} was to stay`,
      );
    }
    const before = this.batches.filter((batch) => nextOffsetOf(batch) <= this.startOffset);
    this.batches = [...before, ...found];
    // Its end was damaged, and it began behind that: it goes on at its start, empty.
    if (found.length === 0 && this.endOffset < endOffset) this.batches = [];
    for (const batch of found) batch.isAcknowledged = true;
    const mayComeUp = (ghost: ModelBatch) => ghost.baseOffset >= endOffset;
    this.ghosts = leaderEpoch === this.#leaderEpoch ? this.ghosts.filter(mayComeUp) : [];
    this.#earlierGhosts = this.ghosts;
    this.#leaderEpoch = leaderEpoch;
    this.firstOffset = this.batches.length === 0 ? endOffset : 0;
    this.durableEnd = endOffset;
    this.highWatermark = endOffset;
    this.flushMessages = this.config.flushMessages;
    this.isOpen = true;
    this.forgettableBelow = this.startOffset;
    this.requestedStart = Math.max(this.requestedStart, this.startOffset);
    expect(this.endOffset === endOffset, () => `${this.name}: ends at ${endOffset}`);
    this.#checkProducers(found);
  }

  /** Whatever was lost and tried again, no sequence number stands in the log twice. */
  #checkProducers(found: readonly ModelBatch[]): void {
    if (this.hasUnsureProducers) return;
    const seen = new Set<string>();
    for (const { producer, baseOffset } of found) {
      if (producer === null) continue;
      const key = `${producer.id}/${producer.epoch}/${producer.baseSequence}`;
      expect(!seen.has(key), () => `${this.name}: ${key} is there twice, at last at ${baseOffset}`);
      seen.add(key);
    }
  }

  /** What may hold `offset`, the log's start, after a restart. */
  holding(offset: number): ModelBatch[] {
    const batch = this.batchAt(offset);
    const ghosts = this.ghosts.filter(
      (ghost) => ghost.baseOffset <= offset && nextOffsetOf(ghost) > offset,
    );
    return batch === undefined ? ghosts : [batch, ...ghosts];
  }

  /** What may stand at `offset` after a restart. */
  candidates(offset: number): ModelBatch[] {
    const batch = this.batchAt(offset);
    const ghosts = this.ghosts.filter((ghost) => ghost.baseOffset === offset);
    return batch === undefined ? ghosts : [batch, ...ghosts];
  }

  /** The batch that the stored bytes are; throws when they are none that may be here. */
  identify(
    stored: Buffer,
    at: number,
    candidates: readonly ModelBatch[],
    nowMs: number,
  ): ModelBatch {
    const differences: string[] = [];
    for (const batch of candidates) {
      const difference = this.differenceTo(stored, at, batch, nowMs);
      if (difference === null) return batch;
      differences.push(difference);
    }
    const base = batchHeader.baseOffset(stored, at);
    throw new SimulationFailure(
      `${this.name}: at ${base} there is ${differences.join(', ') || 'what nobody appended'}`,
    );
  }

  /** Null when the stored bytes are `batch`, or what compaction may have left of it; else what is wrong. */
  differenceTo(stored: Buffer, at: number, batch: ModelBatch, nowMs: number): string | null {
    const difference = differenceTo(stored, at, batch);
    if (difference === null || !this.wasCompacted) return difference;
    const gone = compactedFrom(stored, at, batch);
    if (typeof gone === 'string') return gone;
    this.#checkGone(batch, gone, nowMs);
    return null;
  }

  /** There is nothing in the log from one offset to another: only compaction may do that. Gives what was there. */
  passOver(fromOffset: number, toOffset: number, nowMs: number): ModelBatch[] {
    const passed: ModelBatch[] = [];
    for (let offset = fromOffset; offset < toOffset; ) {
      const batch = this.batchAt(offset);
      expect(batch !== undefined, () => `${this.name}: goes on at ${toOffset} after ${offset}`);
      if (!batch.isDamaged) this.#checkGone(batch, [...batch.records.keys()], nowMs);
      passed.push(batch);
      offset = nextOffsetOf(batch);
    }
    return passed;
  }

  #checkGone(batch: ModelBatch, indexes: readonly number[], nowMs: number): void {
    const latest = this.#latestOffsets();
    for (const index of indexes) {
      if (batch.baseOffset + index < this.startOffset) continue;
      expect(
        this.#mayBeGone(batch, index, latest, nowMs),
        () =>
          `${this.name}: compaction may not have removed the record ${batch.baseOffset + index}`,
      );
    }
  }

  /** The last offset of each key below the high watermark, which is past all that was acknowledged. */
  #latestOffsets(): Map<string, number> {
    const latest = new Map<string, number>();
    for (const batch of this.batches) {
      if (batch.baseOffset >= this.highWatermark && !batch.isAcknowledged) break;
      batch.records.forEach(({ key }, index) => {
        if (key !== null) latest.set(key, batch.baseOffset + index);
      });
    }
    return latest;
  }

  #mayBeGone(
    batch: ModelBatch,
    index: number,
    latest: ReadonlyMap<string, number>,
    nowMs: number,
  ): boolean {
    const { key, value } = batch.records[index]!;
    if (timestampOf(batch, index) > nowMs - this.#minCompactionLagMs) return false;
    // Records without a key come from the time before the log was compacted, and have no place in it.
    if (key === null || latest.get(key)! > batch.baseOffset + index) return true;
    return value === null && batch.appendedMs + this.#deleteRetentionMs <= nowMs;
  }

  /**
   * Offset of the first record from `from` on with a time of at least `timestampMs`, below `to`, that must be there; −1 when
   * there is none.
   */
  firstAtTime(timestampMs: number, from: number, to: number, nowMs: number): number {
    for (const [offset, time] of this.#timesThatStay(from, to, nowMs)) {
      if (time >= timestampMs) return offset;
    }
    return -1;
  }

  /** The largest time of the records from `from` on, below `to`, that must be there; −1 when none has one. */
  largestTime(from: number, to: number, nowMs: number): number {
    let largest = -1;
    for (const [, time] of this.#timesThatStay(from, to, nowMs)) largest = Math.max(largest, time);
    return largest;
  }

  *#timesThatStay(
    from: number,
    to: number,
    nowMs: number,
  ): Generator<[offset: number, timestampMs: number]> {
    const latest = this.wasCompacted ? this.#latestOffsets() : null;
    for (const batch of this.batches) {
      for (let index = 0; index < batch.records.length; index++) {
        const offset = batch.baseOffset + index;
        if (offset < from) continue;
        if (offset >= to) return;
        if (latest !== null && this.#mayBeGone(batch, index, latest, nowMs)) continue;
        yield [offset, timestampOf(batch, index)];
      }
    }
  }
}
