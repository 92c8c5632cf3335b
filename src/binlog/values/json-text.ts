import { temporalText } from './temporal-text.ts';
import type { JsonNode, JsonObject } from './value.ts';

const MICROSECOND_DIGITS = 6;

/** Exponents up to which the servers write a double without one. Source: strings/dtoa.cc `MAX_DECPT_FOR_F_FORMAT`. */
const MOST_POINT = 15;

/**
 * The shortest digits that give the double back, as `my_gcvt` lays them out: `1e20`, `1.5e-16`,
 * `0.00001`, and `1.0` so that it stays a double.
 * Source: MySQL strings/dtoa.cc `my_gcvt`, sql-common/json_dom.cc `wrapper_to_string`.
 */
export const doubleText = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const sign = value < 0 ? '-' : '';
  /** Where the point stands, counted from before the first digit. */
  const point = Number(exponent) + 1;
  if (point < 1 - MOST_POINT || (point > MOST_POINT && digits.length <= point)) {
    return `${sign}${mantissa}e${Number(exponent)}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (digits.length <= point) return `${sign}${digits.padEnd(point, '0')}.0`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

const escapeOf = (char: string): string =>
  ESCAPES[char] ?? (char < ' ' ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char);

/** Source: MySQL sql-common/json_dom.cc `double_quote`. */
const quote = (text: string): string => `"${text.replace(/[\p{Cc}"\\]/gu, escapeOf)}"`;

const BASE64_LINE = /.{76}(?=.)/g;

/** A scalar without quotes: what `JSON_UNQUOTE` gives. */
export const scalarText = (node: Exclude<JsonNode, readonly JsonNode[] | JsonObject>): string => {
  if (typeof node === 'number') return doubleText(node);
  if (typeof node !== 'object' || node === null) return String(node);
  if (node.type === 'decimal') return node.digits;
  if (node.type === 'opaque') {
    // The servers break base64 into lines (mysys/base64.c base64_encode)
    const base64 = node.bytes.toString('base64').replace(BASE64_LINE, '$&\n');
    return `base64:type${node.columnType}:${base64}`;
  }
  return temporalText(node, MICROSECOND_DIGITS);
};

const isQuoted = (node: JsonNode): boolean =>
  typeof node === 'string' ||
  (typeof node === 'object' && node !== null && 'type' in node && node.type !== 'decimal');

/**
 * A document as the servers print it: `{"a": 1, "b": [1, 2.5]}`.
 * Source: MySQL sql-common/json_dom.cc `wrapper_to_string`.
 */
export const jsonText = (node: JsonNode): string => {
  if (isArray(node)) return `[${node.map(jsonText).join(', ')}]`;
  if (isObject(node)) {
    const members = node.members.map(([name, value]) => `${quote(name)}: ${jsonText(value)}`);
    return `{${members.join(', ')}}`;
  }
  return isQuoted(node) ? quote(scalarText(node)) : scalarText(node);
};

export const isArray = (node: JsonNode): node is readonly JsonNode[] => Array.isArray(node);

export const isObject = (node: JsonNode): node is JsonObject =>
  typeof node === 'object' && node !== null && 'type' in node && node.type === 'object';
