import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LocalLogStore,
  ManualClock,
  MemoryFileSystem,
  MemoryMetadataStore,
} from '@millrace/storage';
import { BrokerConfig } from './config/broker-configs.ts';
import { ConfigOperation } from './config/config-change.ts';
import { EventSurface } from './events.ts';
import { TopicConfigChanges } from './topic-config-changes.ts';
import { Topics } from './topics.ts';

test('changes of a topic that come together are made one after the other, after its creation', async () => {
  const clock = new ManualClock();
  const fileSystem = new MemoryFileSystem();
  const logStore = new LocalLogStore({ dataDir: '/data', fileSystem, clock });
  const metadata = new MemoryMetadataStore();
  const events = new EventSurface();
  const around = { metadata, logStore, config: new BrokerConfig(), events };
  const topics = new Topics({ ...around, clock, nodeId: 1 });
  const changes = new TopicConfigChanges({ ...around, topics });
  await metadata.open();
  await logStore.open([]);
  const told: string[][] = [];
  events.on('topic-configs-changed', ({ configs }) => told.push([...configs.keys()]));

  const created = topics.create({
    name: 't',
    partitionCount: 1,
    replicationFactor: 1,
    assignments: [],
    configs: new Map(),
  });
  const replaceBy = (name: string) =>
    changes.apply({
      resourceName: 't',
      changes: [{ name, operation: ConfigOperation.SET, value: '5' }],
      replacesAll: true,
      validateOnly: false,
    });
  const nowhere = { resourceName: 'u', changes: [], replacesAll: false, validateOnly: false };
  await Promise.all([
    created,
    replaceBy('segment.ms'),
    replaceBy('flush.ms'),
    assert.rejects(replaceBy('flush.mz')),
    assert.rejects(changes.apply(nowhere)),
    replaceBy('index.interval.bytes'),
  ]);
  assert.deepEqual(Object.fromEntries(topics.byName('t')!.configs), {
    'index.interval.bytes': '5',
  });
  assert.deepEqual(told, [
    ['segment.ms'],
    ['segment.ms', 'flush.ms'],
    ['flush.ms', 'index.interval.bytes'],
  ]);
  await logStore.close();
  await metadata.close();
});
