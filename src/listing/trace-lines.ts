import { HEADER } from '../binlog/event-header.ts';
import { decodeText } from '../binlog/values/decode-text.ts';
import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import type { TracedField } from '../bytes/field-reader.ts';
import { visible } from '../report/renderers/visible.ts';
import type { ListedEvent } from './listed-event.ts';
import { isSecretName, isSecretTable, MASK } from './secrets.ts';

/** Bytes of a field that are spelled out; of longer ones the first. */
const SHOWN_BYTES = 32;
const SHOWN_TEXT = 80;

const CHECKSUM = 'checksum';

/** As the servers' own printers write a checksum. */
const inHex = (sum: unknown): string => `0x${Number(sum).toString(16).padStart(8, '0')}`;

/** Fields whose bytes may hold what is masked in the event's statement, rows or variable. */
const TELLTALE: ReadonlySet<string> = new Set([
  'query',
  'rows_query',
  'query_text',
  'rows',
  'compressed',
  'val',
  'block',
]);

/** One field as it is listed: where, its first bytes in hex, its name, its value. */
export interface ShownField {
  readonly offset: number;
  readonly length: number;
  readonly name: string;
  readonly hex: string;
  readonly value: string;
}

/** Half of it fits beside a name and a value in a line. */
const HEX_COLUMNS = 32;

/** `  4678       4  timestamp   36 1e…`: offset, bytes, name, the first bytes, the value. */
export const traceLine = ({ offset, length, name, hex, value }: ShownField): string => {
  const bytes = hex.length > HEX_COLUMNS ? `${hex.slice(0, HEX_COLUMNS - 2)}…` : hex;
  const cells = [String(offset).padStart(10), String(length).padStart(6), name.padEnd(28)];
  return [...cells, bytes.padEnd(HEX_COLUMNS), value].join('  ').trimEnd();
};

/** The fields of an event's body, what is secret in them masked; empty when none were asked for. */
export const shownFields = (listed: ListedEvent): readonly ShownField[] => {
  if (listed.fields === null) return [];
  const { body, event } = listed;
  const bytes = event.bytes();
  const isSecret =
    listed.hasSecret ||
    isSecretTable(listed.table) ||
    (body?.type === 'user-var' && isSecretName(body.name));
  const base = listed.innerOffset ?? event.offset;
  const shown = ({ offset, length, name, value }: TracedField): ShownField => {
    const masked = isSecret && TELLTALE.has(name);
    const at = offset - base;
    const part = bytes.subarray(at, at + Math.min(length, SHOWN_BYTES));
    return {
      offset,
      length,
      name,
      hex: masked ? '' : part.toString('hex'),
      value: masked ? MASK : name === CHECKSUM ? inHex(value) : valueText(value),
    };
  };
  const end = listed.fields.reduce((last, field) => Math.max(last, field.offset + field.length), 0);
  const rest = base + bytes.length - end;
  return [
    ...headerFields(listed, base),
    ...listed.fields,
    ...(rest === CHECKSUM_BYTES && end > 0 ? [checksumField(bytes, end)] : []),
  ].map(shown);
};

/** The header has one layout in all logs that are read, and no reader of its own. */
const headerFields = ({ event }: ListedEvent, base: number): TracedField[] => {
  const at = (offset: number, length: number, name: string, value: unknown): TracedField => ({
    offset: base + offset,
    length,
    name,
    value,
  });
  return [
    at(HEADER.timestamp, 4, 'timestamp', event.timestamp),
    at(HEADER.typeCode, 1, 'type_code', event.typeCode),
    at(HEADER.serverId, 4, 'server_id', event.serverId),
    at(HEADER.size, 4, 'event_size', event.size),
    at(HEADER.endLogPos, 4, 'log_pos', event.endLogPos),
    at(HEADER.flags, 2, 'flags', event.flags),
  ];
};

const checksumField = (bytes: Buffer, offset: number): TracedField => ({
  offset,
  length: CHECKSUM_BYTES,
  name: CHECKSUM,
  value: bytes.readUInt32LE(bytes.length - CHECKSUM_BYTES),
});

/** Controls that stand in no text: all but tab and line breaks. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Text is shown as such, without the zeros that fill its field; other bytes stand beside it in hex. */
const valueText = (value: unknown): string => {
  if (Buffer.isBuffer(value)) {
    const text = decodeText(value, 'utf8mb4')?.replace(/\0+$/, '') ?? '';
    return text === '' || CONTROL.test(text) ? '' : quoted(text);
  }
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
};

const quoted = (text: string): string => {
  const cut = text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text;
  return `"${visible(cut)}"`;
};
