import type { FieldReader } from '../../bytes/field-reader.ts';
import type { Column } from './column.ts';
import type { StringForm, Value } from './value.ts';

/**
 * A family of column types: how much metadata they have in a table map and how a value is read.
 * `read` gets the reader at the value's first byte, of a value that is there and not NULL; `skip` goes
 * to where `read` would have left it, and does not look at the value.
 */
export interface ValueType {
  readonly codes: readonly number[];
  /** The server file and function that define the layout. */
  readonly source: string;
  /** Bytes in the table map, and in which order two make one number. */
  readonly metadata: 'none' | 'u8' | 'u16le' | 'u16be';
  read(f: FieldReader, column: Column, form: StringForm): Value;
  skip(f: FieldReader, column: Column): void;
}

export const defineValueType = (type: ValueType): ValueType => type;
