import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CopyCounter } from './copy-counter.ts';

const source = Buffer.from('0123456789');

const ways: Readonly<Record<string, [bytes: number, copy: () => unknown]>> = {
  'Buffer.copy, as much as fits': [4, () => source.copy(Buffer.alloc(4))],
  'TypedArray.set': [10, () => new Uint8Array(10).set(source)],
  'TypedArray.slice': [3, () => new Uint8Array(source).slice(2, 5)],
  'TypedArray.copyWithin, at most': [10, () => new Uint8Array(10).copyWithin(0, 5)],
  'ArrayBuffer.slice': [6, () => new ArrayBuffer(10).slice(4)],
  'Buffer.concat': [20, () => Buffer.concat([source, source])],
  'Buffer.from an array of bytes': [10, () => Buffer.from(source)],
  'Buffer.copyBytesFrom': [5, () => Buffer.copyBytesFrom(source, 5)],
  'a view copies nothing': [0, () => Buffer.from(source.buffer, 0, 8).subarray(2)],
  'nor does text': [0, () => Buffer.from('abc')],
};

for (const [name, [bytes, copy]] of Object.entries(ways)) {
  test(name, () => {
    const counter = new CopyCounter();
    counter.start();
    copy();
    counter.stop();
    assert.equal(counter.bytes, bytes);
  });
}

test('what is copied after it has stopped is not counted', () => {
  const counter = new CopyCounter();
  const { copy } = Buffer.prototype;
  counter.start();
  counter.stop();
  source.copy(Buffer.alloc(4));
  assert.equal(counter.bytes, 0);
  assert.equal(Buffer.prototype.copy, copy);
});
