// Produce: batches good and bad, in every version.

import { ProduceRequest } from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import { api, type Sparse } from '../api.ts';
import { batchOf, damaged } from '../batches.ts';
import type { Peer } from '../peer.ts';
import { unknownTopicId } from '../placeholders.ts';
import { makeTopics, writtenTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

export const produce = api(ProduceRequest, ProduceResponse);
/** Topics are named by id from this version on. */
export const FIRST_WITH_IDS = 13;

/** Each batch to the partition of its place. */
export function producing(
  peer: Peer,
  version: number,
  topic: string,
  batches: readonly (Buffer | null)[],
  acks = -1,
): Sparse<ProduceRequest> {
  const named = version < FIRST_WITH_IDS ? { name: topic } : { topicId: peer.topicId(topic) };
  const partitionData = batches.map((records, index) => ({ index, records }));
  return { acks, timeoutMs: 5000, topicData: [{ ...named, partitionData }] };
}

const good = batchOf(['hello']);

const badBatches: readonly (readonly [string, Buffer | null])[] = [
  ['no bytes', Buffer.alloc(0)],
  ['two batches', Buffer.concat([good, good])],
  ['a CRC that is wrong', damaged((batch) => batch.writeInt8(batch.readInt8(30) ^ 1, 30))],
  ['magic 0', damaged((batch) => batch.writeInt8(0, 16))],
  ['magic 1', damaged((batch) => batch.writeInt8(1, 16))],
  ['magic 3', damaged((batch) => batch.writeInt8(3, 16))],
  ['less than a header', good.subarray(0, 40)],
  ['a batch cut off', good.subarray(0, good.length - 3)],
  ['a batch length that is negative', damaged((batch) => batch.writeInt32BE(-1, 8))],
];

export const producingRecords = new Scenarios(produce);
for (const [name, batch] of badBatches) {
  producingRecords.ask(name, (peer, version) => producing(peer, version, writtenTopic, [batch]));
}
producingRecords
  .ask('null', (peer, version) => producing(peer, version, writtenTopic, [null]), 9, 9)
  .ask('a batch', (peer, version) => producing(peer, version, writtenTopic, [good]))
  .ask('acknowledged by the leader', (peer, version) =>
    producing(peer, version, writtenTopic, [good], 1),
  )
  .ask('not acknowledged', (peer, version) => producing(peer, version, writtenTopic, [good], 0))
  .ask('not acknowledged and refused', (peer, version) =>
    producing(peer, version, writtenTopic, [Buffer.alloc(0)], 0),
  )
  .ask('acks that are not', (peer, version) => producing(peer, version, writtenTopic, [good], 2))
  .ask('to two partitions and one that is not', (peer, version) =>
    producing(peer, version, writtenTopic, [good, good, good]),
  )
  .ask('too large a batch', (peer, version) =>
    producing(peer, version, writtenTopic, [batchOf(['x'.repeat(1_100_000)])]),
  )
  .ask(
    'an unknown topic',
    {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ name: 'nowhere', partitionData: [{ index: 0, records: good }] }],
    },
    0,
    FIRST_WITH_IDS - 1,
  )
  .ask(
    'an unknown id',
    {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ topicId: unknownTopicId, partitionData: [{ index: 0, records: good }] }],
    },
    FIRST_WITH_IDS,
  )
  .ask('in a transaction that was not begun', (peer, version) => ({
    ...producing(peer, version, writtenTopic, [good]),
    transactionalId: 'nobody',
  }))
  .script('sequences', async (peer, version) => {
    const topic = `sequences-${version}`;
    await makeTopics(peer, [topic]);
    // First, again, out of order, next, again the first, another producer's start in the middle.
    const sequences = [0, 0, 7, 1, 0];
    for (const baseSequence of sequences) {
      const batch = batchOf(['x'], { producerId: 4000, baseSequence });
      await peer.ask(produce, version, producing(peer, version, topic, [batch]));
    }
    const late = batchOf(['x'], { producerId: 4001, baseSequence: 5 });
    await peer.ask(produce, version, producing(peer, version, topic, [late]));
    for (let baseSequence = 2; baseSequence < 8; baseSequence++) {
      const batch = batchOf(['x'], { producerId: 4000, baseSequence });
      await peer.ask(produce, version, producing(peer, version, topic, [batch]));
    }
    const old = batchOf(['x'], { producerId: 4000, baseSequence: 0 });
    await peer.ask(produce, version, producing(peer, version, topic, [old]));
  });
