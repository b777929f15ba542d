import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Producer as ClientProducer, Cluster, Delivery } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand, type Given } from '../command/command.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { flag, option, optionWithDefault, repeatedOption, ValueError } from '../command/option.ts';
import type { Output } from '../command/output.ts';
import { Progress } from '../command/progress.ts';
import { byteText, counted } from '../command/quantities.ts';
import { moment, timestampOf } from '../command/timestamp.ts';
import { integer, pair, text, word } from '../command/values.ts';
import type { ProcessContext } from '../process-context.ts';
import { unescaped } from '../records/escapes.ts';
import { type LineFormat, readLineRecord } from '../records/line-record.ts';
import { readLines } from '../records/lines.ts';

const MEBIBYTE = 1024 * 1024;
/** Above what any topic takes unless it was told so. */
const MAX_RECORD_BYTES = 16 * MEBIBYTE;
const BUFFER_BYTES = 32 * MEBIBYTE;
const BATCH_BYTES = 256 * 1024;
const FILE_CHUNK_BYTES = 256 * 1024;
const ACKS = { all: -1, leader: 1, none: 0, '-1': -1, '1': 1, '0': 0 } as const;

const OPTIONS = {
  file: option({
    value: 'FILE',
    summary: 'read from this file instead of standard input, and show how far it is',
    parse: text,
    completion: 'file',
  }),
  format: optionWithDefault({
    value: 'FORMAT',
    defaultText: 'lines',
    summary: 'lines: a record a line; json: a line of JSON each, as "consume --json" writes it',
    parse: word(['lines', 'json']),
    completion: { words: ['lines', 'json'] },
  }),
  keyDelimiter: option({
    value: 'TEXT',
    short: 'K',
    summary: 'what parts the key from the value, such as : or \\t',
    parse: delimiter,
  }),
  key: option({ value: 'KEY', short: 'k', summary: 'the key of every record', parse: unescaped }),
  header: repeatedOption({
    value: 'NAME=VALUE',
    short: 'H',
    summary: 'a header for every record',
    parse: pair,
  }),
  partition: option({
    value: 'N',
    short: 'p',
    summary: 'the partition for every record; by the key where it is left out, else by chance',
    parse: integer(0, 0x7fffffff),
  }),
  keepPartition: flag({ summary: 'with --format json: the partition that each record names' }),
  timestamp: option({
    value: 'TIME',
    summary: 'the timestamp of every record; now where it is left out',
    parse: moment,
  }),
  nullValue: option({
    value: 'TEXT',
    summary: 'a value that is this text is null (a tombstone)',
    parse: unescaped,
  }),
  tombstone: flag({ short: 'Z', summary: 'an empty value is null (a tombstone)' }),
  compression: optionWithDefault({
    value: 'CODEC',
    short: 'z',
    defaultText: 'none',
    summary: 'none, gzip, snappy, lz4 or zstd',
    parse: word(['none', 'gzip', 'snappy', 'lz4', 'zstd']),
    completion: { words: ['none', 'gzip', 'snappy', 'lz4', 'zstd'] },
  }),
  acks: optionWithDefault({
    value: 'ACKS',
    defaultText: 'all',
    summary: 'who must have a record before it counts: all, leader or none',
    parse: word(['all', 'leader', 'none', '-1', '1', '0']),
    completion: { words: ['all', 'leader', 'none'] },
  }),
  ...CLIENT_OPTIONS,
};

export const produce = defineCommand({
  description:
    'Writes records to a topic, one for each line of standard input or of a file. Memory stays the same however much that is.\n' +
    'The first record that fails ends it, and is named. A topic that is not there is made by the broker, if it may.',
  operands: [{ name: 'TOPIC', completion: 'topic' }],
  options: OPTIONS,
  output: 'document',
  examples: [
    { line: 'produce greetings', what: 'what is typed, until Ctrl-D' },
    { line: 'produce orders --file orders.tsv -K "\\t" -z zstd', what: 'a file with keys' },
    {
      line: 'produce copy --format json --keep-partition',
      what: 'behind "millrace consume orders --json |": a copy, nothing lost',
    },
  ],
  run: async (given, output, context) => {
    const lineFormat = lineFormatOf(given.options);
    return withCluster(given.options, (cluster) =>
      run(cluster, given, lineFormat, output, context),
    );
  },
});

function delimiter(value: string): Buffer {
  const bytes = unescaped(value);
  if (bytes.length === 0) throw new ValueError('expected at least one character');
  return bytes;
}

function lineFormatOf(options: Given<typeof OPTIONS>['options']): LineFormat {
  const { format, keyDelimiter, key, nullValue, tombstone, keepPartition, partition } = options;
  const forLines = { keyDelimiter, key, nullValue, tombstone: tombstone || undefined };
  const misfit = Object.entries(forLines).find(([, value]) => value !== undefined)?.[0];
  if (format === 'json' && misfit !== undefined) {
    const name = misfit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${name} is for --format lines; JSON records say it themselves`);
  }
  if (keyDelimiter !== undefined && key !== undefined) {
    throw new UsageError('--key and --key-delimiter exclude each other');
  }
  if (keepPartition && (format !== 'json' || partition !== undefined)) {
    throw new UsageError('--keep-partition goes with --format json and without --partition');
  }
  return {
    format,
    keyDelimiter: keyDelimiter ?? null,
    key: key ?? null,
    headers: options.header.map(([name, value]) => ({ key: name, value: Buffer.from(value) })),
    nullValue: nullValue ?? null,
    emptyIsNull: tombstone,
  };
}

async function run(
  cluster: Cluster,
  given: Given<typeof OPTIONS>,
  lineFormat: LineFormat,
  output: Output,
  context: ProcessContext,
): Promise<number> {
  const { Producer } = await import('@millrace/client');
  const { options, operands } = given;
  const acks = ACKS[options.acks];
  const producer = new Producer(cluster, {
    acks,
    compression: options.compression,
    batchSizeBytes: BATCH_BYTES,
    maxRequestBytes: MAX_RECORD_BYTES,
    bufferMemoryBytes: BUFFER_BYTES,
    topicTimeoutMs: options.timeout,
  });
  const work = new Work(producer, operands[0]!, given, lineFormat, context);
  await work.feed(await inputOf(options.file, context));
  await producer.close();
  return work.report(output);
}

interface Input {
  readonly chunks: AsyncIterable<Uint8Array | string>;
  /** Null when it is not known. */
  readonly sizeBytes: number | null;
}

async function inputOf(file: string | undefined, context: ProcessContext): Promise<Input> {
  if (file === undefined) return { chunks: context.stdin, sizeBytes: null };
  try {
    const { size } = await stat(file);
    const chunks = createReadStream(file, { highWaterMark: FILE_CHUNK_BYTES });
    // Opening fails later than this; then reading does, with the same words.
    return { chunks, sizeBytes: size };
  } catch (error) {
    throw new CommandError('FILE_NOT_READABLE', `${file}: ${(error as Error).message}`);
  }
}

interface Written {
  records: number;
  firstOffset: number;
  lastOffset: number;
}

/** One run: what was read, what became of it. */
class Work {
  readonly #producer: ClientProducer;
  readonly #topic: string;
  readonly #options: Given<typeof OPTIONS>['options'];
  readonly #lineFormat: LineFormat;
  readonly #context: ProcessContext;
  readonly #timestampMs: number | null;
  readonly #startMs: number;
  /** By partition. */
  readonly #written = new Map<number, Written>();
  #lines = 0;
  #bytes = 0;
  #failure: { readonly line: number; readonly error: Error } | null = null;
  #isInterrupted = false;

  constructor(
    producer: ClientProducer,
    topic: string,
    { options }: Given<typeof OPTIONS>,
    lineFormat: LineFormat,
    context: ProcessContext,
  ) {
    this.#producer = producer;
    this.#topic = topic;
    this.#options = options;
    this.#lineFormat = lineFormat;
    this.#context = context;
    this.#startMs = context.now();
    this.#timestampMs =
      options.timestamp === undefined ? null : timestampOf(options.timestamp, this.#startMs);
  }

  /** Reads until the end, the first failure or an interrupt. */
  async feed({ chunks, sizeBytes }: Input): Promise<void> {
    const { stderr, now } = this.#context;
    const progress =
      this.#options.file === undefined ? null : new Progress(stderr, () => now(), sizeBytes);
    const end = () => (chunks as { destroy?: () => void }).destroy?.();
    this.#onInterrupt(end);
    try {
      for await (const lines of readLines(chunks, MAX_RECORD_BYTES)) {
        for (const line of lines) {
          if (this.#isOver) break;
          await this.#enqueue(line);
        }
        progress?.update({ records: this.#lines, bytes: this.#bytes });
        if (this.#isOver) break;
      }
    } catch (error) {
      // An input that is taken away in the middle says so.
      if (!this.#isInterrupted) throw error;
    } finally {
      progress?.end();
      // One that stays open and silent, such as a terminal, must not keep the process.
      end();
    }
  }

  /** Prints the summary; gives the exit code. Throws for the first record that failed. */
  report(output: Output): number {
    const partitions = [...this.#written]
      .map(([partition, written]) => ({ partition, ...written }))
      .sort((a, b) => a.partition - b.partition);
    const records = partitions.reduce((total, one) => total + one.records, 0);
    const elapsedMs = Math.max(1, this.#context.now() - this.#startMs);
    if (this.#failure !== null) throw this.#failed(records);
    const document = {
      topic: this.#topic,
      records,
      bytes: this.#bytes,
      elapsedMs,
      partitions,
      interrupted: this.#isInterrupted,
    };
    output.result(document, () => [
      `${counted(records, 'record')} (${byteText(this.#bytes)}) to ${this.#topic} in ${(elapsedMs / 1000).toFixed(1)} s, ${Math.round((records * 1000) / elapsedMs)} records/s`,
    ]);
    if (this.#isInterrupted) output.remark('millrace: interrupted before the end of the input.');
    return this.#isInterrupted ? 1 : 0;
  }

  get #isOver(): boolean {
    return this.#failure !== null || this.#isInterrupted;
  }

  #onInterrupt(end: () => void): void {
    const stop = () => {
      this.#isInterrupted = true;
      end();
    };
    this.#context.onSignal('SIGINT', stop);
    this.#context.onSignal('SIGTERM', stop);
  }

  async #enqueue(line: Buffer): Promise<void> {
    const number = ++this.#lines;
    this.#bytes += line.length + 1;
    try {
      const record = readLineRecord(line, this.#lineFormat);
      const { partition, keepPartition } = this.#options;
      const timestampMs = this.#timestampMs ?? record.timestampMs ?? this.#context.now();
      await this.#producer.enqueue(
        {
          topic: this.#topic,
          partition: keepPartition ? record.partition : partition,
          timestampMs,
          key: record.key,
          value: record.value,
          headers: record.headers,
        },
        (delivery) => this.#delivered(number, delivery),
      );
    } catch (error) {
      this.#fail(number, error as Error);
    }
  }

  #delivered(line: number, delivery: Delivery): void {
    if (delivery.error !== null) {
      this.#fail(line, delivery.error);
      return;
    }
    const { partition, offset } = delivery;
    const written = this.#written.get(partition);
    if (written === undefined) {
      this.#written.set(partition, { records: 1, firstOffset: offset, lastOffset: offset });
    } else {
      written.records++;
      written.lastOffset = offset;
    }
  }

  /** Of several failures the one that stands first in the input counts. */
  #fail(line: number, error: Error): void {
    if (this.#failure === null || line < this.#failure.line) this.#failure = { line, error };
  }

  #failed(records: number): CommandError {
    const { line, error } = this.#failure!;
    const { code, hint, summary } = error as { code?: string; hint?: string; summary?: string };
    return new CommandError(
      code ?? 'BAD_RECORD',
      `line ${line}: ${summary ?? error.message} ${counted(records, 'record')} of ${this.#lines} read were written.`,
      hint ?? null,
    );
  }
}
