export type Status = 'ok' | 'warning' | 'problem';

/** One thing that was looked at. */
export interface Finding {
  /** Which check found it, such as `advertised`. */
  readonly check: string;
  readonly status: Status;
  /** What was seen, a sentence. */
  readonly seen: string;
  /** What was expected instead; null when all is well. */
  readonly expected: string | null;
  /** What to change; null when all is well. */
  readonly change: string | null;
}

/** Collects what is found, and tells it as it comes. */
export class Findings {
  readonly all: Finding[] = [];
  readonly #onFinding: (finding: Finding) => void;

  constructor(onFinding: (finding: Finding) => void) {
    this.#onFinding = onFinding;
  }

  ok(check: string, seen: string): void {
    this.add({ check, status: 'ok', seen, expected: null, change: null });
  }

  warning(check: string, seen: string, expected: string, change: string | null): void {
    this.add({ check, status: 'warning', seen, expected, change });
  }

  problem(check: string, seen: string, expected: string, change: string | null): void {
    this.add({ check, status: 'problem', seen, expected, change });
  }

  add(finding: Finding): void {
    this.all.push(finding);
    this.#onFinding(finding);
  }

  count(status: Status): number {
    return this.all.filter((finding) => finding.status === status).length;
  }
}
