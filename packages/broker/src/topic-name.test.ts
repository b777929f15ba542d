import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collisionKey, topicNameProblem } from './topic-name.ts';

test('names that Kafka accepts are accepted', () => {
  for (const name of ['a', 'A-1_b.c', '...', '_', 'x'.repeat(249), '__consumer_offsets']) {
    assert.equal(topicNameProblem(name), null, name);
  }
});

test('names that Kafka refuses are refused, with a reason', () => {
  for (const name of ['', '.', '..', 'a b', 'ä', 'a/b', 'a\0', 'x'.repeat(250)]) {
    assert.notEqual(topicNameProblem(name), null, name);
  }
});

test('names that differ only in dots and underscores collide', () => {
  assert.equal(collisionKey('a.b_c'), collisionKey('a_b.c'));
  assert.notEqual(collisionKey('a-b'), collisionKey('a_b'));
});
