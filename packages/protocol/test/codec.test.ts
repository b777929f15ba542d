import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { EncodeError } from '../src/encode-error.ts';
import { MalformedError } from '../src/malformed-error.ts';
import { Reader } from '../src/reader.ts';
import { Writer } from '../src/writer.ts';
import { type AnyMessage, allMessages, forEachVersion, type KnownMessage } from './all-messages.ts';
import { fuzzDecoders } from './codec.fuzz.ts';
import { randomMessage } from './message-values.ts';
import { SeededRandom } from './seeded-random.ts';

const ROUNDS = 8;

function encode({ codec }: KnownMessage, value: AnyMessage, version: number): Buffer {
  const writer = new Writer();
  codec.encode(writer, value, version);
  return writer.toBuffer();
}

test('every version of every message comes back as it was, and encodes to the same bytes again', () => {
  forEachVersion((message, version) => {
    for (let seed = 0; seed < ROUNDS; seed++) {
      const what = `${message.schema.name} version ${version}, seed ${seed}`;
      const value = randomMessage(message, version, new SeededRandom(seed));
      const bytes = encode(message, value, version);
      const reader = new Reader(bytes);
      const decoded = message.codec.decode(reader, version);
      assert.equal(reader.remaining, 0, what);
      assert.deepEqual(decoded, value, what);
      assert.deepEqual(encode(message, decoded, version), bytes, what);
    }
  });
});

test('decoded messages have all fields in the order of the type, whatever the version', () => {
  forEachVersion((message, version) => {
    const empty = message.create(message.schema.root.name);
    const value = randomMessage(message, version, new SeededRandom(version));
    const decoded = message.codec.decode(new Reader(encode(message, value, version)), version);
    assert.deepEqual(Object.keys(decoded), Object.keys(empty), message.schema.name);
  });
});

test('a message cut anywhere is malformed', () => {
  forEachVersion((message, version) => {
    const value = randomMessage(message, version, new SeededRandom(version + 1));
    const bytes = encode(message, value, version);
    for (let end = 0; end < bytes.length; end += 1 + Math.floor(bytes.length / 50)) {
      assert.throws(
        () => message.codec.decode(new Reader(bytes, 0, end), version),
        MalformedError,
        `${message.schema.name} version ${version} cut to ${end} of ${bytes.length} bytes`,
      );
    }
  });
});

test('versions that a message does not have are refused both ways', () => {
  for (const message of allMessages) {
    const { min, max } = message.schema.versions;
    for (const version of [min - 1, max + 1, Number.NaN]) {
      const value = message.create(message.schema.root.name);
      assert.throws(() => encode(message, value, version), EncodeError);
      const reader = new Reader(Buffer.alloc(64));
      assert.throws(() => message.codec.decode(reader, version), MalformedError);
    }
  }
});

test('a field that is not ignorable cannot be lost in a version without it', () => {
  let refused = 0;
  for (const message of allMessages) {
    for (const field of message.schema.root.fields) {
      const { min } = message.schema.versions;
      const isNumber = field.type.kind === 'primitive' && /^int/.test(field.type.primitive);
      if (field.versions.min === min || !isNumber) continue;
      const value = { ...message.create(message.schema.root.name), [field.name]: 77 };
      if (field.ignorable) {
        const decoded = message.codec.decode(new Reader(encode(message, value, min)), min);
        assert.notEqual(decoded[field.name], 77);
      } else {
        assert.throws(() => encode(message, value, min), EncodeError);
        refused++;
      }
    }
  }
  assert.ok(refused > 10);
});

test('hostile bytes give nothing but MalformedError', () => {
  assert.ok(fuzzDecoders(1, 20) > 10_000);
});
