import assert from 'node:assert/strict';
import type { AddressInfo, Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { listen } from '../../test/fake-kafka.ts';
import { ProgramWithBroker } from '../../test/program-with-broker.ts';
import { runProgram } from '../../test/run-program.ts';
import type { Finding } from '../doctor/findings.ts';
import { startBroker } from '../start-broker.ts';

interface Report {
  readonly healthy: boolean;
  readonly problems: number;
  readonly cluster: { readonly brokers: readonly { readonly reachable: boolean }[] } | null;
  readonly findings: readonly Finding[];
}

/** What the doctor says of a port where somebody else listens. */
async function diagnosis(
  context: TestContext,
  onConnection: (socket: Socket) => void,
  timeout = '30s',
): Promise<Finding> {
  const sockets = new Set<Socket>();
  const server = await listen((socket) => {
    sockets.add(socket);
    onConnection(socket);
  });
  context.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  const args = ['doctor', '-b', `127.0.0.1:${port}`, '--timeout', timeout, '--json'];
  const { code, stdout } = await runProgram(args);
  assert.equal(code, 1);
  const report = JSON.parse(stdout) as Report;
  assert.deepEqual([report.healthy, report.problems, report.cluster], [false, 1, null]);
  assert.equal(report.findings.length, 1);
  return report.findings[0]!;
}

test('a healthy broker, and that nothing is left of what was written', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  const { code, stdout } = await millrace.run('doctor --write');
  assert.equal(code, 0, stdout);
  for (const check of [
    'connect',
    'metadata',
    'advertised',
    'partitions',
    'produce',
    'clock',
    'consume',
  ]) {
    assert.match(stdout, new RegExp(`^ok {7}${check}: `, 'm'));
  }
  assert.match(stdout, /\nAll is well\.\n$/);
  const { topics } = await millrace.json<{ topics: unknown[] }>('topic list');
  assert.deepEqual(topics, []);
});

test('a clock that is off', async (context) => {
  const millrace = await ProgramWithBroker.start(context);
  for (const [aheadMs, said] of [
    [3_600_000, /(3599|3600)\.\d s behind/],
    [-3_600_000, /\d+\.\d s ahead of/],
  ] as const) {
    const { code, stdout } = await millrace.run('doctor --write', {
      now: () => Date.now() + aheadMs,
    });
    assert.equal(code, 0);
    assert.match(stdout, said);
    assert.match(stdout, /No problem, 1 warning\.\n$/);
  }
});

test('a broker that tells clients an address that there is not', async (context) => {
  const broker = await startBroker({ advertisedHost: 'kafka.invalid' });
  context.after(() => broker.close());
  const bootstrap = `127.0.0.1:${broker.port}`;
  const { code, stdout } = await runProgram(['doctor', '-b', bootstrap, '--json']);
  assert.equal(code, 1);
  const { findings } = JSON.parse(stdout) as Report;
  const [finding, ...others] = findings.filter(({ status }) => status !== 'ok');
  assert.deepEqual(others, []);
  assert.match(
    finding?.seen ?? '',
    /kafka\.invalid:\d+\. The host kafka\.invalid is not known here/,
  );
  assert.match(
    finding?.change ?? '',
    new RegExp(`advertised\\.listeners=PLAINTEXT://${bootstrap} `),
  );
});

test('nobody listens', async () => {
  const { code, stdout } = await runProgram(['doctor', '-b', '127.0.0.1:1']);
  assert.equal(code, 1);
  assert.match(stdout, /^problem {2}connect: 127\.0\.0\.1:1 refuses the connection\.\n/);
  assert.match(stdout, /\n {9}expected: a Kafka broker/);
  assert.match(stdout, /\n1 problem, 0 warnings\.\n$/);
});

test('a host that there is not', async () => {
  const { code, stdout } = await runProgram(['doctor', '-b', 'nowhere.invalid:9092', '--json']);
  assert.equal(code, 1);
  const [finding] = (JSON.parse(stdout) as Report).findings;
  assert.equal(finding?.check, 'resolve');
  assert.match(finding?.seen ?? '', /nowhere\.invalid is not known here/);
});

test('a web server', async (context) => {
  const finding = await diagnosis(context, (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
  });
  assert.equal(finding.check, 'protocol');
  assert.match(finding.seen, /answers with HTTP/);
});

test('a listener that expects TLS', async (context) => {
  const alert = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]);
  const finding = await diagnosis(context, (socket) => {
    socket.once('data', () => socket.end(alert));
  });
  assert.equal(finding.check, 'protocol');
  assert.match(finding.seen, /answers with TLS/);
});

test('somebody who says nothing', async (context) => {
  const finding = await diagnosis(context, (socket) => socket.resume(), '50ms');
  assert.equal(finding.check, 'protocol');
  assert.match(finding.seen, /did not answer ApiVersions within 50 ms/);
  assert.match(finding.change ?? '', /may not be a Kafka broker/);
});

test('somebody who hangs up', async (context) => {
  const finding = await diagnosis(context, (socket) => {
    socket.once('data', () => socket.destroy());
  });
  assert.equal(finding.check, 'protocol');
  assert.match(finding.seen, /127\.0\.0\.1:\d+/);
  assert.match(finding.change ?? '', /TLS/);
});

test('half an answer, and then nothing', async (context) => {
  const half = Buffer.from([0x00, 0x00, 0x01, 0x00, 0x00]);
  const finding = await diagnosis(
    context,
    (socket) => socket.once('data', () => socket.write(half)),
    '50ms',
  );
  assert.match(finding.seen, /did not answer ApiVersions/);
});
