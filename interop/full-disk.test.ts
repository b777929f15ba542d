// A disk that fills up under an idempotent foreign producer: it is told at once and retries, nothing acknowledged is lost,
// consumers read on, retention makes room, stops and starts work, and writing resumes by itself when there is space again.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver, DriverError } from './harness/driver.ts';
import { uniqueName } from './harness/scratch.ts';
import { SmallDisk } from './harness/small-disk.ts';
import { SteadyLoad } from './harness/steady-load.ts';
import { interopRoot, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic, produceRequest, RawConnection, recordBatch } from './harness/wire.ts';

const DISK_MIB = 48;
const PARTITIONS = 3;
const RECORDS_PER_SECOND = 1500;
const SEGMENT_BYTES = 1_048_576;
const RETENTION_MS = 3_600_000;
/** Until the old records are too old: longer than it takes to fill the disk. */
const LEFT_MS = 12_000;
const KAFKA_STORAGE_ERROR = 56;
const timeout = 120_000;

const disk = SmallDisk.mount(DISK_MIB);
const name = 'a full disk';
if (typeof disk === 'string') it(name, { skip: disk });
else suite(disk);

function suite(disk: SmallDisk): void {
  brokerSuite(
    name,
    {
      needs: ['python'],
      ownBroker: true,
      settings: ['log.retention.check.interval.ms=500', `log.segment.bytes=${SEGMENT_BYTES}`],
      dataDirectory: join(disk.path, 'data'),
      timeoutMs: timeout,
    },
    (broker) => {
      after(() => disk.unmount());

      it(`loses nothing and heals (${disk.kind})`, { timeout }, async (context) => {
        const { port, bootstrap } = broker();
        const [topic, aged] = [uniqueName('full'), uniqueName('aged')];
        await createTopic(port, topic, PARTITIONS);
        await createTopic(port, aged, 1, { 'retention.ms': String(RETENTION_MS) });
        const script = join(interopRoot, 'python', 'confluent_driver.py');
        const client = new Driver(paths.python, [script, bootstrap]);
        const load = new SteadyLoad({
          ...{ bootstrap, topic, partitions: PARTITIONS, recordsPerSecond: RECORDS_PER_SECOND },
        });
        const progress = async (what: string, count = 500) => {
          const before = load.acked;
          await until(`records are acknowledged ${what}`, () => load.acked > before + count);
        };
        /** Nothing is acknowledged any more: it was before, and the disk has no room for it. */
        const standstill = async () => {
          for (let before = -1; before !== load.acked; ) {
            disk.fill();
            before = load.acked;
            await new Promise((resolve) => setTimeout(resolve, 1000));
          }
        };
        await progress('before the disk is full');
        const timestamp = Date.now() - RETENTION_MS + LEFT_MS;
        for (let segment = 0; segment < 6; segment++) {
          const value = randomBytes(900_000).toString('base64').slice(0, 900_000);
          const record = { partition: 0, key: null, value, headers: [], timestamp };
          await client.produce({ topic: aged, codec: 'none', idempotent: true, records: [record] });
        }

        await standstill();
        const refused = await produceOnce(port, topic);
        assert.equal(refused.error, KAFKA_STORAGE_ERROR, 'a producer is told what is wrong');
        assert.ok(refused.ms < 1000, `a producer is told at once, not after ${refused.ms} ms`);
        const { records } = await client.read({
          ...{ topic, partition: 0, from: { offset: 0 }, count: 100 },
        });
        assert.equal(records.length, 100, 'consumers go on');
        const codes: Record<string, number | null> = {};
        const attempt = async (what: string, request: () => Promise<unknown>) => {
          codes[what] = await codeOf(request);
        };
        const group = uniqueName('readers');
        const other = uniqueName('other');
        const commit = (offset: number) => () =>
          client.request('alterGroupOffsets', {
            group,
            topic,
            offsets: [{ partition: 0, offset }],
          });
        await attempt('commit', commit(10));
        await attempt('createTopic', () => client.request('newTopic', newTopic(other)));
        await attempt('deleteRecords', () =>
          client.request('deleteRecords', { topic: aged, partition: 0, before: 1 }),
        );
        context.diagnostic(`codes on a full disk: ${JSON.stringify(codes)}`);

        await progress('when retention has made room');

        await standstill();
        disk.makeRoom();
        await progress('once there is space again');
        assert.equal(await codeOf(commit(11)), 0);
        assert.equal(await codeOf(() => client.request('newTopic', newTopic(other))), 0);

        await standstill();
        await broker().stop();
        await broker().launch();
        await standstill();
        await broker().kill();
        await broker().launch();
        const again = await client.read({
          ...{ topic, partition: 1, from: { offset: 0 }, count: 100 },
        });
        assert.equal(again.records.length, 100, 'a start on a full disk serves what is there');
        disk.makeRoom();
        await progress('after the last start');
        await load.end(60_000);
        for (const line of await load.check(60_000)) context.diagnostic(line);
      });
    },
  );
}

function newTopic(topic: string): object {
  return { topic, partitions: 2, replicationFactor: 1, configs: {} };
}

/** Kafka's code; 0 when it went well. */
async function codeOf(request: () => Promise<unknown>): Promise<number | null> {
  try {
    await request();
    return 0;
  } catch (error) {
    if (error instanceof DriverError) return error.code;
    throw error;
  }
}

async function produceOnce(port: number, topic: string): Promise<{ error: number; ms: number }> {
  const connection = await RawConnection.open(port);
  try {
    const begin = performance.now();
    connection.send(produceRequest(topic, recordBatch(Buffer.alloc(5000)), 1));
    const answer = (await connection.answer())!;
    // Correlation id, one topic with its name, one partition: index, error code.
    const error = answer.readInt16BE(4 + 4 + 2 + topic.length + 4 + 4);
    return { error, ms: performance.now() - begin };
  } finally {
    connection.close();
  }
}
