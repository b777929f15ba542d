import { EncoderCode } from './encoder-code.ts';
import type { Message } from './schema.ts';
import { SourceLines } from './source-lines.ts';
import { needsVersion, StructCode } from './struct-code.ts';
import { quote } from './types.ts';

/** The source text of one message's module. */
export function messageCode(message: Message, schemaFile: string): string {
  const body = new SourceLines();
  for (const struct of message.structs) {
    const code = new StructCode(body, message, struct);
    body.line();
    if (struct === message.root) body.line(`/** ${rootNotes(message)} */`);
    code.writeInterface();
    body.line();
    code.writeFactory();
  }
  for (const struct of message.structs) {
    body.line();
    new EncoderCode(body, message, struct).write();
    body.line();
    new StructCode(body, message, struct).writeDecoder();
  }
  body.line();
  writeCodec(body, message);
  const text = body.toString();
  return fileHead(schemaFile, text) + text;
}

function rootNotes(message: Message): string {
  const { min, max } = message.versions;
  const key = message.apiKey < 0 ? '' : ` (key ${message.apiKey})`;
  const versions = min === max ? `version ${min}` : `versions ${min} to ${max}`;
  const flexible =
    message.flexibleVersion > max ? 'never flexible' : `flexible from ${message.flexibleVersion}`;
  const unstable = message.latestVersionUnstable ? `; version ${max} is unstable` : '';
  return `${message.name}${key}: ${versions}, ${flexible}${unstable}.`;
}

function writeCodec(lines: SourceLines, message: Message): void {
  const { name, versions, root } = message;
  const range =
    versions.min === versions.max ? `${versions.min}` : `${versions.min}-${versions.max}`;
  const known = `${quote(name)}, version, ${quote(range)}`;
  const outside = `!(version >= ${versions.min} && version <= ${versions.max})`;
  const version = needsVersion(root, message) ? ', version' : '';
  lines.block(
    `export const ${name}: MessageCodec<${root.name}> = {`,
    () => {
      lines.line(`name: ${quote(name)},`);
      lines.line(`apiKey: ${message.apiKey},`);
      lines.line(`minVersion: ${versions.min},`);
      lines.line(`maxVersion: ${versions.max},`);
      lines.line(`flexibleVersion: ${message.flexibleVersion},`);
      lines.line(`latestVersionUnstable: ${message.latestVersionUnstable},`);
      lines.block(
        'encode(writer, message, version) {',
        () => {
          lines.block(`if (${outside}) {`, () => {
            lines.line(`throw unknownVersionToEncode(${known});`);
          });
          lines.line(`encode${root.name}(writer, message${version});`);
        },
        '},',
      );
      lines.block(
        'decode(reader, version) {',
        () => {
          lines.block(`if (${outside}) {`, () => {
            lines.line(`throw unknownVersionToDecode(${known}, reader.offset);`);
          });
          lines.line(`return decode${root.name}(reader${version});`);
        },
        '},',
      );
    },
    '};',
  );
}

function fileHead(schemaFile: string, text: string): string {
  const lines = new SourceLines();
  lines.line(
    `// Generated from schemas/${schemaFile} by packages/protocol/generator; do not edit.`,
  );
  lines.line();
  const used = (names: readonly string[]) =>
    names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const encodeErrors = used(['fieldNotInVersion', 'nullNotAllowed', 'unknownVersionToEncode']);
  lines.line(`import { ${encodeErrors.join(', ')} } from '../encode-error.ts';`);
  lines.line("import { unknownVersionToDecode } from '../malformed-error.ts';");
  const codecTypes = [...used(['Encodable']), 'MessageCodec'];
  lines.line(`import type { ${codecTypes.join(', ')} } from '../message-codec.ts';`);
  const fromReader = [...used(['EMPTY_BYTES']), 'type Reader', ...used(['ZERO_UUID'])];
  lines.line(
    fromReader.length === 1
      ? "import type { Reader } from '../reader.ts';"
      : `import { ${fromReader.join(', ')} } from '../reader.ts';`,
  );
  if (/: Records\b/.test(text)) {
    lines.line("import type { Records } from '../record-bytes.ts';");
  }
  lines.line("import type { Writer } from '../writer.ts';");
  return lines.toString();
}
