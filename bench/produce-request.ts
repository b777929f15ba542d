import {
  API,
  frame,
  int16,
  int32,
  type RawConnection,
  requestHeader,
  string,
} from '../interop/harness/wire.ts';

/** A batch for one partition. */
export interface Target {
  readonly topic: string;
  readonly partition: number;
}

/** Produce v3 with acks=all: the same batch for all targets. */
export function produceEach(targets: readonly Target[], batch: Buffer): Buffer {
  const size = int32(batch.length);
  return frame(
    Buffer.concat([
      requestHeader(API.produce, 3, 3),
      int16(-1),
      int16(-1),
      int32(60_000),
      int32(targets.length),
      ...targets.flatMap(({ topic, partition }) => [
        ...[string(topic), int32(1), int32(partition)],
        ...[size, batch],
      ]),
    ]),
  );
}

/** Rejects when the connection ends, or takes minutes. */
export async function answerOf(connection: RawConnection): Promise<Buffer> {
  const answer = await connection.answer(600_000);
  if (answer === null) throw new Error('the broker closed the connection');
  return answer;
}
