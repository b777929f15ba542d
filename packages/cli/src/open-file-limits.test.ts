import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFileLimits, parseOpenFileLimit, shareOpenFiles } from './open-file-limits.ts';

test('the limit is read as Linux tells it', () => {
  const line = 'Max open files            20000                524288               files     \n';
  assert.equal(
    parseOpenFileLimit(`Limit  Soft  Hard  Units\n${line}Max locked memory 1 2\n`),
    20_000,
  );
  assert.equal(parseOpenFileLimit('Max open files   unlimited   unlimited   files\n'), 2 ** 53 - 1);
  assert.equal(parseOpenFileLimit(''), null);
});

test('logs and connections together stay below the limit', () => {
  for (const limit of [1024, 4096, 20_000, 1_048_576]) {
    const { activeFiles, connections } = shareOpenFiles(limit);
    assert.ok(activeFiles + connections < limit, `${limit}`);
    assert.ok(activeFiles >= 64 && connections >= 200, `${limit}`);
  }
  assert.equal(shareOpenFiles(1_048_576).activeFiles, 10_000);
  assert.ok(shareOpenFiles(100).connections >= 1, 'a broker that serves one is better than none');
});

test('this machine has a limit', async () => {
  assert.ok((await openFileLimits()).connections > 0);
});
