import type { Cluster, FetchedPartition, Position, TopicPartition } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { partitionsSelected } from '../admin/topics.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand, type Given } from '../command/command.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { flag, option, repeatedOption } from '../command/option.ts';
import { type PartitionSelection, partitionSelection } from '../command/partition-selection.ts';
import { integer, text } from '../command/values.ts';
import type { ProcessContext } from '../process-context.ts';
import { type OffsetRange, offsetOf, offsetRange, timestampsIn } from '../records/offset-range.ts';
import { FORMAT_HELP } from '../records/record-format.ts';
import { RecordOutput } from '../records/record-output.ts';

const OPTIONS = {
  offset: option({
    value: 'RANGE',
    short: 'o',
    summary: 'what to read, start where it is left out; with --group, where a new group begins',
    parse: offsetRange,
  }),
  partition: repeatedOption({
    value: 'N',
    short: 'p',
    summary: 'only this partition of each topic',
    parse: integer(0, 0x7fffffff),
  }),
  group: option({
    value: 'GROUP',
    short: 'g',
    summary: 'read as a member of this group, and commit what was read',
    parse: text,
    completion: 'group',
  }),
  follow: flag({ short: 'f', summary: 'go on at the end, and wait for new records' }),
  limit: option({
    value: 'N',
    short: 'n',
    summary: 'end after so many records',
    parse: integer(1),
  }),
  format: option({
    value: 'FORMAT',
    short: 'F',
    summary: 'how a record is written, such as "%k\\t%v\\n"; "%v\\n" where it is left out',
    parse: text,
  }),
  readCommitted: flag({ summary: 'leave out records of transactions that are open or aborted' }),
  metaOnly: flag({ summary: 'only where records are and how large, not what is inside' }),
  ...CLIENT_OPTIONS,
};

type ConsumeOptions = Given<typeof OPTIONS>['options'];

export const consume = defineCommand({
  description: [
    'Reads records of topics up to their present end, and writes them to standard output: the value and a line end for each,',
    'or what --format or --json asks for. JSON has text where bytes are UTF-8 and {"base64": "…"} where they are not.',
    '',
    'RANGE is start, end, an offset N, +N (from the start), -N (the last N of each partition), FROM:TO, @TIME or @TIME:TIME;',
    'TO itself is not read. TIME is a date such as 2026-11-25T08:00:00Z, milliseconds since 1970, or -2h for two hours ago.',
    '',
    `FORMAT has ${FORMAT_HELP}`,
  ].join('\n'),
  operands: [{ name: 'TOPIC[:PARTITIONS]', isRepeated: true, completion: 'topic' }],
  options: OPTIONS,
  output: 'lines',
  examples: [
    { line: 'consume orders -o -10', what: 'the last ten records of each partition' },
    {
      line: 'consume orders -o @-1h -F "%T{iso} %k %v\\n" --follow',
      what: 'the last hour, and on',
    },
    { line: 'consume orders --group billing --json', what: 'what the group has not read yet' },
  ],
  run: (given, output, context) => {
    const { options, operands } = given;
    const { format, metaOnly, group, offset, partition } = options;
    if (output.isJson && format !== undefined) {
      throw new UsageError('--json and --format exclude each other');
    }
    const selections = operands.map(partitionSelection).map(narrowedTo(partition));
    if (group !== undefined) checkGroup(offset, selections);
    const records = new RecordOutput(output, { isJson: output.isJson, format, metaOnly });
    return withCluster(options, async (cluster) => {
      const reading = new Reading(cluster, options, records, context);
      return group === undefined ? reading.alone(selections) : reading.inGroup(group, selections);
    });
  },
});

/** `--partition` is short for naming the partitions of every topic. */
function narrowedTo(partitions: readonly number[]) {
  return (selection: PartitionSelection): PartitionSelection => {
    if (partitions.length === 0) return selection;
    if (selection.partitions !== null) {
      throw new UsageError('--partition and TOPIC:PARTITIONS exclude each other');
    }
    return { ...selection, partitions };
  };
}

function checkGroup(
  offset: OffsetRange | undefined,
  selections: readonly PartitionSelection[],
): void {
  if (selections.some(({ partitions }) => partitions !== null)) {
    throw new UsageError('a group shares out the partitions itself: name only topics with --group');
  }
  if (offset === undefined) return;
  const { from, to } = offset;
  if (to !== null || (from.kind !== 'start' && from.kind !== 'end')) {
    throw new UsageError(
      '--offset with --group is start or end, for where a new group begins; "millrace group seek" moves one',
    );
  }
}

/** Where a partition is read from and up to; Infinity for no end. */
interface Span extends Position {
  readonly end: number;
}

/** One run of the command. */
class Reading {
  readonly #cluster: Cluster;
  readonly #options: ConsumeOptions;
  readonly #records: RecordOutput;
  readonly #nowMs: number;
  readonly #limit: number;
  #written = 0;
  #isInterrupted = false;
  #wake: () => void = () => undefined;

  constructor(
    cluster: Cluster,
    options: ConsumeOptions,
    records: RecordOutput,
    context: ProcessContext,
  ) {
    this.#cluster = cluster;
    this.#options = options;
    this.#records = records;
    this.#nowMs = context.now();
    this.#limit = options.limit ?? Infinity;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      context.onSignal(signal, () => this.#interrupt());
    }
  }

  /** Each partition from its first offset to its last. */
  async alone(selections: readonly PartitionSelection[]): Promise<number> {
    const { Consumer } = await import('@millrace/client');
    const { partitions } = await partitionsSelected(this.#cluster, selections);
    const spans = await this.#spans(partitions);
    const left = new Map(spans.filter(({ offset, end }) => offset < end).map((s) => [keyOf(s), s]));
    const consumer = new Consumer(this.#cluster, this.#consumerOptions());
    this.#wake = () => consumer.wake();
    await consumer.assign([...left.values()]);
    while (left.size > 0 && !this.#isOver) {
      for (const fetched of await consumer.poll()) {
        const span = left.get(keyOf(fetched));
        if (span === undefined || this.#isOver) continue;
        await this.#write(fetched, span.end);
        if (fetched.nextOffset < span.end) continue;
        left.delete(keyOf(fetched));
        consumer.unassign(fetched);
      }
      await this.#records.flush();
    }
    return 0;
  }

  /** What the group shares out to this member; what was written is committed. */
  async inGroup(groupId: string, selections: readonly PartitionSelection[]): Promise<number> {
    const { GroupConsumer } = await import('@millrace/client');
    const { topics, partitions } = await partitionsSelected(this.#cluster, selections);
    const spans = await this.#spans(partitions);
    const ends = new Map(spans.map((span) => [keyOf(span), span.end]));
    /** Own partitions that have records left to read. */
    let left = new Set<string>();
    const consumer = new GroupConsumer(this.#cluster, {
      ...this.#consumerOptions(),
      groupId,
      topics: topics.map(({ name }) => name),
      offsetReset: this.#options.offset?.from.kind === 'end' ? 'latest' : 'earliest',
      onAssigned: (positions) => {
        const open = positions.filter((one) => one.offset < (ends.get(keyOf(one)) ?? Infinity));
        left = new Set(open.map(keyOf));
      },
    });
    this.#wake = () => {
      if (consumer.isJoining) void consumer.close().catch(() => undefined);
      else consumer.wake();
    };
    try {
      await consumer.join();
      while ((this.#options.follow || left.size > 0) && !this.#isOver) {
        for (const fetched of await consumer.poll()) {
          if (this.#isOver) break;
          const end = ends.get(keyOf(fetched)) ?? Infinity;
          const nextOffset = await this.#write(fetched, end);
          // Only what has left this process counts as read.
          await this.#records.flush();
          consumer.processed(fetched, nextOffset);
          if (nextOffset >= end) left.delete(keyOf(fetched));
        }
      }
    } catch (error) {
      // A join that was cut short by the signal.
      if (!this.#isInterrupted || (error as { code?: string }).code !== 'CLIENT_CLOSED')
        throw error;
    } finally {
      await consumer.close();
    }
    return 0;
  }

  /** A second signal does not wait for the brokers. */
  #interrupt(): void {
    if (this.#isInterrupted) this.#cluster.close();
    this.#isInterrupted = true;
    this.#wake();
  }

  get #isOver(): boolean {
    return this.#isInterrupted || this.#written >= this.#limit;
  }

  #consumerOptions() {
    const isolation = this.#options.readCommitted ? 'read_committed' : 'read_uncommitted';
    return { isolation, retryTimeoutMs: this.#options.timeout } as const;
  }

  /** Writes the records before `end` up to the limit; gives the offset behind the last one that was dealt with. */
  async #write(fetched: FetchedPartition, end: number): Promise<number> {
    const { topic, partition } = fetched;
    for (const record of fetched.records()) {
      if (record.offset >= end) return end;
      await this.#records.write(topic, partition, record);
      if (++this.#written >= this.#limit) return record.offset + 1;
    }
    return fetched.nextOffset;
  }

  /** Offsets of all partitions as they are now, so that reading ends also while records keep coming. */
  async #spans(partitions: readonly TopicPartition[]): Promise<Span[]> {
    const { EARLIEST, LATEST, listOffsets, partitionKey } = await import('@millrace/client');
    const { readCommitted, follow, offset } = this.#options;
    const isolation = readCommitted ? 'read_committed' : 'read_uncommitted';
    const range: OffsetRange = offset ?? { from: { kind: 'start' }, to: null };
    const lookUp = (timestampMs: number) =>
      listOffsets(
        this.#cluster,
        partitions.map((one) => ({ ...one, timestampMs })),
        isolation,
      );
    const wanted = [EARLIEST, LATEST, ...timestampsIn(range, this.#nowMs)];
    const found = new Map(
      await Promise.all(wanted.map(async (time) => [time, await lookUp(time)] as const)),
    );
    return partitions.map((one) => {
      const at = (time: number) => found.get(time)!.get(partitionKey(one))!;
      const offsets = { start: at(EARLIEST), end: at(LATEST), at };
      const from = offsetOf(range.from, offsets, this.#nowMs);
      const to = range.to === null ? null : offsetOf(range.to, offsets, this.#nowMs);
      checkRange(one, from, offsets);
      const end = follow ? (to ?? Infinity) : Math.min(to ?? offsets.end, offsets.end);
      return { ...one, offset: from, end };
    });
  }
}

/** An offset that is not there is an error, not an empty result: it was typed. */
function checkRange(
  { topic, partition }: TopicPartition,
  from: number,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  if (from >= start && from <= end) return;
  throw new CommandError(
    'OFFSET_OUT_OF_RANGE',
    `${topic}-${partition} has no offset ${from}: its offsets are ${start} to ${end}.`,
    'Where partitions differ, name one of them with --partition.',
  );
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
