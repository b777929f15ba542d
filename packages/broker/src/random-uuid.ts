import { randomBytes } from 'node:crypto';

/** A random uuid in Kafka's text form, never one that starts with a dash (tools would take it for an option). */
export function randomUuidText(): string {
  for (;;) {
    const bytes = randomBytes(16);
    // Version 4, variant 1, as Kafka's Uuid.randomUuid.
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const text = bytes.toString('base64url');
    if (!text.startsWith('-')) return text;
  }
}
