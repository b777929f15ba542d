import { formatAddress } from '@millrace/client';
import type { Findings } from './findings.ts';
import { hostKind } from './host-kind.ts';
import { isOpen, type Probe, probeName } from './probe.ts';

/** Tells what came of the addresses that were given. One that does not answer is no disaster while another does. */
export function checkBootstrap(probes: readonly Probe[], findings: Findings): void {
  const isReached = probes.some(({ connection }) => connection !== null);
  for (const probe of probes) {
    checkResolution(probe, isReached, findings);
    if (probe.endpoints.length > 0) checkAnswer(probe, isReached, findings);
  }
}

function checkResolution(probe: Probe, isReached: boolean, findings: Findings): void {
  const { address, endpoints, error } = probe;
  if (hostKind(address.host) !== 'name' && endpoints.length === 1) return;
  if (endpoints.length > 0) {
    findings.ok('resolve', `${address.host} is ${endpoints.map(({ ip }) => ip).join(', ')}.`);
    return;
  }
  findings.add({
    check: 'resolve',
    status: isReached ? 'warning' : 'problem',
    seen: error?.summary ?? `The host ${address.host} has no address.`,
    expected: 'a host that this machine can resolve',
    change: 'Check the spelling of --bootstrap, and the DNS or /etc/hosts of this machine.',
  });
}

function checkAnswer(probe: Probe, isReached: boolean, findings: Findings): void {
  const { endpoints, connection, error } = probe;
  if (connection === null) {
    findings.add({
      check: endpoints.some(isOpen) ? 'protocol' : 'connect',
      status: isReached ? 'warning' : 'problem',
      seen: error?.summary ?? `${formatAddress(probe.address)} does not answer.`,
      expected: 'a Kafka broker that answers ApiVersions on a plaintext listener',
      change: error?.hint ?? null,
    });
    return;
  }
  const count = connection.versions.ranges.size;
  findings.ok('connect', `${probeName(probe)} answers as a Kafka broker with ${count} APIs.`);
  const silent = endpoints.filter((endpoint) => endpoint.error !== null);
  // A listener on one loopback address alone is usual, and costs nobody any time.
  if (silent.length === 0 || silent.every(({ ip }) => hostKind(ip) === 'loopback')) return;
  findings.warning(
    'connect',
    silent.map(({ error: why }) => why?.summary).join(' '),
    `a broker on every address of ${probe.address.host}: clients may try this one first`,
    `Listen on all of them (listeners=PLAINTEXT://:${probe.address.port}), or take the address out of the DNS.`,
  );
}
