// Many groups that commit offsets, each as a consumer that needs no membership: the same requests again and again, by hand.

import { until } from '../../../interop/harness/until.ts';
import {
  frame,
  int16,
  int32,
  int64,
  RawConnection,
  requestHeader,
  string,
} from '../../../interop/harness/wire.ts';
import { answerOf } from '../../produce-request.ts';

const OFFSET_COMMIT = 8;
const FIND_COORDINATOR = 10;

export interface CommitRun {
  readonly port: number;
  readonly topic: string;
  /** As many connections; each commits for its share of the groups, one after the other. */
  readonly connections: number;
  readonly groups: number;
  readonly seconds: number;
}

/** How many commits were answered. */
export async function commitOffsets(run: CommitRun): Promise<number> {
  const endMs = performance.now() + run.seconds * 1000;
  const perConnection = Math.ceil(run.groups / run.connections);
  const counts = await Promise.all(
    Array.from({ length: run.connections }, async (_, index) => {
      const requests = Array.from({ length: perConnection }, (_each, group) =>
        commitRequest(`group-${index}-${group}`, run.topic),
      );
      const connection = await RawConnection.open(run.port);
      let count = 0;
      for (; performance.now() < endMs; count++) {
        connection.send(requests[count % requests.length]!);
        const error = errorOf(await answerOf(connection));
        if (error !== 0) throw new Error(`OffsetCommit answered error ${error}`);
      }
      connection.close();
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Kafka makes the topic of its groups when the first one looks for its coordinator. */
export async function awaitCoordinators(run: CommitRun): Promise<void> {
  const connection = await RawConnection.open(run.port);
  await until('all groups have a coordinator', async () => {
    for (let group = 0; group < run.groups; group++) {
      const name = `group-of-trial-${group}`;
      connection.send(frame(Buffer.concat([requestHeader(FIND_COORDINATOR, 0, 1), string(name)])));
      await answerOf(connection);
      connection.send(commitRequest(name, run.topic));
      if (errorOf(await answerOf(connection)) !== 0) return false;
    }
    return true;
  });
  connection.close();
}

/** OffsetCommit v2 of one partition, of nobody in particular. */
function commitRequest(group: string, topic: string): Buffer {
  return frame(
    Buffer.concat([
      requestHeader(OFFSET_COMMIT, 2, 1),
      string(group),
      int32(-1), // generation: no member
      string(''),
      int64(-1), // retention: the broker's
      ...[int32(1), string(topic), int32(1)],
      ...[int32(0), int64(42), string('')],
    ]),
  );
}

/** Of the one partition, which the answer ends with. */
function errorOf(answer: Buffer): number {
  return answer.readInt16BE(answer.length - int16(0).length);
}
