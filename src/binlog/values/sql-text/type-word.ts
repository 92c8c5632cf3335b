import type { Column } from '../column.ts';
import { COLUMN_TYPE } from '../column-type.ts';

const BLOBS: Readonly<Record<number, string>> = {
  1: 'TINYBLOB/TINYTEXT',
  2: 'BLOB/TEXT',
  3: 'MEDIUMBLOB/MEDIUMTEXT',
  4: 'LONGBLOB/LONGTEXT',
};

type Word = string | ((column: Column) => string);

const blob = ({ size }: Column): string => BLOBS[size] ?? '';
const varchar = ({ size }: Column): string => `VARSTRING(${size})`;

const WORDS: Readonly<Record<number, Word>> = {
  [COLUMN_TYPE.TINY]: 'TINYINT',
  [COLUMN_TYPE.SHORT]: 'SHORTINT',
  [COLUMN_TYPE.INT24]: 'MEDIUMINT',
  [COLUMN_TYPE.LONG]: 'INT',
  [COLUMN_TYPE.LONGLONG]: 'LONGINT',
  [COLUMN_TYPE.FLOAT]: 'FLOAT',
  [COLUMN_TYPE.DOUBLE]: 'DOUBLE',
  [COLUMN_TYPE.NEWDECIMAL]: ({ size, scale }) => `DECIMAL(${size},${scale})`,
  [COLUMN_TYPE.BIT]: ({ size }) => `BIT(${size})`,
  [COLUMN_TYPE.ENUM]: ({ size }) => (size === 1 ? 'ENUM(1 byte)' : `ENUM(${size} bytes)`),
  [COLUMN_TYPE.SET]: ({ size }) => `SET(${size} bytes)`,
  [COLUMN_TYPE.YEAR]: 'YEAR',
  [COLUMN_TYPE.DATE]: 'DATE',
  [COLUMN_TYPE.NEWDATE]: 'DATE',
  [COLUMN_TYPE.TIMESTAMP]: 'TIMESTAMP',
  [COLUMN_TYPE.TIME]: 'TIME',
  [COLUMN_TYPE.DATETIME]: 'DATETIME',
  [COLUMN_TYPE.TIMESTAMP2]: ({ size }) => `TIMESTAMP(${size})`,
  [COLUMN_TYPE.TIME2]: ({ size }) => `TIME(${size})`,
  [COLUMN_TYPE.DATETIME2]: ({ size }) => `DATETIME(${size})`,
  [COLUMN_TYPE.STRING]: ({ size }) => `STRING(${size})`,
  [COLUMN_TYPE.VARCHAR]: varchar,
  [COLUMN_TYPE.VAR_STRING]: varchar,
  [COLUMN_TYPE.BLOB]: blob,
  [COLUMN_TYPE.TINY_BLOB]: blob,
  [COLUMN_TYPE.MEDIUM_BLOB]: blob,
  [COLUMN_TYPE.LONG_BLOB]: blob,
  [COLUMN_TYPE.VARCHAR_COMPRESSED]: (column) => `${varchar(column)} COMPRESSED`,
  [COLUMN_TYPE.BLOB_COMPRESSED]: (column) => `${blob(column)} COMPRESSED`,
  [COLUMN_TYPE.JSON]: 'JSON',
  [COLUMN_TYPE.VECTOR]: ({ dimension }) => `VECTOR(${dimension ?? 0})`,
  [COLUMN_TYPE.GEOMETRY]: 'GEOMETRY',
};

/**
 * The printers' word for a column's type, which is not always SQL's: `SHORTINT`, `LONGINT`,
 * `VARSTRING(40)`, `ENUM(1 byte)`. Source: `log_event_print_value` of both servers.
 */
export const typeWord = (column: Column): string => {
  const word = WORDS[column.realType] ?? '';
  return typeof word === 'string' ? word : word(column);
};
