import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  LocalLogStore,
  type LogSpec,
  MemoryFileSystem,
  MemoryMetadataStore,
  systemClock,
} from '@millrace/storage';
import { batchOf } from '../test/test-broker.ts';
import { BrokerConfig } from './config/broker-configs.ts';
import { EventSurface } from './events.ts';
import { PartitionGrowth } from './partition-growth.ts';
import { Topics } from './topics.ts';

/** A log store whose next log can be made to follow something else. */
class WatchedLogStore extends LocalLogStore {
  beforeCreate: () => void = () => {};

  override create(spec: LogSpec) {
    this.beforeCreate();
    return super.create(spec);
  }
}

test("a change of the broker's defaults reaches the logs that are being created", async () => {
  const clock = systemClock;
  const fileSystem = new MemoryFileSystem();
  const logStore = new WatchedLogStore({ dataDir: '/data', fileSystem, clock });
  const metadata = new MemoryMetadataStore();
  const config = new BrokerConfig();
  const events = new EventSurface();
  const topics = new Topics({ metadata, logStore, config, clock, events, nodeId: 1 });
  config.onChange(() => topics.configureAllLogs());
  await metadata.open();
  await logStore.open([]);
  const bound = (bytes: number) => () =>
    config.setDynamic({
      broker: new Map(),
      cluster: new Map([['message.max.bytes', String(bytes)]]),
    });
  const appends = async (partition: number) => {
    const log = logStore.get(topics.byName('t')!.topicId, partition)!;
    return (await log.append(batchOf(['x'.repeat(200)]))).error;
  };

  logStore.beforeCreate = bound(100);
  await topics.create({
    name: 't',
    partitionCount: 2,
    replicationFactor: 1,
    assignments: [],
    configs: new Map(),
  });
  assert.equal(await appends(1), ErrorCode.MESSAGE_TOO_LARGE);
  logStore.beforeCreate = bound(1000);
  const growth = new PartitionGrowth({ topics, metadata, logStore, nodeId: 1 });
  await growth.grow({ name: 't', partitionCount: 3, assignments: null });
  assert.equal(await appends(2), ErrorCode.NONE);
  assert.equal(await appends(1), ErrorCode.NONE);
  await logStore.close();
  await metadata.close();
});
