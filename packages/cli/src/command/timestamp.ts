import { ValueError } from './option.ts';
import { durationMs } from './values.ts';

/** A moment as it was typed: itself, or so long before the command runs. */
export type Moment = { readonly timestampMs: number } | { readonly agoMs: number };

/**
 * Milliseconds since 1970 (or seconds, with nine or ten digits), a date, a date with a time (UTC where no zone is given), or
 * a duration for so long ago.
 */
export function moment(value: string): Moment {
  const ago = /^-(.+)$/.exec(value);
  if (ago !== null) return { agoMs: durationMs(ago[1]!) };
  if (/^\d{9,10}$/.test(value)) return { timestampMs: Number(value) * 1000 };
  if (/^\d{12,14}$/.test(value)) return { timestampMs: Number(value) };
  const date =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(
      value,
    );
  const timestampMs =
    date === null ? Number.NaN : Date.parse(`${date[1]}T${date[2] ?? '00:00'}${date[3] ?? 'Z'}`);
  if (Number.isNaN(timestampMs)) {
    throw new ValueError(
      'expected milliseconds since 1970, a date such as 2026-11-25 or 2026-11-25T08:00:00Z, or -1h for an hour ago',
    );
  }
  return { timestampMs };
}

export function timestampOf(moment: Moment, nowMs: number): number {
  return 'agoMs' in moment ? nowMs - moment.agoMs : moment.timestampMs;
}

/** ISO 8601, or null for what is no moment, such as the −1 of a record without a timestamp. */
export function isoTime(timestampMs: number): string | null {
  if (timestampMs < 0 || timestampMs > 8.64e15) return null;
  return new Date(timestampMs).toISOString();
}
