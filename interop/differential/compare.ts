// Runs a scenario on both brokers and names every field in which their answers differ.

import { type Exchange, NotAnswered, type Peer } from './peer.ts';
import type { Scenario } from './scenario.ts';

export interface Difference {
  /** Of the request, which may be another API's than the scenario's. */
  readonly api: string;
  readonly version: number;
  readonly scenario: string;
  /** The field, such as `topics[0].partitions[1].errorCode`; empty when the whole outcome differs. */
  readonly path: string;
  readonly request: unknown;
  readonly kafka: unknown;
  readonly ours: unknown;
}

/** What stands for a field or element that only the other broker's answer has. */
const ABSENT = '<absent>';
/** UNKNOWN_SERVER_ERROR */
const UNKNOWN = -1;
const SHOWN_CHARACTERS = 1500;

export async function compareOn(
  kafka: Peer,
  ours: Peer,
  scenario: Scenario,
  version: number,
): Promise<Difference[]> {
  const [ofKafka, ofOurs] = await Promise.all(
    [kafka, ours].map((peer) => exchangesOf(peer, scenario, version)),
  );
  const differences: Difference[] = [];
  const length = Math.max(ofKafka!.length, ofOurs!.length);
  for (let index = 0; index < length; index++) {
    const [theirs, mine] = [ofKafka![index], ofOurs![index]];
    const { api, version: asked, request } = (theirs ?? mine)!;
    const found = fieldsThatDiffer(theirs?.outcome ?? ABSENT, mine?.outcome ?? ABSENT, '');
    for (const field of found) {
      differences.push({ api, version: asked, scenario: scenario.name, request, ...field });
    }
  }
  return differences;
}

async function exchangesOf(
  peer: Peer,
  scenario: Scenario,
  version: number,
): Promise<readonly Exchange[]> {
  peer.take();
  peer.placeholders.forgetUuids();
  try {
    await scenario.run(peer, version);
  } catch (error) {
    if (!(error instanceof NotAnswered)) {
      const where = `${scenario.api} version ${version}, ${scenario.name}, on ${peer.name}`;
      throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
    }
  }
  return peer.take();
}

interface FieldDifference {
  readonly path: string;
  readonly kafka: unknown;
  readonly ours: unknown;
}

function fieldsThatDiffer(kafka: unknown, ours: unknown, path: string): FieldDifference[] {
  if (Array.isArray(kafka) && Array.isArray(ours)) {
    const length = Math.max(kafka.length, ours.length);
    return Array.from({ length }, (_, index) =>
      fieldsThatDiffer(part(kafka, index), part(ours, index), `${path}[${index}]`),
    ).flat();
  }
  if (isObject(kafka) && isObject(ours)) {
    if (part(kafka, 'errorCode') === UNKNOWN && part(ours, 'errorCode') !== UNKNOWN) {
      // Nothing else is said where a broker stumbled.
      return [{ path: pathTo(path, 'errorCode'), kafka: UNKNOWN, ours: part(ours, 'errorCode') }];
    }
    const names = new Set([...Object.keys(kafka), ...Object.keys(ours)]);
    return [...names].flatMap((name) => {
      return fieldsThatDiffer(part(kafka, name), part(ours, name), pathTo(path, name));
    });
  }
  return kafka === ours ? [] : [{ path, kafka, ours }];
}

/** Keys of unordered lists that do not look like a field stand in brackets. */
function pathTo(path: string, name: string): string {
  if (!/^[A-Za-z]\w*$/.test(name)) return `${path}[${name}]`;
  return path === '' ? name : `${path}.${name}`;
}

function part(value: object, name: string | number): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string | number, unknown>)[name] : ABSENT;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The differences of one test as text. What differs in the same way in several versions is said once. */
export function describeDifferences(differences: readonly Difference[]): string {
  const alike = Map.groupBy(differences, ({ version, request, ...same }) => JSON.stringify(same));
  return [...alike.values()]
    .map((same) => {
      const { api, scenario, path, request, kafka, ours } = same[0]!;
      const versions = [...new Set(same.map(({ version }) => version))].join(', ');
      return [
        `${api} version ${versions}, ${scenario}: ${path || 'the outcome'}`,
        `  Kafka:   ${shown(kafka)}`,
        `  ours:    ${shown(ours)}`,
        `  request: ${shown(request)}`,
      ].join('\n');
    })
    .join('\n');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
