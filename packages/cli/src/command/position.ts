import { ValueError } from './option.ts';
import { type Moment, moment } from './timestamp.ts';

/** A place in a partition, as it is typed. */
export type Position =
  | { readonly kind: 'start' | 'end' | 'current' }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'moment'; readonly moment: Moment }
  /** So many records on, back when negative. */
  | { readonly kind: 'shift'; readonly by: number };

/** `start`, `end`, an offset, or `@TIME`; with `isRelative` also `current`, `+N` and `-N`. */
export function position(isRelative: boolean) {
  return (value: string): Position => {
    if (value === 'start' || value === 'end') return { kind: value };
    if (value.startsWith('@')) return { kind: 'moment', moment: moment(value.slice(1)) };
    if (/^\d{1,16}$/.test(value) && Number.isSafeInteger(Number(value))) {
      return { kind: 'offset', offset: Number(value) };
    }
    if (isRelative && value === 'current') return { kind: value };
    if (isRelative && /^[+-]\d{1,15}$/.test(value)) return { kind: 'shift', by: Number(value) };
    throw new ValueError(
      `expected start, end, an offset, ${isRelative ? 'current, +N, -N, ' : ''}or @TIME`,
    );
  };
}
