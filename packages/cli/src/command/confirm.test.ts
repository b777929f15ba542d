import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { confirm } from './confirm.ts';
import { CommandError, UsageError } from './errors.ts';

async function asked(answer: string, isTTY: boolean, isAgreed = false): Promise<string> {
  let question = '';
  const stream = { isTTY, write: (chunk: string | Uint8Array) => (question += String(chunk)) };
  await confirm(isAgreed, 'Delete it?', {
    stdin: Object.assign(Readable.from([answer]), { isTTY }),
    stdout: stream,
    stderr: stream,
    environment: {},
    now: () => 0,
    onSignal: () => undefined,
  });
  return question;
}

test('a person at a terminal is asked, and only "yes" is a yes', async () => {
  assert.match(await asked('yes\n', true), /^Delete it\? .*"yes"/);
  for (const answer of ['y\n', 'no\n', '\n', '']) {
    await assert.rejects(asked(answer, true), CommandError, JSON.stringify(answer));
  }
});

test('without a terminal it takes --yes, and "yes" from a pipe is none', async () => {
  await assert.rejects(asked('yes\n', false), UsageError);
  assert.equal(await asked('', false, true), '');
});
