import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { HttpEndpoint } from './http-endpoint.ts';

async function serve(context: TestContext, text: () => AsyncGenerator<string | Buffer>) {
  const endpoint = new HttpEndpoint({
    host: '127.0.0.1',
    port: 0,
    metrics: { contentType: 'text/plain', text },
    unreadyReason: async () => null,
  });
  const url = `http://127.0.0.1:${await endpoint.bind()}/metrics`;
  context.after(() => endpoint.close());
  return url;
}

test('a few scrapes at a time are served, and one that is given up makes room', async (context) => {
  let begun = 0;
  let ended = 0;
  const allEnded = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const url = await serve(context, async function* () {
    begun++;
    try {
      yield 'a 1\n';
      await release.promise;
      yield Buffer.from('b 2\n');
    } finally {
      if (++ended === 4) allEnded.resolve();
    }
  });
  const leaving = new AbortController();
  const scrapes = [
    await fetch(url, { signal: leaving.signal }),
    await fetch(url),
    await fetch(url),
    await fetch(url),
  ];
  assert.equal(begun, 4);
  const refused = await fetch(url);
  assert.deepEqual(
    [refused.status, await refused.text()],
    [503, '{"error":"4 scrapes are under way"}\n'],
  );
  leaving.abort();
  release.resolve();
  for (const scrape of scrapes.slice(1)) assert.equal(await scrape.text(), 'a 1\nb 2\n');
  await allEnded.promise;
  assert.equal((await fetch(url)).status, 200);
});

test('a scrape that fails at once is answered with the reason, one that fails later breaks off', async (context) => {
  let parts = 0;
  const url = await serve(context, async function* () {
    for (let part = 0; part < parts; part++) yield 'a 1\n';
    throw new Error('no such thing');
  });
  const failed = await fetch(url);
  assert.deepEqual([failed.status, await failed.text()], [500, '{"error":"no such thing"}\n']);
  parts = 1;
  await assert.rejects(async () => (await fetch(url)).text());
});
