import { type Cluster, type Delivery, GroupConsumer, Producer } from '@millrace/client';
import { offsetsOfGroup } from '../admin/committed-offsets.ts';
import { withCluster } from '../admin/connect.ts';
import { deleteTopics } from '../admin/delete-topics.ts';
import { deleteGroup } from '../admin/groups.ts';
import { remarkErrors } from '../admin/item-error.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand, type Given } from '../command/command.ts';
import { flag, option, optionWithDefault } from '../command/option.ts';
import type { Output } from '../command/output.ts';
import { durationMs, integer } from '../command/values.ts';
import {
  DEMO_GROUP,
  DEMO_HEADER,
  DEMO_TOPICS,
  ensureDemoTopics,
  ownDemoTopics,
} from '../demo/demo-topics.ts';
import { Shop } from '../demo/shop.ts';
import type { ProcessContext } from '../process-context.ts';

const OPTIONS = {
  rate: optionWithDefault({
    value: 'N',
    defaultText: '20',
    summary: 'orders a second',
    parse: integer(1, 100_000),
  }),
  duration: option({
    value: 'TIME',
    summary: 'end after this time; without it, with Ctrl-C',
    parse: durationMs,
  }),
  clean: flag({ summary: 'remove the topics and the group of the demo, and do nothing else' }),
  ...CLIENT_OPTIONS,
};

const TICK_MS = 100;
const STATUS_MS = { terminal: 1000, log: 10_000 };
/** The group reads at this share of the rate, then catches up at the other one, so that its lag is there to be seen. */
const READ_SHARES = { slow: 0.8, fast: 1.6 };
const PHASE_MS = 20_000;

export const demo = defineCommand({
  description: [
    'Writes the events of a made-up shop, so that there is something to look at: orders, payments and shipments with keys, in',
    `${Object.values(DEMO_TOPICS)
      .map(({ name }) => name)
      .join(
        ', ',
      )}, and reads the orders as the group ${DEMO_GROUP}, which lags behind and catches up.`,
    'It touches no topic that it did not make. What it made stays until it is called with --clean.',
  ].join('\n'),
  options: OPTIONS,
  output: 'lines',
  examples: [
    { line: 'demo', what: 'until Ctrl-C' },
    { line: 'demo --rate 1000 --duration 1m --json', what: 'a minute of more, for a script' },
    { line: 'demo --clean', what: 'leave nothing behind' },
  ],
  run: ({ options }, output, context) =>
    withCluster(options, async (cluster) => {
      if (options.clean) return clean(cluster, options.timeout, output);
      await ensureDemoTopics(cluster, options.timeout);
      return new Demo(cluster, options, output, context).run();
    }),
});

async function clean(cluster: Cluster, timeoutMs: number, output: Output): Promise<number> {
  const own = await ownDemoTopics(cluster);
  const committed = await offsetsOfGroup(cluster, DEMO_GROUP);
  const groupTopics = committed.topics;
  const isOwnGroup = groupTopics.length > 0 && groupTopics.every((name) => own.includes(name));
  const groupError = isOwnGroup ? await deleteGroup(cluster, DEMO_GROUP) : null;
  const errors = own.length === 0 ? new Map() : await deleteTopics(cluster, own, timeoutMs);
  const results = [
    ...own.map((name) => ({ topic: name, error: errors.get(name) ?? null })),
    ...(isOwnGroup ? [{ group: DEMO_GROUP, error: groupError }] : []),
  ];
  const removed = results.filter(({ error }) => error === null);
  output.result({ removed: results }, () =>
    results.length === 0
      ? ['There is nothing of the demo.']
      : removed.map((one) => `${'topic' in one ? one.topic : one.group} is deleted`),
  );
  return remarkErrors(results, output);
}

/** One run: writes, reads, and tells how far it is. */
class Demo {
  readonly #cluster: Cluster;
  readonly #options: Given<typeof OPTIONS>['options'];
  readonly #output: Output;
  readonly #context: ProcessContext;
  readonly #producer: Producer;
  readonly #consumer: GroupConsumer;
  readonly #counts = { orders: 0, payments: 0, shipments: 0 };
  /** Of the orders, by partition: behind the last one written, and behind the last one read. */
  readonly #ends = new Map<number, number>();
  readonly #positions = new Map<number, number>();
  readonly #startMs: number;
  #readAllowance = 0;
  #read = 0;
  #isOver = false;
  #failure: Error | null = null;
  /** Waits of the two loops below, to be cut short. */
  readonly #pauses = new Set<() => void>();

  constructor(
    cluster: Cluster,
    options: Given<typeof OPTIONS>['options'],
    output: Output,
    context: ProcessContext,
  ) {
    this.#cluster = cluster;
    this.#options = options;
    this.#output = output;
    this.#context = context;
    this.#startMs = context.now();
    this.#producer = new Producer(cluster, { compression: 'lz4', lingerMs: 5 });
    this.#consumer = new GroupConsumer(cluster, {
      groupId: DEMO_GROUP,
      topics: [DEMO_TOPICS.orders.name],
      offsetReset: 'earliest',
      onAssigned: (positions) => {
        for (const { partition, offset } of positions) this.#positions.set(partition, offset);
      },
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      context.onSignal(signal, () => this.#end());
  }

  async run(): Promise<number> {
    const reading = this.#readOrders().catch((error: Error) => {
      // A join that was cut short at the end.
      if (!this.#isOver) this.#fail(error);
    });
    await this.#write().catch((error: Error) => this.#fail(error));
    this.#end();
    await reading;
    await this.#producer.close();
    await this.#consumer.close().catch((error: Error) => this.#fail(error));
    if (this.#failure !== null) throw this.#failure;
    const status = this.#status();
    this.#output.result({ ...status, ended: true }, () => [`${this.#lineEnd}${textOf(status)}`]);
    return 0;
  }

  /** Writes at the rate asked for, tick by tick; what a slow broker holds up is not made up for. */
  async #write(): Promise<void> {
    const shop = new Shop(Math.random);
    const { rate, duration = Infinity } = this.#options;
    let due = 0;
    let shownMs = this.#startMs;
    let nowMs = this.#startMs;
    while (!this.#isOver && nowMs - this.#startMs < duration) {
      await this.#pause(Math.min(TICK_MS, duration));
      const beforeMs = nowMs;
      nowMs = this.#context.now();
      const elapsedMs = Math.min(nowMs - beforeMs, 10 * TICK_MS);
      due += (rate * elapsedMs) / 1000;
      this.#allowReading(nowMs, elapsedMs);
      for (; due >= 1; due--) await this.#writeOne(shop, nowMs);
      if (nowMs - shownMs < this.#statusEveryMs) continue;
      shownMs = nowMs;
      this.#show();
    }
  }

  async #writeOne(shop: Shop, nowMs: number): Promise<void> {
    for (const { about, key, value } of shop.next(nowMs)) {
      const record = {
        topic: DEMO_TOPICS[about].name,
        timestampMs: nowMs,
        key: Buffer.from(key),
        value: Buffer.from(JSON.stringify(value)),
        headers: [DEMO_HEADER],
      };
      await this.#producer.enqueue(record, (delivery) => this.#delivered(about, delivery));
    }
  }

  #delivered(about: keyof typeof DEMO_TOPICS, { error, partition, offset }: Delivery): void {
    if (error !== null) {
      this.#fail(error);
      return;
    }
    this.#counts[about]++;
    if (about === 'orders') this.#ends.set(partition, offset + 1);
  }

  /** Reads as much as it may; the rest is the lag. */
  async #readOrders(): Promise<void> {
    while (!this.#isOver) {
      for (const fetched of await this.#consumer.poll()) {
        for (const record of fetched.records()) {
          while (this.#readAllowance < 1 && !this.#isOver) await this.#pause(TICK_MS);
          if (this.#isOver) return;
          this.#readAllowance--;
          this.#read++;
          this.#positions.set(fetched.partition, record.offset + 1);
          this.#consumer.processed(fetched, record.offset + 1);
        }
      }
    }
  }

  #allowReading(nowMs: number, elapsedMs: number): void {
    const { rate } = this.#options;
    const isSlow = Math.floor((nowMs - this.#startMs) / PHASE_MS) % 2 === 0;
    const share = isSlow ? READ_SHARES.slow : READ_SHARES.fast;
    const allowance = this.#readAllowance + (rate * share * elapsedMs) / 1000;
    // What is not used in a second is lost, so that an idle reader does not leap.
    this.#readAllowance = Math.min(allowance, Math.max(1, rate * share));
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = () => {
        this.#pauses.delete(end);
        cancel();
        resolve();
      };
      const cancel = this.#cluster.clock.schedule(ms, end);
      this.#pauses.add(end);
    });
  }

  #end(): void {
    this.#isOver = true;
    for (const end of [...this.#pauses]) end();
    if (this.#consumer.isJoining) void this.#consumer.close().catch(() => undefined);
    else this.#consumer.wake();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#end();
  }

  #status() {
    const seconds = Math.max(0.001, (this.#context.now() - this.#startMs) / 1000);
    const { orders, payments, shipments } = this.#counts;
    let lag = 0;
    for (const [partition, end] of this.#ends) {
      lag += Math.max(0, end - (this.#positions.get(partition) ?? 0));
    }
    const recordsPerSecond = Math.round((orders + payments + shipments) / seconds);
    return { orders, payments, shipments, recordsPerSecond, read: this.#read, lag };
  }

  get #isTerminal(): boolean {
    return this.#context.stdout.isTTY === true && !this.#output.isJson;
  }

  get #statusEveryMs(): number {
    return this.#isTerminal || this.#output.isJson ? STATUS_MS.terminal : STATUS_MS.log;
  }

  /** In front of a line that stands over the one before. */
  get #lineEnd(): string {
    return this.#isTerminal ? '\r\u001b[K' : '';
  }

  #show(): void {
    const status = this.#status();
    if (this.#isTerminal) this.#context.stdout.write(`${this.#lineEnd}${textOf(status)}`);
    else this.#output.result({ ...status, ended: false }, () => [textOf(status)]);
  }
}

function textOf(status: {
  readonly orders: number;
  readonly payments: number;
  readonly shipments: number;
  readonly recordsPerSecond: number;
  readonly lag: number;
}): string {
  const { orders, payments, shipments, recordsPerSecond, lag } = status;
  return `${orders} orders, ${payments} payments, ${shipments} shipments; ${recordsPerSecond} records/s; ${DEMO_GROUP} is ${lag} behind`;
}
