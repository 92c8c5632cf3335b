import type { Column, TableColumns } from '../binlog/values/column.ts';
import { jsonValueOf } from '../binlog/values/json-value.ts';
import type { RowImage } from '../binlog/values/row-image.ts';
import type { Value } from '../binlog/values/value.ts';
import { isSecretName, MASK } from '../listing/secrets.ts';

/** Characters of one value, and of a row or statement, that a report shows. */
const VALUE_SHOWN = 40;
const LINE_SHOWN = 300;

export const HIDDEN_VALUE = '[value]';
export const HIDDEN_STATEMENT = '[statement]';

export const cut = (text: string, length = LINE_SHOWN): string => {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > length ? `${flat.slice(0, length)}…` : flat;
};

export const columnName = ({ name, index }: Column): string => name ?? `@${index + 1}`;

/** A value as plain text, to compare it by and with what errors quote: `6`, `abc`, `2026-11-20 10:00:00`. */
export const plainText = (value: Value, column: Column): string => {
  const json = jsonValueOf(value, column);
  if (json === null) return 'NULL';
  return typeof json === 'string' ? json : JSON.stringify(json);
};

const shownValue = (value: Value, column: Column): string => {
  if (column.name !== null && isSecretName(column.name)) return MASK;
  const json = jsonValueOf(value, column);
  if (typeof json === 'string') return `'${cut(json.replaceAll("'", "''"), VALUE_SHOWN)}'`;
  return json === null ? 'NULL' : cut(JSON.stringify(json), VALUE_SHOWN);
};

/** A value of a key, without quotes. */
export const shownKeyValue = (
  value: Value | undefined,
  column: Column,
  redact: boolean,
): string => {
  if (redact || value === undefined) return HIDDEN_VALUE;
  if (column.name !== null && isSecretName(column.name)) return MASK;
  return cut(plainText(value, column), VALUE_SHOWN);
};

/** `@1=6, @2='a'`: the columns that the image has; with `redact` no value. */
export const shownRow = (
  image: RowImage,
  { columns }: TableColumns,
  redact: boolean,
  only: (column: Column) => boolean = () => true,
): string =>
  cut(
    columns
      .flatMap((column) => {
        const value = image[column.index];
        if (value === undefined || !only(column)) return [];
        return [`${columnName(column)}=${redact ? HIDDEN_VALUE : shownValue(value, column)}`];
      })
      .join(', '),
  );

/** `where @1=3, @2='a' set @2='b'`: of the new image only what is not as it was. */
export const shownChange = (
  { before, after }: { readonly before: RowImage | null; readonly after: RowImage | null },
  table: TableColumns,
  redact: boolean,
): string => {
  if (!before || !after) return shownRow(before ?? after ?? [], table, redact);
  const isChanged = (column: Column): boolean => {
    const [was, is] = [before[column.index], after[column.index]];
    if (is === undefined) return false;
    return was === undefined || plainText(was, column) !== plainText(is, column);
  };
  const set = shownRow(after, table, redact, isChanged);
  return cut(
    `where ${shownRow(before, table, redact)} set ${set === '' ? '(the same)' : set}`,
    2 * LINE_SHOWN,
  );
};
