// Kaskade, a console for Kafka in the terminal: topics with their lag, what a topic is made of, groups, records.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { batchOf } from './differential/batches.ts';
import { commitOffsets, stayingMember } from './differential/group-members.ts';
import { Peer } from './differential/peer.ts';
import { makeTopics, produceTo } from './differential/prepare.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver } from './harness/driver.ts';
import { uniqueName } from './harness/scratch.ts';
import { interopRoot, paths } from './harness/tools.ts';

type Rows = string[][];

brokerSuite('Kaskade (console)', { needs: ['python'] }, (broker) => {
  let console: Driver;
  let wire: Peer;
  const topic = uniqueName('shown');
  const group = uniqueName('shown-group');

  before(async () => {
    wire = new Peer('Millrace', broker().port);
    await makeTopics(wire, [topic], 2);
    await produceTo(wire, topic, batchOf(['a', 'b', 'c', 'd']));
    await commitOffsets(wire, group, topic, [1, 0]);
    await stayingMember(wire, group, topic, [0, 1]);
    const program = join(interopRoot, 'python', 'kaskade_driver.py');
    console = new Driver(paths.python, [program, broker().bootstrap], () => {});
  });
  after(() => console?.close());

  it('lists topics with their groups, records and lag', async () => {
    const { rows } = await console.request<{ rows: Rows }>('topics', {});
    const [, partitions, replicas, inSync, groups, members, records, lag] = rows.find(
      ([name]) => name === topic,
    )!;
    assert.deepEqual([partitions, replicas, inSync, groups, members], ['2', '1', '1', '1', '1']);
    assert.deepEqual([records, lag], ['≈4', '≈3']);
  });

  it('describes a topic', async () => {
    const { tables } = await console.request<{ tables: Record<string, Rows> }>('describe', {
      topic,
    });
    assert.deepEqual(
      tables.partitions!.map(([id, , earliest, end, records]) => [id, earliest, end, records]),
      [
        ['0', '0', '4', '4'],
        ['1', '0', '0', '0'],
      ],
    );
    assert.ok(tables.configurations!.some(([name]) => name === 'retention.ms'));
    assert.deepEqual(
      tables['group-offsets']!.map((row) => row.slice(0, 5)),
      [
        [group, '0', '1', '4', '3'],
        [group, '1', '0', '0', '0'],
      ],
    );
    const [[id, , state, assignor, partitions, members, lag]] = tables.groups as [string[]];
    assert.deepEqual([id, state?.toLowerCase(), assignor], [group, 'stable', 'range']);
    assert.deepEqual([partitions, members, lag], ['2', '1', '3']);
    assert.equal(tables['group-members']!.length, 1);
  });

  it('browses records', async () => {
    const { rows } = await console.request<{ rows: Rows }>('browse', { topic, count: 4 });
    const shown = rows.map(([key, value, , , partition, offset]) => [
      key,
      value,
      partition,
      offset,
    ]);
    assert.deepEqual(
      shown,
      ['a', 'b', 'c', 'd'].map((value, offset) => ['null', value, '0', String(offset)]),
    );
  });

  it('creates and deletes a topic', async () => {
    const created = uniqueName('by-console');
    // The form proposes a week; nothing is removed here by its age yet.
    await console.request('create', { topic: created, partitions: 3, retentionMs: -1 });
    await wire.untilTopic(created, 3);
    await console.request('delete', { topic: created });
  });
});
