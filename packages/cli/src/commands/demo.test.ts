import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';

interface Status {
  readonly orders: number;
  readonly payments: number;
  readonly read: number;
  readonly lag: number;
  readonly ended: boolean;
}

async function start(context: TestContext) {
  return ProgramWithBroker.start(context, { config: { 'group.initial.rebalance.delay.ms': '0' } });
}

test('traffic until a signal, a group that read some of it, and nothing left after --clean', async (context) => {
  const millrace = await start(context);
  const onSignal = (signal: string, listener: () => void) => {
    if (signal === 'SIGINT') signals.push(listener);
  };
  const signals: (() => void)[] = [];
  const running = millrace.run('demo --rate 2000 --json', { onSignal });
  while ((await written(millrace)) < 100) await new Promise((resolve) => setImmediate(resolve));
  for (const listener of signals) listener();
  const { code, stdout, stderr } = await running;
  assert.equal(code, 0, stderr);
  const last = JSON.parse(stdout.trim().split('\n').at(-1)!) as Status;
  assert.equal(last.ended, true);
  // A marker in each of the six partitions.
  assert.equal(last.orders + 6, await written(millrace));
  assert.ok(last.payments > 0);
  const again = await millrace.run('demo --duration 1ms');
  assert.equal(again.code, 0, again.stderr);
  const cleaned = await millrace.run('demo --clean');
  assert.match(cleaned.stdout, /demo-orders is deleted\n.*demo-payments.*\n.*demo-shipments/);
  const topics = await millrace.json<{ topics: unknown[] }>('topic list');
  assert.deepEqual(topics.topics, []);
  assert.match((await millrace.run('demo --clean')).stdout, /nothing of the demo/);
});

test('a topic of the name that somebody else made is left alone', async (context) => {
  const millrace = await start(context);
  const foreign = async (state: string) => {
    const { code, stderr } = await millrace.run('demo --duration 1ms');
    assert.equal(code, 1, state);
    assert.match(stderr, /demo-payments that this command did not make/, state);
    await millrace.run('demo --clean');
    const { stdout } = await millrace.run('topic list');
    assert.match(stdout, /demo-payments/, state);
    assert.doesNotMatch(stdout, /demo-orders/, state);
  };
  await millrace.json('topic create demo-payments');
  await foreign('empty');
  await millrace.run('produce demo-payments', { stdin: 'mine' });
  await foreign('with a record');
  await millrace.run('topic delete demo-payments --yes');
  await millrace.run('demo --duration 1ms');
  await millrace.run('produce demo-payments', { stdin: 'mine among theirs' });
  await foreign('shared');
});

/** Records in the topic of orders; 0 while it is not there. */
async function written(millrace: ProgramWithBroker): Promise<number> {
  const { code, stdout } = await millrace.run('consume demo-orders --meta-only');
  return code === 0 ? stdout.split('\n').length - 1 : 0;
}
