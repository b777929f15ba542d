// Fetch: limits, positions, epochs, replicas and sessions that are not as they should be.

import type { FetchRequest } from '@millrace/protocol/messages/fetch-request';
import type { Sparse } from '../api.ts';
import { batchOf } from '../batches.ts';
import type { Peer } from '../peer.ts';
import { unknownTopicId } from '../placeholders.ts';
import { groupTopic, makeTopics, produceTo, readTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';
import { FIRST_WITH_IDS, fetch, fetching, fetchingOf } from './fetch.ts';
import { deleteRecords, deleting } from './records.ts';

const LARGEST_INT32 = 2 ** 31 - 1;
const LARGEST_OFFSET = Number.MAX_SAFE_INTEGER;

const named = (peer: Peer, version: number, topic: string) =>
  version < FIRST_WITH_IDS ? { topic } : { topicId: peer.topicId(topic) };

export const fetchingStrangely = new Scenarios(fetch)
  .ask('negative limits', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: -1 }], {
      maxBytes: -1,
      minBytes: -1,
      maxWaitMs: -1,
    }),
  )
  .ask('the largest limits', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: LARGEST_INT32 }], { maxBytes: LARGEST_INT32 }),
  )
  .ask('no bytes of one partition', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: 0 }, { partition: 1 }]),
  )
  .ask('no bytes at least', (peer, version) =>
    fetching(peer, version, [{ fetchOffset: 6 }], { minBytes: 0 }),
  )
  .ask('bytes for less than two batches', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: 150 }], { maxBytes: 150 }),
  )
  .ask('far beyond the end', (peer, version) =>
    fetching(peer, version, [{ fetchOffset: LARGEST_OFFSET }]),
  )
  .ask('before the start', (peer, version) => fetching(peer, version, [{ fetchOffset: -1 }]))
  .ask('negative partitions', (peer, version) =>
    fetching(peer, version, [{ partition: -1 }, { partition: LARGEST_INT32 }]),
  )
  .ask('no partitions', (peer, version) => fetching(peer, version, []))
  .ask('no topics', { maxWaitMs: 10, minBytes: 1, maxBytes: 1_000_000 })
  .ask('two topics', (peer, version) => ({
    ...fetching(peer, version, [{}]),
    topics: [
      { ...named(peer, version, readTopic), partitions: [{ partitionMaxBytes: 1000 }] },
      { ...named(peer, version, groupTopic), partitions: [{ partitionMaxBytes: 1000 }] },
      {
        ...named(peer, version, readTopic),
        partitions: [{ partition: 1, partitionMaxBytes: 1000 }],
      },
    ],
  }))
  .ask('an isolation that is not', (peer, version) =>
    fetching(peer, version, [{}], { isolationLevel: 9 }),
  )
  .ask('a negative isolation', (peer, version) =>
    fetching(peer, version, [{}], { isolationLevel: -1 }),
  )
  .ask(
    'as a broker',
    (peer, version) => fetching(peer, version, [{ logStartOffset: 0 }], { replicaId: 1 }),
    5,
    14,
  )
  .ask(
    'as a broker that is not there',
    (peer, version) => fetching(peer, version, [{ logStartOffset: 0 }], { replicaId: 9 }),
    5,
    14,
  )
  .ask(
    'as a broker, with its epoch',
    (peer, version) =>
      fetching(peer, version, [{}], { replicaState: { replicaId: 1, replicaEpoch: 1 } }),
    15,
  )
  .ask(
    'as a broker that is not there, with its epoch',
    (peer, version) =>
      fetching(peer, version, [{}], { replicaState: { replicaId: 9, replicaEpoch: 1 } }),
    15,
  )
  .ask(
    'with what only brokers say',
    (peer, version) =>
      fetching(peer, version, [
        {
          logStartOffset: 3,
          ...(version < 17 ? {} : { replicaDirectoryId: unknownTopicId }),
          ...(version < 18 ? {} : { highWatermark: 3 }),
        },
      ]),
    5,
  )
  .ask('as a consumer with a debugger', (peer, version) =>
    fetching(peer, version, [{}], version < 15 ? { replicaId: -2 } : {}),
  )
  .ask(
    'an epoch before all',
    (peer, version) => fetching(peer, version, [{ currentLeaderEpoch: -2 }]),
    9,
  )
  .ask(
    'an epoch, past the end',
    (peer, version) => fetching(peer, version, [{ currentLeaderEpoch: 0, fetchOffset: 99 }]),
    9,
  )
  .ask(
    'an epoch of a partition that is not',
    (peer, version) => fetching(peer, version, [{ partition: 9, currentLeaderEpoch: 5 }]),
    9,
  )
  .ask(
    'after an epoch before all',
    (peer, version) => fetching(peer, version, [{ lastFetchedEpoch: -2 }]),
    12,
  )
  .ask(
    'after this epoch, past the end',
    (peer, version) => fetching(peer, version, [{ lastFetchedEpoch: 0, fetchOffset: 99 }]),
    12,
  )
  .ask(
    'of another cluster',
    (peer, version) => fetching(peer, version, [{}], { clusterId: 'another' }),
    12,
  )
  .ask(
    'from a rack without a name',
    (peer, version) => fetching(peer, version, [{}], { rackId: '' }),
    11,
  )
  .ask(
    'known and unknown ids',
    (peer) => ({
      ...fetchingOf({ topicId: unknownTopicId, partitions: [{}] }),
      topics: [
        { topicId: unknownTopicId, partitions: [{ partitionMaxBytes: 1000 }] },
        { topicId: peer.topicId(readTopic), partitions: [{ partitionMaxBytes: 1000 }] },
      ],
    }),
    FIRST_WITH_IDS,
  )
  .ask(
    'known and unknown names',
    {
      ...fetchingOf({ topic: 'nowhere', partitions: [{}] }),
      topics: [
        { topic: 'nowhere', partitions: [{ partitionMaxBytes: 1000 }] },
        { topic: readTopic, partitions: [{ partitionMaxBytes: 1000 }] },
      ],
    },
    0,
    FIRST_WITH_IDS - 1,
  )
  .script('a log whose start was deleted', async (peer, version) => {
    const name = `fetch-trimmed-${version}`;
    await makeTopics(peer, [name]);
    for (const batch of [batchOf(['a', 'b']), batchOf(['c', 'd']), batchOf(['e'])]) {
      await produceTo(peer, name, batch);
    }
    await peer.ask(deleteRecords, 2, deleting(name, 3));
    for (const fetchOffset of [0, 2, 3, 4, 5, 6]) {
      const partition = { fetchOffset, partitionMaxBytes: 100_000 };
      const topic = { ...named(peer, version, name), partitions: [partition] };
      await peer.ask(fetch, version, fetchingOf(topic));
    }
  });

/** Continues a session with these partitions and nothing else. */
const continued = (
  sessionId: number,
  sessionEpoch: number,
  rest: Sparse<FetchRequest> = {},
): Sparse<FetchRequest> => ({
  maxWaitMs: 10,
  minBytes: 1,
  maxBytes: 1_000_000,
  sessionId,
  sessionEpoch,
  ...rest,
});

async function openSession(peer: Peer, version: number): Promise<number> {
  const request = fetching(peer, version, [{ fetchOffset: 6 }], { sessionEpoch: 0 });
  return (await peer.ask(fetch, version, request)).sessionId;
}

export const misusingSessions = new Scenarios(fetch)
  .script(
    'epochs',
    async (peer, version) => {
      for (const sessionEpoch of [2, 0, 5, -5, 2 ** 31 - 1]) {
        const id = await openSession(peer, version);
        await peer.ask(fetch, version, continued(id, sessionEpoch));
        await peer.ask(fetch, version, continued(id, 1));
      }
    },
    7,
  )
  .script(
    'closed and opened in one',
    async (peer, version) => {
      const id = await openSession(peer, version);
      const again = fetching(peer, version, [{}], { sessionId: id, sessionEpoch: 0 });
      await peer.ask(fetch, version, again);
      await peer.ask(fetch, version, continued(id, 1));
      const other = await openSession(peer, version);
      const final = fetching(peer, version, [{}], { sessionId: other, sessionEpoch: -1 });
      await peer.ask(fetch, version, final);
      await peer.ask(fetch, version, continued(other, 1));
    },
    7,
  )
  .script(
    'more and fewer partitions',
    async (peer, version) => {
      const id = await openSession(peer, version);
      const more = fetching(peer, version, [{ partition: 1 }, { partition: 9 }]);
      await peer.ask(fetch, version, continued(id, 1, { topics: more.topics! }));
      await peer.ask(fetch, version, continued(id, 2));
      const both = [0, 1, 9, 77];
      const forgottenTopicsData = [{ ...named(peer, version, readTopic), partitions: both }];
      await peer.ask(fetch, version, continued(id, 3, { forgottenTopicsData }));
      await peer.ask(fetch, version, continued(id, 4));
      const back = fetching(peer, version, [{}]);
      const forgetting = { topics: back.topics!, forgottenTopicsData };
      await peer.ask(fetch, version, continued(id, 5, forgetting));
    },
    7,
  )
  .script(
    'what is not there',
    async (peer, version) => {
      const topic = version < FIRST_WITH_IDS ? { topic: 'nowhere' } : { topicId: unknownTopicId };
      const first = fetchingOf({ ...topic, partitions: [{}] }, { sessionEpoch: 0 });
      const { sessionId } = await peer.ask(fetch, version, first);
      await peer.ask(fetch, version, continued(sessionId, 1));
      await peer.ask(fetch, version, continued(sessionId, 2));
    },
    7,
  )
  .ask('none to open', continued(0, 0), 7)
  .ask('none to close', continued(0, -1), 7)
  .ask('an id that is negative', continued(-1, 1), 7)
  .ask('an epoch that is negative', continued(0, -3), 7)
  .script(
    'from names to ids',
    async (peer, version) => {
      const id = await openSession(peer, version);
      await peer.ask(fetch, FIRST_WITH_IDS, continued(id, 1));
      await peer.ask(fetch, FIRST_WITH_IDS - 1, continued(id, 1));
      await peer.ask(fetch, version, continued(id, 2));
    },
    FIRST_WITH_IDS - 1,
    FIRST_WITH_IDS,
  )
  .script(
    'a topic that goes and comes back',
    async (peer, version) => {
      const name = `session-topic-${version}`;
      await makeTopics(peer, [name]);
      await produceTo(peer, name, batchOf(['a']));
      const partitions = [{ partitionMaxBytes: 1000 }];
      const first = fetchingOf({ ...named(peer, version, name), partitions }, { sessionEpoch: 0 });
      const { sessionId } = await peer.ask(fetch, version, first);
      await produceTo(peer, name, batchOf(['b']));
      await peer.ask(fetch, version, continued(sessionId, 1));
      const moved = [{ fetchOffset: 2, partitionMaxBytes: 1000 }];
      const topics = [{ ...named(peer, version, name), partitions: moved }];
      await peer.ask(fetch, version, continued(sessionId, 2, { topics }));
      await produceTo(peer, name, batchOf(['c']));
      await peer.ask(fetch, version, continued(sessionId, 3));
      await peer.ask(deleteRecords, 2, deleting(name, 3));
      await peer.ask(fetch, version, continued(sessionId, 4));
    },
    7,
  );
