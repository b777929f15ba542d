import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PartitionMap } from './partition-map.ts';

test('a value is found by its topic and its partition', () => {
  const map = new PartitionMap<string>();
  map.set('a', 0, 'a-0');
  map.set('a', 1, 'a-1');
  map.set('b', 0, 'b-0');
  assert.equal(map.get('a', 1), 'a-1');
  assert.equal(map.get('b', 0), 'b-0');
  assert.equal(map.get('b', 1), undefined);
  assert.equal(map.get('c', 0), undefined);
  assert.deepEqual([...map.values()], ['a-0', 'a-1', 'b-0']);
});

test('what was deleted is gone, and its neighbours stay', () => {
  const map = new PartitionMap<string>();
  map.set('a', 0, 'a-0');
  map.set('a', 1, 'a-1');
  map.delete('a', 0);
  map.delete('a', 7);
  map.delete('b', 0);
  assert.deepEqual([...map.values()], ['a-1']);
  map.delete('a', 1);
  assert.equal(map.get('a', 1), undefined);
  map.set('a', 1, 'again');
  map.clear();
  assert.deepEqual([...map.values()], []);
});
