// A producer that costs next to nothing: the same batches again and again over one connection, many under way.

import { RawConnection } from '../../../interop/harness/wire.ts';
import { answerOf, produceEach } from '../../produce-request.ts';
import { preparedBatch } from './prepared-batch.ts';

export interface RawProduceRun {
  readonly port: number;
  readonly topic: string;
  readonly partitions: number;
  /** Payload; a little more is sent where it is not a multiple of a batch for each partition. */
  readonly bytes: number;
  readonly recordBytes: number;
  readonly recordsABatch: number;
}

const IN_FLIGHT = 16;
/** A request has a batch for each partition, up to this many. */
const PARTITIONS_A_REQUEST = 12;

/** Acknowledged (`acks=all`) when it resolves. Gives how many records were sent; all partitions get the same number. */
export async function rawProduce(run: RawProduceRun): Promise<number> {
  const connection = await RawConnection.open(run.port);
  const requests = requestsOf(run);
  const recordsARound = run.partitions * run.recordsABatch;
  const rounds = Math.ceil(run.bytes / (recordsARound * run.recordBytes));
  const total = rounds * requests.length;
  let begun = 0;
  for (let done = 0; done < total; done++) {
    for (; begun < total && begun < done + IN_FLIGHT; begun++) {
      connection.send(requests[begun % requests.length]!);
    }
    refuseErrors(await answerOf(connection), run.topic);
  }
  connection.close();
  return rounds * recordsARound;
}

function requestsOf({ topic, partitions, recordBytes, recordsABatch }: RawProduceRun): Buffer[] {
  const batch = preparedBatch(recordBytes, recordsABatch);
  const requests: Buffer[] = [];
  for (let first = 0; first < partitions; first += PARTITIONS_A_REQUEST) {
    const count = Math.min(PARTITIONS_A_REQUEST, partitions - first);
    const targets = Array.from({ length: count }, (_, index) => ({
      topic,
      partition: first + index,
    }));
    requests.push(produceEach(targets, batch));
  }
  return requests;
}

/** Looks at the first partition of each topic in the answer to Produce v3, in which a topic stands for a target. */
function refuseErrors(answer: Buffer, topic: string): void {
  // Correlation id, one topic or more with its name, one partition or more: index, error.
  const at = 4 + 4 + 2 + Buffer.byteLength(topic) + 4 + 4;
  const error = answer.readInt16BE(at);
  if (error !== 0) throw new Error(`produce to ${topic} answered error ${error}`);
}
