import { Program } from './program.ts';
import type { TopicReading } from './reading.ts';
import { javaArguments } from './tools.ts';

/** A foreign group member that reads topics to the end and goes on waiting; `failure` is what its reading found. */
export class GroupReader {
  readonly #program: Program;
  #failure: Error | null = null;

  private constructor(command: string, args: readonly string[], take: (line: string) => void) {
    this.#program = new Program(command, args, (line) => {
      try {
        take(line);
      } catch (error) {
        this.#failure ??= error as Error;
      }
    });
  }

  /** kcat, which is librdkafka. */
  static kcat(
    bootstrap: string,
    group: string,
    readings: ReadonlyMap<string, TopicReading>,
  ): GroupReader {
    const flags = ['-b', bootstrap, '-G', group, '-u', '-E', '-X', 'auto.offset.reset=earliest'];
    const args = [...flags, '-f', '%t\t%p\t%o\t%k\t%s\n', ...readings.keys()];
    return new GroupReader('kcat', args, (line) => {
      const [topic, partition, offset, key] = line.split('\t', 4) as [
        string,
        string,
        string,
        string,
      ];
      const head = topic.length + partition.length + offset.length + key.length + 4;
      readings.get(topic)!.take(Number(partition), Number(offset), key, line.slice(head));
    });
  }

  /** Kafka's console consumer. It does not tell the topic, so it reads one. */
  static java(bootstrap: string, group: string, topic: string, reading: TopicReading): GroupReader {
    const shown = ['partition', 'offset', 'key'];
    const args = [
      ...['--bootstrap-server', bootstrap, '--group', group, '--topic', topic],
      '--from-beginning',
      ...shown.flatMap((part) => ['--formatter-property', `print.${part}=true`]),
    ];
    const command = javaArguments('org.apache.kafka.tools.consumer.ConsoleConsumer', args);
    return new GroupReader('java', command, (line) => {
      if (!line.startsWith('Partition:')) return;
      const [partition, offset, key] = line.split('\t', 3) as [string, string, string];
      const value = line.slice(partition.length + offset.length + key.length + 3);
      const at = Number(offset.slice('Offset:'.length));
      reading.take(Number(partition.slice('Partition:'.length)), at, key, value);
    });
  }

  /** Throws what the reading found wrong, or that the reader ended on its own. */
  check(): void {
    if (this.#failure !== null) throw this.#failure;
    if (!this.#program.running) throw new Error(`a reader ended: ${this.#program.describe()}`);
  }

  /** It commits and leaves its group. */
  stop(): Promise<void> {
    return this.#program.stop();
  }
}
