// Kafka's command-line tools, run on a real Kafka and on the started program: what they print must be the same. The
// scripts stand in java-tools/scripts/; a step that is meant to differ says there what each broker answers, and why.

import { after, before, it } from 'node:test';
import { Kafka } from './differential/kafka.ts';
import { prepare } from './differential/prepare.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { allScripts } from './java-tools/scripts/index.ts';
import { compareOn, ToolPeer } from './java-tools/tool-peer.ts';

const settings = ['group.initial.rebalance.delay.ms=0', 'auto.create.topics.enable=false'];
const options = { needs: ['java'] as const, ownBroker: true, settings };

// Needs: java
brokerSuite('Kafka’s command-line tools beside a real Kafka', options, (broker) => {
  let started: Kafka | null = null;
  let kafka: ToolPeer;
  let ours: ToolPeer;

  before(async () => {
    // With eligible leader replicas every topic of Kafka's shows a min.insync.replicas that nobody set.
    started = await Kafka.start(settings, ['eligible.leader.replicas.version=0']);
    kafka = new ToolPeer('Kafka', started.port);
    ours = new ToolPeer('Millrace', broker().port);
    await Promise.all([prepare(kafka.wire), prepare(ours.wire)]);
  });
  after(async () => {
    await Promise.all([kafka?.close(), ours?.close()]);
    await started?.stop();
  });

  for (const [name, script] of Object.entries(allScripts)) {
    it(name, { timeout: 120_000 }, () => compareOn(kafka, ours, script));
  }
});
