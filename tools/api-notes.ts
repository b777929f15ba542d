// What there is to say of the APIs that a Kafka 4.3 announces to clients: why one is not served here, and what of it is not.

const TRANSACTIONS = 'not built yet: transactions';
const CONSUMER_GROUPS = 'not built yet: the consumer groups of KIP-848';
const SHARE_GROUPS = 'not built yet: share groups (KIP-932)';
const SHARE_STATE = `${SHARE_GROUPS}; brokers ask it of each other`;
const STREAMS_GROUPS = 'not built yet: streams groups (KIP-1071)';
const SECURITY = 'not built yet: security; every listener is a plaintext one';
const NO_QUORUM = 'there is no KRaft quorum: metadata is in the broker’s own database';

/** Why it is not served, by API key. A key that is served by now is passed over. */
export const REASONS: ReadonlyMap<number, string> = new Map([
  [17, SECURITY],
  [24, TRANSACTIONS],
  [25, TRANSACTIONS],
  [26, TRANSACTIONS],
  [27, TRANSACTIONS],
  [28, TRANSACTIONS],
  [36, SECURITY],
  [55, NO_QUORUM],
  [65, TRANSACTIONS],
  [66, TRANSACTIONS],
  [68, CONSUMER_GROUPS],
  [69, CONSUMER_GROUPS],
  [76, SHARE_GROUPS],
  [77, SHARE_GROUPS],
  [78, SHARE_GROUPS],
  [79, SHARE_GROUPS],
  [80, NO_QUORUM],
  [81, NO_QUORUM],
  [83, SHARE_STATE],
  [84, SHARE_STATE],
  [85, SHARE_STATE],
  [86, SHARE_STATE],
  [87, SHARE_STATE],
  [88, STREAMS_GROUPS],
  [89, STREAMS_GROUPS],
  [90, SHARE_GROUPS],
  [91, SHARE_GROUPS],
  [92, SHARE_GROUPS],
]);

/** What of an API is not served, by API key. */
export const GAPS: ReadonlyMap<number, string> = new Map([
  [0, 'without transactions'],
  [10, 'of groups only'],
  [22, 'without transactional ids'],
]);
