import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppendResult } from '../log-store.ts';
import type { RecompressionOutcome } from '../recompression/recompressor.ts';
import { AppendLine } from './append-line.ts';

test('appends are admitted in the order they came, however long each takes', async () => {
  const line = new AppendLine();
  const admitted: string[] = [];
  const add = (name: string) => {
    const { promise, resolve } = Promise.withResolvers<RecompressionOutcome>();
    const result = line.add(10, promise, async ({ batch }) => {
      admitted.push(`${name}: ${batch}`);
      return { baseOffset: admitted.length } as AppendResult;
    });
    return { result, ready: (text: string) => resolve({ batch: Buffer.from(text), error: 0 }) };
  };
  const [first, second, third] = [add('first'), add('second'), add('third')];
  assert.equal(line.bytes, 30);
  third.ready('c');
  second.ready('b');
  await new Promise(setImmediate);
  assert.deepEqual(admitted, []);
  assert.equal(line.isEmpty, false);
  first.ready('a');
  assert.equal((await third.result).baseOffset, 3);
  assert.deepEqual(admitted, ['first: a', 'second: b', 'third: c']);
  assert.equal((await first.result).baseOffset, 1);
  await line.settled;
  assert.equal(line.isEmpty, true);
  assert.equal(line.bytes, 0);
});
