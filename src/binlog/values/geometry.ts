import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';
import { readLongString, skipLongString } from './string.ts';

const SRID_BYTES = 4;

/** GEOMETRY and its kinds: SRID and WKB. What the WKB holds is not looked at here: see `wkt.ts`. */
export const geometry = defineValueType({
  codes: [COLUMN_TYPE.GEOMETRY],
  source: 'MySQL sql/spatial.h SRID_SIZE, sql/field.cc Field_geom',
  metadata: 'u8',
  read: (f, column) => {
    const bytes = readLongString(f, column);
    return bytes.length < SRID_BYTES
      ? { type: 'geometry', srid: null, wkb: bytes }
      : { type: 'geometry', srid: bytes.readUInt32LE(0), wkb: bytes.subarray(SRID_BYTES) };
  },
  skip: skipLongString,
});
