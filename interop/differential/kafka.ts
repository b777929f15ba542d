// A real Apache Kafka from the jars that interop/java installs: one node, KRaft, an empty directory, free ports.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../harness/free-port.ts';
import { formatArguments, type KafkaNode, kafkaNodeProperties } from '../harness/kafka-node.ts';
import { runOk } from '../harness/program.ts';
import { scratchDirectory } from '../harness/scratch.ts';
import { javaArguments } from '../harness/tools.ts';
import { until } from '../harness/until.ts';
import { answersApiVersions } from '../harness/wire.ts';

const START_TIMEOUT_MS = 90_000;

export class Kafka {
  readonly port: number;
  readonly #directory: string;
  #process: ChildProcess;

  private constructor(port: number, directory: string) {
    this.port = port;
    this.#directory = directory;
    this.#process = spawnKafka(directory);
    process.on('exit', () => this.#process.kill('SIGKILL'));
  }

  /** Its one log directory. */
  get dataDirectory(): string {
    return join(this.#directory, 'data');
  }

  /**
   * Formats a directory, starts Kafka on it and waits until it answers ApiVersions. `features` are `name=level`, where
   * they differ from the levels of a new cluster.
   */
  static async start(
    settings: readonly string[],
    features: readonly string[] = [],
  ): Promise<Kafka> {
    const directory = scratchDirectory('kafka');
    const [port, controllerPort] = [await freePort(), await freePort()];
    const file = propertiesFile(directory);
    const node = { port, controllerPort, dataDirectory: join(directory, 'data') };
    writeFileSync(file, propertiesOf(node, settings));
    const levels = features.flatMap((feature) => ['--feature', feature]);
    const format = [...formatArguments(file), ...levels];
    await runOk('java', javaArguments('kafka.tools.StorageTool', format));

    const kafka = new Kafka(port, directory);
    await kafka.#started();
    return kafka;
  }

  /** Kills it, and starts it again on what it left and `change` made of that. */
  async restartAfter(change: () => void): Promise<void> {
    await this.stop();
    change();
    this.#process = spawnKafka(this.#directory);
    await this.#started();
  }

  /** Not in order, which would take a second, unless with SIGTERM. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (this.#ended) return;
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill(signal);
    await exited;
  }

  get #ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async #started(): Promise<void> {
    const printed = () => readFileSync(logFile(this.#directory), 'utf8').slice(-4000);
    await until(
      () => `Kafka answers on port ${this.port}\n${printed()}`,
      () => {
        if (this.#ended) throw new Error(`Kafka ended as it started\n${printed()}`);
        return answersApiVersions(this.port);
      },
      START_TIMEOUT_MS,
      100,
    );
  }
}

function propertiesFile(directory: string): string {
  return join(directory, 'server.properties');
}

function logFile(directory: string): string {
  return join(directory, 'kafka.log');
}

function spawnKafka(directory: string): ChildProcess {
  const log = openSync(logFile(directory), 'a');
  const child = spawn('java', javaArguments('kafka.Kafka', [propertiesFile(directory)]), {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

/** Kafka's defaults, but for what one node cannot have. */
function propertiesOf(node: KafkaNode, settings: readonly string[]): string {
  return [
    ...kafkaNodeProperties(node),
    'offsets.topic.num.partitions=1',
    'transaction.state.log.num.partitions=1',
    ...settings,
    '',
  ].join('\n');
}
