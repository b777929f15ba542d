// Our schemas beside the message definitions of Kafka, where a copy of those is at hand.

import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { generate, messagesDirectory, readSchemas } from '../generator/generate.ts';
import type { Field, Message, Struct, Versions } from '../generator/schema.ts';

const referenceDirectory =
  process.env.MILLRACE_KAFKA_MESSAGES ??
  join(import.meta.dirname, ...['..', '..', '..', '..', 'shared', 'reference', 'kafka-messages']);

/** Not in the codec: what only KRaft controllers and their log use. */
const leftOut = [
  'DefaultPrincipalData',
  'KRaftVersionRecord',
  'LeaderChangeMessage',
  'SnapshotFooterRecord',
  'SnapshotHeaderRecord',
  'VotersRecord',
];

interface KafkaField {
  readonly name: string;
  readonly type: string;
  readonly versions: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly flexibleVersions?: string;
  readonly tag?: number;
  readonly default?: unknown;
  readonly ignorable?: boolean;
  readonly zeroCopy?: boolean;
  readonly fields?: readonly KafkaField[];
}

interface KafkaMessage {
  readonly name: string;
  readonly type: string;
  readonly apiKey?: number;
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly latestVersionUnstable?: boolean;
  readonly listeners?: readonly string[];
  readonly fields: readonly KafkaField[];
  readonly commonStructs?: readonly {
    readonly name: string;
    readonly fields: readonly KafkaField[];
  }[];
}

/** What both sides are brought to: all facts of a message that reach the wire or the types. */
interface Facts {
  readonly [fact: string]: unknown;
}

const ours = new Map(
  readSchemas().flatMap(({ messages }) => messages.map((message) => [message.name, message])),
);
const skip = existsSync(referenceDirectory)
  ? false
  : `no copy of Kafka's message definitions in ${referenceDirectory} (MILLRACE_KAFKA_MESSAGES names another place)`;

suite('schemas beside Kafka’s message definitions', { skip }, () => {
  const theirs = new Map<string, KafkaMessage>();
  if (skip === false) {
    for (const file of readdirSync(referenceDirectory)) {
      const message: KafkaMessage = JSON.parse(
        readFileSync(join(referenceDirectory, file), 'utf8'),
      );
      theirs.set(message.name, message);
    }
  }

  test('nothing is missing but what is left out on purpose', () => {
    const wanted = [...theirs.values()].filter(
      (message) => !leftOut.includes(message.name) && isServedByBrokers(message, theirs),
    );
    assert.deepEqual(wanted.map(({ name }) => name).sort(), [...ours.keys()].sort());
  });

  for (const message of ours.values()) {
    test(message.name, () => {
      // Kafka marks the request of an unstable version; we mark both of the pair.
      const request = theirs.get(message.name.replace(/Response$/, 'Request'));
      const latestVersionUnstable = request?.latestVersionUnstable ?? false;
      assert.equal(message.latestVersionUnstable, latestVersionUnstable);
      assert.deepEqual(ourFacts(message), theirFacts(theirs.get(message.name)!));
    });
  }
});

test('the generated code is what the schemas say', () => {
  for (const [file, text] of generate(readSchemas())) {
    assert.equal(readFileSync(join(messagesDirectory, file), 'utf8'), text, file);
  }
});

/** False for APIs that were removed and for those that only controllers serve. */
function isServedByBrokers(message: KafkaMessage, all: ReadonlyMap<string, KafkaMessage>): boolean {
  if (message.validVersions === 'none') return false;
  if (message.type === 'response') {
    return isServedByBrokers(all.get(message.name.replace(/Response$/, 'Request'))!, all);
  }
  return message.listeners?.includes('broker') ?? true;
}

function ourFacts(message: Message): Facts {
  return {
    name: message.name,
    apiKey: message.apiKey,
    versions: message.versions,
    flexibleVersion: message.flexibleVersion,
    fields: ourFieldFacts(message.root, message.name),
  };
}

function ourFieldFacts(struct: Struct, message: string): Facts[] {
  return struct.fields.map((field) => {
    const inner = field.type.kind === 'array' ? field.type.element : field.type;
    const typeName = inner.kind === 'struct' ? inner.struct.name : inner.primitive;
    return {
      name: field.name,
      type: `${field.type.kind === 'array' ? '[]' : ''}${typeName}`,
      versions: field.versions,
      nullable: field.nullable,
      tag: field.tag,
      default: ourDefault(field),
      ignorable: field.ignorable,
      zeroCopy: field.zeroCopy,
      neverFlexible: field.neverFlexible,
      fields: inner.kind === 'struct' ? ourFieldFacts(inner.struct, message) : null,
    };
  });
}

function ourDefault(field: Field): string {
  if (field.default !== undefined) return String(field.default);
  return field.type.kind === 'primitive' ? zeroOf(field.type.primitive) : '';
}

function theirFacts(message: KafkaMessage): Facts {
  const versions = range(message.validVersions, { min: 0, max: Infinity })!;
  const shared = new Map((message.commonStructs ?? []).map(({ name, fields }) => [name, fields]));
  // A struct may be defined at one field and used at another.
  const collect = (fields: readonly KafkaField[]) => {
    for (const field of fields) {
      if (field.fields === undefined) continue;
      shared.set(field.type.replace('[]', ''), field.fields);
      collect(field.fields);
    }
  };
  collect(message.fields);
  const isCommon = new Set(message.commonStructs?.map(({ name }) => name));

  const fieldFacts = (fields: readonly KafkaField[], within: Versions): Facts[] =>
    fields.flatMap((field) => {
      const present = range(field.versions, within);
      if (present === null) return [];
      const array = field.type.startsWith('[]') ? '[]' : '';
      const element = field.type.replace('[]', '');
      const inner = shared.get(element);
      const innerVersions = isCommon.has(element) ? versions : present;
      const prefix = inner === undefined || element.startsWith(message.name) ? '' : message.name;
      if (field.taggedVersions !== undefined) {
        assert.equal(field.taggedVersions, field.versions, 'tagged in some versions only');
      }
      return [
        {
          name: field.name.charAt(0).toLowerCase() + field.name.slice(1),
          type: `${array}${prefix}${element}`,
          versions: present,
          nullable: range(field.nullableVersions ?? 'none', present),
          tag: field.tag ?? null,
          default: theirDefault(field),
          ignorable: field.ignorable ?? false,
          zeroCopy: field.zeroCopy ?? false,
          neverFlexible: field.flexibleVersions === 'none',
          fields: inner === undefined ? null : fieldFacts(inner, innerVersions),
        },
      ];
    });

  return {
    name: message.name,
    apiKey: message.apiKey ?? -1,
    versions,
    flexibleVersion:
      message.flexibleVersions === 'none'
        ? Infinity
        : range(message.flexibleVersions, { min: 0, max: Infinity })!.min,
    fields: fieldFacts(message.fields, versions),
  };
}

function theirDefault(field: KafkaField): string {
  if (field.default === undefined) return zeroOf(field.type);
  const text = String(field.default);
  return /^0x/.test(text) ? String(Number(text)) : text;
}

function zeroOf(type: string): string {
  if (/^(u?int\d+|float64)$/.test(type)) return '0';
  return type === 'bool' ? 'false' : '';
}

/** The part of Kafka's version range that lies in `within`; null when there is none. */
function range(text: string, within: Versions): Versions | null {
  if (text === 'none') return null;
  const [first, last] = text.split('-');
  const min = Math.max(Number.parseInt(first!, 10), within.min);
  const end = text.endsWith('+') ? Infinity : Number(last ?? first);
  const max = Math.min(end, within.max);
  return min <= max ? { min, max } : null;
}
