// The same requests to a real Apache Kafka and to the started program, their answers compared field by field.
// What is asked stands in differential/scenarios/, what may differ in differential/meant-differences.ts.

import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ApiKey, apiInfo, apis } from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions-request';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions-response';
import { api, apiOfKey, fieldsOf } from './differential/api.ts';
import { compareOn, type Difference, describeDifferences } from './differential/compare.ts';
import { Kafka } from './differential/kafka.ts';
import { matches, meantDifferences } from './differential/meant-differences.ts';
import { Peer } from './differential/peer.ts';
import { prepare } from './differential/prepare.ts';
import type { Scenario } from './differential/scenario.ts';
import { anyApiScenarios } from './differential/scenarios/any-api.ts';
import { allScenarios } from './differential/scenarios/index.ts';
import { brokerSuite } from './harness/broker-suite.ts';

interface VersionRange {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

const settings = ['group.initial.rebalance.delay.ms=0'];
const apiVersions = api(ApiVersionsRequest, ApiVersionsResponse);

// Needs: java
brokerSuite('differential', { needs: ['java'], ownBroker: true, settings }, (broker) => {
  let started: Kafka | null = null;
  let kafka: Peer;
  let ours: Peer;
  /** What we announce, by API key. */
  let served: ReadonlyMap<number, VersionRange>;
  const found = new Set<number>();

  before(async () => {
    started = await Kafka.start(settings);
    kafka = new Peer('Kafka', started.port);
    ours = new Peer('Millrace', broker().port);
    served = await announcedBy(ours);
    await Promise.all([prepare(kafka), prepare(ours)]);
  });
  after(() => started?.stop());

  /** Every scenario in every version of it that we serve; fails with all that differs and is not listed. */
  async function compareAll(scenarios: readonly Scenario[]): Promise<void> {
    const unexpected: Difference[] = [];
    for (const scenario of scenarios) {
      const range = served.get(scenario.apiKey);
      if (range === undefined) continue;
      const first = Math.max(range.minVersion, scenario.from);
      const last = Math.min(range.maxVersion, scenario.to);
      for (let version = first; version <= last; version++) {
        const differences = await compareOn(kafka, ours, scenario, version);
        unexpected.push(...differences.filter((difference) => !isKnown(difference)));
      }
    }
    assert.ok(unexpected.length === 0, `\n${describeDifferences(unexpected)}`);
  }

  function isKnown(difference: Difference): boolean {
    const index = meantDifferences.findIndex((meant) => matches(meant, difference));
    if (index >= 0) found.add(index);
    return index >= 0;
  }

  it('announces nothing that Kafka does not', async () => {
    const theirs = await announcedBy(kafka);
    for (const { apiKey, minVersion, maxVersion } of served.values()) {
      const range = theirs.get(apiKey);
      const { name } = apiOfKey(apiKey);
      assert.ok(range !== undefined, `Kafka does not serve ${name}`);
      const within = range.minVersion <= minVersion && maxVersion <= range.maxVersion;
      const versions = `${minVersion} to ${maxVersion}`;
      assert.ok(within, `${name} ${versions}; Kafka: ${range.minVersion} to ${range.maxVersion}`);
    }
  });

  it('is announced by Kafka in the versions that docs/compatibility.md says', async () => {
    const announced = [...(await announcedBy(kafka)).values()];
    const ranges = announced.map(({ apiKey, minVersion, maxVersion }) => {
      const known = apiInfo(apiKey);
      assert.ok(known !== undefined, `API ${apiKey} is not known`);
      // Produce is announced from 0 on and served from 3 on (KAFKA-18659).
      const min = apiKey === ApiKey.Produce ? known.minVersion : minVersion;
      return [known.name, min, maxVersion];
    });
    const expected = announced.map(({ apiKey }) => {
      const { name, minVersion, maxVersion, latestVersionUnstable } = apiInfo(apiKey)!;
      return [name, minVersion, latestVersionUnstable ? maxVersion - 1 : maxVersion];
    });
    assert.deepEqual(ranges, expected);
    // Kafka announces these only with a plug-in for them.
    const withPlugIn = [ApiKey.GetTelemetrySubscriptions, ApiKey.PushTelemetry];
    const all = apis().length - withPlugIn.length;
    assert.equal(announced.length, all);
  });

  it('any API: no fields set, cut off, with bytes left, and in versions that nobody has', async () => {
    await compareAll([...served.keys()].flatMap((apiKey) => anyApiScenarios(apiOfKey(apiKey))));
  });

  const byApi = Map.groupBy(allScenarios, (scenario) => scenario.api);
  for (const [name, scenarios] of byApi) it(name, () => compareAll(scenarios));

  it('every field of every request is given a value by a scenario', () => {
    const fields = [...served.values()].flatMap((range) => fieldsOf(apiOfKey(range.apiKey), range));
    const never = fields.filter((field) => !ours.fieldsGiven.has(field));
    assert.deepEqual(never, []);
  });

  it('every difference that is listed occurs', () => {
    const gone = meantDifferences.filter((_, index) => !found.has(index));
    assert.deepEqual(gone, []);
  });
});

async function announcedBy(peer: Peer): Promise<Map<number, VersionRange>> {
  const { apiKeys } = await peer.prepare(apiVersions, 3, {
    clientSoftwareName: 'differential',
    clientSoftwareVersion: '1',
  });
  return new Map(apiKeys.map((range) => [range.apiKey, range]));
}
