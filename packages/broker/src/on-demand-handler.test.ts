import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeAclsHandler } from './handlers/29-describe-acls.ts';
import { ON_DEMAND_FILES, onDemand } from './on-demand-handler.ts';

const DIRECTORY = join(import.meta.dirname, 'handlers');

test('what is announced of a handler before it is loaded is what it serves', async () => {
  for (const name of ON_DEMAND_FILES) {
    const [key, first, last] = await served(name);
    const handler = onDemand(name, () => describeAclsHandler());
    assert.deepEqual([handler.minVersion, handler.maxVersion], [first, last], name);
    assert.equal(handler.apiKey, key, name);
  }
});

/** What the file says of itself: most handlers cannot be made without all that they depend on. */
async function served(name: string): Promise<readonly [key: number, first: number, last: number]> {
  const text = readFileSync(join(DIRECTORY, `${name}.ts`), 'utf8');
  const [, first, last] = /minVersion: (\d+),\s+maxVersion: (\d+),/.exec(text)!;
  const message = /from '(@millrace\/protocol\/messages\/[\w-]+-request)'/.exec(text)![1]!;
  const codecs = Object.values(await import(message));
  const { apiKey } = codecs.find((value) => typeof value === 'object') as { apiKey: number };
  return [apiKey, Number(first), Number(last)];
}

test('the broker loads itself what is not loaded on demand', () => {
  const files = readdirSync(DIRECTORY).filter((file) => /^\d\d-.*(?<!\.test)\.ts$/.test(file));
  const rest = files.filter((file) => !ON_DEMAND_FILES.some((name) => file === `${name}.ts`));
  assert.deepEqual(rest, ['00-produce.ts', '01-fetch.ts', '03-metadata.ts', '18-api-versions.ts']);
  const broker = readFileSync(join(import.meta.dirname, 'broker.ts'), 'utf8');
  const imported = [...broker.matchAll(/from '\.\/handlers\/(.*)'/g)].map(([, file]) => file);
  assert.deepEqual(imported, rest);
});

test('a handler is made when it is asked first, and once', () => {
  let made = 0;
  const handler = onDemand('29-describe-acls', (file) => {
    made++;
    return file.describeAclsHandler();
  });
  assert.equal(handler.apiKey, 29);
  assert.equal(made, 0);
  assert.equal(handler.request.name, 'DescribeAclsRequest');
  assert.equal(handler.response.name, 'DescribeAclsResponse');
  assert.equal(made, 1);
});
