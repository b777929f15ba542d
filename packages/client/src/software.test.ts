import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { software } from './software.ts';

test('the version told to brokers is the one of the package', () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  assert.equal(software.version, (JSON.parse(manifest) as { version: string }).version);
});
