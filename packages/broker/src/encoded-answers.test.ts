import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EncodedAnswers } from './encoded-answers.ts';
import { EncodedBody } from './handler.ts';

/** Counts what is encoded. */
class Encoder {
  readonly encoded: string[] = [];
  readonly answers: EncodedAnswers;

  constructor(maxBytes: number) {
    this.answers = new EncodedAnswers(maxBytes);
  }

  get(version: string, key: string, sizeBytes = 10): Buffer {
    const encode = () => {
      this.encoded.push(key);
      return new EncodedBody(Buffer.alloc(sizeBytes), new Map());
    };
    return this.answers.get(version, key, encode).bytes;
  }
}

test('an answer is encoded once, and shared, until what it tells has changed', () => {
  const encoder = new Encoder(100);
  const first = encoder.get('1', 'a');
  assert.equal(encoder.get('1', 'a'), first);
  assert.notEqual(encoder.get('1', 'b'), first);
  assert.notEqual(encoder.get('2', 'a'), first);
  assert.deepEqual(encoder.encoded, ['a', 'b', 'a']);
});

test('past the bound those go that were not asked for the longest', () => {
  const encoder = new Encoder(30);
  for (const key of ['a', 'b', 'c', 'a', 'd']) encoder.get('1', key);
  assert.deepEqual(encoder.encoded.splice(0), ['a', 'b', 'c', 'd']);
  for (const key of ['a', 'c', 'd']) encoder.get('1', key);
  assert.deepEqual(encoder.encoded, [], 'b had to go');
  encoder.get('1', 'b');
  assert.deepEqual(encoder.encoded, ['b']);
});

test('what was dropped for a new version leaves its room', () => {
  const encoder = new Encoder(20);
  for (const version of ['1', '2', '3']) {
    for (const key of ['a', 'b', 'a', 'b']) encoder.get(version, key);
  }
  assert.equal(encoder.encoded.length, 6);
});

test('an answer larger than the bound is given, not kept, and drives nothing out', () => {
  const encoder = new Encoder(30);
  encoder.get('1', 'small');
  for (let count = 0; count < 2; count++) assert.equal(encoder.get('1', 'large', 31).length, 31);
  encoder.get('1', 'small');
  assert.deepEqual(encoder.encoded, ['small', 'large', 'large']);
});
