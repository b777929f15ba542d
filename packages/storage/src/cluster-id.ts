import { randomBytes } from 'node:crypto';

/**
 * A new cluster id: Kafka's text form of a random uuid, base64url of 16 bytes, 22 characters. As in Kafka it never
 * starts with a dash, so that command-line tools do not take it for an option.
 */
export function randomClusterId(): string {
  for (;;) {
    // One draw in 64 starts with a dash.
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
