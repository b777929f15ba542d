// What the page says against what a running broker serves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSurface } from '@millrace/broker';
import { ApiKey } from '@millrace/protocol';
import { startBroker } from '../start-broker.ts';
import { metricReference } from './metric-reference.ts';

/** Labels by metric, as the page has them. */
function documented(): Map<string, { type: string; labels: string[] }> {
  const rows = metricReference().matchAll(/^\| `(\w+)` \| (\w+) \| (.*?) \|/gm);
  return new Map(
    Array.from(rows, ([, name, type, labels]) => [
      name!,
      { type: type!, labels: Array.from(labels!.matchAll(/`(\w+)`/g), ([, label]) => label!) },
    ]),
  );
}

test('the page has every metric that is served, its type and its labels', async (context) => {
  const events = new EventSurface();
  const broker = await startBroker({ httpPort: 0, events });
  context.after(() => broker.close());
  const sizes = { requestBytes: 10, responseBytes: 10 };
  const errorCounts = new Map([[0, 1]]);
  const request = { apiKey: ApiKey.Fetch, apiVersion: 12, durationMs: 4, errorCounts, ...sizes };
  events.emit('request-completed', request);
  const text = await (await fetch(`http://127.0.0.1:${broker.httpPort}/metrics`)).text();
  const page = documented();
  const types = Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), ([, name, type]) => [
    name,
    type,
  ]);
  assert.deepEqual(types.toSorted(), [...page].map(([name, { type }]) => [name, type]).toSorted());
  let labelled = 0;
  for (const [, series, labels] of text.matchAll(/^(\w+)\{(.*)\} /gm)) {
    const name = page.has(series!) ? series! : series!.replace(/_(bucket|count|sum)$/, '');
    for (const [, label] of labels!.matchAll(/(\w+)="/g)) {
      assert.ok(page.get(name)!.labels.includes(label!), `${name} has a label ${label}`);
      labelled++;
    }
  }
  assert.ok(labelled > 20);
});
