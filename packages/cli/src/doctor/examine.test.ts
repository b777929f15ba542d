import assert from 'node:assert/strict';
import type { AddressInfo, Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connectionOptions, formatAddress, openTcp, parseBootstrap } from '@millrace/client';
import { type FakeKafkaScript, fakeKafka } from '../../test/fake-kafka.ts';
import { examine } from './examine.ts';
import { type Finding, Findings } from './findings.ts';

/** A network of its own: who listens at which address, and what names stand for. */
interface Network {
  readonly brokers: Readonly<Record<string, FakeKafkaScript>>;
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

/** Examines from inside of that network; gives what is not well. */
async function findingsOf(
  context: TestContext,
  bootstrap: string,
  { brokers, names = {} }: Network,
): Promise<Finding[]> {
  const servers = new Map<string, Server>();
  for (const [where, script] of Object.entries(brokers)) {
    servers.set(where, await fakeKafka(script));
  }
  context.after(() => {
    for (const server of servers.values()) server.close();
  });
  const connections = connectionOptions({
    bootstrap,
    openSocket: async (address, signal) => {
      const server = servers.get(formatAddress(address));
      if (server === undefined) {
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      }
      const { port } = server.address() as AddressInfo;
      return openTcp({ host: '127.0.0.1', port }, signal);
    },
  });
  const lookup = async (host: string) => {
    if (/^[\d.]+$|:/.test(host)) return [host];
    const ips = names[host];
    if (ips === undefined) throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
    return ips;
  };
  const findings = new Findings(() => undefined);
  const world = { lookup, connections, elapsedMs: () => 0, nowMs: () => 0 };
  await examine(parseBootstrap(bootstrap), world, findings);
  return findings.all.filter(({ status }) => status !== 'ok');
}

const CLUSTER = { nodeId: 1, clusterId: 'one' };

/** One finding of this check, which says this and advises that. */
function assertOnly(
  findings: readonly Finding[],
  check: string,
  seen: RegExp,
  change: RegExp,
): void {
  assert.deepEqual(
    findings.map((finding) => [finding.check, finding.status]),
    [[check, 'problem']],
    JSON.stringify(findings),
  );
  assert.match(findings[0]!.seen, seen);
  assert.match(findings[0]!.change ?? '', change);
}

test('a cluster that is well', async (context) => {
  const nodes = { 1: 'a.example:9092', 2: '[2001:db8::2]:9092' };
  const partitions = [{ leader: 1, inSync: [1, 2] }];
  const findings = await findingsOf(context, 'a.example:9092', {
    names: { 'a.example': ['203.0.113.1'] },
    brokers: {
      '203.0.113.1:9092': { ...CLUSTER, nodes, partitions },
      '[2001:db8::2]:9092': { ...CLUSTER, nodeId: 2, nodes },
    },
  });
  assert.deepEqual(findings, []);
});

test('a container name that is told to clients outside', async (context) => {
  const findings = await findingsOf(context, '203.0.113.1:9092', {
    brokers: { '203.0.113.1:9092': { ...CLUSTER, nodes: { 1: 'kafka:9092' } } },
  });
  assertOnly(
    findings,
    'advertised',
    /Broker 1 .* kafka:9092\. The host kafka is not known here \(ENOTFOUND\)\..* container/,
    /advertised\.listeners=PLAINTEXT:\/\/203\.0\.113\.1:9092/,
  );
});

test('loopback that is told to clients on other machines', async (context) => {
  for (const host of ['localhost', '127.0.0.1', '[::1]', 'me.example']) {
    const nodes = { 1: `${host}:9092` };
    const findings = await findingsOf(context, '192.168.1.5:9092', {
      names: { localhost: ['127.0.0.1', '::1'], 'me.example': ['127.0.1.1'] },
      // Even where a broker answers on the machine of the one who asks.
      brokers: {
        '192.168.1.5:9092': { ...CLUSTER, nodes },
        '127.0.0.1:9092': { ...CLUSTER, nodes },
      },
    });
    assertOnly(
      findings,
      'advertised',
      /each client's own machine, but it was asked at 192\.168\.1\.5:9092/,
      /PLAINTEXT:\/\/192\.168\.1\.5:9092/,
    );
  }
});

test('loopback is fine for who asks there', async (context) => {
  const nodes = { 1: 'localhost:9092' };
  const findings = await findingsOf(context, 'localhost:9092', {
    names: { localhost: ['127.0.0.1', '::1'] },
    brokers: { '127.0.0.1:9092': { ...CLUSTER, nodes } },
  });
  assert.deepEqual(findings, []);
});

test('0.0.0.0 is no address to connect to, even where that works', async (context) => {
  const nodes = { 1: '0.0.0.0:9092' };
  const script = { ...CLUSTER, nodes };
  const findings = await findingsOf(context, '127.0.0.1:9092', {
    brokers: { '127.0.0.1:9092': script, '0.0.0.0:9092': script },
  });
  assertOnly(
    findings,
    'advertised',
    /no address of any machine/,
    /PLAINTEXT:\/\/127\.0\.0\.1:9092/,
  );
});

test('a port that is mapped to another', async (context) => {
  const findings = await findingsOf(context, '203.0.113.1:19092', {
    brokers: { '203.0.113.1:19092': { ...CLUSTER, nodes: { 1: '203.0.113.1:9092' } } },
  });
  assertOnly(
    findings,
    'advertised',
    /203\.0\.113\.1:9092\. 203\.0\.113\.1:9092 refuses.* port 19092: is that port mapped/,
    /PLAINTEXT:\/\/203\.0\.113\.1:19092/,
  );
});

test('an address of another network', async (context) => {
  const findings = await findingsOf(context, '203.0.113.1:9092', {
    brokers: { '203.0.113.1:9092': { ...CLUSTER, nodes: { 1: '172.17.0.2:9092' } } },
  });
  assertOnly(findings, 'advertised', /private network/, /advertised\.listeners/);
});

test('somebody else at the advertised address', async (context) => {
  const nodes = { 1: '203.0.113.2:9092' };
  const other = await findingsOf(context, '203.0.113.1:9092', {
    brokers: {
      '203.0.113.1:9092': { ...CLUSTER, nodes },
      '203.0.113.2:9092': { ...CLUSTER, clusterId: 'two', nodes },
    },
  });
  assertOnly(other, 'advertised', /203\.0\.113\.2:9092, where cluster two answers/, /advertised/);
  const swapped = { 1: '203.0.113.1:9092', 2: '203.0.113.2:9092' };
  const wrongNode = await findingsOf(context, '203.0.113.1:9092', {
    brokers: {
      '203.0.113.1:9092': { ...CLUSTER, nodes: swapped },
      '203.0.113.2:9092': { ...CLUSTER, nodeId: 3, nodes: swapped },
    },
  });
  assertOnly(wrongNode, 'advertised', /Broker 2 .* where another broker/, /listeners of broker 2/);
});

test('two brokers that share an address', async (context) => {
  const nodes = { 1: '203.0.113.1:9092', 2: '203.0.113.1:9092' };
  const findings = await findingsOf(context, '203.0.113.1:9092', {
    brokers: { '203.0.113.1:9092': { ...CLUSTER, nodes } },
  });
  assert.match(findings[0]!.seen, /Brokers 1 and 2 both tell/);
  assert.match(findings[1]!.seen, /Broker 2 .* where another broker/);
});

test('bootstrap addresses of two clusters', async (context) => {
  const one = { ...CLUSTER, nodes: { 1: '203.0.113.1:9092' } };
  const two = { nodeId: 1, clusterId: 'two', nodes: { 1: '203.0.113.2:9092' } };
  const findings = await findingsOf(context, '203.0.113.1:9092,203.0.113.2:9092', {
    brokers: { '203.0.113.1:9092': one, '203.0.113.2:9092': two },
  });
  assertOnly(findings, 'metadata', /203\.0\.113\.2:9092 belongs to cluster two/, /--bootstrap/);
});

test('a host with an address that nobody listens on', async (context) => {
  const nodes = { 1: 'a.example:9092' };
  const findings = await findingsOf(context, 'a.example:9092', {
    names: { 'a.example': ['2001:db8::1', '203.0.113.1'] },
    brokers: { '203.0.113.1:9092': { ...CLUSTER, nodes } },
  });
  assert.deepEqual(
    findings.map(({ check, status }) => [check, status]),
    [['connect', 'warning']],
  );
  assert.match(findings[0]!.seen, /\[2001:db8::1\]:9092 refuses/);
});

test('no controller, partitions without a leader, replicas out of sync', async (context) => {
  const findings = await findingsOf(context, '203.0.113.1:9092', {
    brokers: {
      '203.0.113.1:9092': {
        ...CLUSTER,
        controllerId: -1,
        nodes: { 1: '203.0.113.1:9092' },
        partitions: [
          { leader: -1, inSync: [] },
          { leader: 1, inSync: [1] },
          { leader: 1, inSync: [1, 2] },
        ],
      },
    },
  });
  assert.deepEqual(
    findings.map(({ check, status, seen }) => [check, status, seen]),
    [
      ['controller', 'problem', 'There is no controller.'],
      ['partitions', 'problem', '1 partition without a leader: t-0.'],
      ['partitions', 'warning', '1 partition with replicas that are not in sync: t-1.'],
    ],
  );
  assert.match(findings[2]!.change ?? '', /down: 2\.$/);
});
