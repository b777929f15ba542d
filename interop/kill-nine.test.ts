// kill -9 in the middle of producing, again and again, under an idempotent foreign producer that never stops: what was
// acknowledged is there once, at the offset it was acknowledged at, and in order.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver } from './harness/driver.ts';
import { chooseSeed, Random } from './harness/generator.ts';
import { uniqueName } from './harness/scratch.ts';
import { interopRoot, kcat, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const kills = Number(process.env.MILLRACE_KILLS ?? 20);
const PARTITIONS = 3;
const RECORDS_PER_SECOND = 2000;
const timeout = 60_000 + kills * 10_000;

interface Ack {
  readonly partition: number;
  readonly offset: number;
  readonly id: number;
}

brokerSuite(
  'kill -9 while producing',
  { needs: ['python', 'kcat'], ownBroker: true, timeoutMs: timeout },
  (broker) => {
    it(`keeps every acknowledged record once over ${kills} kills`, { timeout }, async (context) => {
      const seed = chooseSeed('MILLRACE_SEED');
      context.diagnostic(`MILLRACE_SEED=${seed} MILLRACE_KILLS=${kills}`);
      const random = new Random(seed);
      const topic = uniqueName('killed');
      await createTopic(broker().port, topic, PARTITIONS);

      /** All of them, to compare with what is read; bounded by the rate times the length of the test. */
      const acks: Ack[] = [];
      const script = join(interopRoot, 'python', 'steady_producer.py');
      const producer = new Driver(
        paths.python,
        [
          ...[script, broker().bootstrap, topic],
          ...[String(PARTITIONS), String(RECORDS_PER_SECOND)],
        ],
        (event) => {
          if (event.event === 'ack') acks.push(event);
        },
      );
      for (let kill = 1; kill <= kills; kill++) {
        const before = acks.length;
        await until(
          `records are acknowledged before kill ${kill}`,
          () => acks.length > before + 50,
        );
        // Somewhere in what comes next: between two writes, in one, before or after an answer.
        await new Promise((resolve) => setTimeout(resolve, random.integer(0, 400)));
        await broker().kill();
        await broker().launch();
      }
      const before = acks.length;
      await until('records are acknowledged after the last kill', () => acks.length > before + 50);

      const { produced, failures } = await producer.finish<{
        produced: number;
        failures: string[];
      }>(240_000);
      assert.deepEqual(failures, [], 'the producer saw no failure');
      assert.equal(acks.length, produced, 'everything was acknowledged');
      const read = await readAll(broker().bootstrap, topic);
      checkReading(read, acks, produced);
      context.diagnostic(`${produced} records acknowledged over ${kills} kills`);
    });
  },
);

/** The numbers of a topic's records, by partition and offset. */
async function readAll(bootstrap: string, topic: string): Promise<Map<string, number>> {
  const flags = ['-b', bootstrap, '-C', '-t', topic, '-e', '-q', '-X', 'check.crcs=true'];
  const { stdout } = await kcat([...flags, '-f', '%p:%o %k\n'], { timeoutMs: 120_000 });
  const read = new Map<string, number>();
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const [at, number] = line.split(' ', 2) as [string, string];
    assert.ok(!read.has(at), `offset ${at} was read twice`);
    read.set(at, Number(number));
  }
  return read;
}

function checkReading(read: Map<string, number>, acks: readonly Ack[], produced: number): void {
  for (const { partition, offset, id } of acks) {
    const found = read.get(`${partition}:${offset}`);
    assert.equal(found, id, `record ${id} was acknowledged at ${partition}:${offset}`);
  }
  assert.equal(new Set(read.values()).size, read.size, 'no record is there twice');
  assert.equal(read.size, produced, 'nothing is there that was not produced');
  let inOrder = 0;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    let previous = -1;
    for (let offset = 0; read.has(`${partition}:${offset}`); offset++) {
      const number = read.get(`${partition}:${offset}`)!;
      assert.ok(number > previous, `${number} follows ${previous} in partition ${partition}`);
      previous = number;
      inOrder += 1;
    }
  }
  assert.equal(inOrder, produced, 'offsets have no gaps');
}
