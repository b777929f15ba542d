// What both Node drivers share: requests in, answers and events out. Plain JavaScript, since the types of the clients
// are installed only for the interop run and the type check comes before it.

import { createInterface } from 'node:readline';

export const bootstrap = process.argv[2];
export const waitMs = 45_000;

export function emit(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

export function emitAssignment(member, partitions) {
  emit({ event: 'assignment', member, partitions });
}

export function emitRecord(member, partition, offset, value) {
  emit({ event: 'record', member, partition, offset: Number(offset), value: encode(value) });
}

/** @param {string | null} text */
export function decode(text) {
  return text === null ? null : Buffer.from(text, 'base64');
}

/** @param {Buffer | null | undefined} bytes */
export function encode(bytes) {
  return bytes === null || bytes === undefined ? null : bytes.toString('base64');
}

/** Collects records until there are `count`; `add` returns whether more are wanted. */
export function collector(count) {
  const records = [];
  const done = Promise.withResolvers();
  const timer = setTimeout(
    () => done.reject(new Error(`read ${records.length} of ${count} records in time`)),
    waitMs,
  );
  return {
    add(record) {
      if (records.length < count) records.push(record);
      if (records.length === count) {
        clearTimeout(timer);
        done.resolve(records);
      }
    },
    done: done.promise,
  };
}

/** Kafka's code, from wherever a library keeps it: in the error, or in one of those that it wraps. */
function kafkaCode(error) {
  const code = error.apiCode ?? error.code;
  if (typeof code === 'number') return code;
  // KafkaJS has some one error for all partitions or groups, with each one's own inside.
  const parts = [...(error.partitions ?? []), ...(error.groups ?? [])].map((part) => part.error);
  const wrapped = [error.cause, ...(error.errors ?? []), ...parts];
  for (const inner of wrapped.filter((inner) => inner instanceof Error)) {
    const code = kafkaCode(inner);
    if (code !== null) return code;
  }
  return null;
}

/** Answers requests in turn with `operations[op](request)` until the input ends, then calls `close`. */
export async function serve(operations, close) {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      emit({ id: request.id, result: (await operations[request.op](request)) ?? {} });
    } catch (error) {
      const causes = (error.errors ?? []).map((cause) => cause.message);
      const text = [error.stack ?? String(error), ...causes].join(' | ');
      emit({ id: request.id, error: text, code: kafkaCode(error) });
    }
  }
  await close();
  process.exit(0);
}
