import { FrameTooLargeError } from '@millrace/protocol';
import { KafkaError } from './kafka-error.ts';

const TLS_ALERT = 0x15;
const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR_VERSION = 0x03;

/**
 * The error for an answer that announces a length that no answer of Kafka's has. Its four bytes are the first of
 * another protocol as a rule, and tell which.
 */
export function unreadableAnswer(error: unknown, where: string): KafkaError {
  if (!(error instanceof FrameTooLargeError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return new KafkaError('MALFORMED_ANSWER', `${where} sent what cannot be read: ${reason}`, {
      cause: error,
      mayHaveHappened: true,
    });
  }
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(error.length);
  const text = bytes.toString('latin1');
  const details = { cause: error, mayHaveHappened: true };
  if (bytes[1] === TLS_MAJOR_VERSION && (bytes[0] === TLS_ALERT || bytes[0] === TLS_HANDSHAKE)) {
    return new KafkaError('NOT_A_KAFKA_PORT', `${where} answers with TLS.`, {
      ...details,
      hint: 'The listener expects TLS; use the address of a plaintext listener.',
    });
  }
  if (/^[\x20-\x7e\r\n]{4}$/.test(text)) {
    const what = text === 'HTTP' ? 'HTTP' : `text that begins with ${JSON.stringify(text)}`;
    return new KafkaError('NOT_A_KAFKA_PORT', `${where} answers with ${what}.`, {
      ...details,
      hint: 'Another service listens there: is this the port of the broker?',
    });
  }
  return new KafkaError('MALFORMED_ANSWER', `${where}: ${error.message}`, details);
}
