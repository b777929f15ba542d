/** One metric as `docs/metrics.md` tells it. */
export interface MetricDefinition {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'summary' | 'histogram';
  readonly labels: readonly string[];
}

/** Lines that are strings; beyond, they are bytes, which cost the garbage collector nothing while they wait. */
const MAX_LINES_CHARACTERS = 4096;
/** What is sent at once. */
const CHUNK_BYTES = 64 * 1024;

interface Lines {
  readonly full: Buffer[];
  last: string;
}

/**
 * Metrics in Prometheus' text format, filled in one walk over what they describe: a series is a string at once, where
 * prom-client would hash its labels into a map that is thrown away after the scrape.
 */
export class MetricText {
  readonly #lines = new Map<MetricDefinition, Lines>();

  /** Those without a series are told too. */
  constructor(definitions: readonly MetricDefinition[]) {
    for (const definition of definitions) {
      const { name, help, type } = definition;
      const last = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
      this.#lines.set(definition, { full: [], last });
    }
  }

  /**
   * `labels` is `name="value"` pairs as `labelPair` makes them, empty for a metric without labels. `suffix` is that of a
   * series of a summary or histogram, such as `_count`.
   */
  add(definition: MetricDefinition, labels: string, value: number, suffix = ''): void {
    const lines = this.#lines.get(definition)!;
    const series = labels === '' ? '' : `{${labels}}`;
    lines.last += `${definition.name}${suffix}${series} ${value}\n`;
    if (lines.last.length < MAX_LINES_CHARACTERS) return;
    lines.full.push(Buffer.from(lines.last));
    lines.last = '';
  }

  /** The text, metric by metric. */
  *chunks(): Generator<Buffer> {
    let parts: Buffer[] = [];
    let bytes = 0;
    for (const { full, last } of this.#lines.values()) {
      for (const part of [...full, Buffer.from(last)]) {
        parts.push(part);
        bytes += part.length;
        if (bytes < CHUNK_BYTES) continue;
        yield Buffer.concat(parts, bytes);
        parts = [];
        bytes = 0;
      }
    }
    yield Buffer.concat(parts, bytes);
  }
}

export function labelPair(name: string, value: string | number): string {
  return `${name}="${escapedLabelValue(String(value))}"`;
}

function escapedLabelValue(value: string): string {
  // Most need no escape, and looking is cheaper than replacing.
  if (!/[\\"\n]/.test(value)) return value;
  return value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}
