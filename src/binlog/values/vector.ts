import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';
import { readLongString, skipLongString } from './string.ts';

const NUMBER_BYTES = 4;

/** VECTOR of MySQL 9.0+. (MariaDB's is a VARBINARY and stays one.) */
export const vector = defineValueType({
  codes: [COLUMN_TYPE.VECTOR],
  source: 'MySQL sql/field.h Field_vector',
  metadata: 'u8',
  read: (f, column) => {
    const bytes = readLongString(f, column);
    if (bytes.length % NUMBER_BYTES !== 0) {
      const problem = `${bytes.length} bytes are no whole number of floats`;
      throw f.malformed('vector', problem, f.offset - bytes.length);
    }
    const numbers = new Float32Array(bytes.length / NUMBER_BYTES);
    for (let i = 0; i < numbers.length; i += 1) numbers[i] = bytes.readFloatLE(i * NUMBER_BYTES);
    return { type: 'vector', numbers };
  },
  skip: skipLongString,
});
