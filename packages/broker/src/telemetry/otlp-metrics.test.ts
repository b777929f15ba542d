import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { decodeOtlpMetrics, OtlpError } from './otlp-metrics.ts';

type Write = (writer: BinaryWriter) => unknown;

/** A field that holds a message. */
function message(field: number, ...parts: readonly Write[]): Write {
  return (writer) => {
    writer.tag(field, WireType.LengthDelimited).fork();
    for (const part of parts) part(writer);
    writer.join();
  };
}

const text =
  (field: number, value: string): Write =>
  (writer) =>
    writer.tag(field, WireType.LengthDelimited).string(value);
const double =
  (value: number): Write =>
  (writer) =>
    writer.tag(4, WireType.Bit64).double(value);
const integer =
  (value: number): Write =>
  (writer) =>
    writer.tag(6, WireType.Bit64).sfixed64(BigInt(value));
const temporality =
  (value: number): Write =>
  (writer) =>
    writer.tag(2, WireType.Varint).int32(value);
const attribute = (field: number, key: string, value: string) =>
  message(field, text(1, key), message(2, text(1, value)));

const resource = message(1, attribute(1, 'group_id', 'g1'));
const gauge = message(
  2,
  text(1, 'org.apache.kafka.consumer.poll.idle.ratio.avg'),
  text(2, 'a description, which is skipped'),
  message(5, message(1, double(0.5)), message(1, double(1.5), attribute(7, 'node_id', '3'))),
);
const sum = message(
  2,
  text(1, 'org.apache.kafka.consumer.connection.creation.total'),
  message(7, message(1, integer(-7)), temporality(1)),
);
const histogram = message(2, text(1, 'some.histogram'), message(9, message(1, double(1))));

function bytesOf(...parts: readonly Write[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const part of parts) part(writer);
  return writer.finish();
}

/** The resource comes behind its metrics, as protobuf allows. */
const push = bytesOf(message(1, message(2, gauge, sum, histogram), resource));

test('gauges and sums come with their resource’s attributes and their own', () => {
  const plain = decodeOtlpMetrics(push).map(({ points, ...metric }) => ({
    ...metric,
    points: points.map(({ attributes, value }) => [value, Object.fromEntries(attributes)]),
  }));
  assert.deepEqual(plain, [
    {
      name: 'org.apache.kafka.consumer.poll.idle.ratio.avg',
      kind: 'gauge',
      isDelta: false,
      points: [
        [0.5, { group_id: 'g1' }],
        [1.5, { group_id: 'g1', node_id: '3' }],
      ],
    },
    {
      name: 'org.apache.kafka.consumer.connection.creation.total',
      kind: 'sum',
      isDelta: true,
      points: [[-7, { group_id: 'g1' }]],
    },
  ]);
  assert.deepEqual(decodeOtlpMetrics(new Uint8Array()), []);
});

test('whatever the bytes are, nothing but OtlpError is thrown', () => {
  for (let length = 0; length < push.length; length++) {
    try {
      decodeOtlpMetrics(push.subarray(0, length));
    } catch (error) {
      assert.ok(error instanceof OtlpError, String(error));
    }
  }
  fc.assert(
    fc.property(fc.nat(push.length - 1), fc.nat(255), fc.uint8Array(), (at, byte, tail) => {
      const changed = Uint8Array.from([...push.subarray(0, at), byte, ...tail]);
      try {
        decodeOtlpMetrics(changed);
      } catch (error) {
        assert.ok(error instanceof OtlpError, String(error));
      }
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test('more data points than a client can have are refused', () => {
  const many = Array.from({ length: 10_001 }, () => message(1, double(1)));
  const metric = message(2, text(1, 'm'), message(5, ...many));
  const bytes = bytesOf(message(1, message(2, metric)));
  assert.throws(() => decodeOtlpMetrics(bytes), /more than 10000 data points/);
});
