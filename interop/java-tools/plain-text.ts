// What a tool printed, without what differs between any two brokers or any two runs.

export interface Outcome {
  /** The exit code; null when the tool did not end in time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const uuidPattern = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
/** Ids of topics, of the cluster and of directories: 16 bytes in base64url. */
const base64UuidPattern = /(?<=(?:topic|cluster|directory) ?id[:=] ?)[\w-]{22}\b/gi;
const stackFrame = /^\s+at .*$|^\s+\.\.\. \d+ more$/;

export class PlainText {
  readonly #port: RegExp;

  constructor(port: number) {
    this.#port = new RegExp(`\\b${port}\\b`, 'g');
  }

  of(outcome: Outcome, unordered: boolean): string {
    const parts = [outcome.stdout, outcome.stderr].map((text) => this.#lines(text));
    if (unordered) for (const part of parts) part.sort();
    return [`exit code ${outcome.code}`, ...parts.flat()].join('\n');
  }

  #lines(text: string): string[] {
    return text
      .replaceAll(this.#port, '<port>')
      .replaceAll(uuidPattern, '<uuid>')
      .replaceAll(base64UuidPattern, '<id>')
      .replaceAll(/\/tmp\/[^\s",)]+/g, '<directory>')
      .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*/g, '<time>')
      .split('\n')
      .map((line) => line.replaceAll(/[ \t]+/g, ' ').trim())
      .filter(
        (line) => line !== '' && !stackFrame.test(line) && !line.includes('__consumer_offsets'),
      );
  }
}
