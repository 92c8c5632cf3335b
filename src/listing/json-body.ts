import { GtidSet } from '../binlog/gtid-set.ts';
import type { ListedEvent } from './listed-event.ts';
import { isSecretName, MASK } from './secrets.ts';
import { userVariableValue } from './user-variable.ts';

/** Parts of a body that stand elsewhere, or are too large and of no use in a line of JSON: their sizes. */
const COUNTED: ReadonlySet<string> = new Set([
  'rows',
  'compressedRows',
  'payload',
  'block',
  'fragment',
]);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The decoded fields of an event's body as JSON: numbers beyond 2^53 as text, bytes as hex, GTID sets
 * as text, statements without their secrets; row data and blocks of files by their sizes.
 */
export const jsonBody = ({ body, statement }: ListedEvent): Json => {
  if (body === null) return null;
  const fields: Record<string, Json> = {};
  for (const [key, value] of Object.entries(body) as [string, unknown][]) {
    if (key === 'type') continue;
    if (key === 'sql') fields[key] = statement;
    else if (COUNTED.has(key)) fields[`${key}Bytes`] = sizeOf(value);
    else fields[key] = jsonOf(value);
  }
  if (body.type === 'user-var') {
    fields['value'] = isSecretName(body.name) ? MASK : userVariableValue(body.value);
  }
  return fields;
};

const sizeOf = (value: unknown): Json => {
  if (value === null) return null;
  if (Buffer.isBuffer(value)) return value.byteLength;
  return (value as { compressed: Buffer }).compressed.byteLength;
};

const jsonOf = (value: unknown): Json => {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'number':
    case 'string':
    case 'boolean':
      return value;
    default:
      break;
  }
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (value instanceof GtidSet) return value.toString();
  if (Array.isArray(value)) return value.map(jsonOf);
  return Object.fromEntries(
    Object.entries(value as object).map(([key, part]) => [key, jsonOf(part)]),
  );
};
