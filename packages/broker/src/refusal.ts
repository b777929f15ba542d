/** A request, or a part of one, that is refused: with Kafka's error code, and a message for the client's user. */
export class Refusal extends Error {
  readonly error: number;
  constructor(error: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.error = error;
  }
}
