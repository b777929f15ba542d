// Writes packages/protocol/test/golden-messages.txt: what Kafka's own classes make of seeded values, for the first and
// the last version of every message. Run it with `node tools/with-project-node.mjs interop/java-codec/write-golden.ts`
// after a message was added.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMessages } from '../../packages/protocol/test/all-messages.ts';
import { askJava, buildJava } from './java-codec.ts';

const golden = join(
  import.meta.dirname,
  ...['..', '..', 'packages', 'protocol', 'test', 'golden-messages.txt'],
);
const pairs = allMessages.flatMap(({ schema }) =>
  [...new Set([schema.versions.min, schema.versions.max])].map((version) => ({
    name: schema.name,
    version,
  })),
);

buildJava();
const answers = await askJava(
  pairs.map(({ name, version }, index) => `fill ${name} ${version} ${(index + 1) * 7_919_000_003}`),
);
const lines = pairs.map(({ name, version }, index) => `${name} ${version} ${answers[index]}`);
writeFileSync(golden, `${lines.join('\n')}\n`);
console.log(`${lines.length} messages written to ${golden}`);
