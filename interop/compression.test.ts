// compression.type: what a foreign producer sends in one codec is stored in that of the topic, and every reader agrees.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { uniqueName } from './harness/scratch.ts';
import { kafkaTool, kcat } from './harness/tools.ts';
import { createTopic } from './harness/wire.ts';

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
/** The topic's config, and the name that Kafka's dump has for it. */
const types: readonly (readonly [config: string, stored: string])[] = [
  ['uncompressed', 'none'],
  ['gzip', 'gzip'],
  ['snappy', 'snappy'],
  ['lz4', 'lz4'],
  ['zstd', 'zstd'],
];

function linesFrom(codec: string): string[] {
  return Array.from(
    { length: 60 },
    (_, index) => `${codec} ${index} ${'record '.repeat(index * 20)}`,
  );
}

brokerSuite(
  'compression.type',
  { needs: ['kcat', 'java'], ownBroker: true, timeoutMs: 120_000 },
  (broker) => {
    it('every codec in, the topic’s codec on disk, the same records out', async () => {
      const topics = new Map(types.map(([config]) => [config, uniqueName(`stored-${config}`)]));
      for (const [config, topic] of topics) {
        await createTopic(broker().port, topic, 1, { 'compression.type': config });
        for (const codec of codecs) {
          const input = `${linesFrom(codec).join('\n')}\n`;
          const flags = ['-z', codec, '-X', 'enable.idempotence=true', '-X', 'linger.ms=100'];
          await kcat(['-b', broker().bootstrap, '-P', '-t', topic, ...flags], { input });
        }
        const { stdout } = await kcat(['-b', broker().bootstrap, '-C', '-t', topic, '-e', '-q']);
        assert.deepEqual(stdout.split('\n').slice(0, -1), codecs.flatMap(linesFrom));
      }
      const files = Array.from(topics.values(), (topic) =>
        join(broker().dataDirectory, `${topic}-0`, '00000000000000000000.log'),
      );
      const dump = await kafkaTool('DumpLogSegments', [
        '--deep-iteration',
        '--files',
        files.join(','),
      ]);
      const perFile = dump.stdout.split(/^Dumping /m).slice(1);
      assert.equal(perFile.length, types.length);
      for (const [index, [config, stored]] of types.entries()) {
        const text = perFile[index]!;
        const found = [...text.matchAll(/compresscodec: (\w+) .*isvalid: (\w+)/g)];
        assert.ok(found.length >= codecs.length, `${config}: ${found.length} batches`);
        for (const [, codec, isValid] of found)
          assert.deepEqual([codec, isValid], [stored, 'true']);
        assert.equal([...text.matchAll(/^\| offset: /gm)].length, codecs.length * 60);
      }
    });
  },
);
