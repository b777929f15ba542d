import type { Message } from './schema.ts';
import { SourceLines } from './source-lines.ts';

/** The source text of the table of all APIs: keys, versions, flexible versions. */
export function apiTableCode(messages: readonly Message[]): string {
  const requests = messages
    .filter((message) => message.apiKey >= 0 && message.name.endsWith('Request'))
    .toSorted((a, b) => a.apiKey - b.apiKey);
  const lines = new SourceLines();
  lines.line('// Generated from schemas/ by packages/protocol/generator; do not edit.');
  lines.line();
  lines.line("import type { ApiInfo } from '../api-keys.ts';");
  lines.line();
  lines.line('/** The key of every API that the codec knows, by name. */');
  lines.block(
    'export const ApiKey = {',
    () => {
      for (const message of requests) lines.line(`${apiName(message)}: ${message.apiKey},`);
    },
    '} as const;',
  );
  lines.line();
  lines.line('/** Every API that the codec knows, in the order of the keys. */');
  lines.block(
    'export const apiTable: readonly ApiInfo[] = [',
    () => {
      for (const message of requests) lines.line(`${apiInfo(message)},`);
    },
    '];',
  );
  return lines.toString();
}

function apiName(message: Message): string {
  return message.name.slice(0, -'Request'.length);
}

function apiInfo(message: Message): string {
  const { min, max } = message.versions;
  return (
    `{ apiKey: ${message.apiKey}, name: '${apiName(message)}', minVersion: ${min}, maxVersion: ${max}, ` +
    `flexibleVersion: ${message.flexibleVersion}, latestVersionUnstable: ${message.latestVersionUnstable} }`
  );
}
