// Fetch: records and sessions, in every version.

import { FetchRequest } from '@millrace/protocol/messages/fetch-request';
import { FetchResponse } from '@millrace/protocol/messages/fetch-response';
import { api, type Sparse } from '../api.ts';
import type { Peer } from '../peer.ts';
import { unknownTopicId } from '../placeholders.ts';
import { readTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

export const fetch = api(FetchRequest, FetchResponse);
/** Topics are named by id from this version on. */
export const FIRST_WITH_IDS = 13;

type Topic = NonNullable<Sparse<FetchRequest>['topics']>[number];
export type FetchPartition = NonNullable<Topic['partitions']>[number];

export function fetching(
  peer: Peer,
  version: number,
  partitions: readonly FetchPartition[],
  rest: Sparse<FetchRequest> = {},
): Sparse<FetchRequest> {
  const topic =
    version < FIRST_WITH_IDS ? { topic: readTopic } : { topicId: peer.topicId(readTopic) };
  return fetchingOf({ ...topic, partitions }, rest);
}

/** Waits 10 ms at most, and is in no session where the version knows of them. */
export function fetchingOf(topic: Topic, rest: Sparse<FetchRequest> = {}): Sparse<FetchRequest> {
  const limit = { partitionMaxBytes: 1_000_000 };
  const partitions = topic.partitions?.map((partition) => ({ ...limit, ...partition })) ?? [];
  return {
    maxWaitMs: 10,
    minBytes: 1,
    maxBytes: 1_000_000,
    topics: [{ ...topic, partitions }],
    ...rest,
  };
}

export const fetchingRecords = new Scenarios(fetch)
  .ask('all there is', (peer, version) => fetching(peer, version, [{}, { partition: 1 }]))
  .ask('the middle of a batch', (peer, version) => fetching(peer, version, [{ fetchOffset: 4 }]))
  .ask('the end', (peer, version) => fetching(peer, version, [{ fetchOffset: 6 }]))
  .ask('past the end', (peer, version) =>
    fetching(peer, version, [{ fetchOffset: 7 }, { fetchOffset: -3, partition: 1 }]),
  )
  .ask('an unknown partition', (peer, version) => fetching(peer, version, [{ partition: 9 }, {}]))
  .ask('the same partition twice', (peer, version) =>
    fetching(peer, version, [{}, { fetchOffset: 3 }]),
  )
  .ask('committed only', (peer, version) => fetching(peer, version, [{}], { isolationLevel: 1 }))
  .ask('fewer bytes than a batch', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: 1 }], { maxBytes: 1 }),
  )
  .ask('bytes for one batch', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: 100 }]),
  )
  .ask('no bytes', (peer, version) =>
    fetching(peer, version, [{ partitionMaxBytes: 0 }], { maxBytes: 0 }),
  )
  .ask('more bytes than there are', (peer, version) =>
    fetching(peer, version, [{}], { minBytes: 100_000 }),
  )
  .ask('a later leader', (peer, version) => fetching(peer, version, [{ currentLeaderEpoch: 9 }]), 9)
  .ask('this leader', (peer, version) => fetching(peer, version, [{ currentLeaderEpoch: 0 }]), 9)
  .ask(
    'after a later epoch',
    (peer, version) => fetching(peer, version, [{ lastFetchedEpoch: 5 }]),
    12,
  )
  .ask(
    'after this epoch',
    (peer, version) => fetching(peer, version, [{ lastFetchedEpoch: 0, fetchOffset: 3 }]),
    12,
  )
  .ask(
    'an unknown topic',
    fetchingOf({ topic: 'nowhere', partitions: [{}] }),
    0,
    FIRST_WITH_IDS - 1,
  )
  .ask('a bad name', fetchingOf({ topic: 'a b', partitions: [{}] }), 0, FIRST_WITH_IDS - 1)
  .ask('an unknown id', fetchingOf({ topicId: unknownTopicId, partitions: [{}] }), FIRST_WITH_IDS)
  .ask('no id', fetchingOf({ partitions: [{}] }), FIRST_WITH_IDS)
  .ask('from a rack', (peer, version) => fetching(peer, version, [{}], { rackId: 'r1' }), 11)
  .ask(
    'an unknown session',
    (peer, version) => fetching(peer, version, [{}], { sessionId: 5, sessionEpoch: 3 }),
    7,
  )
  .ask(
    'a session without an id',
    (peer, version) => fetching(peer, version, [{}], { sessionEpoch: 3 }),
    7,
  )
  .script(
    'a session',
    async (peer, version) => {
      const partitions = [{}, { partition: 1 }];
      const first = await peer.ask(
        fetch,
        version,
        fetching(peer, version, partitions, { sessionEpoch: 0 }),
      );
      const session = {
        sessionId: first.sessionId,
        maxWaitMs: 10,
        minBytes: 1,
        maxBytes: 1_000_000,
      };
      await peer.ask(fetch, version, { ...session, sessionEpoch: 1 });
      const moved = fetching(peer, version, [{ fetchOffset: 6 }], { ...session, sessionEpoch: 2 });
      await peer.ask(fetch, version, moved);
      await peer.ask(fetch, version, { ...session, sessionEpoch: 3 });
      const forgotten =
        version < FIRST_WITH_IDS ? { topic: readTopic } : { topicId: peer.topicId(readTopic) };
      await peer.ask(fetch, version, {
        ...session,
        sessionEpoch: 4,
        forgottenTopicsData: [{ ...forgotten, partitions: [0] }],
      });
      await peer.ask(fetch, version, { ...session, sessionEpoch: 9 });
      await peer.ask(fetch, version, { ...session, sessionEpoch: -1 });
      await peer.ask(fetch, version, { ...session, sessionEpoch: 6 });
    },
    7,
  );
