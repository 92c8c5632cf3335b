import type { FieldReader } from '../../bytes/field-reader.ts';
import type { BodyContext } from '../define-event.ts';

const SHORT_POST_HEADER = 6;

/** The number that ties rows to their table map: 6 bytes, in the first logs of 5.1 only 4. */
export const readTableId = (f: FieldReader, context: BodyContext): number =>
  context.postHeaderLength === SHORT_POST_HEADER ? f.u32('table_id') : f.u48('table_id');

/** A table id of all ones belongs to no table: its rows event only ends the statement. */
export const isDummyTableId = (tableId: number): boolean =>
  tableId === 0xffff_ffff || tableId === 0xffff_ffff_ffff;
