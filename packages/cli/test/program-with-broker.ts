import type { TestContext } from 'node:test';
import { api, Cluster } from '@millrace/client';
import { BatchBuilder } from '@millrace/protocol';
import {
  createProduceRequest,
  createProduceRequestPartitionProduceData,
  createProduceRequestTopicProduceData,
  ProduceRequest,
} from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import { type StartBrokerOptions, startBroker } from '../src/start-broker.ts';
import { runProgram, type TestOutcome, type TestProcess } from './run-program.ts';

const produceApi = api(ProduceRequest, ProduceResponse);

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

  /** One batch with a record for each timestamp. */
  async produce(topic: string, partition: number, timestamps: readonly number[]): Promise<void> {
    const builder = new BatchBuilder();
    for (const timestampMs of timestamps) builder.add({ timestampMs, value: Buffer.from('v') });
    const data = createProduceRequestPartitionProduceData({
      index: partition,
      records: builder.build(),
    });
    const topicData = createProduceRequestTopicProduceData({ name: topic, partitionData: [data] });
    const request = createProduceRequest({ acks: -1, timeoutMs: 10_000, topicData: [topicData] });
    const versions = { min: 3, max: 12 };
    const { responses } = await this.cluster.send(produceApi, request, { versions });
    const errorCode = responses[0]!.partitionResponses[0]!.errorCode;
    if (errorCode !== 0) throw new Error(`${topic}-${partition}: error ${errorCode}`);
  }
}
