import { ValueError } from '../command/option.ts';
import { type Moment, moment, timestampOf } from '../command/timestamp.ts';

/** A place in every partition that is read. */
export type Place =
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'offset'; readonly offset: number }
  /** So many records behind the start, or before the end. */
  | { readonly kind: 'after-start' | 'before-end'; readonly count: number }
  | { readonly kind: 'moment'; readonly moment: Moment };

/** What is read: from the first place on, up to the other one, or to the end where that is null. */
export interface OffsetRange {
  readonly from: Place;
  readonly to: Place | null;
}

const EXPECTED =
  'expected start, end, N, +N (from the start), -N (from the end), FROM:TO, @TIME or @TIME:TIME';

/** Reads what rpk's `--offset` takes. Throws `ValueError`. */
export function offsetRange(value: string): OffsetRange {
  if (value.startsWith('@')) return momentRange(value.slice(1));
  const at = value.indexOf(':');
  if (at === -1) return { from: place(value), to: null };
  const [from, to] = [value.slice(0, at), value.slice(at + 1)];
  if (from === '' && to === '') throw new ValueError(EXPECTED);
  return {
    from: from === '' ? { kind: 'start' } : place(from),
    to: to === '' ? null : place(to),
  };
}

function place(value: string): Place {
  if (value === 'start' || value === 'end') return { kind: value };
  const match = /^([+-]?)(\d{1,16})$/.exec(value);
  const number = Number(match?.[2]);
  if (match === null || !Number.isSafeInteger(number)) throw new ValueError(EXPECTED);
  if (match[1] === '') return { kind: 'offset', offset: number };
  return { kind: match[1] === '+' ? 'after-start' : 'before-end', count: number };
}

/** A time has colons of its own, so the one that parts two times is the one with a time on both sides. */
function momentRange(value: string): OffsetRange {
  const whole = momentPlace(value);
  if (whole !== null) return { from: whole, to: null };
  for (let at = value.indexOf(':'); at !== -1; at = value.indexOf(':', at + 1)) {
    const from = momentPlace(value.slice(0, at));
    const rest = value.slice(at + 1).replace(/^@/, '');
    const to = rest === 'end' ? ({ kind: 'end' } as const) : momentPlace(rest);
    if (from !== null && to !== null) return { from, to };
  }
  // For the sentence that says what a time looks like.
  return { from: { kind: 'moment', moment: moment(value) }, to: null };
}

function momentPlace(value: string): Place | null {
  try {
    return { kind: 'moment', moment: moment(value) };
  } catch (error) {
    if (error instanceof ValueError) return null;
    throw error;
  }
}

/** What a place comes to in one partition. */
export interface PartitionOffsets {
  readonly start: number;
  readonly end: number;
  /** First offset at or after a time; −1 where there is none. */
  readonly at: (timestampMs: number) => number;
}

/** The times that have to be looked up for a range. */
export function timestampsIn({ from, to }: OffsetRange, nowMs: number): readonly number[] {
  return [from, to].flatMap((one) =>
    one?.kind === 'moment' ? [Math.max(0, timestampOf(one.moment, nowMs))] : [],
  );
}

/** The offset of a place, within start and end; a plain offset is taken as it is. */
export function offsetOf(one: Place, { start, end, at }: PartitionOffsets, nowMs: number): number {
  switch (one.kind) {
    case 'start':
      return start;
    case 'end':
      return end;
    case 'offset':
      return one.offset;
    case 'after-start':
      return Math.min(end, start + one.count);
    case 'before-end':
      return Math.max(start, end - one.count);
    case 'moment': {
      const found = at(Math.max(0, timestampOf(one.moment, nowMs)));
      return found === -1 ? end : found;
    }
  }
}
