// Several listeners, by IPv4 and by IPv6, behind forwarders whose ports are the ones that clients are told.

import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Forwarder } from './harness/forwarder.ts';
import { freePort } from './harness/free-port.ts';
import { run, runOk } from './harness/program.ts';
import { uniqueName } from './harness/scratch.ts';
import { kafkaTool, kcat } from './harness/tools.ts';

const options = { timeout: 60_000 };

/** A way to the broker: what it binds, and what clients that come this way are told. */
interface Way {
  readonly host: string;
  readonly port: number;
  readonly toldPort: number;
}

async function wayBy(host: string): Promise<Way> {
  return { host, port: await freePort(host), toldPort: await freePort(host) };
}

/** As bootstrap addresses are written. */
function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const six = await wayBy('::1').catch(() => null);
if (six === null) it('serves several listeners', { skip: 'this machine has no ::1' });
else serve({ four: await wayBy('127.0.0.1'), six }, await freePort('::'), await freePort('::1'));

function serve(
  ways: Readonly<Record<'four' | 'six', Way>>,
  anyPort: number,
  httpPort: number,
): void {
  const { four, six } = ways;
  const settings = [
    `listeners=FOUR://${hostPort(four.host, four.port)},SIX://${hostPort(six.host, six.port)},ANY://:${anyPort}`,
    `advertised.listeners=FOUR://${hostPort(four.host, four.toldPort)},SIX://${hostPort(six.host, six.toldPort)}`,
    'listener.security.protocol.map=FOUR:PLAINTEXT,SIX:PLAINTEXT,ANY:PLAINTEXT',
    'group.initial.rebalance.delay.ms=0',
  ];
  const flags = ['--http-host', '::1', '--http-port', String(httpPort)];
  const suite = { needs: ['kcat', 'java'] as const, ownBroker: true, settings, flags };
  brokerSuite('several listeners', suite, (broker) => {
    const forwarders = new Map<Way, Forwarder>();
    const topic = uniqueName('listeners');
    const bootstrap = ({ host, port }: Way) => hostPort(host, port);

    before(async () => {
      for (const way of [four, six]) {
        forwarders.set(way, await Forwarder.start(way.host, way.toldPort, way.port));
      }
      const create = ['--create', '--topic', topic, '--partitions', '1'];
      await kafkaTool('TopicCommand', ['--bootstrap-server', bootstrap(four), ...create]);
    });
    after(async () => {
      for (const forwarder of forwarders.values()) await forwarder.close();
    });

    /** The work was done by the address that is told on its way, and by no other. */
    async function wentOnlyBy(way: Way, work: () => Promise<unknown>): Promise<void> {
      for (const forwarder of forwarders.values()) forwarder.takeForwarded();
      await work();
      for (const [each, forwarder] of forwarders) {
        const forwarded = forwarder.takeForwarded();
        assert.equal(forwarded > 0, each === way, `${forwarded} by ${bootstrap(each)}`);
      }
    }

    const consume = ['-C', '-t', topic, '-o', 'beginning', '-e', '-q'];
    /** Records in the topic, to which each test of a tool adds. */
    let written = 0;

    for (const [name, way] of Object.entries(ways)) {
      it(`kcat is told the address of its listener (${name})`, options, async () => {
        const listed = JSON.parse((await kcat(['-b', bootstrap(way), '-L', '-J'])).stdout);
        // librdkafka writes no brackets.
        assert.equal(listed.brokers[0].name, `${way.host}:${way.toldPort}`);
      });

      it(`kcat produces and consumes by it (${name})`, options, async () => {
        await wentOnlyBy(way, async () => {
          await kcat(['-b', bootstrap(way), '-P', '-t', topic], { input: 'one\ntwo\n' });
          written += 2;
          const { stdout } = await kcat(['-b', bootstrap(way), ...consume]);
          assert.equal(stdout.trim().split('\n').length, written);
        });
      });

      it(`kcat reads as a member of a group by it (${name})`, options, async () => {
        await wentOnlyBy(way, async () => {
          const group = ['-G', uniqueName('kcat'), '-X', 'auto.offset.reset=earliest'];
          const { stdout } = await kcat(['-b', bootstrap(way), ...group, '-e', '-q', topic]);
          assert.equal(stdout.trim().split('\n').length, written);
        });
      });

      it(`Kafka’s tools find it, produce and consume by it (${name})`, options, async () => {
        const server = ['--bootstrap-server', bootstrap(way)];
        await wentOnlyBy(way, async () => {
          const { stdout } = await kafkaTool('BrokerApiVersionsCommand', server);
          assert.ok(stdout.startsWith(`${way.host}:${way.toldPort} (id: 1 `), stdout.slice(0, 200));
        });
        await wentOnlyBy(way, () =>
          kafkaTool('ConsoleProducer', [...server, '--topic', topic], { input: 'three\n' }),
        );
        written += 1;
        await wentOnlyBy(way, async () => {
          const limit = ['--max-messages', String(written), '--group', uniqueName('console')];
          const args = [...server, '--topic', topic, '--from-beginning', ...limit];
          const { stdout } = await kafkaTool('consumer.ConsoleConsumer', args);
          assert.equal(stdout.trim().split('\n').length, written);
        });
      });
    }

    it('where all addresses are bound, kcat is told the one that it reached', options, async () => {
      for (const host of ['127.0.0.1', '::1']) {
        const reached = hostPort(host, anyPort);
        const listed = JSON.parse((await kcat(['-b', reached, '-L', '-J'])).stdout);
        assert.equal(listed.brokers[0].name, `${host}:${anyPort}`);
        const { stdout } = await kcat(['-b', reached, ...consume]);
        assert.equal(stdout.trim().split('\n').length, written);
      }
    });

    it('metrics and health are served by IPv6 alone', options, async () => {
      const origin = `http://[::1]:${httpPort}`;
      assert.ok(broker().logTail().includes(`metrics   ${origin}/metrics`));
      assert.equal((await fetch(`${origin}/health/ready`)).status, 200);
      const flags = ['--silent', '--show-error', '--fail', '--globoff'];
      const { stdout } = await runOk('curl', [...flags, `${origin}/metrics`]);
      assert.match(stdout, /^kafka_\w+/m);
      const elsewhere = await run('curl', [...flags, `http://127.0.0.1:${httpPort}/metrics`]);
      assert.equal(elsewhere.code, 7, 'curl cannot connect');
    });
  });
}
