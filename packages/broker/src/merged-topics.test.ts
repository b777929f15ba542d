import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergedTopics } from './merged-topics.ts';

test('a topic is there once, where it is named first, with all its partitions; one without any is not', () => {
  const topic = (name: string, ...partitions: readonly number[]) => ({ name, partitions });
  const asked = [topic('b', 1), topic('none'), topic('a', 0), topic('b', 0, 1), topic('b')];
  const merged = mergedTopics(asked, ({ name }) => name);
  assert.deepEqual(merged, [topic('b', 1, 0, 1), topic('a', 0)]);
  assert.deepEqual(asked[0], topic('b', 1), 'the request is left as it is');
});
