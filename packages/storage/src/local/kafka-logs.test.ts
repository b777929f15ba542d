import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { appendOk, batchOf, logSpec, readValues } from '../log-store-testing.ts';
import { ManualClock } from '../manual-clock.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';
import { copyKafkaLogs, readKafkaLogs } from './kafka-logs.ts';
import { LocalLogStore } from './local-log-store.ts';

const SPECS = [0, 1].map((partition) =>
  logSpec({ segmentBytes: 300, indexIntervalBytes: 100 }, { partition }),
);

function storeIn(fileSystem: MemoryFileSystem, dataDir: string): LocalLogStore {
  return new LocalLogStore({ dataDir, fileSystem, clock: new ManualClock(), tailCacheBytes: 0 });
}

/** A directory in Kafka's format, of two partitions, of which one has lost its first records. */
async function kafkaDirectory(): Promise<MemoryFileSystem> {
  const fileSystem = new MemoryFileSystem();
  const store = storeIn(fileSystem, '/kafka');
  await store.open(SPECS);
  for (let index = 0; index < 12; index++) {
    const log = store.get(SPECS[0]!.topicId, index % 2)!;
    await appendOk(log, batchOf({ values: [`${index}`] }));
  }
  await store.get(SPECS[0]!.topicId, 1)!.deleteRecordsBefore(2);
  await store.close();
  return fileSystem;
}

describe('the logs of a Kafka', () => {
  test('are found with their topics, ids and starts', async () => {
    const fileSystem = await kafkaDirectory();
    await fileSystem.mkdir('/kafka/old-0');
    assert.deepEqual(await readKafkaLogs(fileSystem, '/kafka'), {
      topics: [
        {
          name: 'orders',
          topicId: SPECS[0]!.topicId,
          partitions: [
            { partition: 0, logStartOffset: 0 },
            { partition: 1, logStartOffset: 2 },
          ],
        },
      ],
      isClean: true,
      unknown: ['old-0'],
    });
    await fileSystem.unlink('/kafka/.kafka_cleanshutdown');
    assert.equal((await readKafkaLogs(fileSystem, '/kafka')).isClean, false);
  });

  test('serve the same records as a copy, whatever an earlier log of the name has left', async () => {
    const fileSystem = await kafkaDirectory();
    const { topics } = await readKafkaLogs(fileSystem, '/kafka');
    const earlier = storeIn(fileSystem, '/data');
    await earlier.open([SPECS[0]!]);
    const old = earlier.get(SPECS[0]!.topicId, 0)!;
    for (let index = 0; index < 9; index++) await appendOk(old, batchOf());
    await old.deleteRecordsBefore(5);
    await earlier.close();

    await copyKafkaLogs(fileSystem, '/kafka', '/data', topics);
    fileSystem.crash();
    await fileSystem.restart();
    const store = storeIn(fileSystem, '/data');
    const { notices } = await store.open(SPECS);
    assert.deepEqual(notices, []);
    const values = (partition: number) => readValues(store.get(SPECS[0]!.topicId, partition)!);
    assert.deepEqual(await values(0), ['0=0', '1=2', '2=4', '3=6', '4=8', '5=10']);
    assert.deepEqual(await values(1), ['2=5', '3=7', '4=9', '5=11']);
    await store.close();
    // The original is as it was.
    const original = storeIn(fileSystem, '/kafka');
    await original.open(SPECS);
    assert.equal(original.get(SPECS[0]!.topicId, 0)!.logEndOffset, 6);
  });
});
