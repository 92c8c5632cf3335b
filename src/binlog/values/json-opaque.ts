import type { FieldReader } from '../../bytes/field-reader.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { readDecimal } from './decimal.ts';
import { packedDateTime, packedTime } from './temporal.ts';
import type { JsonNode } from './value.ts';

const TEMPORAL_BYTES = 8;

/** `u8 precision, u8 scale`, then as in a DECIMAL column. Source: `Json_decimal::convert_from_binary`. */
const decimal = (f: FieldReader): JsonNode => {
  const digits = readDecimal(f, f.u8('json decimal precision'), f.u8('json decimal scale'));
  if (f.remaining > 0) throw f.malformed('json decimal', `${f.remaining} bytes behind its digits`);
  return { type: 'decimal', digits };
};

/** Source: `Json_datetime::from_packed`. */
const packed = (f: FieldReader): bigint => {
  if (f.remaining !== TEMPORAL_BYTES) {
    throw f.malformed('json time', `has ${f.remaining} bytes, not ${TEMPORAL_BYTES}`);
  }
  return f.i64('json time');
};

/**
 * An SQL value in a JSON document, `f` over its bytes: a DECIMAL and temporal values are read, others
 * stay bytes.
 * Source: MySQL sql-common/json_dom.cc `Json_wrapper::type`.
 */
export const readJsonOpaque = (columnType: number, f: FieldReader): JsonNode => {
  switch (columnType) {
    case COLUMN_TYPE.NEWDECIMAL:
      return decimal(f);
    case COLUMN_TYPE.DATE: {
      const { year, month, day } = packedDateTime(packed(f));
      return { type: 'date', year, month, day };
    }
    case COLUMN_TYPE.DATETIME:
    case COLUMN_TYPE.TIMESTAMP:
      return packedDateTime(packed(f));
    case COLUMN_TYPE.TIME:
      return packedTime(packed(f));
    default:
      return { type: 'opaque', columnType, bytes: f.bytes('json opaque', f.remaining) };
  }
};
