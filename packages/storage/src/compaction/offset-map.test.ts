import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OffsetMap } from './offset-map.ts';

const HASH_KEY = Uint32Array.of(11, 22, 33, 44);

function key(text: string): [Buffer, number, number] {
  return [Buffer.from(text), 0, Buffer.byteLength(text)];
}

test('the last offset of each key is what counts, up to 2^53 - 1', () => {
  const map = new OffsetMap(1000, 0.9, HASH_KEY);
  const expected = new Map<string, number>();
  for (let index = 0; index < 5000; index++) {
    const name = `key ${(index * 7919) % 800}`;
    const offset = index % 2 === 0 ? index : Number.MAX_SAFE_INTEGER - 5000 + index;
    assert.ok(map.put(...key(name), offset));
    expected.set(name, offset);
  }
  assert.equal(map.size, 800);
  for (const [name, offset] of expected) assert.equal(map.get(...key(name)), offset);
  assert.equal(map.get(...key('key 800')), -1);
});

test('a full map takes no new key, but later offsets of those it has', () => {
  const map = new OffsetMap(10, 0.5, HASH_KEY);
  for (let index = 0; index < 5; index++) assert.ok(map.put(...key(`${index}`), index));
  assert.equal(map.put(...key('5'), 5), false);
  assert.equal(map.get(...key('5')), -1);
  assert.ok(map.put(...key('3'), 6));
  assert.equal(map.get(...key('3')), 6);
});

test('look-ups end although every slot may be used', () => {
  const map = new OffsetMap(4, 1, HASH_KEY);
  let taken = 0;
  while (map.put(...key(`${taken}`), taken)) taken++;
  assert.equal(taken, 3);
  for (let index = 3; index < 100; index++) assert.equal(map.get(...key(`${index}`)), -1);
});
