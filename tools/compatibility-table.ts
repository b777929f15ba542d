// Writes docs/compatibility.md from what the broker serves, what its configs do, what the interop suites install and run,
// and the differences from Kafka that they know of. With --check it writes nothing and fails when what is there differs.

import {
  BROKER_CONFIGS,
  Broker,
  CLIENT_METRICS_CONFIGS,
  type ConfigDefinition,
  EventSurface,
  GROUP_CONFIGS,
  INERT_BROKER_CONFIGS,
  TOPIC_CONFIGS,
} from '@millrace/broker';
import { type ApiInfo, apis } from '@millrace/protocol';
import {
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  systemClock,
} from '@millrace/storage';
import {
  type MeantDifference,
  meantDifferences,
} from '../interop/differential/meant-differences.ts';
import { GAPS, REASONS } from './api-notes.ts';
import { pageTable } from './page-table.ts';
import { kafkaTools, libraries, suites } from './tested-clients.ts';
import { writePage } from './written-page.ts';

const COMMAND = 'node tools/with-project-node.mjs tools/compatibility-table.ts';

const WITH_METRICS =
  'with `--http-port`, which shows what clients push; a Kafka serves it where a plug-in takes it';

function page(): string {
  return `# Compatibility with Apache Kafka 4.3

What a client, a tool or a script can count on. The suites behind this page run with \`npm run interop\`;
[interop/README.md](../interop/README.md) says how.

## APIs

Every API that a Kafka 4.3 announces to clients, with the versions that it serves and those that are served here.

${apiTable()}

## Configs

[configs.md](configs.md) has each of them, with its default and what it does. **Fixed**: shown as read-only, refused with the
reason when it is set to anything else.

${configTable()}

## Clients and tools

Tried on every change against a started broker, with these versions:

${libraryTable()}

kcat comes from the system. Of Kafka's own command-line tools these are run, by their class: ${kafkaTools().map(code).join(', ')}.

${suiteTable()}

What the tools print that differs from what they print of a Kafka stands in \`interop/java-tools/scripts/\`, with the reason.

## Where it differs from Kafka on purpose

The suite \`differential\` sends the same requests, valid and invalid, in every version that is served, to a real Kafka and to
Millrace, and compares the answers field by field. These are all the differences that it lets pass; one that no longer
occurs fails it. (Ids, ports, times and the wording of error texts are not compared.)

${differenceTable()}
`;
}

/** Of a broker that is made over memory and never started. */
function servedApis(events: EventSurface): ReadonlyMap<number, Broker['apis'][number]> {
  const fileSystem = new MemoryFileSystem();
  const broker = new Broker({
    logStore: new LocalLogStore({ dataDir: '/data', fileSystem, clock: systemClock }),
    metadata: new MemoryMetadataStore(),
    events,
    listeners: [],
    logDirectory: { path: '/data', space: async () => ({ totalBytes: 1, usableBytes: 1 }) },
  });
  return new Map(broker.apis.map((api) => [api.apiKey, api]));
}

/** What takes the metrics that clients push, as the HTTP port does. */
function withMetrics(): EventSurface {
  const events = new EventSurface();
  events.on('client-metrics-received', () => {});
  return events;
}

function apiTable(): string {
  const always = servedApis(new EventSurface());
  const served = servedApis(withMetrics());
  const rows = apis().map((kafka) => {
    const here = served.get(kafka.apiKey);
    const versions = here === undefined ? '' : versionsHere(kafka, here);
    const condition = always.has(kafka.apiKey) ? (GAPS.get(kafka.apiKey) ?? '') : WITH_METRICS;
    const note = here === undefined ? reasonFor(kafka) : condition;
    return [String(kafka.apiKey), kafka.name, range(stable(kafka)), versions, note];
  });
  return pageTable(['key', 'API', 'Kafka 4.3', 'here', 'what is missing, and why'], rows);
}

/** A version that may still change is not announced. */
function stable({ minVersion, maxVersion, latestVersionUnstable }: ApiInfo) {
  return { minVersion, maxVersion: latestVersionUnstable ? maxVersion - 1 : maxVersion };
}

/** Produce is announced from version 0 on, as Kafka does, and served from the first that there is a codec for. */
function versionsHere(kafka: ApiInfo, here: Broker['apis'][number]): string {
  const minVersion = Math.max(kafka.minVersion, here.minVersion);
  return range({ minVersion, maxVersion: here.maxVersion });
}

function reasonFor({ apiKey, name }: ApiInfo): string {
  const reason = REASONS.get(apiKey);
  if (reason === undefined) {
    throw new Error(`${name} is not served: say why in tools/api-notes.ts`);
  }
  return reason;
}

function range({ minVersion, maxVersion }: { minVersion: number; maxVersion: number }): string {
  return minVersion === maxVersion ? String(minVersion) : `${minVersion} to ${maxVersion}`;
}

function configTable(): string {
  const kinds: readonly (readonly [string, readonly ConfigDefinition[]])[] = [
    ['topics', TOPIC_CONFIGS],
    ['brokers', BROKER_CONFIGS],
    ['groups', GROUP_CONFIGS],
    ['client metrics', CLIENT_METRICS_CONFIGS],
  ];
  const rows = kinds.map(([kind, definitions]) => {
    const fixed = definitions.filter(({ fixedBecause }) => fixedBecause !== undefined).length;
    const notHere = definitions === BROKER_CONFIGS ? INERT_BROKER_CONFIGS.length : 0;
    return [kind, String(definitions.length - fixed), String(fixed), String(notHere)];
  });
  return pageTable(['configs of', 'work', 'fixed', 'not here'], rows);
}

/** By what is installed together. */
function libraryTable(): string {
  const all = suites();
  const byTool = Map.groupBy(libraries(), ({ tool }) => tool);
  const rows = [...byTool].map(([tool, installed]) => {
    const using = all.filter(({ needs }) => needs.includes(tool)).map((suite) => code(suite.name));
    const names = installed.map(({ name, version }) => `${name} ${version}`);
    return [names.join(', '), using.join(', ')];
  });
  return pageTable(['clients and versions', 'suites'], rows);
}

function suiteTable(): string {
  return pageTable(
    ['suite', 'what it tries'],
    suites().map(({ name, about }) => [code(name), about]),
  );
}

/** Differences with one reason are one difference. */
function differenceTable(): string {
  const byReason = Map.groupBy(meantDifferences, ({ reason }) => reason);
  const rows = [...byReason].map(([reason, differences]) => [apisOf(differences), reason]);
  return pageTable(['APIs', 'difference'], rows);
}

function apisOf(differences: readonly MeantDifference[]): string {
  if (differences.some((one) => one.apis === undefined)) return 'any';
  return [...new Set(differences.flatMap((one) => one.apis ?? []))].join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}

writePage('compatibility.md', page(), COMMAND);
