import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, parseBootstrap } from './address.ts';

test('addresses are read as Kafka writes them', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['127.0.0.1:9092', ['127.0.0.1:9092']],
    ['broker', ['broker:9092']],
    ['[::1]:9093', ['[::1]:9093']],
    ['[fe80::1%eth0]', ['[fe80::1%eth0]:9092']],
    [' a:1 , b:2,', ['a:1', 'b:2']],
    ['PLAINTEXT://broker:19092', ['broker:19092']],
  ];
  for (const [text, expected] of cases) {
    assert.deepEqual(parseBootstrap(text).map(formatAddress), expected, text);
  }
});

test('what is no address is refused with what was expected', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['', /expected host:port/],
    ['::1:9092', /in brackets/],
    ['broker:', /from 1 to 65535/],
    ['broker:0', /from 1 to 65535/],
    ['broker:65536', /from 1 to 65535/],
    ['broker:port', /expected host:port/],
    ['http://broker:9092', /does not speak HTTP/],
    ['SASL_SSL://broker:9092', /not supported yet/],
    ['bro ker:9092', /expected host:port/],
  ];
  for (const [text, expected] of cases) {
    assert.throws(
      () => parseBootstrap(text),
      { code: 'INVALID_BOOTSTRAP', message: expected },
      text,
    );
  }
});
