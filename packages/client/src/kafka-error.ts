import {
  ErrorCode,
  type ErrorName,
  errorMessage,
  errorName,
  isRetriable,
} from '@millrace/protocol';

/** What goes wrong on this side, or before a broker could answer with a code of its own. */
export type ClientErrorName =
  | 'INVALID_BOOTSTRAP'
  | 'CONNECTION_REFUSED'
  | 'HOST_NOT_FOUND'
  | 'CONNECT_TIMEOUT'
  | 'CONNECT_FAILED'
  | 'CONNECTION_LOST'
  | 'ANSWER_TIMEOUT'
  | 'NOT_A_KAFKA_PORT'
  | 'MALFORMED_ANSWER'
  | 'UNSUPPORTED_BY_BROKER'
  | 'NO_SUCH_NODE'
  | 'TOO_MANY_REQUESTS'
  | 'CLIENT_CLOSED';

export interface KafkaErrorDetails {
  /** The likely cause and what to do about it, as a sentence. */
  readonly hint?: string | null;
  /** Whether the same may succeed later without a change. */
  readonly isRetriable?: boolean;
  /** Whether the request may have reached the broker, which may have done what it asked. */
  readonly mayHaveHappened?: boolean;
  /** Kafka's number of the code; only for what a broker answered. */
  readonly errorCode?: number | null;
  readonly cause?: unknown;
}

const hints: ReadonlyMap<string, string> = new Map([
  ['UNKNOWN_TOPIC_OR_PARTITION', 'Check the spelling, or create the topic first.'],
  ['TOPIC_AUTHORIZATION_FAILED', 'Ask for an ACL on the topic.'],
  ['GROUP_AUTHORIZATION_FAILED', 'Ask for an ACL on the group.'],
  ['CLUSTER_AUTHORIZATION_FAILED', 'Ask for an ACL on the cluster.'],
  [
    'MESSAGE_TOO_LARGE',
    'Send smaller records, or raise max.message.bytes of the topic (message.max.bytes of the broker).',
  ],
  ['RECORD_LIST_TOO_LARGE', 'Send smaller batches, or raise segment.bytes of the topic.'],
  ['NOT_ENOUGH_REPLICAS', 'Brokers are down, or min.insync.replicas is more than there are.'],
  [
    'INVALID_REPLICATION_FACTOR',
    'There are fewer brokers than replicas asked for; -1 takes the default of the broker.',
  ],
  ['NON_EMPTY_GROUP', 'Stop the members of the group first.'],
  ['UNSUPPORTED_COMPRESSION_TYPE', 'Choose another compression: zstd needs Kafka 2.1 or newer.'],
  ['SECURITY_DISABLED', 'The broker runs without an authorizer.'],
  ['POLICY_VIOLATION', 'The message of the broker says which policy.'],
]);

/**
 * Everything that this package rejects with. `code` is one of a closed list: Kafka's own error names for what a broker
 * answered, `ClientErrorName` for the rest. The message says what happened and, where there is a hint, the likely
 * cause.
 */
export class KafkaError extends Error {
  readonly code: ErrorName | ClientErrorName;
  /** What happened, without the hint. */
  readonly summary: string;
  readonly hint: string | null;
  readonly isRetriable: boolean;
  readonly mayHaveHappened: boolean;
  readonly errorCode: number | null;

  constructor(code: ErrorName | ClientErrorName, summary: string, details: KafkaErrorDetails = {}) {
    const hint = details.hint ?? null;
    super(
      hint === null ? summary : `${summary} ${hint}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.name = 'KafkaError';
    this.code = code;
    this.summary = summary;
    this.hint = hint;
    this.isRetriable = details.isRetriable ?? false;
    this.mayHaveHappened = details.mayHaveHappened ?? false;
    this.errorCode = details.errorCode ?? null;
  }

  /**
   * An error code of a broker. `subject` is what it is about, such as `topic orders`; `brokerMessage` what the broker
   * adds in words.
   */
  static ofBroker(
    errorCode: number,
    subject: string,
    brokerMessage: string | null = null,
  ): KafkaError {
    const name = errorName(errorCode);
    const isKnown = ErrorCode[name] === errorCode;
    const own = isKnown ? errorMessage(errorCode) : `Error code ${errorCode} is not known.`;
    const said = brokerMessage === null || brokerMessage === '' ? own : sentence(brokerMessage);
    return new KafkaError(name, `${subject}: ${said} (${isKnown ? name : errorCode})`, {
      errorCode,
      isRetriable: isRetriable(errorCode),
      hint: hints.get(name) ?? null,
    });
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
