import { Program } from './program.ts';
import { javaArguments } from './tools.ts';

interface Event {
  readonly name: string;
  readonly partitions?: readonly { partition: number; minOffset: number; maxOffset: number }[];
}

/** Kafka's VerifiableConsumer: it commits after every poll and tells what it does as one JSON object a line. */
export class VerifiableConsumer {
  readonly #program: Program;
  readonly owned = new Set<number>();
  /** `partition:offset` of every record, as often as it was read; bounded by what the suite produces. */
  readonly read: string[] = [];

  constructor(bootstrap: string, group: string, topic: string) {
    const args = ['--bootstrap-server', bootstrap, '--topic', topic, '--group-id', group];
    this.#program = new Program(
      'java',
      javaArguments('org.apache.kafka.tools.VerifiableConsumer', [
        ...args,
        ...['--reset-policy', 'earliest', '--session-timeout', '10000'],
      ]),
      (line) => {
        if (line.startsWith('{')) this.#take(JSON.parse(line));
      },
    );
  }

  /** It leaves its group on SIGTERM. */
  async stop(): Promise<void> {
    await this.#program.stop();
    this.owned.clear();
  }

  #take(event: Event): void {
    for (const { partition, minOffset, maxOffset } of event.partitions ?? []) {
      if (event.name === 'partitions_assigned') this.owned.add(partition);
      if (event.name === 'partitions_revoked') this.owned.delete(partition);
      if (event.name === 'records_consumed') {
        for (let offset = minOffset; offset <= maxOffset; offset++) {
          this.read.push(`${partition}:${offset}`);
        }
      }
    }
  }
}
