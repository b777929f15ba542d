import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../command-tree.ts';
import { complete, type LookUp } from './completion.ts';

const lookUp: LookUp = async (kind) =>
  kind === 'topic' ? ['orders', 'order-items', 'users'] : ['readers'];

async function texts(line: string): Promise<readonly string[] | string> {
  const offer = await complete(COMMANDS, line.split(' '), lookUp);
  return typeof offer === 'string' ? offer : offer.map(({ text }) => text);
}

test('commands, and nothing that is hidden', async () => {
  assert.deepEqual(await texts('to'), ['topic']);
  assert.deepEqual(await texts('topic d'), ['describe', 'delete']);
  assert.deepEqual(await texts('-b h:1 topic tr'), ['trim']);
  assert.deepEqual(await texts('comp'), ['completion']);
  assert.deepEqual(await texts('nothing x'), []);
  assert.deepEqual(await texts('--h'), ['--help']);
});

test('options, once each unless they can be repeated', async () => {
  assert.deepEqual(await texts('topic list --'), [
    '--internal',
    '--bootstrap',
    '--timeout',
    '--json',
    '--help',
  ]);
  assert.deepEqual(await texts('topic list --json -b h:1 --internal --'), ['--timeout', '--help']);
  assert.deepEqual(await texts('group list --state empty --st'), ['--state']);
  assert.deepEqual(await texts('topic list --bootstrap-server=h:1 --boot'), []);
});

test('values, after the option and inside it', async () => {
  assert.deepEqual(await texts('group list --state st'), ['stable']);
  assert.deepEqual(await texts('group list --state=em'), ['--state=empty']);
  assert.deepEqual(await texts('group seek readers --to e'), ['end']);
  assert.deepEqual(await texts('group seek g -t ord'), ['orders', 'order-items']);
  assert.equal(await texts('start --config '), 'files');
  assert.equal(await texts('start --data-dir /v'), 'directories');
  assert.deepEqual(await texts('start --port '), []);
  assert.deepEqual(await texts('completion z'), ['zsh']);
});

test('operands, as many as there can be', async () => {
  assert.deepEqual(await texts('topic describe '), ['orders', 'order-items', 'users']);
  assert.deepEqual(await texts('topic describe orders u'), ['users']);
  assert.deepEqual(await texts('topic describe --timeout 1s o'), ['orders', 'order-items']);
  assert.deepEqual(await texts('group seek r'), ['readers']);
  assert.deepEqual(await texts('group seek readers r'), []);
  assert.deepEqual(await texts('topic create o'), []);
});
