// `/metrics` and `/health` after real traffic, read by Prometheus' own parser and linter (promtool's) and by prometheus_client.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { freePort } from './harness/free-port.ts';
import { runOk } from './harness/program.ts';
import { interopRoot, kcat, paths } from './harness/tools.ts';
import { createTopic } from './harness/wire.ts';

const options = { timeout: 60_000 };
const httpPort = await freePort();
const GROUP = 'quo"ted\\größe';

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly (readonly [string, Readonly<Record<string, string>>, number])[];
}

brokerSuite(
  'metrics',
  { needs: ['kcat', 'python', 'go'], ownBroker: true, flags: ['--http-port', String(httpPort)] },
  (broker) => {
    let text = '';
    before(async () => {
      const { bootstrap, port } = broker();
      await createTopic(port, 'orders', 3);
      const produce = ['-b', bootstrap, '-P', '-t', 'orders'];
      await kcat([...produce, '-p', '1'], { input: 'a\nb\nc\n' });
      await assert.rejects(kcat([...produce, '-p', '7'], { input: 'x\n' }));
      await kcat(['-b', bootstrap, '-q', '-o', 'beginning', '-e', '-G', GROUP, 'orders']);
      await kcat([...produce, '-p', '1'], { input: 'd\n' });
      const answer = await fetch(`http://127.0.0.1:${httpPort}/metrics`);
      assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
      text = await answer.text();
    });

    it('reads as promtool reads it, which only has to say what Kafka named', options, async () => {
      const { stdout } = await runOk(paths.goBinary, ['check-metrics'], { input: text });
      const { error, metrics, series, problems } = JSON.parse(stdout);
      assert.equal(error, undefined);
      assert.ok(metrics > 40 && series > metrics, stdout);
      const named = (problems as [string, string][]).map(([metric]) => metric);
      assert.deepEqual(named.toSorted(), [
        'kafka_consumergroup_current_offset_sum',
        'kafka_consumergroup_lag_sum',
        'kafka_log_logcleanermanager_uncleanable_partitions_count',
        'kafka_server_socket_server_metrics_connection_count',
      ]);
    });

    it(
      'reads as prometheus_client reads it, each series once, and says what happened',
      options,
      async () => {
        const script = join(interopRoot, 'python', 'prometheus_parser.py');
        const { stdout } = await runOk(paths.python, [script], { input: text });
        const families: readonly Family[] = JSON.parse(stdout);
        const values = new Map<string, number>();
        for (const [name, labels, value] of families.flatMap(({ samples }) => samples)) {
          const key = JSON.stringify([name, labels]);
          assert.ok(!values.has(key), `${key} comes twice`);
          values.set(key, value);
        }
        const value = (name: string, labels: Readonly<Record<string, string>> = {}) =>
          values.get(JSON.stringify([name, labels]));
        const traffic = 'kafka_server_brokertopicmetrics';
        assert.equal(value(`${traffic}_messagesin_total`, { topic: 'orders' }), 4);
        assert.equal(value(`${traffic}_messagesin_total`), 4);
        const partition = { topic: 'orders', partition: '1' };
        assert.equal(value('kafka_topic_partition_current_offset', partition), 4);
        const consumergroup = GROUP;
        assert.equal(value('kafka_consumergroup_lag', { consumergroup, ...partition }), 1);
        assert.equal(value('kafka_consumergroup_lag_sum', { consumergroup, topic: 'orders' }), 1);
        assert.equal(value('kafka_consumergroup_members', { consumergroup }), 0);
        const requests = 'kafka_network_requestmetrics';
        const noError = { request: 'Produce', error: 'NONE' };
        assert.ok(value(`${requests}_errors_total`, noError)! >= 2);
        const quantile = { request: 'Produce', quantile: '0.99' };
        assert.ok(value(`${requests}_totaltimems`, quantile)! > 0);
        const listener = 'PLAINTEXT';
        assert.ok(
          value('kafka_server_socket_server_metrics_connection_creation_total', { listener })! >= 4,
        );
      },
    );

    it('has what docs/metrics.md says, and nothing else', options, () => {
      const page = readFileSync(join(interopRoot, '..', 'docs', 'metrics.md'), 'utf8');
      const told = Array.from(page.matchAll(/^\| `(\w+)` \| (\w+) \|/gm), (row) => row.slice(1, 3));
      const served = Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), (row) => row.slice(1, 3));
      assert.deepEqual(served.toSorted(), told.toSorted());
    });

    it('is live and ready', options, async () => {
      for (const path of ['live', 'ready']) {
        assert.equal((await fetch(`http://127.0.0.1:${httpPort}/health/${path}`)).status, 200);
      }
    });
  },
);
