// Kafka Connect, distributed: its connectors, their tasks and their offsets live in three compacted topics. The worker is
// killed, and goes on from what the broker has kept.

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { freePort } from './harness/free-port.ts';
import { Program } from './harness/program.ts';
import { scratchDirectory, uniqueName } from './harness/scratch.ts';
import { javaArguments, kafkaTool } from './harness/tools.ts';
import { until } from './harness/until.ts';

const options = { timeout: 240_000 };

// Needs: java
brokerSuite('Kafka Connect (Java)', { needs: ['java'], timeoutMs: 180_000 }, (broker) => {
  const directory = scratchDirectory('connect');
  const [input, output] = [join(directory, 'input.txt'), join(directory, 'output.txt')];
  const cluster = uniqueName('connect');
  const topic = uniqueName('lines');
  let worker: Program | null = null;
  let url = '';

  after(() => worker?.stop(1000));

  const configOf = (port: number): string =>
    Object.entries({
      'bootstrap.servers': broker().bootstrap,
      'group.id': cluster,
      listeners: `http://127.0.0.1:${port}`,
      'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'config.storage.topic': `${cluster}-configs`,
      'offset.storage.topic': `${cluster}-offsets`,
      'status.storage.topic': `${cluster}-status`,
      'config.storage.replication.factor': '1',
      'offset.storage.replication.factor': '1',
      'status.storage.replication.factor': '1',
      'offset.flush.interval.ms': '200',
      // A worker that was killed must not hold up the next one for long.
      'session.timeout.ms': '6000',
      'heartbeat.interval.ms': '1000',
      'consumer.session.timeout.ms': '6000',
      'consumer.heartbeat.interval.ms': '1000',
      'scheduled.rebalance.max.delay.ms': '0',
    })
      .map(([name, value]) => `${name}=${value}`)
      .join('\n');

  async function start(): Promise<void> {
    const port = await freePort();
    url = `http://127.0.0.1:${port}/connectors`;
    const file = join(directory, `worker-${port}.properties`);
    writeFileSync(file, configOf(port));
    const command = javaArguments('org.apache.kafka.connect.cli.ConnectDistributed', [file]);
    const started = new Program('java', command, () => {});
    worker = started;
    await until(
      () => `Connect answers: ${started.describe()}`,
      async () => (await fetch(url).catch(() => null))?.ok === true,
    );
  }

  async function put(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    const request = {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 'tasks.max': '1', ...config }),
    };
    const response = await fetch(`${url}/${name}/config`, request);
    assert.equal(response.status, 201, await response.text());
  }

  const written = () => (existsSync(output) ? readFileSync(output, 'utf8') : '');
  const arrives = (text: string) =>
    until(
      () => `${JSON.stringify(text)} is written: ${JSON.stringify(written())}`,
      () => written() === text,
    );

  it('carries lines from a file through a topic to a file', options, async () => {
    writeFileSync(input, 'one\ntwo\n');
    await start();
    const connector = 'org.apache.kafka.connect.file.FileStream';
    await put('source', { 'connector.class': `${connector}SourceConnector`, file: input, topic });
    const sink = { 'connector.class': `${connector}SinkConnector`, file: output };
    await put('sink', { ...sink, topics: topic });
    await arrives('one\ntwo\n');
  });

  it('goes on where it was when it is killed and started again', options, async () => {
    // What the source has read must be kept before the kill, or it reads it again: Connect promises at least once.
    await until('the offsets are kept', async () => {
      const response = await fetch(`${url}/source/offsets`);
      const { offsets } = (await response.json()) as {
        offsets: { offset: { position: number } }[];
      };
      return offsets[0]?.offset.position === 8;
    });
    await until('the sink has committed', async () => {
      const response = await fetch(`${url}/sink/offsets`);
      const { offsets } = (await response.json()) as {
        offsets: { offset: { kafka_offset: number } }[];
      };
      return offsets[0]?.offset.kafka_offset === 2;
    });
    worker!.signal('SIGKILL');
    await worker!.exited;
    appendFileSync(input, 'three\n');
    await start();
    await arrives('one\ntwo\nthree\n');
  });

  it('keeps its own topics compacted', options, async () => {
    for (const what of ['configs', 'offsets', 'status']) {
      const args = ['--describe', '--topic', `${cluster}-${what}`];
      const { stdout } = await kafkaTool('TopicCommand', [
        ...['--bootstrap-server', broker().bootstrap],
        ...args,
      ]);
      assert.match(stdout, /cleanup\.policy=compact/, what);
    }
  });
});
