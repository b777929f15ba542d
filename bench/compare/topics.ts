import { until } from '../../interop/harness/until.ts';
import {
  API,
  createTopics,
  frame,
  int32,
  int64,
  RawConnection,
  requestHeader,
  string,
} from '../../interop/harness/wire.ts';
import { answerOf } from '../produce-request.ts';

const DELETE_TOPICS = 20;
/** Size of a partition in the answer to ListOffsets v1: index, error code, timestamp, offset. */
const LISTED_BYTES = 4 + 2 + 8 + 8;

/** Makes a topic and waits until every partition of it can be written to, which in Kafka is later. */
export async function createReadyTopic(
  port: number,
  topic: string,
  partitions: number,
  configs: Readonly<Record<string, string>>,
): Promise<void> {
  await createTopics(port, [topic], partitions, configs);
  const connection = await RawConnection.open(port);
  try {
    await until(`${topic} has its leaders`, async () => {
      connection.send(listOffsetsRequest(topic, partitions));
      return hasNoError(await answerOf(connection), topic, partitions);
    });
  } finally {
    connection.close();
  }
}

/** By DeleteTopics v1. */
export async function deleteTopic(port: number, topic: string): Promise<void> {
  const connection = await RawConnection.open(port);
  try {
    const body = [requestHeader(DELETE_TOPICS, 1, 1), int32(1), string(topic), int32(30_000)];
    connection.send(frame(Buffer.concat(body)));
    await answerOf(connection);
  } finally {
    connection.close();
  }
}

/** ListOffsets v1 of the ends of all partitions. */
function listOffsetsRequest(topic: string, partitions: number): Buffer {
  const latest = int64(-1);
  const wanted = Array.from({ length: partitions }, (_, partition) =>
    Buffer.concat([int32(partition), latest]),
  );
  const header = requestHeader(API.listOffsets, 1, 1);
  const body = [int32(-1), int32(1), string(topic), int32(partitions), ...wanted];
  return frame(Buffer.concat([header, ...body]));
}

function hasNoError(answer: Buffer, topic: string, partitions: number): boolean {
  // Correlation id, one topic with its name, how many partitions it has.
  const first = 4 + 4 + string(topic).length + 4;
  for (let index = 0; index < partitions; index++) {
    if (answer.readInt16BE(first + index * LISTED_BYTES + 4) !== 0) return false;
  }
  return true;
}
