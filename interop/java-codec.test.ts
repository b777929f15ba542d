// Our codec beside Kafka's own message classes (kafka-clients), byte for byte, for every message and version.

import { strict as assert } from 'node:assert';
import { before, suite, type TestContext, test } from 'node:test';
import {
  apis,
  EncodeError,
  ErrorCode,
  isRetriable,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol';
import {
  type AnyMessage,
  allMessages,
  forEachVersion,
  type KnownMessage,
} from '../packages/protocol/test/all-messages.ts';
import { messagesOfOneField, randomMessage } from '../packages/protocol/test/message-values.ts';
import { SeededRandom } from '../packages/protocol/test/seeded-random.ts';
import { askJava, buildJava, whyNoJava } from './java-codec/java-codec.ts';

/** Messages compared for each version, in each direction. */
const ROUNDS = 12;

interface Case {
  readonly message: KnownMessage;
  readonly version: number;
  readonly seed: number;
}

interface Conversion {
  readonly message: KnownMessage;
  readonly from: number;
  readonly to: number;
  readonly bytes: string;
}

/** Java's answers to a value that the version has no place for, and to null where there must be a value. */
const refusals = /^!(\S+\.UnsupportedVersionException|java\.lang\.NullPointerException):/;

const cases: Case[] = [];
forEachVersion((message, version) => {
  for (let round = 0; round < ROUNDS; round++) {
    // Java's generator needs seeds that differ in more than their last bits.
    cases.push({ message, version, seed: (cases.length + 1) * 7_919_000_003 });
  }
});

/** Messages of the first and the last version with one field set, to be encoded as every version. */
function conversionsOf(message: KnownMessage): Conversion[] {
  const { min, max } = message.schema.versions;
  return [min, max].flatMap((from) =>
    messagesOfOneField(message, from, new SeededRandom(from)).flatMap((value) => {
      const bytes = encode(message, value, from);
      return Array.from({ length: max - min + 1 }, (_, step) => {
        return { message, from, to: min + step, bytes };
      });
    }),
  );
}

function encode(message: KnownMessage, value: AnyMessage, version: number): string {
  const writer = new Writer();
  message.codec.encode(writer, value, version);
  return writer.toBuffer().toString('hex');
}

function decode(message: KnownMessage, hex: string, version: number): AnyMessage {
  const reader = new Reader(Buffer.from(hex, 'hex'));
  const value = message.codec.decode(reader, version);
  assert.equal(reader.remaining, 0, 'bytes were left over');
  return value;
}

function nameOf({ message, version, seed }: Case): string {
  return `${message.schema.name} version ${version}, seed ${seed}`;
}

/** Says how much was compared, since that is what a pass is worth. */
function report(context: TestContext, compared: readonly Case[]): void {
  const pairs = new Set(
    compared.map(({ message, version }) => `${message.schema.name} ${version}`),
  );
  context.diagnostic(`${compared.length} messages, ${pairs.size} pairs of message and version`);
}

const missing = whyNoJava();

suite('java-codec', { skip: missing === null ? false : missing }, () => {
  before(buildJava);

  test('what Java encodes, we decode and encode to the same bytes', async (context) => {
    const questions = cases.map(
      ({ message, version, seed }) => `fill ${message.schema.name} ${version} ${seed}`,
    );
    const answers = await askJava(questions);
    for (const [index, answer] of answers.entries()) {
      const each = cases[index]!;
      assert.ok(!answer.startsWith('!'), `${nameOf(each)}: ${answer}`);
      const value = decode(each.message, answer, each.version);
      assert.equal(encode(each.message, value, each.version), answer, nameOf(each));
    }
    report(context, cases);
  });

  test('what we encode, Java decodes and encodes to the same bytes', async (context) => {
    const ours = cases.map(({ message, version, seed }) =>
      encode(message, randomMessage(message, version, new SeededRandom(seed)), version),
    );
    const questions = cases.map(
      ({ message, version }, index) => `copy ${message.schema.name} ${version} ${ours[index]}`,
    );
    for (const [index, answer] of (await askJava(questions)).entries()) {
      assert.equal(answer, ours[index], nameOf(cases[index]!));
    }
    report(context, cases);
  });

  test('a message is converted to another version, or refused, as in Java', async (context) => {
    const conversions = allMessages.flatMap(conversionsOf);
    const questions = conversions.map(
      ({ message, from, to, bytes }) => `convert ${message.schema.name} ${from} ${to} ${bytes}`,
    );
    let refused = 0;
    for (const [index, answer] of (await askJava(questions)).entries()) {
      const { message, from, to, bytes } = conversions[index]!;
      const what = `${questions[index]}, which Java answers with ${answer}`;
      const value = decode(message, bytes, from);
      if (refusals.test(answer)) {
        assert.throws(() => encode(message, value, to), EncodeError, what);
        refused++;
      } else {
        assert.equal(encode(message, value, to), answer, what);
      }
    }
    context.diagnostic(`${conversions.length} conversions, ${refused} of them refused`);
  });

  test('a message in which nothing is set has the same bytes', async () => {
    const defaults = cases.filter((_, index) => index % ROUNDS === 0);
    const questions = defaults.map(
      ({ message, version }) => `default ${message.schema.name} ${version}`,
    );
    for (const [index, answer] of (await askJava(questions)).entries()) {
      const { message, version } = defaults[index]!;
      // Java leaves records null, also where null cannot be written.
      if (answer.startsWith('!java.lang.NullPointerException')) continue;
      const empty = message.create(message.schema.root.name);
      assert.equal(encode(message, empty, version), answer, `${message.schema.name} ${version}`);
    }
  });

  test('every message has the versions that it has in Java', async () => {
    const answers = await askJava(allMessages.map(({ schema }) => `versions ${schema.name}`));
    assert.deepEqual(
      answers,
      allMessages.map(({ schema }) => `${schema.versions.min} ${schema.versions.max}`),
    );
  });

  test('every request and response has the header version that it has in Java', async () => {
    const pairs = apis().flatMap(({ apiKey, minVersion, maxVersion }) =>
      Array.from({ length: maxVersion - minVersion + 1 }, (_, step) => [apiKey, minVersion + step]),
    ) as [number, number][];
    const answers = await askJava(pairs.map(([key, version]) => `headers ${key} ${version}`));
    assert.deepEqual(
      answers,
      pairs.map(
        ([key, version]) =>
          `${requestHeaderVersion(key, version)} ${responseHeaderVersion(key, version)}`,
      ),
    );
  });

  test('the error codes, and which of them are retriable, are those of Java', async () => {
    const [answer] = await askJava(['errors']);
    assert.deepEqual(
      Object.entries(ErrorCode).map(([name, code]) => `${name}:${code}:${isRetriable(code)}`),
      answer!.split(' '),
    );
  });
});
