import { ErrorCode } from '@millrace/protocol';

/** A request, or a part of one, that is refused: with Kafka's error code, and a message for the client's user. */
export class Refusal extends Error {
  readonly error: number;
  constructor(error: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.error = error;
  }
}

export function invalidRequest(message: string): Refusal {
  return new Refusal(ErrorCode.INVALID_REQUEST, message);
}

export function invalidConfig(message: string): Refusal {
  return new Refusal(ErrorCode.INVALID_CONFIG, message);
}
