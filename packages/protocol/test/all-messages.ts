import { kebabCase, readSchemas } from '../generator/generate.ts';
import type { Message } from '../generator/schema.ts';
import type { MessageCodec } from '../src/message-codec.ts';

/** A message with whatever fields it has. */
export type AnyMessage = Record<string, unknown>;

/** One generated module beside the schema that it was generated from. */
export interface KnownMessage {
  readonly schema: Message;
  readonly codec: MessageCodec<AnyMessage>;
  /** The struct of this name with all its defaults. */
  create(struct: string): AnyMessage;
}

/** All messages, in the order of their schema files. */
export const allMessages: readonly KnownMessage[] = await Promise.all(
  readSchemas()
    .flatMap((file) => file.messages)
    .map(loadMessage),
);

/** Calls `visit` for every version of every message. */
export function forEachVersion(visit: (message: KnownMessage, version: number) => void): void {
  for (const message of allMessages) {
    const { min, max } = message.schema.versions;
    for (let version = min; version <= max; version++) visit(message, version);
  }
}

async function loadMessage(schema: Message): Promise<KnownMessage> {
  const module = await import(`../src/messages/${kebabCase(schema.name)}.ts`);
  return {
    schema,
    codec: module[schema.name],
    create: (struct) => module[`create${struct}`](),
  };
}
