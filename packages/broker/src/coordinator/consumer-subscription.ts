import { Reader } from '@millrace/protocol';
import { ConsumerProtocolSubscription } from '@millrace/protocol/messages/consumer-protocol-subscription';

/** Protocol type of groups whose metadata is a `ConsumerProtocolSubscription`. */
export const CONSUMER_PROTOCOL_TYPE = 'consumer';

/**
 * Topics that the members of a consumer group subscribe to, from their metadata. Null when one cannot be read: it is
 * the clients' own format, which the broker otherwise passes through.
 */
export function subscribedTopics(metadata: Iterable<Buffer>): ReadonlySet<string> | null {
  const topics = new Set<string>();
  try {
    for (const bytes of metadata) {
      const reader = new Reader(bytes);
      // Newer versions only append fields.
      const version = Math.min(reader.readInt16(), ConsumerProtocolSubscription.maxVersion);
      for (const topic of ConsumerProtocolSubscription.decode(reader, version).topics) {
        topics.add(topic);
      }
    }
  } catch {
    return null;
  }
  return topics;
}
