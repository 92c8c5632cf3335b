import type { Column } from '../binlog/values/column.ts';
import { COLUMN_TYPE } from '../binlog/values/column-type.ts';
import { isQuotable, quoteString } from '../dialects/quote-string.ts';
import { isSecretName } from '../listing/secrets.ts';
import type { RowKey } from './row-key.ts';
import { plainText } from './shown-values.ts';

/** Types whose text, in quotes, names the same value to any server and session. */
const PLAIN: ReadonlySet<number> = new Set([
  COLUMN_TYPE.TINY,
  COLUMN_TYPE.SHORT,
  COLUMN_TYPE.INT24,
  COLUMN_TYPE.LONG,
  COLUMN_TYPE.LONGLONG,
  COLUMN_TYPE.NEWDECIMAL,
  COLUMN_TYPE.DATE,
  COLUMN_TYPE.DATETIME2,
  COLUMN_TYPE.VARCHAR,
  COLUMN_TYPE.STRING,
]);

const LONGEST = 200;

/**
 * The row by its key, for a WHERE: `` `id` = '6' ``. Null unless one row is meant, and the log names
 * the columns and how their values are to be read.
 */
export const rowCondition = (
  { rows, forms }: RowKey,
  columns: readonly Column[],
): string | null => {
  const [row] = rows;
  if (rows.length !== 1 || !row || forms.length !== 1 || forms[0]?.match !== 'key') return null;
  const parts = columns.map((column) => {
    const value = row[column.index];
    const { name, realType } = column;
    if (value == null || Buffer.isBuffer(value) || !PLAIN.has(realType)) return null;
    if (name === null || !/^[\w$]+$/.test(name) || isSecretName(name)) return null;
    if (column.isUnsigned === null && typeof value !== 'string' && typeof value !== 'object')
      return null;
    const text = plainText(value, column);
    return text.length <= LONGEST && isQuotable(text) ? `\`${name}\` = ${quoteString(text)}` : null;
  });
  return parts.length > 0 && parts.every((part) => part !== null) ? parts.join(' AND ') : null;
};
