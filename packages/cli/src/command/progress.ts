import type { OutputStream } from '../process-context.ts';
import { byteText } from './quantities.ts';

/** What was done so far. */
export interface Done {
  readonly records: number;
  readonly bytes: number;
}

const TERMINAL_INTERVAL_MS = 250;
const LOG_INTERVAL_MS = 10_000;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Tells on standard error how far a long work is: on a terminal in one line that is written over, else in a line every ten
 * seconds. It is called as the work goes on, and has no timer.
 */
export class Progress {
  readonly #stream: OutputStream;
  readonly #now: () => number;
  /** Of the whole work; null when it is not known. */
  readonly #totalBytes: number | null;
  readonly #startMs: number;
  #shownMs: number;
  #isShown = false;

  constructor(stream: OutputStream, now: () => number, totalBytes: number | null) {
    this.#stream = stream;
    this.#now = now;
    this.#totalBytes = totalBytes;
    this.#startMs = now();
    this.#shownMs = this.#startMs;
  }

  update(done: Done): void {
    const nowMs = this.#now();
    const isTerminal = this.#stream.isTTY === true;
    if (nowMs - this.#shownMs < (isTerminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS)) return;
    this.#shownMs = nowMs;
    const line = this.#line(done, nowMs);
    this.#isShown = isTerminal;
    this.#stream.write(isTerminal ? `${CLEAR_LINE}${line}` : `${line}\n`);
  }

  /** Takes the line away, so that what follows stands alone. */
  end(): void {
    if (this.#isShown) this.#stream.write(CLEAR_LINE);
    this.#isShown = false;
  }

  #line({ records, bytes }: Done, nowMs: number): string {
    const seconds = (nowMs - this.#startMs) / 1000;
    const bytesPerSecond = bytes / seconds;
    const rate = `${Math.round(records / seconds)} records/s, ${byteText(Math.round(bytesPerSecond))}/s`;
    const total = this.#totalBytes;
    if (total === null) return `${records} records, ${byteText(bytes)}; ${rate}`;
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((100 * bytes) / total));
    const left = bytesPerSecond > 0 ? Math.max(0, total - bytes) / bytesPerSecond : Infinity;
    const eta = Number.isFinite(left) ? `, ${durationText(left)} left` : '';
    return `${percent}% of ${byteText(total)}, ${records} records; ${rate}${eta}`;
  }
}

/** `8s`, `3m 20s`, `2h 5m`. */
function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${whole % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
