import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiTableCode } from './api-table-code.ts';
import { messageCode } from './message-code.ts';
import { type Message, parseSchema, type SchemaJson } from './schema.ts';

export const schemasDirectory: string = join(import.meta.dirname, '..', 'schemas');
export const messagesDirectory: string = join(import.meta.dirname, '..', 'src', 'messages');

export interface SchemaFile {
  /** File name within the schema directory. */
  readonly file: string;
  readonly messages: readonly Message[];
}

/** Reads all schemas, in the order of their file names. */
export function readSchemas(directory: string = schemasDirectory): SchemaFile[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const json: SchemaJson = JSON.parse(readFileSync(join(directory, file), 'utf8'));
      return { file, messages: parseSchema(json) };
    });
}

/** The text of every generated file, by its name within `src/messages`. */
export function generate(schemas: readonly SchemaFile[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, messages } of schemas) {
    for (const message of messages) {
      files.set(`${kebabCase(message.name)}.ts`, messageCode(message, file));
    }
  }
  files.set('api-table.ts', apiTableCode(schemas.flatMap((schema) => schema.messages)));
  return files;
}

/** `FetchRequest` becomes `fetch-request`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
