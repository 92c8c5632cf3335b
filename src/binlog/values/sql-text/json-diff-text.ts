import { isArray, isObject, jsonText, scalarText } from '../json-text.ts';
import type { JsonDiff, JsonDiffs, JsonNode } from '../value.ts';
import type { ByteText } from './byte-text.ts';
import type { PrinterDialect } from './dialect.ts';
import { quoteString } from './quote.ts';

const CONTINUED = '\n###      ';

const functionOf = ({ operation, path }: JsonDiff): string => {
  if (operation === 'replace') return 'JSON_REPLACE';
  if (operation === 'remove') return 'JSON_REMOVE';
  return path.endsWith(']') ? 'JSON_ARRAY_INSERT' : 'JSON_INSERT';
};

const argument = (node: JsonNode, dialect: PrinterDialect): string => {
  if (isArray(node) || isObject(node))
    return `CAST(${quoteString(jsonText(node), dialect)} AS JSON)`;
  const text = scalarText(node);
  const isBare =
    node === null ||
    typeof node === 'boolean' ||
    typeof node === 'bigint' ||
    typeof node === 'number' ||
    (typeof node === 'object' && node.type === 'decimal');
  return isBare ? text : quoteString(text, dialect);
};

/**
 * Changes of a JSON column as calls around its name, the first change innermost; neighbours of one
 * function share a call: `JSON_REPLACE(@2, '$.a', 1, '$.b', 2)`, over several lines.
 * Source: MySQL sql/log_event.cc `print_json_diff`.
 */
export const jsonDiffText = (
  { diffs }: JsonDiffs,
  name: ByteText,
  dialect: PrinterDialect,
): string => {
  const calls = diffs.map(functionOf);
  const opened = calls.filter((call, i) => call !== calls[i - 1]).toReversed();
  const head = opened.map((call) => `${call}(`).join(CONTINUED) + name;
  const rest = diffs.map(({ path, value }, i) => {
    const given = value ? `, ${argument(value.root, dialect)}` : '';
    const isLast = i === diffs.length - 1;
    const close = calls[i + 1] === calls[i] ? '' : ')';
    return quoteString(path, dialect) + given + close + (isLast ? '' : `,${CONTINUED}`);
  });
  return diffs.length === 0 ? head : `${head}, ${rest.join('')}`;
};

/** A whole document. */
export const documentText = (root: JsonNode, dialect: PrinterDialect): ByteText =>
  quoteString(rootText(root), dialect);

/** A document that is one scalar is printed without the quotes of JSON. */
const rootText = (root: JsonNode): string =>
  isArray(root) || isObject(root) ? jsonText(root) : scalarText(root);
