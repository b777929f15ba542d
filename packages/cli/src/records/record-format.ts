import type { BatchRecord } from '@millrace/protocol';
import { ValueError } from '../command/option.ts';
import { unescaped } from './escapes.ts';

/** A record in a partition. */
export interface PlacedRecord extends BatchRecord {
  readonly topic: string;
  readonly partition: number;
}

type Piece = (record: PlacedRecord) => Buffer;
type Encoding = 'hex' | 'base64';

/** What help says of the format. */
export const FORMAT_HELP =
  '%t topic, %p partition, %o offset, %T timestamp in ms, %k key, %v value, %h headers, %K and %S sizes of key and value\n' +
  '(−1 for null), %% a percent sign; \\n, \\t, \\r, \\0, \\\\ and \\x41 are escapes. %k, %v and %h may be followed by {hex} or\n' +
  '{base64}, %T by {iso}.';

/** Reads a format such as `%k\t%v\n`; gives a function that writes a record so. Throws `ValueError`. */
export function recordFormat(text: string): (record: PlacedRecord) => Buffer {
  const pieces: Piece[] = [];
  let literal = '';
  const endLiteral = () => {
    const bytes = unescaped(literal);
    if (bytes.length > 0) pieces.push(() => bytes);
    literal = '';
  };
  const token = /(?:\\x[0-9A-Fa-f]{2}|\\.?|[^\\%])+|%%|%(.?)(?:\{([^}]*)\})?/gsu;
  for (const [whole, field, modifier] of text.matchAll(token)) {
    if (whole === '%%') literal += '%';
    else if (field !== undefined) {
      endLiteral();
      pieces.push(piece(field, modifier));
    } else literal += whole;
  }
  endLiteral();
  return (record) => Buffer.concat(pieces.map((one) => one(record)));
}

function piece(field: string, modifier: string | undefined): Piece {
  const encoding = modifier === 'hex' || modifier === 'base64' ? modifier : null;
  if (modifier !== undefined && encoding === null && !(field === 'T' && modifier === 'iso')) {
    throw new ValueError(`{${modifier}} cannot follow %${field}`);
  }
  if (encoding !== null && !'kvh'.includes(field)) {
    throw new ValueError(`{${modifier}} cannot follow %${field}`);
  }
  switch (field) {
    case 't':
      return ({ topic }) => Buffer.from(topic);
    case 'p':
      return ({ partition }) => Buffer.from(String(partition));
    case 'o':
      return ({ offset }) => Buffer.from(String(offset));
    case 'T':
      return modifier === 'iso' ? isoPiece : ({ timestampMs }) => Buffer.from(String(timestampMs));
    case 'k':
      return ({ key }) => encoded(key, encoding);
    case 'v':
      return ({ value }) => encoded(value, encoding);
    case 'h':
      return ({ headers }) => headersText(headers, encoding);
    case 'K':
      return ({ key }) => Buffer.from(String(key?.length ?? -1));
    case 'S':
      return ({ value }) => Buffer.from(String(value?.length ?? -1));
    default:
      throw new ValueError(
        `%${field} is unknown; there are %t %p %o %T %k %v %h %K %S and %% for a percent sign`,
      );
  }
}

function isoPiece({ timestampMs }: PlacedRecord): Buffer {
  const isMoment = timestampMs >= 0 && timestampMs <= 8.64e15;
  return Buffer.from(isMoment ? new Date(timestampMs).toISOString() : '-');
}

function encoded(bytes: Buffer | null, encoding: Encoding | null): Buffer {
  if (bytes === null) return Buffer.alloc(0);
  return encoding === null ? bytes : Buffer.from(bytes.toString(encoding));
}

/** `a=1,b=2`, as kcat writes them. */
function headersText(headers: PlacedRecord['headers'], encoding: Encoding | null): Buffer {
  const parts = headers.flatMap(({ key, value }, index) => [
    Buffer.from(`${index === 0 ? '' : ','}${key}=`),
    encoded(value, encoding),
  ]);
  return Buffer.concat(parts);
}
