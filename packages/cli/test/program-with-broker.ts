import type { TestContext } from 'node:test';
import { Cluster, Producer } from '@millrace/client';
import { type StartBrokerOptions, startBroker } from '../src/start-broker.ts';
import { runProgram, type TestOutcome, type TestProcess } from './run-program.ts';

/** A broker of its own for a test, and the program that is told where it is. */
export class ProgramWithBroker {
  readonly bootstrap: string;
  readonly cluster: Cluster;

  private constructor(bootstrap: string, cluster: Cluster) {
    this.bootstrap = bootstrap;
    this.cluster = cluster;
  }

  static async start(
    context: TestContext,
    options: StartBrokerOptions = {},
  ): Promise<ProgramWithBroker> {
    const broker = await startBroker(options);
    const cluster = await Cluster.connect({ bootstrap: broker.bootstrap });
    context.after(async () => {
      cluster.close();
      await broker.close();
    });
    return new ProgramWithBroker(broker.bootstrap, cluster);
  }

  /** `millrace WORDS…`, parted at spaces. */
  run(words: string, process: TestProcess = {}): Promise<TestOutcome> {
    const environment = { MILLRACE_BOOTSTRAP: this.bootstrap, ...process.environment };
    return runProgram(words.split(' '), { ...process, environment });
  }

  /** The document that a command gives with `--json`; fails for another exit code than this one. */
  async json<Document>(words: string, exitCode = 0): Promise<Document> {
    const { code, stdout, stderr } = await this.run(`${words} --json`);
    if (code !== exitCode) throw new Error(`${words}: exit ${code}\n${stdout}${stderr}`);
    return JSON.parse(stdout) as Document;
  }

  /** A record for each timestamp, in this order. */
  async produce(topic: string, partition: number, timestamps: readonly number[]): Promise<void> {
    const producer = new Producer(this.cluster);
    const value = Buffer.from('v');
    const sent = timestamps.map((timestampMs) =>
      producer.send({ topic, partition, timestampMs, value }),
    );
    await Promise.all(sent);
    await producer.close();
  }
}
