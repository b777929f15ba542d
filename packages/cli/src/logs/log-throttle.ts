import type { Clock } from '@millrace/storage';
import type { LogEntry } from './log-entry.ts';

const WINDOW_MS = 10_000;

/** What one kind of entry has done in its window. */
interface Window {
  written: number;
  suppressed: number;
  last: LogEntry;
}

/**
 * Lets so many entries of a kind through in ten seconds and sums up the rest when they are over, so that what clients
 * do in a loop is one line. Bounded by the kinds that the program has.
 */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #write: (entry: LogEntry) => void;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock, write: (entry: LogEntry) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  write(kind: string, limit: number, entry: LogEntry): void {
    let window = this.#windows.get(kind);
    if (window === undefined) {
      window = { written: 0, suppressed: 0, last: entry };
      this.#windows.set(kind, window);
      this.#clock.schedule(WINDOW_MS, () => this.#end(kind));
    }
    window.last = entry;
    if (window.written < limit) {
      window.written++;
      this.#write(entry);
    } else {
      window.suppressed++;
    }
  }

  /** Sums up what is still open: the program ends. */
  close(): void {
    for (const kind of [...this.#windows.keys()]) this.#end(kind);
  }

  #end(kind: string): void {
    const window = this.#windows.get(kind);
    this.#windows.delete(kind);
    if (window === undefined || window.suppressed === 0) return;
    const { suppressed, last } = window;
    this.#write({
      ...last,
      message: `${suppressed} more like this in ${WINDOW_MS / 1000} s, the last: ${last.message}`,
      fields: { ...last.fields, suppressed },
    });
  }
}
